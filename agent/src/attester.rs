//! What a session asks of a host: facts, identity, proof, evidence.

use std::path::PathBuf;

use trustboard_model::bytes::Bytes;
use trustboard_model::digest::{Nonce, Sha256};
use trustboard_model::facts::HostFacts;
use trustboard_model::id::ChallengeId;
use trustboard_model::protocol::{
    BINDING_DOMAIN, Claims, CredentialBlob, EvidenceMessage, KnownIma, LogPart, TpmIdentity,
};
use trustboard_model::tpm_problem::{TpmProblem, TpmProblemKind};

use crate::ak_store::{self, AkError, AkPreference};
use crate::event_log::EventLog;
use crate::facts::{self, TpmSeen};
use crate::hash::sha256;
use crate::os_logs::OsLogsNow;
use crate::state::StateDirectory;
use crate::tpm::{self, AkBlob, Tpm, TpmError, quoted_reset_count};
use crate::tpm_choice::{Located, TpmChoice};

/// A challenge to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Its name.
    pub id: ChallengeId,
    /// Its nonce.
    pub nonce: Nonce,
    /// A log that need not be sent.
    pub known_log: Option<Sha256>,
    /// A systemd log that need not be sent.
    pub known_systemd_log: Option<Sha256>,
    /// A part of IMA's list that need not be sent.
    pub known_ima: Option<KnownIma>,
}

/// What cannot be done, and why.
#[derive(Debug, thiserror::Error)]
pub enum AttestError {
    /// There is no TPM to do it with.
    #[error("this host has no usable TPM 2.0{}", .problem.as_ref().map(|p| format!(": {p}")).unwrap_or_default())]
    NoTpm {
        /// What stands in the way, if there is one.
        problem: Option<TpmProblem>,
    },
    /// The TPM or the state directory failed.
    #[error(transparent)]
    Ak(#[from] AkError),
    /// Something cannot be encoded.
    #[error("cannot encode {what}: {problem}")]
    Encode {
        /// What.
        what: &'static str,
        /// Why.
        problem: String,
    },
}

impl AttestError {
    /// What prevents the use of the TPM, if it is a state of the TPM that lasts.
    pub fn tpm_problem(&self) -> Option<TpmProblem> {
        match self {
            Self::NoTpm { problem } => problem.clone(),
            Self::Ak(AkError::Tpm(error)) => {
                Some(TpmProblem { kind: error.state()?, text: error.to_string() })
            }
            Self::Ak(AkError::State(_)) | Self::Encode { .. } => None,
        }
    }
}

/// A host that can be attested. Calls block while the TPM works, for seconds at worst.
pub trait Attester: Send + 'static {
    /// Facts now.
    fn facts(&mut self) -> HostFacts;
    /// The TPM's keys now; nothing without a usable TPM 2.0.
    fn identity(&mut self) -> Result<Option<TpmIdentity>, AttestError>;
    /// Unwraps a credential.
    fn activate(&mut self, credential: &CredentialBlob) -> Result<Vec<u8>, AttestError>;
    /// Answers a challenge.
    fn evidence(&mut self, challenge: &Challenge) -> Result<EvidenceMessage, AttestError>;
}

/// The host that this program runs on.
#[derive(Debug, Clone)]
pub struct LocalHost {
    /// Where the host's root is.
    pub sysroot: PathBuf,
    /// Which TPM.
    pub tpm: TpmChoice,
    /// Where AKs are kept.
    pub state: StateDirectory,
    /// What a new AK should be.
    pub ak: AkPreference,
}

impl LocalHost {
    /// Opens the TPM for one piece of work.
    pub fn open(&self) -> OpenedTpm {
        match self.tpm.locate(&self.sysroot) {
            Located::Nowhere => OpenedTpm::Absent,
            Located::Unusable { problem } => OpenedTpm::Unusable { problem },
            Located::At(tcti) => match tpm::open(&tcti) {
                Ok(tpm) => OpenedTpm::Open(Box::new(tpm)),
                Err(error) => OpenedTpm::Unusable { problem: problem(&error) },
            },
        }
    }

    /// Opens the TPM, collects facts, and gives the TPM back if it is usable.
    fn observe(&self, log: &EventLog) -> (HostFacts, Option<Box<Tpm>>) {
        let (seen, tpm) = match self.open() {
            OpenedTpm::Absent => (TpmSeen::Absent, None),
            OpenedTpm::Unusable { problem } => (TpmSeen::Unusable { problem }, None),
            OpenedTpm::Open(mut tpm) => match facts::of_tpm(&mut tpm, &self.sysroot) {
                Ok(facts) => (TpmSeen::Usable(facts), Some(tpm)),
                Err(error) => (TpmSeen::Unusable { problem: problem(&error) }, None),
            },
        };
        (facts::collect(&self.sysroot, seen, log), tpm)
    }
}

/// What came of opening the TPM.
#[derive(Debug)]
pub enum OpenedTpm {
    /// It is open.
    Open(Box<Tpm>),
    /// There is none.
    Absent,
    /// There is one that cannot be used.
    Unusable {
        /// Why.
        problem: TpmProblem,
    },
}

/// Why a TPM cannot even be asked what it is.
fn problem(error: &TpmError) -> TpmProblem {
    let kind = error.state().unwrap_or(TpmProblemKind::NotAnswering);
    TpmProblem { kind, text: error.to_string() }
}

impl Attester for LocalHost {
    fn facts(&mut self) -> HostFacts {
        self.observe(&EventLog::read(&self.sysroot)).0
    }

    fn identity(&mut self) -> Result<Option<TpmIdentity>, AttestError> {
        let OpenedTpm::Open(mut tpm) = self.open() else { return Ok(None) };
        let identity = ak_store::with_ak(&mut tpm, &self.state, self.ak, |tpm, ak| {
            tpm.load_once(ak)?;
            let ek = tpm.endorsement(Some(ak.ek))?;
            Ok(TpmIdentity {
                ek_public: ek.public,
                ek_certificate: ek.certificate,
                ak_public: ak.public.clone(),
            })
        })?;
        Ok(Some(identity))
    }

    fn activate(&mut self, credential: &CredentialBlob) -> Result<Vec<u8>, AttestError> {
        match self.open() {
            OpenedTpm::Open(mut tpm) => {
                let activate = |tpm: &mut Tpm, ak: &AkBlob| tpm.activate(ak, credential);
                Ok(ak_store::with_ak(&mut tpm, &self.state, self.ak, activate)?)
            }
            OpenedTpm::Absent => Err(AttestError::NoTpm { problem: None }),
            OpenedTpm::Unusable { problem } => Err(AttestError::NoTpm { problem: Some(problem) }),
        }
    }

    fn evidence(&mut self, challenge: &Challenge) -> Result<EvidenceMessage, AttestError> {
        let mut known = challenge.known_ima.as_ref();
        let mut attempt = 1;
        loop {
            let collected = self.collect(challenge, known)?;
            // What the server knows is the list of another boot: `resetCount` says so, which is
            // known after the quote.
            let other_boot = match (known, &collected.message.quoted) {
                (Some(known), Some(quoted)) => quoted_reset_count(quoted) != known.reset_count,
                _ => false,
            };
            if attempt == ATTEMPTS || (collected.consistent && !other_boot) {
                return Ok(collected.message);
            }
            if other_boot {
                known = None;
            }
            attempt += 1;
        }
    }
}

/// How often evidence is collected anew because what it is made of changed meanwhile: another
/// boot than the server thinks, and a list that began anew.
const ATTEMPTS: u32 = 3;

/// Evidence, and whether its parts belong together.
struct Collected {
    message: EvidenceMessage,
    consistent: bool,
}

impl LocalHost {
    /// Reads logs, quotes, and reads the logs again that may have grown.
    fn collect(
        &self,
        challenge: &Challenge,
        known: Option<&KnownIma>,
    ) -> Result<Collected, AttestError> {
        let log = EventLog::read(&self.sysroot);
        let before = OsLogsNow::read(&self.sysroot, known);
        let (mut facts, tpm) = self.observe(&log);
        let with = |facts| {
            let os_logs = Some(before.claims());
            encode(&Claims { facts, log_digest: log.digest(), os_logs })
        };
        let mut claims = with(facts.clone())?;
        let mut quoted = None;
        if let Some(mut tpm) = tpm {
            let qualifying = binding(&challenge.nonce, &claims);
            let quote = |tpm: &mut Tpm, ak: &AkBlob| tpm.quote(ak, &qualifying);
            match ak_store::with_ak(&mut tpm, &self.state, self.ak, quote) {
                Ok(made) => quoted = Some(made),
                // Said as a fact, so that the server can say what to do about it.
                Err(error) => {
                    let error = AttestError::from(error);
                    let Some(problem) = error.tpm_problem() else { return Err(error) };
                    facts.tpm_problem = Some(facts::bounded(problem));
                    claims = with(facts)?;
                }
            }
        }
        let after = OsLogsNow::read(&self.sysroot, known);
        let consistent = before.goes_on_in(&after);
        let log = match log {
            EventLog::Absent { .. } => LogPart::Absent,
            EventLog::Present { digest, .. } if Some(digest) == challenge.known_log => {
                LogPart::Known
            }
            EventLog::Present { bytes, .. } => LogPart::Full { bytes: bytes.into() },
        };
        let os_logs = Some(after.into_parts(challenge.known_systemd_log));
        let message = EvidenceMessage { challenge: challenge.id, claims, quoted, log, os_logs };
        Ok(Collected { message, consistent })
    }
}

/// The quote's extraData: what the protocol defines at [`BINDING_DOMAIN`].
pub fn binding(nonce: &Nonce, claims: &[u8]) -> [u8; 32] {
    sha256(&[BINDING_DOMAIN, &nonce.0, &sha256(claims).0].concat()).0
}

fn encode(claims: &Claims) -> Result<Bytes, AttestError> {
    let mut bytes = Vec::new();
    ciborium::into_writer(claims, &mut bytes)
        .map_err(|error| AttestError::Encode { what: "claims", problem: error.to_string() })?;
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without_tpm(tpm: TpmChoice) -> (tempfile::TempDir, LocalHost) {
        let root = tempfile::tempdir().unwrap();
        let state = StateDirectory::new(root.path().join("state"));
        let sysroot = root.path().to_owned();
        (root, LocalHost { sysroot, tpm, state, ak: AkPreference::LikeEk })
    }

    fn challenge() -> Challenge {
        Challenge {
            id: ChallengeId::from_random([1; 16]),
            nonce: Nonce([2; 32]),
            known_log: None,
            known_systemd_log: None,
            known_ima: None,
        }
    }

    #[test]
    fn a_host_without_a_tpm_has_evidence_without_a_quote() {
        let (_root, mut host) = without_tpm(TpmChoice::Auto);
        assert_eq!(host.identity().unwrap(), None);
        let evidence = host.evidence(&challenge()).unwrap();
        assert_eq!((evidence.quoted, evidence.log), (None, LogPart::Absent));
        let claims: Claims = ciborium::from_reader(&evidence.claims[..]).unwrap();
        assert_eq!((claims.facts.tpm, claims.facts.tpm_problem), (None, None));
    }

    #[test]
    fn a_tpm_that_does_not_answer_is_a_problem_in_the_facts() {
        let (_root, mut host) = without_tpm(TpmChoice::Tcti("swtpm:host=127.0.0.1,port=1".into()));
        let facts = host.facts();
        assert_eq!(facts.tpm, None);
        assert!(facts.tpm_problem.unwrap().text.contains("cannot open the TPM"));
        assert!(host.evidence(&challenge()).unwrap().quoted.is_none());
        let blob =
            CredentialBlob { id_object: Bytes::default(), encrypted_secret: Bytes::default() };
        assert!(host.activate(&blob).unwrap_err().to_string().contains("no usable TPM 2.0"));
    }

    #[test]
    fn the_binding_covers_nonce_and_claims() {
        let one = binding(&Nonce([1; 32]), b"claims");
        assert_ne!(one, binding(&Nonce([2; 32]), b"claims"));
        assert_ne!(one, binding(&Nonce([1; 32]), b"other"));
    }
}
