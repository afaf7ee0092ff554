//! The overview, and the summary of one datacenter: what needs a person, since when, and what
//! changed.

use serde::{Deserialize, Serialize};

use super::{Counts, Named, Scope};
use crate::comparison::Difference;
use crate::configuration::ConfigurationRef;
use crate::digest::Sha256;
use crate::event::EventSeq;
use crate::id::{ClusterId, DatacenterId, HostId};
use crate::reason::ReasonCode;
use crate::time::Timestamp;

/// What the overview or a datacenter's Summary tab shows; all of it is of one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryPage {
    /// What it is about.
    pub scope: Scope,
    /// The datacenters in it, by name; one for a datacenter's own page.
    pub datacenters: Vec<DatacenterSummary>,
    /// Why hosts fail, the most frequent reason first; at most [`SummaryPage::MOST_CAUSES`].
    pub causes: Vec<Cause>,
    /// What changed in the last 24 hours.
    pub changes: Changes,
    /// The counts over time.
    pub trend: Trend,
    /// When this was read.
    pub now: Timestamp,
    /// The last event that this page knows of.
    pub seq: EventSeq,
}

impl SummaryPage {
    /// How many reasons are told apart: more than an operator reads.
    pub const MOST_CAUSES: usize = 20;
    /// How many differences are told apart within a reason.
    pub const MOST_DIFFERENCES: usize = 5;
}

/// One datacenter with its clusters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatacenterSummary {
    /// Which.
    pub datacenter: Named<DatacenterId>,
    /// Its hosts now.
    pub counts: Counts,
    /// Against 24 hours ago.
    pub change: CountChange,
    /// Its clusters, by name.
    pub clusters: Vec<ClusterSummary>,
}

/// One cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterSummary {
    /// Which.
    pub cluster: Named<ClusterId>,
    /// Its hosts now.
    pub counts: Counts,
    /// Against 24 hours ago.
    pub change: CountChange,
}

/// How many hosts more (or less) read so than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CountChange {
    /// All.
    pub hosts: i64,
    /// Passed.
    pub passed: i64,
    /// Failed.
    pub failed: i64,
    /// Unknown.
    pub unknown: i64,
    /// N/A.
    pub not_applicable: i64,
}

impl CountChange {
    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            hosts: self.hosts + other.hosts,
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            unknown: self.unknown + other.unknown,
            not_applicable: self.not_applicable + other.not_applicable,
        }
    }
}

/// What happened to hosts in a stretch of time. One host may be in several, and more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Changes {
    /// Times that a host turned to Failed.
    pub newly_failed: u64,
    /// Times that a failed host passed again.
    pub recovered: u64,
    /// Hosts that enrolled.
    pub enrolled: u64,
    /// Alarms raised.
    pub alarms_raised: u64,
    /// Alarms reset to green.
    pub alarms_reset: u64,
}

/// Failed hosts with the same most telling reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The reason.
    pub reason: ReasonCode,
    /// Which hosts, where, since when.
    pub group: Group,
    /// The same, told apart by what was found; the most frequent first, at most
    /// [`SummaryPage::MOST_DIFFERENCES`].
    pub differences: Vec<CauseDifference>,
    /// How many ways there are in which the hosts differ.
    pub distinct: u32,
}

/// A group of hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// How many.
    pub hosts: u32,
    /// Since when the first of them.
    pub since: Timestamp,
    /// Their datacenters with how many of them are there, the most first.
    pub datacenters: Vec<(Named<DatacenterId>, u32)>,
    /// The names of their clusters, by name.
    pub clusters: Vec<String>,
    /// One of them: the first by id, so that it stays the same while it fails.
    pub example: Named<HostId>,
}

/// Hosts whose failure is the same in every fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseDifference {
    /// What `difference:` finds them by; nothing for hosts that were last appraised before
    /// differences were told apart.
    pub fingerprint: Option<Sha256>,
    /// Which hosts, where, since when.
    pub group: Group,
    /// What it is, if there is something to say of it.
    pub short: Option<ShortDifference>,
}

/// What identical failures have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "differs")]
pub enum ShortDifference {
    /// They differ from an approved configuration.
    Events {
        /// The closest configuration.
        closest: ConfigurationRef,
        /// The most telling differences, at most [`ShortDifference::MOST`].
        first: Vec<Difference>,
        /// How many there are.
        count: u32,
    },
    /// They have the same facts.
    Facts {
        /// Where.
        place: Option<String>,
        /// What should have been there.
        expected: Option<String>,
        /// What was there.
        found: Option<String>,
    },
}

impl ShortDifference {
    /// Differences that fit into a sentence.
    pub const MOST: usize = 2;
}

/// How far a trend goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum TrendRange {
    /// Six hours.
    #[serde(rename = "6h")]
    Hours6,
    /// A day.
    #[default]
    #[serde(rename = "24h")]
    Hours24,
    /// A week.
    #[serde(rename = "7d")]
    Days7,
    /// A month.
    #[serde(rename = "30d")]
    Days30,
    /// A quarter.
    #[serde(rename = "90d")]
    Days90,
}

impl TrendRange {
    /// Every range, the shortest first.
    pub const ALL: [Self; 5] =
        [Self::Hours6, Self::Hours24, Self::Days7, Self::Days30, Self::Days90];

    /// The stable code in URLs: `24h`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hours6 => "6h",
            Self::Hours24 => "24h",
            Self::Days7 => "7d",
            Self::Days30 => "30d",
            Self::Days90 => "90d",
        }
    }

    /// The range with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|range| range.code() == code)
    }

    /// Seconds from one point to the next. A whole number of the steps in which counts are kept.
    pub const fn step_s(self) -> i64 {
        match self {
            Self::Hours6 => 10 * 60,
            Self::Hours24 => 30 * 60,
            Self::Days7 => 4 * 3600,
            Self::Days30 => 12 * 3600,
            Self::Days90 => 24 * 3600,
        }
    }

    /// How many points there are besides the present.
    pub const fn points(self) -> i64 {
        match self {
            Self::Hours6 => 36,
            Self::Hours24 => 48,
            Self::Days7 => 42,
            Self::Days30 => 60,
            Self::Days90 => 90,
        }
    }
}

/// Which counts over time are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct TrendAsked {
    /// How far back.
    pub range: TrendRange,
    /// Of one cluster; without, of everything that the page is about.
    pub cluster: Option<ClusterId>,
}

/// The counts over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    /// How far back.
    pub range: TrendRange,
    /// The cluster, if it is about one.
    pub cluster: Option<ClusterId>,
    /// The oldest first; the last one is now. Before the first datacenter there is none.
    pub points: Vec<TrendPoint>,
}

/// The counts at one moment. Stale is no state of its own: a host that is not verified any more
/// keeps what it read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendPoint {
    /// The moment.
    pub at: Timestamp,
    /// Passed.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
    /// Unknown.
    pub unknown: u32,
    /// N/A.
    pub not_applicable: u32,
    /// The most that were failed at a time since the point before.
    pub most_failed: u32,
}

impl TrendPoint {
    /// All hosts.
    pub const fn hosts(&self) -> u32 {
        self.passed + self.failed + self.unknown + self.not_applicable
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_reaches_as_far_as_its_name() {
        let hours: Vec<_> =
            TrendRange::ALL.iter().map(|range| range.step_s() * range.points() / 3600).collect();
        assert_eq!(hours, [6, 24, 7 * 24, 30 * 24, 90 * 24]);
        for range in TrendRange::ALL {
            assert_eq!(TrendRange::from_code(range.code()), Some(range));
            let json = serde_json::to_string(&range).unwrap();
            assert_eq!(json, format!("\"{}\"", range.code()));
        }
    }
}
