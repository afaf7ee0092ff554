//! Ends a job.

use trustboard_model::id::JobId;
use trustboard_model::job::JobState;

use super::record_hello::transient;
use crate::ctx::Ctx;
use crate::store::StoreError;

/// Moves a job to its end. A job that has ended stays as it is.
pub async fn finish_job(ctx: &Ctx, job: JobId, state: JobState) -> Result<(), StoreError> {
    let mut write = ctx.write().await?;
    let Some(host) = write.set_job_state(job, &state).await? else { return Ok(()) };
    write.job_hint(host, job).await?;
    if let Some(record) = write.host(host).await? {
        // The row's mark "verifying" went out.
        write.hint(transient((&record).into(), "job"));
    }
    write.commit().await
}
