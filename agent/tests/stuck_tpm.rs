//! A TPM that does not answer, and one that asks for more than it gives time for.

#![expect(clippy::unwrap_used, reason = "a test")]

mod fake_server;

use std::sync::mpsc;
use std::time::Duration;

use fake_server::FakeServer;
use tokio::sync::watch;
use trustboard_agent::ak_store::AkPreference;
use trustboard_agent::attester::{AttestError, Attester, Challenge, LocalHost};
use trustboard_agent::session::{self, Timing};
use trustboard_agent::state::StateDirectory;
use trustboard_agent::tpm_choice::TpmChoice;
use trustboard_agent::worker::{WorkError, Worker};
use trustboard_model::digest::Nonce;
use trustboard_model::facts::HostFacts;
use trustboard_model::id::ChallengeId;
use trustboard_model::protocol::{
    AgentMessage, CredentialBlob, EvidenceMessage, ServerMessage, TpmIdentity,
};

/// A host whose evidence takes until the test allows it, and whose identity is a bug.
struct Stuck {
    host: LocalHost,
    released: mpsc::Receiver<()>,
}

impl Attester for Stuck {
    fn facts(&mut self) -> HostFacts {
        self.host.facts()
    }

    fn identity(&mut self) -> Result<Option<TpmIdentity>, AttestError> {
        panic!("on purpose")
    }

    fn activate(&mut self, credential: &CredentialBlob) -> Result<Vec<u8>, AttestError> {
        self.host.activate(credential)
    }

    fn evidence(&mut self, challenge: &Challenge) -> Result<EvidenceMessage, AttestError> {
        // Waits until the test drops the other end.
        let _released = self.released.recv();
        self.host.evidence(challenge)
    }
}

fn challenge(number: u8) -> ServerMessage {
    let id = ChallengeId::from_random([number; 16]);
    ServerMessage::Challenge {
        id,
        nonce: Nonce([0; 32]),
        known_log: None,
        known_systemd_log: None,
        known_ima: None,
    }
}

#[tokio::test]
async fn the_server_hears_of_a_tpm_that_does_not_answer_and_of_a_thread_that_died() {
    let server = FakeServer::start().await;
    let root = tempfile::tempdir().unwrap();
    let (release, released) = mpsc::channel::<()>();
    let host = LocalHost {
        sysroot: root.path().to_owned(),
        tpm: TpmChoice::None,
        state: StateDirectory::new(root.path().join("state")),
        ak: AkPreference::LikeEk,
    };
    let worker = Worker::start(Stuck { host, released }).unwrap();
    let enrolment = server.enrolment();
    let (_stop, stopped) = watch::channel(false);
    let timing = Timing { work_limit: Duration::from_secs(2), ..Timing::default() };
    let session = tokio::spawn(async move {
        session::run(|| enrolment.clone(), &worker, timing, || 0.0, stopped).await
    });
    let mut conversation = server.session().await;
    assert!(matches!(conversation.hear().await, AgentMessage::Hello(_)));

    conversation.say(&challenge(1)).await;
    let AgentMessage::Cannot { challenge: Some(id), problem } = conversation.hear().await else {
        panic!("expected Cannot")
    };
    assert_eq!(id, ChallengeId::from_random([1; 16]));
    assert!(problem.contains("has not answered for 2 s"), "{problem}");

    // Ten more: one waits in the TPM already, eight fit into the queue, two are too many. Those
    // that wait are given up in their turn.
    for number in 2..=11 {
        conversation.say(&challenge(number)).await;
    }
    let mut busy = 0;
    for number in 2..=11 {
        let AgentMessage::Cannot { challenge: Some(id), problem } = conversation.hear().await
        else {
            panic!("expected Cannot")
        };
        assert_eq!(id, ChallengeId::from_random([number; 16]), "in the order of the questions");
        busy += u32::from(problem.contains("busy"));
    }
    assert_eq!(busy, 2);

    // It comes back; what nobody waits for any more is done and dropped.
    drop(release);
    let evidence = loop {
        conversation.say(&challenge(12)).await;
        match conversation.hear().await {
            AgentMessage::Evidence(evidence) => break evidence,
            AgentMessage::Cannot { problem, .. } => assert!(problem.contains("busy"), "{problem}"),
            other => panic!("expected Evidence, found {other:?}"),
        }
    };
    assert_eq!(evidence.challenge, ChallengeId::from_random([12; 16]));

    // Without the thread nothing can be answered: the program ends, and is started anew.
    conversation.say(&ServerMessage::AskIdentity).await;
    assert_eq!(session.await.unwrap(), Err(WorkError::Ended));
}
