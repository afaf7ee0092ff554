//! Actions on many hosts.

use async_trait::async_trait;
use trustboard_model::id::BulkId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{BulkJob, BulkPreview, BulkRequest, BulkRow, Viewer};

/// Actions on many hosts at once. Each becomes a job that a restart of the server does not lose.
#[async_trait]
pub trait BulkActions: Send + Sync {
    /// What an action would do, as things are now. Writes nothing.
    async fn bulk_preview(
        &self,
        viewer: &Viewer,
        request: BulkRequest,
    ) -> Result<BulkPreview, Refusal>;

    /// Starts it.
    async fn bulk_start(&self, viewer: &Viewer, request: BulkRequest) -> Result<BulkJob, Refusal>;

    /// How far it is, with failures from number `after` on.
    async fn bulk_job(&self, viewer: &Viewer, id: BulkId, after: u32) -> Result<BulkJob, Refusal>;

    /// Stops it; what was done stays done.
    async fn bulk_cancel(&self, viewer: &Viewer, id: BulkId) -> Result<BulkJob, Refusal>;

    /// The running jobs that this viewer started, the latest first.
    async fn own_bulk_jobs(&self, viewer: &Viewer) -> Result<Vec<BulkRow>, Refusal>;
}
