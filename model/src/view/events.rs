//! Jobs and events of a datacenter, or of everything.

use serde::{Deserialize, Serialize};

use super::{BulkRow, Named, Scope};
use crate::event::{Actor, EventKind, EventSeq};
use crate::id::{DatacenterId, HostId, JobId};
use crate::job::{JobState, Trigger};
use crate::time::Timestamp;

/// Kinds of events that people ask for together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventGroup {
    /// Alarms raised, acknowledged, reset.
    Alarms,
    /// What appraisals concluded, and verifications that could not be finished.
    Attestation,
    /// Connections, maintenance, identities, enrolments.
    Hosts,
    /// Jobs that somebody started.
    Jobs,
    /// What hosts are judged by: configurations, policies, exceptions, makers.
    Standards,
    /// Datacenters, clusters, tokens.
    Inventory,
}

impl EventGroup {
    /// Every group, in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::Alarms,
        Self::Attestation,
        Self::Hosts,
        Self::Jobs,
        Self::Standards,
        Self::Inventory,
    ];

    /// The stable code for URLs: `alarms`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Alarms => "alarms",
            Self::Attestation => "attestation",
            Self::Hosts => "hosts",
            Self::Jobs => "jobs",
            Self::Standards => "standards",
            Self::Inventory => "inventory",
        }
    }

    /// The group with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// The group of an event; nothing for what is not the business of whoever looks after hosts:
    /// who signed in, and operators.
    pub fn of(event: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.events().contains(&event))
    }

    /// The codes of its events.
    pub const fn events(self) -> &'static [&'static str] {
        match self {
            Self::Alarms => &[
                "alarm-raised",
                "alarm-condition-cleared",
                "alarm-condition-changed",
                "alarm-acknowledged",
                "alarm-reset",
                "reset-asked",
                "reset-declined",
                "reset-lapsed",
                "automatic-reset-changed",
            ],
            Self::Attestation => &["appraised", "verification-failed"],
            Self::Hosts => &[
                "host-enrolled",
                "identity-changed",
                "presence-changed",
                "maintenance-entered",
                "maintenance-left",
                "host-moved",
                "host-removed",
            ],
            Self::Jobs => &["job-started", "bulk-started", "bulk-ended"],
            Self::Standards => &[
                "configuration-captured",
                "configuration-imported",
                "configuration-edited",
                "configuration-approved",
                "configuration-superseded",
                "configuration-retired",
                "change-accepted",
                "policy-changed",
                "exception-granted",
                "exception-ended",
                "makers-imported",
                "maker-trust-changed",
                "maker-removed",
            ],
            Self::Inventory => &[
                "datacenter-created",
                "cluster-created",
                "token-created",
                "token-revoked",
                "datacenter-renamed",
                "datacenter-deleted",
                "cluster-renamed",
                "cluster-moved",
                "cluster-deleted",
            ],
        }
    }
}

/// Which events are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EventFilter {
    /// Those of one group, or all.
    pub group: Option<EventGroup>,
    /// Those of hosts whose name contains this.
    pub host: String,
    /// Those that this person did.
    pub actor: String,
    /// Those older than this one; the newest without.
    pub before: Option<EventSeq>,
}

impl EventFilter {
    /// The longest text of a field, in characters: longer than any name.
    pub const MAX_TEXT: usize = 253;
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// Its position in the chain.
    pub seq: EventSeq,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub kind: EventKind,
    /// The host that it is about, if any; without a name if it is no longer there.
    pub host: Option<Named<HostId>>,
    /// Its datacenter, if any; without a name if it is no longer there.
    pub datacenter: Option<Named<DatacenterId>>,
}

/// One verification job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLine {
    /// Its id.
    pub id: JobId,
    /// Its host.
    pub host: Named<HostId>,
    /// Why it was started.
    pub trigger: Trigger,
    /// How far it is.
    pub state: JobState,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// Jobs and events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventsPage {
    /// Where.
    pub scope: Scope,
    /// The datacenter, if it is one.
    pub datacenter: Option<Named<DatacenterId>>,
    /// The filter that was applied.
    pub filter: EventFilter,
    /// The events, the newest first.
    pub events: Vec<EventLine>,
    /// Whether there are older ones.
    pub more: bool,
    /// Verification jobs: those that wait or run first, then the latest that ended.
    pub jobs: Vec<JobLine>,
    /// Bulk jobs, the latest first.
    pub bulk_jobs: Vec<BulkRow>,
    /// When this was read.
    pub now: Timestamp,
    /// The last event that this page knows of.
    pub seq: EventSeq,
}
