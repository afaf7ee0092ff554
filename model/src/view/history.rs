//! A host's past: what it read at any moment, why, and what proves it.

use serde::{Deserialize, Serialize};

use super::{By, EventRow, Named, Span};
use crate::appraisal::Report;
use crate::boot::{Said, Topic};
use crate::configuration::ConfigurationRef;
use crate::digest::Digest;
use crate::host::Attestation;
use crate::id::{AppraisalId, ClusterId, DatacenterId, HostId};
use crate::pcr::PcrIndex;
use crate::time::Timestamp;

/// For how many days the past is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Conclusions: spans with their reports, boots, gaps, counts.
    pub conclusions_days: u32,
    /// Evidence, other than the newest of a host.
    pub evidence_days: u32,
}

impl Retention {
    /// What is kept unless the configuration says otherwise: conclusions for an audit's year and
    /// a month, evidence for a quarter.
    pub const DEFAULT: Self = Self { conclusions_days: 400, evidence_days: 90 };

    /// Evidence that was received before this is not kept.
    pub fn evidence_from(self, now: Timestamp) -> Timestamp {
        now.plus_seconds(-i64::from(self.evidence_days) * DAY_S)
    }

    /// Conclusions that held before this only are not kept.
    pub fn conclusions_from(self, now: Timestamp) -> Timestamp {
        now.plus_seconds(-i64::from(self.conclusions_days) * DAY_S)
    }

    /// When evidence that was received then is taken away.
    pub fn evidence_until(self, received_at: Timestamp) -> Timestamp {
        received_at.plus_seconds(i64::from(self.evidence_days) * DAY_S)
    }
}

const DAY_S: i64 = 24 * 3600;

impl Default for Retention {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What a host read at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MomentPage {
    /// The host.
    pub host: Named<HostId>,
    /// Its cluster.
    pub cluster: Named<ClusterId>,
    /// Its datacenter.
    pub datacenter: Named<DatacenterId>,
    /// The moment that was asked for.
    pub at: Timestamp,
    /// When this was read.
    pub now: Timestamp,
    /// When the host enrolled.
    pub enrolled_at: Timestamp,
    /// What was known of it.
    pub moment: Moment,
    /// The policy of its cluster that was in force then.
    pub policy: PolicyThen,
    /// The last evidence before the moment that is kept.
    pub before: Option<KeptEvidence>,
    /// The next evidence after it that is kept.
    pub after: Option<KeptEvidence>,
    /// How long the past is kept.
    pub retention: Retention,
}

/// A policy that was in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyThen {
    /// Its version, by the events of the audit trail.
    pub version: u32,
    /// Its name, if that is known still.
    pub name: Option<String>,
}

/// What was known of a host at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "moment")]
pub enum Moment {
    /// It had not enrolled.
    NotEnrolled,
    /// It had enrolled and was not verified yet.
    NotVerified {
        /// When it was first.
        first: Option<Timestamp>,
    },
    /// It was so long ago that nothing is kept of it.
    NotKept,
    /// It had been verified.
    Concluded(Box<Concluded>),
}

/// What the latest appraisal of then concluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concluded {
    /// The run of identical appraisals.
    pub span: Span,
    /// The newest report of that run.
    pub report: Option<Report>,
    /// Whether the host was being verified.
    pub covered: Covered,
    /// The configuration that it matched, and who approved that.
    pub configuration: Option<ApprovedThen>,
}

impl Concluded {
    /// Whether the evidence before and after the moment is of one boot, by the TPM's own counter;
    /// nothing if that is not known.
    pub fn same_boot(before: Option<&KeptEvidence>, after: Option<&KeptEvidence>) -> Option<bool> {
        Some(before?.resets? == after?.resets?)
    }
}

/// Whether a host was being verified at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "covered")]
pub enum Covered {
    /// Verifications before and after it were no further apart than the policy's maximum age.
    Verified,
    /// There was none for longer than that.
    Gap {
        /// The last before.
        from: Timestamp,
        /// The next after; nothing if there has been none.
        until: Option<Timestamp>,
    },
    /// It is not known how far apart they were: gaps are recorded since then only.
    NotRecorded {
        /// Since when.
        since: Timestamp,
    },
}

/// A configuration with who approved it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovedThen {
    /// Which.
    pub configuration: ConfigurationRef,
    /// The approvals, in order; empty if they are not on record any more.
    pub approvals: Vec<By>,
}

/// Evidence of which everything is kept that appraising it again takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptEvidence {
    /// The run of appraisals that it belongs to.
    pub appraisal: AppraisalId,
    /// Which of that run.
    pub which: WhichEvidence,
    /// When it was received.
    pub received_at: Timestamp,
    /// When it was appraised last.
    pub appraised_at: Timestamp,
    /// What was concluded from it.
    pub attestation: Attestation,
    /// The TPM's count of resets, which goes up with every boot; nothing without a verified quote.
    pub resets: Option<u32>,
}

/// Which evidence of a run of identical appraisals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhichEvidence {
    /// The one that began it.
    First,
    /// The newest, or the last one of a run that ended.
    Last,
}

impl WhichEvidence {
    /// The stable code in paths: `first`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::First, Self::Last].into_iter().find(|which| which.code() == code)
    }
}

/// Which stretch of a host's past is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stretch {
    /// From when; without, from the host's enrolment, or `days` before the end.
    pub from: Option<Timestamp>,
    /// Until when; without, until now.
    pub until: Option<Timestamp>,
    /// So many days, if `from` is not said.
    pub days: Option<u32>,
}

/// A stretch of a host's past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// The host.
    pub host: HostId,
    /// Where the stretch begins.
    pub from: Timestamp,
    /// Where it ends; never after `now`.
    pub until: Timestamp,
    /// When the host enrolled.
    pub enrolled_at: Timestamp,
    /// The runs of appraisals that reach into it, the newest first; at most [`Timeline::MOST`].
    pub spans: Vec<Span>,
    /// When it was not verified for longer than its policy's maximum age, the newest first.
    pub gaps: Vec<Gap>,
    /// The boots that began in it, the newest first.
    pub boots: Vec<Boot>,
    /// What happened to it, its policy and its configurations, the newest first; at most
    /// [`Timeline::MOST`].
    pub events: Vec<EventRow>,
    /// When this was read.
    pub now: Timestamp,
}

impl Timeline {
    /// How many spans and events are listed. A closer look shows the others.
    pub const MOST: u32 = 500;
}

/// A time without verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The last verification before.
    pub from: Timestamp,
    /// The next one; nothing if there has been none.
    pub until: Option<Timestamp>,
}

/// A boot, as the TPM's count of resets proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// The last verification before it, if there was one with the same keys.
    pub after: Option<Timestamp>,
    /// The first evidence of it.
    pub seen: Timestamp,
    /// The TPM's count of resets.
    pub resets: u32,
}

/// A page of the event log that the latest appraisal replayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLogPage {
    /// The events of this page, in the order of the log.
    pub entries: Vec<LogEntry>,
    /// How many match.
    pub total: u32,
    /// The page, from 1.
    pub page: u32,
    /// The registers that the log extends.
    pub registers: Vec<PcrIndex>,
}

impl EventLogPage {
    /// Events on a page.
    pub const SIZE: u32 = 100;
}

/// One event of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Its place in the log, from 1.
    pub number: u32,
    /// The register that it extends.
    pub pcr: PcrIndex,
    /// Its type, by its name in the specification or as a number.
    pub kind: String,
    /// What it is about.
    pub topic: Topic,
    /// What extended the register; nothing for an event that only informs.
    pub digest: Option<Digest>,
    /// What the log says of it.
    pub said: Option<Said>,
    /// Whether it differs from the closest approved configuration.
    pub differs: bool,
}

/// Which events of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LogFilter {
    /// Of one register.
    pub pcr: Option<PcrIndex>,
    /// Those that differ from the closest approved configuration.
    pub differing: bool,
    /// The page, from 1; 0 is the first too.
    pub page: u32,
}
