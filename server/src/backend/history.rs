//! The overview, and the past of hosts: reads alone.

use async_trait::async_trait;
use trustboard_app::backend::History;
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    CompliancePage, EventLogPage, LogFilter, MomentPage, Scope, Stretch, SummaryPage, Timeline,
    TrendAsked, Viewer,
};

use crate::query;
use crate::state::AppState;

#[async_trait]
impl History for AppState {
    async fn summary(
        &self,
        viewer: &Viewer,
        scope: Scope,
        trend: TrendAsked,
    ) -> Result<SummaryPage, Refusal> {
        query::summary(&self.ctx, viewer, scope, trend).await
    }

    async fn moment(
        &self,
        viewer: &Viewer,
        host: HostId,
        at: Timestamp,
    ) -> Result<MomentPage, Refusal> {
        query::moment(&self.ctx, viewer, host, at, self.retention).await
    }

    async fn timeline(
        &self,
        viewer: &Viewer,
        host: HostId,
        stretch: Stretch,
    ) -> Result<Timeline, Refusal> {
        query::timeline(&self.ctx, viewer, host, stretch).await
    }

    async fn event_log(
        &self,
        viewer: &Viewer,
        host: HostId,
        filter: LogFilter,
    ) -> Result<EventLogPage, Refusal> {
        query::host_log(&self.ctx, viewer, host, filter).await
    }

    async fn compliance(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
        part: u32,
    ) -> Result<CompliancePage, Refusal> {
        query::compliance(&self.ctx, viewer, datacenter, part).await
    }
}
