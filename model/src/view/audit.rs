//! The audit trail: every event, newest first.

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::event::{Actor, Event, EventSeq};
use crate::id::{DatacenterId, HostId};
use crate::time::Timestamp;

/// Which events.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AuditFilter {
    /// Caused by whom.
    pub who: Option<Who>,
    /// Of this kind: `alarm-reset`.
    pub kind: Option<String>,
    /// About this host, also if it was removed.
    pub host: Option<HostId>,
    /// Of this datacenter.
    pub datacenter: Option<DatacenterId>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Until before this moment.
    pub until: Option<Timestamp>,
    /// Only those before this one: where the page before ended.
    pub before: Option<EventSeq>,
}

/// Who caused an event, as it is searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "who", content = "name")]
pub enum Who {
    /// The server itself.
    Server,
    /// The hosts' agents.
    Hosts,
    /// A person of this name, signed in or at the console.
    Person(String),
}

/// One page of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The filter that was applied.
    pub filter: AuditFilter,
    /// The events, newest first.
    pub rows: Vec<AuditRow>,
    /// Whether there are older ones.
    pub more: bool,
    /// The end of the chain.
    pub end: EventSeq,
    /// When this was read.
    pub now: Timestamp,
}

/// One event with the names of what it is about, as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// The event.
    pub event: Event,
    /// The datacenter's name; nothing if it is about none, or is deleted.
    pub datacenter: Option<String>,
    /// The host's name; nothing if it is about none.
    pub host: Option<String>,
    /// Whether the host was removed since.
    pub removed: bool,
}

/// Whether the chain of events is whole, as far as that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChainCheck {
    /// The verification that runs now.
    pub running: Option<ChainProgress>,
    /// The one that ended last.
    pub last: Option<ChainResult>,
}

/// How far a verification of the chain is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainProgress {
    /// Who started it.
    pub by: String,
    /// When.
    pub since: Timestamp,
    /// Events that were verified so far.
    pub verified: u64,
    /// Events that there were at its start.
    pub of: u64,
}

/// What a verification of the chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainResult {
    /// When it ended.
    pub at: Timestamp,
    /// Who started it.
    pub by: Actor,
    /// What it found.
    pub found: ChainFound,
}

/// What a verification of the chain can find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "found")]
pub enum ChainFound {
    /// Every event is there, in order, unchanged.
    Whole {
        /// How many there were.
        events: u64,
        /// The hash of the last of them: kept elsewhere, it proves later that nothing was rewritten.
        head: Sha256,
    },
    /// Not so.
    Broken {
        /// The first event that is not what was committed.
        first: EventSeq,
        /// What is wrong with it.
        problem: String,
    },
}
