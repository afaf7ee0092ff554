//! The overview, and the past of hosts.

use async_trait::async_trait;
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    CompliancePage, EventLogPage, LogFilter, MomentPage, Scope, Stretch, SummaryPage, Timeline,
    TrendAsked, Viewer,
};

/// What happened: summaries, trends, any moment of a host, reports.
#[async_trait]
pub trait History: Send + Sync {
    /// What needs a person within a scope, and how its counts developed.
    async fn summary(
        &self,
        viewer: &Viewer,
        scope: Scope,
        trend: TrendAsked,
    ) -> Result<SummaryPage, Refusal>;

    /// What a host read at a moment, and what proves it.
    async fn moment(
        &self,
        viewer: &Viewer,
        host: HostId,
        at: Timestamp,
    ) -> Result<MomentPage, Refusal>;

    /// A stretch of a host's past.
    async fn timeline(
        &self,
        viewer: &Viewer,
        host: HostId,
        stretch: Stretch,
    ) -> Result<Timeline, Refusal>;

    /// A page of the event log that a host's latest appraisal replayed.
    async fn event_log(
        &self,
        viewer: &Viewer,
        host: HostId,
        filter: LogFilter,
    ) -> Result<EventLogPage, Refusal>;

    /// A part of the dated report of a datacenter.
    async fn compliance(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
        part: u32,
    ) -> Result<CompliancePage, Refusal>;
}
