//! The host page.

use serde::{Deserialize, Serialize};

use super::{ExceptionRow, HostRow};
use crate::appraisal::Report;
use crate::digest::Sha256;
use crate::event::{Actor, EventKind, EventSeq};
use crate::facts::HostFacts;
use crate::host::{Attestation, IdentityState};
use crate::id::AppraisalId;
use crate::job::Job;
use crate::reason::ReasonCode;
use crate::time::Timestamp;

/// Everything about one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostPage {
    /// The same row as in the table.
    pub row: HostRow,
    /// The latest appraisal, if there was one.
    pub report: Option<Report>,
    /// The latest facts, as claimed by the host.
    pub facts: HostFacts,
    /// The identity on record.
    pub identity: IdentityView,
    /// The exceptions that were granted for it and have not ended, those that end first first.
    #[serde(default)]
    pub exceptions: Vec<ExceptionRow>,
    /// The latest jobs, newest first, at most 20.
    pub jobs: Vec<Job>,
    /// The latest appraisal spans, newest first, at most 50.
    pub spans: Vec<Span>,
    /// The latest events, newest first, at most 100.
    pub events: Vec<EventRow>,
    /// When this was read.
    pub now: Timestamp,
    /// The last event that this page knows of.
    pub seq: EventSeq,
}

/// The identity on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityView {
    /// Its state.
    pub state: IdentityState,
    /// SHA-256 of the EK's TPMT_PUBLIC.
    pub ek: Option<Sha256>,
    /// SHA-256 of the AK's TPMT_PUBLIC.
    pub ak: Option<Sha256>,
    /// Since when.
    pub since: Option<Timestamp>,
    /// SHA-256 of the EK that the host answered with, if it is another.
    pub presented_ek: Option<Sha256>,
}

/// A run of identical appraisals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Its id.
    pub id: AppraisalId,
    /// The first of them.
    pub first_seen: Timestamp,
    /// The last of them.
    pub last_seen: Timestamp,
    /// How many.
    pub count: u64,
    /// What the Attestation column read.
    pub attestation: Attestation,
    /// Why, most telling first.
    pub reasons: Vec<ReasonCode>,
}

/// One event of the host's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// Its position in the chain.
    pub seq: EventSeq,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub kind: EventKind,
}
