//! A bundle: everything that one appraisal depended on, as one file that can be handed to an
//! auditor and appraised again without the server.
//!
//! It is CBOR (RFC 8949). Reading one is reading a stranger's bytes: nothing in it is believed,
//! the report of then included. What it proves is what [`Bundle::appraise`] finds anew.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use trustboard_model::appraisal::Report;
use trustboard_model::bytes::Bytes;
use trustboard_model::configuration::Reference;
use trustboard_model::digest::Sha256;
use trustboard_model::exception::Exception;
use trustboard_model::id::HostId;
use trustboard_model::policy::Policy;
use trustboard_model::protocol::EvidenceMessage;
use trustboard_model::time::Timestamp;

use crate::makers::StoredMakers;
use crate::secure_boot::OfficialRevocations;
use crate::{
    Appraisal, Challenge, Error, Evidence, History, Input, Log, Makers, RecordedIdentity,
    SessionIdentity, Standards, appraise, budget,
};

const PART: &str = "bundle";

/// Everything that one appraisal depended on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// The version of this format: [`Bundle::FORMAT`]. The first field, so that a reader of
    /// another version stops here.
    format: u16,
    /// The host.
    pub host: HostId,
    /// Its name in the inventory, for people.
    pub name: String,
    /// The challenge.
    pub challenge: Challenge,
    /// What the host sent.
    pub evidence: BundledEvidence,
    /// The identity on record, if there was one.
    pub identity: Option<RecordedIdentity>,
    /// Who the TPM was in the session.
    pub session: SessionIdentity,
    /// The policy of the host's cluster.
    pub policy: Policy,
    /// The makers' certificates and revocation lists.
    makers: StoredMakers,
    /// The official list of revocations, if the server had one.
    pub revocations: Option<OfficialRevocations>,
    /// The configurations that were approved for the host's cluster.
    pub approved: Vec<Reference>,
    /// The exceptions that were granted for this host.
    pub exceptions: Vec<Exception>,
    /// What earlier evidence of this identity had said.
    pub history: History,
    /// When the answer to the challenge arrived.
    pub received_at: Timestamp,
    /// When it was appraised.
    pub appraised_at: Timestamp,
    /// What the server concluded then. Not believed: see [`Bundle::appraise`].
    pub report: Report,
}

/// What a host sent in answer to a challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BundledEvidence {
    /// A message that was read.
    Sent {
        /// The message; its logs that need not be sent twice stand beside it.
        message: Box<EvidenceMessage>,
        /// The event log that it speaks of.
        log: BundledLog,
        /// systemd's log, if it speaks of one.
        systemd_log: BundledLog,
    },
    /// A message that could not be read.
    Unreadable {
        /// What was wrong with it.
        problem: String,
    },
    /// The agent answered that it cannot.
    Refused {
        /// The agent's words.
        problem: String,
    },
}

/// A log that need not be sent again once it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BundledLog {
    /// The bytes.
    Bytes(Bytes),
    /// The agent said that there is none.
    Absent,
    /// The agent relied on a log that the server no longer had.
    NotKept(Sha256),
}

impl BundledLog {
    fn of(log: Log<'_>) -> Self {
        match log {
            Log::Bytes(bytes) => Self::Bytes(bytes.into()),
            Log::Absent => Self::Absent,
            Log::NotKept(digest) => Self::NotKept(digest),
        }
    }

    /// As an appraisal takes it.
    pub fn as_log(&self) -> Log<'_> {
        match self {
            Self::Bytes(bytes) => Log::Bytes(bytes),
            Self::Absent => Log::Absent,
            Self::NotKept(digest) => Log::NotKept(*digest),
        }
    }
}

impl BundledEvidence {
    /// A copy of what an appraisal took.
    fn of(evidence: Evidence<'_>) -> Self {
        match evidence {
            Evidence::Sent { message, log, systemd_log } => Self::Sent {
                message: Box::new(message.without_logs()),
                log: BundledLog::of(log),
                systemd_log: BundledLog::of(systemd_log),
            },
            Evidence::Unreadable { problem } => Self::Unreadable { problem: problem.to_owned() },
            Evidence::Refused { problem } => Self::Refused { problem: problem.to_owned() },
        }
    }

    /// As an appraisal takes it.
    pub fn as_evidence(&self) -> Evidence<'_> {
        match self {
            Self::Sent { message, log, systemd_log } => {
                Evidence::Sent { message, log: log.as_log(), systemd_log: systemd_log.as_log() }
            }
            Self::Unreadable { problem } => Evidence::Unreadable { problem },
            Self::Refused { problem } => Evidence::Refused { problem },
        }
    }
}

impl Bundle {
    /// The version of the format that is written, and the only one that is read.
    pub const FORMAT: u16 = 1;

    /// The media type of a bundle.
    pub const MEDIA_TYPE: &str = "application/cbor";

    /// What `input` holds, with the report that was made of it and the host's name for people.
    pub fn of(input: &Input<'_>, name: &str, report: &Report) -> Self {
        Self {
            format: Self::FORMAT,
            host: input.host,
            name: name.to_owned(),
            challenge: input.challenge.clone(),
            evidence: BundledEvidence::of(input.evidence),
            identity: input.identity.cloned(),
            session: input.session.clone(),
            policy: input.standards.policy.clone(),
            makers: StoredMakers::of(&input.standards.makers),
            revocations: input.standards.revocations.as_deref().cloned(),
            approved: input.standards.approved.clone(),
            exceptions: input.exceptions.to_vec(),
            history: input.history.clone(),
            received_at: input.received_at,
            appraised_at: input.now,
            report: report.clone(),
        }
    }

    /// Reads a bundle. That it can be read says nothing about it.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let error = |problem: String| Error { part: PART, problem };
        let limit = budget::BUNDLE_BYTES;
        if bytes.len() > limit {
            return Err(error(format!("{} bytes; limit {limit}", bytes.len())));
        }
        let version: Version = parse(&mut &*bytes)?;
        if version.format != Self::FORMAT {
            let (found, known) = (version.format, Self::FORMAT);
            return Err(error(format!("format {found}; this program reads format {known}")));
        }
        let mut rest = bytes;
        let bundle = parse(&mut rest)?;
        if !rest.is_empty() {
            return Err(error(format!("{} bytes follow the bundle", rest.len())));
        }
        Ok(bundle)
    }

    /// The bundle as CBOR.
    ///
    /// # Panics
    /// Never: writing to memory does not fail, and every field has a CBOR form.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        ciborium::into_writer(self, &mut bytes).expect("a bundle has a CBOR form");
        bytes
    }

    /// The makers' certificates and revocation lists in it.
    pub fn makers(&self) -> Result<Makers, Error> {
        self.makers.read()
    }

    /// Appraises the evidence again from scratch, as of `now`. With [`Bundle::appraised_at`] it
    /// concludes what the server concluded, if nobody changed the bundle and the verifier is the
    /// same. An error says that the bundle's own parts cannot be read.
    pub fn appraise(&self, now: Timestamp) -> Result<Appraisal, Error> {
        Ok(self.appraise_with(self.makers()?, now))
    }

    /// The same with other makers' certificates than the bundle's: those that an auditor trusts.
    pub fn appraise_with(&self, makers: Makers, now: Timestamp) -> Appraisal {
        let standards = Standards {
            policy: self.policy.clone(),
            makers: Arc::new(makers),
            revocations: self.revocations.clone().map(Arc::new),
            approved: self.approved.clone(),
        };
        appraise(&Input {
            host: self.host,
            challenge: &self.challenge,
            evidence: self.evidence.as_evidence(),
            identity: self.identity.as_ref(),
            session: &self.session,
            standards: &Arc::new(standards),
            exceptions: &self.exceptions,
            history: &self.history,
            received_at: self.received_at,
            now,
        })
    }
}

/// The field that every version has.
#[derive(Deserialize)]
struct Version {
    format: u16,
}

fn parse<T: for<'de> Deserialize<'de>>(bytes: &mut &[u8]) -> Result<T, Error> {
    ciborium::de::from_reader_with_recursion_limit(bytes, budget::BUNDLE_DEPTH)
        .map_err(|cause| Error { part: PART, problem: format!("not the expected CBOR: {cause}") })
}
