//! A host whose evidence is genuine, and what the server has on record of it.

use std::sync::Arc;

use trustboard_attest::reference::learn_from_log;
use trustboard_attest::{
    Again, Appraisal, Challenge, Evidence, Input, Log, Memory, RecordedIdentity, SessionIdentity,
    Standards, Steady, appraise, appraise_and_remember, appraise_with,
};
use trustboard_model::appraisal::Report;
use trustboard_model::boot::BootItem;
use trustboard_model::configuration::ConfigurationRef;
use trustboard_model::digest::Nonce;
use trustboard_model::id::ConfigurationId;
use trustboard_model::protocol::{BINDING_DOMAIN, EvidenceMessage};
use trustboard_model::verdict::Verdict;

use crate::support::boot::Boot;
use crate::support::{NONCE, Scene, assert_trusted, sha256};
use crate::tally::Judgement;

/// Everything that is genuine.
pub struct World {
    pub scene: Scene,
    pub message: EvidenceMessage,
    pub log: Vec<u8>,
    pub recorded: RecordedIdentity,
    pub session: SessionIdentity,
    pub standards: Arc<Standards>,
    pub report: Report,
    /// Recognises the genuine evidence, and must recognise no other.
    pub steady: Steady,
    /// What all appraisals so far left behind, of every world and thread.
    pub memory: Arc<Memory>,
}

impl World {
    /// A host with fifty events whose boot was approved as it is.
    pub fn new(mut scene: Scene, memory: &Arc<Memory>) -> Self {
        scene.boot = Boot::with_events(50);
        scene.qualified_signer = Some(scene.attest.qualified_signer.clone());
        let name = "genuine".to_owned();
        let id = ConfigurationId::from_random([4; 16]);
        let learned = learn_from_log(&scene.evidence().1).unwrap().usual();
        scene.configurations =
            vec![learned.into_reference(ConfigurationRef { id, name, version: 1 })];
        let (message, log) = scene.evidence();
        let evidence =
            Evidence::Sent { message: &message, log: Log::Bytes(&log), systemd_log: Log::Absent };
        let prepared = scene.prepare(evidence);
        let input = prepared.input();
        let (appraisal, steady) = appraise_and_remember(&input, memory);
        assert_trusted(appraisal.report());
        let (recorded, session) = (input.identity.unwrap().clone(), input.session.clone());
        let (standards, report) = (Arc::clone(input.standards), appraisal.report().clone());
        drop(prepared);
        let steady = steady.unwrap();
        let memory = Arc::clone(memory);
        Self { scene, message, log, recorded, session, standards, report, steady, memory }
    }

    /// What the server makes of these.
    pub fn input<'a>(
        &'a self,
        message: &'a EvidenceMessage,
        log: &'a [u8],
        identity: &'a RecordedIdentity,
        challenge: &'a Challenge,
    ) -> Input<'a> {
        Input {
            host: crate::support::host(),
            challenge,
            evidence: Evidence::Sent { message, log: Log::Bytes(log), systemd_log: Log::Absent },
            identity: Some(identity),
            session: &self.session,
            standards: &self.standards,
            exceptions: &[],
            history: &self.scene.history,
            received_at: self.scene.now,
            now: self.scene.now,
        }
    }

    /// Whether the short way takes an answer for the genuine one.
    pub fn recognises(&self, message: &EvidenceMessage, challenge: &Challenge) -> bool {
        let again = Again {
            host: crate::support::host(),
            challenge,
            session: &self.session,
            standards: &self.standards,
            latest: self.scene.history.clock,
            now: self.scene.now,
        };
        self.steady.recognise(message, &again).is_some()
    }

    /// Judges evidence that differs from the genuine one, by the full appraisal and by the short
    /// way.
    pub fn judge(&self, message: &EvidenceMessage, log: &[u8]) -> Judgement {
        let input = self.input(message, log, &self.recorded, &self.scene.challenge);
        // The short way looks at no log: the server has the one that the claims name.
        let again = log == self.log && self.recognises(message, &self.scene.challenge);
        match (self.appraised(&input), again) {
            (Judgement::Refused, true) => Judgement::Believed(
                "recognised as the same, though a full appraisal refuses".into(),
            ),
            (judgement, _) => judgement,
        }
    }

    /// Judges evidence by full appraisals: by itself, and twice with what earlier appraisals of all
    /// mutants left behind. All must come to the same.
    pub fn appraised(&self, input: &Input<'_>) -> Judgement {
        let alone = appraise(input);
        for _ in 0..2 {
            if appraise_with(input, &self.memory) != alone {
                let what = "what earlier appraisals left behind changes the result";
                return Judgement::Believed(what.to_owned());
            }
        }
        self.believed(&alone)
    }

    /// Compares what an appraisal shows as proven with what is so.
    fn believed(&self, appraisal: &Appraisal) -> Judgement {
        let (genuine, report) = (&self.report, appraisal.report());
        if report.verdict != Verdict::Trusted {
            return Judgement::Refused;
        }
        let differs = |what: &str| Judgement::Believed(what.to_owned());
        if report.secure_boot != genuine.secure_boot {
            differs("Secure Boot")
        } else if report
            .pcrs
            .iter()
            .map(|row| &row.quoted)
            .ne(genuine.pcrs.iter().map(|row| &row.quoted))
        {
            differs("PCR values")
        } else if report.comparison != genuine.comparison {
            differs("approved configuration")
        } else if let Some(item) = report.booted.iter().find(|item| !self.happened(item)) {
            Judgement::Believed(format!("booted: {item:?}"))
        } else {
            Judgement::OnlyWords
        }
    }

    /// Whether an item says nothing as covered that the genuine log does not say.
    fn happened(&self, item: &BootItem) -> bool {
        let covered = item.said.as_ref().filter(|said| said.covered);
        let same_digest =
            |genuine: &&BootItem| genuine.pcr == item.pcr && genuine.digest == item.digest;
        let mut candidates = self.report.booted.iter().filter(same_digest).peekable();
        covered.is_none() || candidates.any(|genuine| genuine.said.as_ref() == covered)
    }

    /// Evidence with these claims, signed with the AK over the PCR values that the TPM has.
    pub fn sign(&self, claims: Vec<u8>, edit: impl FnOnce(&mut Vec<u8>)) -> EvidenceMessage {
        let bound = [BINDING_DOMAIN, &NONCE.0, &sha256(&claims).0].concat();
        let mut message = self.message.clone();
        let quoted = message.quoted.as_mut().unwrap();
        let signer = usize::from(u16::from_be_bytes([quoted.attest[6], quoted.attest[7]]));
        let extra = 8 + signer + 2;
        quoted.attest.0[extra..extra + 32].copy_from_slice(&sha256(&bound).0);
        edit(&mut quoted.attest.0);
        quoted.signature = self.scene.ak.sign(&quoted.attest).into();
        message.claims = claims.into();
        message
    }

    /// A challenge that the evidence was not made for.
    pub fn stale(&self, nonce: [u8; 32]) -> Challenge {
        Challenge { nonce: Nonce(nonce), ..self.scene.challenge.clone() }
    }
}
