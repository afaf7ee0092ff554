//! The Alarms page: every red alarm of a datacenter, or of everything.

use serde::{Deserialize, Serialize};

use super::{HostRow, Named, Scope};
use crate::event::{Actor, EventSeq};
use crate::host_query::{Fingerprint, HostQuery};
use crate::id::{DatacenterId, HostId};
use crate::reason::ReasonCode;
use crate::time::Timestamp;

/// Which of the red alarms are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AlarmFilter {
    /// What their hosts match besides.
    pub query: HostQuery,
    /// The page, from 1.
    pub page: u32,
}

/// Red alarms by what is known of them; `acknowledged` and `cleared` overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AlarmCounts {
    /// All.
    pub red: u32,
    /// Somebody is on it; a lapsed acknowledgement counts as none.
    pub acknowledged: u32,
    /// The condition no longer holds: only waits to be reset.
    pub cleared: u32,
    /// The condition holds.
    pub holds: u32,
}

impl AlarmCounts {
    /// Nobody is on it.
    pub const fn unacknowledged(&self) -> u32 {
        self.red.saturating_sub(self.acknowledged)
    }
}

/// Red alarms that were raised for the same most telling reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlarmCause {
    /// The reason.
    pub reason: ReasonCode,
    /// How many, of which kinds.
    pub counts: AlarmCounts,
    /// When the first of them was raised.
    pub since: Timestamp,
    /// The same, told apart by what was found, with how many are red; the most frequent first, at
    /// most [`AlarmCause::MOST_DIFFERENCES`].
    #[serde(default)]
    pub differences: Vec<(Fingerprint, u32)>,
}

impl AlarmCause {
    /// How many differences are told apart within a cause.
    pub const MOST_DIFFERENCES: usize = 3;
}

/// One red alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlarmRow {
    /// Its host, as in the table.
    pub host: HostRow,
    /// The codes that raised it, most telling first. Those of the latest appraisal are the host's.
    pub reasons: Vec<ReasonCode>,
}

/// The latest reset, for a page on which nothing is red.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastReset {
    /// The host.
    pub host: Named<HostId>,
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// One page of red alarms: those that nobody is on first, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlarmsPage {
    /// Where.
    pub scope: Scope,
    /// The datacenter, if it is one.
    pub datacenter: Option<Named<DatacenterId>>,
    /// The filter that was applied.
    pub filter: AlarmFilter,
    /// Counts over the scope, whatever the filter.
    pub counts: AlarmCounts,
    /// The causes, the most frequent first, whatever the filter.
    pub causes: Vec<AlarmCause>,
    /// The rows of this page.
    pub rows: Vec<AlarmRow>,
    /// How many match the filter.
    pub total: u32,
    /// Rows a page.
    pub page_size: u32,
    /// Hosts of the scope, red or not.
    pub hosts: u32,
    /// The latest reset of the scope.
    pub last_reset: Option<LastReset>,
    /// When this was read.
    pub now: Timestamp,
    /// The last event that this page knows of.
    pub seq: EventSeq,
}
