//! A host with a TPM whose keys are in the process: proves its identity, and quotes what its
//! firmware measured.

use trustboard_model::digest::{Nonce, Sha256};
use trustboard_model::facts::HostFacts;
use trustboard_model::id::ChallengeId;
use trustboard_model::protocol::{
    ACTIVATE_PATH, ActivateRequest, AgentMessage, CredentialBlob, ENROLL_PATH, EnrollRequest,
    EnrollResponse, Enrolled, Hello, LogPart, ServerMessage, TpmIdentity, VERSION,
};

use super::agent::{Agent, Enrolment, cbor};
use super::evidence::boot::Boot;
use super::evidence::keys::ek_rsa_private;
use super::evidence::{Scene, sha256};
use super::{World, agent};

/// A host with a TPM.
pub struct TpmHost {
    pub scene: Scene,
}

impl TpmHost {
    /// Boots as it should, with Secure Boot on.
    pub fn healthy(hostname: &str) -> Self {
        let mut scene = Scene::genuine();
        hostname.clone_into(&mut scene.facts.hostname);
        scene.facts.boot_id = Some("boot-1".to_owned());
        Self { scene }
    }

    /// Boots again, with Secure Boot on or off.
    pub fn boot(&mut self, boot_id: &str, secure_boot: bool) {
        self.scene.boot = Boot::with_secure_boot(&[u8::from(secure_boot)]);
        self.scene.facts.boot_id = Some(boot_id.to_owned());
        self.scene.attest.reset_count += 1;
    }

    pub fn facts(&self) -> HostFacts {
        self.scene.facts.clone()
    }

    pub fn identity(&self) -> TpmIdentity {
        self.scene.identity()
    }

    /// What `TPM2_ActivateCredential` gives.
    pub fn activate(&self, blob: &CredentialBlob) -> Vec<u8> {
        ek_rsa_private().activate(&self.identity().ak_public, blob).unwrap()
    }

    /// Enrols from a token.
    pub async fn enrol(&self, world: &World) -> Enrolment {
        let token = world.token(1).await;
        let request = EnrollRequest {
            version: VERSION,
            token: token.to_vec().into(),
            facts: self.facts(),
            tpm: Some(self.identity()),
        };
        let answer = world.agent_post(ENROLL_PATH).body(&cbor(&request)).send().await;
        assert_eq!(answer.status, 200, "{}", answer.agent_refusal());
        let EnrollResponse::Activate { enrolment, credential } =
            ciborium::from_reader(&answer.body[..]).unwrap()
        else {
            panic!("a host with a TPM proves it");
        };
        let secret = self.activate(&credential);
        let request = ActivateRequest { enrolment, secret: secret.clone().into() };
        let answer = world.agent_post(ACTIVATE_PATH).body(&cbor(&request)).send().await;
        assert_eq!(answer.status, 200, "{}", answer.agent_refusal());
        let Enrolled { host } = ciborium::from_reader(&answer.body[..]).unwrap();
        Enrolment { host, credential: secret }
    }

    /// Opens a session.
    pub async fn connect(&self, address: std::net::SocketAddr, enrolment: &Enrolment) -> Agent {
        let mut agent = agent::connect(address, &enrolment.credential).await;
        let hello = Hello { version: VERSION, facts: self.facts() };
        agent.say(&AgentMessage::Hello(hello)).await;
        agent
    }

    /// Proves its identity.
    pub async fn prove(&self, agent: &mut Agent) {
        assert_eq!(agent.hear().await, ServerMessage::AskIdentity);
        agent.say(&AgentMessage::Identity { tpm: Some(self.identity()) }).await;
        match agent.hear().await {
            ServerMessage::Activate { credential } => {
                let secret = self.activate(&credential).into();
                agent.say(&AgentMessage::Activated { secret }).await;
            }
            other => panic!("not asked for a proof: {other:?}"),
        }
    }

    /// Answers the next challenge. Sends the log only if the server does not have it.
    pub async fn answer(&mut self, agent: &mut Agent) {
        let ServerMessage::Challenge { id, nonce, known_log, .. } = agent.hear().await else {
            panic!("no challenge");
        };
        self.answer_to(agent, id, nonce, known_log).await;
    }

    /// Answers this challenge.
    pub async fn answer_to(
        &mut self,
        agent: &mut Agent,
        id: ChallengeId,
        nonce: Nonce,
        known_log: Option<Sha256>,
    ) {
        self.scene.quoted_nonce = Nonce(nonce.0);
        let (mut message, log) = self.scene.evidence();
        message.challenge = id;
        if known_log != Some(sha256(&log)) {
            message.log = LogPart::Full { bytes: log.into() };
        }
        agent.say(&AgentMessage::Evidence(message)).await;
    }
}
