//! What screens and the API show: read models, made by the server's queries.

mod access;
mod advisory;
mod alarms;
mod arrangement;
mod audit;
mod bulk;
mod cause;
mod columns;
mod compliance;
mod configuration;
mod enrolment;
mod events;
mod filter;
mod find;
mod health;
mod history;
mod host;
mod host_list;
mod makers;
mod policy;
mod saved_view;
mod security;
mod start;
mod summary;
mod tree;
mod viewer;

pub use access::{
    AccountPage, KeyMade, KeyRow, NewKey, SessionRow, SessionsPage, Settings, SettingsPage,
    SignInLink, UserAction, UserDone, UserRow, UsersPage,
};
pub use advisory::{Advisories, Late};
pub use alarms::{AlarmCause, AlarmCounts, AlarmFilter, AlarmRow, AlarmsPage, LastReset};
pub use arrangement::{
    Arrange, Arranged, ClusterSettings, DatacenterSettings, HostLeft, RemovedHost,
};
pub use audit::{
    AuditFilter, AuditPage, AuditRow, ChainCheck, ChainFound, ChainProgress, ChainResult, Who,
};
pub use bulk::{
    BulkFailure, BulkJob, BulkPreview, BulkRequest, BulkRow, BulkState, Scope, Seen, Selection,
};
pub use cause::{CauseExample, CausePage};
pub use columns::{Column, Columns, InvalidColumns, ShownColumn};
pub use compliance::{ComplianceHost, CompliancePage};
pub use configuration::{
    By, ConfigurationAction, ConfigurationDone, ConfigurationPage, ConfigurationRow, Impact,
    ImpactRow, Source,
};
pub use enrolment::{Arrival, EnrolmentPage, NewToken, TokenRow, TokenState};
pub use events::{EventFilter, EventGroup, EventLine, EventsPage, JobLine};
pub use filter::{InvalidFilter, SecurityFilter, SortKey, ViewRef};
pub use find::{Findings, Found, FoundId};
pub use health::{
    CertificateHealth, DatabaseHealth, DiskHealth, Health, JobsHealth, KeptHealth, KeptKind,
    LoggedError, Returning, ScheduleHealth, ShownTo, VerificationRate,
};
pub use history::{
    ApprovedThen, Boot, Concluded, Covered, EventLogPage, Gap, KeptEvidence, LogEntry, LogFilter,
    Moment, MomentPage, PolicyThen, Retention, Stretch, Timeline, WhichEvidence,
};
pub use host::{EventRow, HostPage, IdentityView, Span};
pub use host_list::{HostColumn, HostList, HostListFilter, HostListRow, MoveTarget};
pub use makers::{
    ImportLine, ImportOutcome, ImportReport, ImportSummary, MakerAction, MakerCertificate,
    MakerDecided, MakerDone, MakerOrigin, MakerRevocationList, MakersPage,
};
pub use policy::{ExceptionRow, PolicyAction, PolicyPage};
pub use saved_view::{Completion, SavedView, TableAction, TableDone};
pub use security::{
    AlarmView, AttestedBy, CauseGroup, Counts, HostMore, HostRow, Message, Named, SecurityPage,
};
pub use start::FirstSteps;
pub use summary::{
    Cause, CauseDifference, Changes, ClusterSummary, CountChange, DatacenterSummary, Group,
    ShortDifference, SummaryPage, Trend, TrendAsked, TrendPoint, TrendRange,
};
pub use tree::{ClusterNode, DatacenterNode, Inventory, Mark};
pub use viewer::Viewer;

use serde::{Deserialize, Serialize};

use crate::event::EventSeq;
use crate::id::{BulkId, ClusterId, DatacenterId, HostId, JobId};
use crate::time::Timestamp;

/// What an operator does to a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "action")]
pub enum HostAction {
    /// Start a verification job now.
    VerifyNow,
    /// Start a verification job and reset the alarm if the host passes.
    VerifyThenReset {
        /// Why it is reset.
        reason: String,
    },
    /// Say that somebody is on it.
    Acknowledge {
        /// What they say.
        comment: String,
        /// Minutes until it lapses; nothing for no expiry.
        minutes: Option<u32>,
        /// When it lapses, in the place of minutes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// Reset the alarm to green. Where the server asks for two people and the condition is not
    /// cleared, this only asks for it: another operator confirms it.
    Reset {
        /// Why. Asked always, and in a marked way if the condition still holds.
        reason: String,
    },
    /// Confirm the reset that another operator asked for.
    ConfirmReset,
    /// Decline the reset that somebody asked for, or take one's own wish back.
    DeclineReset {
        /// Why.
        reason: String,
    },
    /// Enter maintenance mode.
    EnterMaintenance {
        /// Why.
        reason: String,
    },
    /// Leave maintenance mode.
    LeaveMaintenance,
    /// Stop verifying this host and ignore its agent.
    Disconnect {
        /// Why.
        reason: String,
    },
    /// Take the host back; takes a new identity if none is on record.
    Connect,
    /// Accept the EK and AK that the host now has; or approve the EK on record, if no certificate
    /// of the TPM's maker vouches for it.
    AcceptIdentity {
        /// Why.
        reason: String,
    },
}

impl HostAction {
    /// The longest comment or reason, in characters.
    pub const MAX_TEXT: usize = 1000;

    /// The stable code: `verify-now`, as in the API's path.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::VerifyNow => "verify-now",
            Self::VerifyThenReset { .. } => "verify-then-reset",
            Self::Acknowledge { .. } => "acknowledge",
            Self::Reset { .. } => "reset",
            Self::ConfirmReset => "confirm-reset",
            Self::DeclineReset { .. } => "decline-reset",
            Self::EnterMaintenance { .. } => "enter-maintenance",
            Self::LeaveMaintenance => "leave-maintenance",
            Self::Disconnect { .. } => "disconnect",
            Self::Connect => "connect",
            Self::AcceptIdentity { .. } => "accept-identity",
        }
    }
}

/// A command on a host, with the revision of it that the operator saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostCommand {
    /// The host.
    pub host: HostId,
    /// [`HostRow::revision`] as it was on the page. Acknowledge, Reset and `AcceptIdentity` are
    /// refused with `Refusal::Stale` if it is not the current one.
    pub revision: u64,
    /// What to do.
    #[serde(flatten)]
    pub action: HostAction,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandDone {
    /// The host's revision now.
    pub revision: u64,
    /// False if it was so already and nothing was written.
    pub changed: bool,
    /// The job that was started, if one was.
    pub job: Option<JobId>,
    /// Whether it only asked for it: it happens once another operator confirms it.
    #[serde(default)]
    pub awaits_second: bool,
}

/// A hint on the live stream: something of this kind changed, re-read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "hint")]
pub enum LiveHint {
    /// A committed event changed this host's row; the SSE id is the event's sequence number.
    Host {
        /// The host.
        host: HostId,
        /// Its cluster.
        cluster: ClusterId,
        /// Its datacenter.
        datacenter: DatacenterId,
        /// The event's code (`appraised`, `alarm-reset`, ...).
        event: String,
        /// The operator who did it, by name; nothing if nobody did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
    /// The host was verified again with the same result: only "last verified" moved. Not an
    /// event, so it has no sequence number and is not replayed after a gap.
    Verified {
        /// The host.
        host: HostId,
        /// Its datacenter.
        datacenter: DatacenterId,
        /// When.
        at: Timestamp,
    },
    /// Many hosts were verified again with the same result within a second: stands for the hints of
    /// so many of them.
    VerifiedMany {
        /// Their datacenters.
        datacenters: Vec<DatacenterId>,
        /// How many they were.
        hosts: u32,
    },
    /// A job of this host made a step.
    Job {
        /// The host.
        host: HostId,
        /// Its datacenter.
        datacenter: DatacenterId,
        /// The job.
        job: JobId,
    },
    /// A bulk job went on: its progress is to be read again, and whatever shows hosts of these
    /// datacenters. Stands for the hints of the single hosts; after a gap those are repeated.
    Bulk {
        /// The job.
        bulk: BulkId,
        /// The datacenters of the hosts that changed.
        datacenters: Vec<DatacenterId>,
        /// The first event that it stands for; the SSE id is the last. Nothing if none was made.
        since: Option<EventSeq>,
    },
    /// The inventory tree changed.
    Inventory,
    /// The TPM makers' certificates changed.
    Makers,
    /// What stands above every page changed; see [`Advisories`].
    Advisory,
    /// The stream cannot resume where it broke off: re-read everything.
    Reload,
}
