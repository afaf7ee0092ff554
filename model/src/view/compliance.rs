//! The dated report of one datacenter.

use serde::{Deserialize, Serialize};

use super::{ApprovedThen, Counts, ExceptionRow, HostRow, Named};
use crate::digest::Sha256;
use crate::event::EventSeq;
use crate::id::{ClusterId, DatacenterId};
use crate::time::Timestamp;

/// The report, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompliancePage {
    /// The datacenter.
    pub datacenter: Named<DatacenterId>,
    /// When it was made.
    pub generated_at: Timestamp,
    /// By whom.
    pub generated_by: String,
    /// The counts of the whole datacenter.
    pub counts: Counts,
    /// The policies in force, by the clusters' names.
    pub policies: Vec<(Named<ClusterId>, String)>,
    /// The hosts of this part, by cluster and name.
    pub hosts: Vec<ComplianceHost>,
    /// This part, from 1.
    pub part: u32,
    /// How many parts there are; at least 1.
    pub parts: u32,
    /// The exceptions of the datacenter that have not ended.
    pub exceptions: Vec<ExceptionRow>,
    /// The last event of the audit trail.
    pub seq: EventSeq,
    /// Its hash, which covers every event before it.
    pub head: Sha256,
}

impl CompliancePage {
    /// Hosts of one part: what a browser lays out for printing in a few seconds.
    pub const PART: u32 = 1000;
}

/// One host of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplianceHost {
    /// As in the table.
    pub row: HostRow,
    /// The configuration that it matched, and who approved that.
    pub configuration: Option<ApprovedThen>,
}
