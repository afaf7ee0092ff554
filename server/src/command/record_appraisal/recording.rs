//! What is recorded: an appraisal with what it was judged by and what it rests on.

use std::sync::Arc;

use trustboard_attest::{Appraisal, RecordedIdentity, Standards};
use trustboard_model::digest::Sha256;
use trustboard_model::exception::Exception;
use trustboard_model::host::Attestation;
use trustboard_model::id::{AppraisalId, HostId, JobId};
use trustboard_model::job::{Step, Trigger};
use trustboard_model::time::Timestamp;

use crate::command::keep_evidence::{Parts, Received};
use crate::standards::Numbered;
use crate::store::KeptJudging;
use crate::store::kept::{JudgedWith, standards_digest};

/// An appraisal that is about to be recorded.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The host.
    pub host: HostId,
    /// What the verifier concluded.
    pub appraisal: Appraisal,
    /// What it was judged by.
    pub judged: Judged,
    /// Why it was verified.
    pub trigger: Trigger,
    /// The job, if it has a row already.
    pub job: Option<JobId>,
    /// The steps that are not on record yet.
    pub steps: Vec<Step>,
    /// The evidence behind it.
    pub basis: Basis,
}

/// What an appraisal was judged by. If that is another thing by the time it is recorded, the
/// evidence is judged again. It is kept beside the evidence.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The number of the cluster's standards.
    number: u64,
    /// The standards, and what names them where they are kept.
    standards: Arc<Standards>,
    digest: Sha256,
    with: JudgedWith,
}

impl Judged {
    /// Judged by the standards that the cluster's record numbers so, with the host's exceptions and
    /// the identity that was on record.
    pub fn by(
        number: u64,
        standards: Arc<Standards>,
        exceptions: Vec<Exception>,
        identity: Option<&RecordedIdentity>,
    ) -> Self {
        let digest = standards_digest(&standards);
        Self::by_numbered(&Numbered { number, standards, digest }, exceptions, identity)
    }

    pub(crate) fn by_numbered(
        by: &Numbered,
        exceptions: Vec<Exception>,
        identity: Option<&RecordedIdentity>,
    ) -> Self {
        let Numbered { number, standards, digest } = by.clone();
        Self { number, standards, digest, with: JudgedWith::of(exceptions, identity) }
    }

    /// The number of the standards.
    pub(in crate::command) fn number(&self) -> u64 {
        self.number
    }

    /// Names the standards where they are kept.
    pub(in crate::command) fn digest(&self) -> Sha256 {
        self.digest
    }

    /// What it was judged by beside the standards.
    pub(in crate::command) fn with(&self) -> &JudgedWith {
        &self.with
    }

    pub(in crate::command) fn kept(&self) -> KeptJudging<'_> {
        KeptJudging { standards: &self.standards, digest: self.digest, with: &self.with }
    }
}

/// The evidence behind an appraisal.
#[derive(Debug, Clone)]
pub enum Basis {
    /// It just came in, and is kept.
    Received(Box<Received>),
    /// It was on record. Nothing is recorded if newer evidence has come meanwhile.
    Stored {
        /// When it was received.
        received_at: Timestamp,
        /// The wish that is fulfilled by it.
        wish: u64,
    },
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// What the Attestation column reads now.
    pub attestation: Attestation,
    /// Whether it concluded something else than the one before.
    pub changed: bool,
    /// The host's revision now.
    pub revision: u64,
    /// Its revision before.
    pub seen: u64,
    /// The run that this began or extended.
    pub appraisal: AppraisalId,
    /// Whether the same evidence again changes nothing but when it was verified: the host passed,
    /// its alarm is green or waits for a person, and it was judged by what is on record now.
    pub is_steady: bool,
}

/// A recording with what is kept of its evidence made ready, so that others wait for the writing
/// alone.
#[derive(Debug)]
pub struct Ready {
    pub(in crate::command) recording: Recording,
    /// Of evidence that came in, if that could be read.
    pub(in crate::command) parts: Option<Parts>,
}

impl Ready {
    /// Takes some hundred microseconds.
    pub fn of(recording: Recording) -> Self {
        let parts = match &recording.basis {
            Basis::Received(received) => Parts::of(received),
            Basis::Stored { .. } => None,
        };
        // Written now, and not where others wait for it.
        recording.appraisal.report_digest();
        Self { recording, parts }
    }
    /// Whether an operator asked for it.
    pub fn is_asked_for(&self) -> bool {
        matches!(self.recording.trigger, Trigger::Operator { .. })
    }
}
