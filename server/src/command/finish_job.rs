//! Ends a job.

use trustboard_model::id::JobId;
use trustboard_model::job::JobState;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Ends a job.
pub async fn finish_job(ctx: &Ctx, job: JobId, state: JobState) -> Result<(), StoreError> {
    todo!()
}
