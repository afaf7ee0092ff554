//! Actions on many hosts, for screens and the API.

use async_trait::async_trait;
use trustboard_app::backend::BulkActions;
use trustboard_model::id::BulkId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{BulkJob, BulkPreview, BulkRequest, BulkRow, Viewer};

use crate::state::AppState;
use crate::{command, query};

/// What each host allows is asked host by host; whoever is signed in may ask what would happen.
#[async_trait]
impl BulkActions for AppState {
    async fn bulk_preview(
        &self,
        viewer: &Viewer,
        request: BulkRequest,
    ) -> Result<BulkPreview, Refusal> {
        query::bulk_preview(&self.ctx, viewer, &request).await
    }

    async fn bulk_start(&self, viewer: &Viewer, request: BulkRequest) -> Result<BulkJob, Refusal> {
        let id = command::start_bulk(&self.ctx, viewer, &request).await?;
        self.jobs.wake_bulk();
        let job = query::bulk_job(&self.ctx, viewer, id, 0).await?;
        tracing::info!(
            operator = viewer.name,
            bulk.id = %id,
            action = request.action.code(),
            hosts = job.total,
            "started a bulk job"
        );
        Ok(job)
    }

    async fn bulk_job(&self, viewer: &Viewer, id: BulkId, after: u32) -> Result<BulkJob, Refusal> {
        query::bulk_job(&self.ctx, viewer, id, after).await
    }

    async fn bulk_cancel(&self, viewer: &Viewer, id: BulkId) -> Result<BulkJob, Refusal> {
        command::cancel_bulk(&self.ctx, viewer, id).await?;
        tracing::info!(operator = viewer.name, bulk.id = %id, "cancelled a bulk job");
        query::bulk_job(&self.ctx, viewer, id, 0).await
    }

    async fn own_bulk_jobs(&self, viewer: &Viewer) -> Result<Vec<BulkRow>, Refusal> {
        query::own_bulk_jobs(&self.ctx, viewer).await
    }
}
