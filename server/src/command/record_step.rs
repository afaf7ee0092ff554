//! Adds a step to a job's log.

use trustboard_model::id::JobId;
use trustboard_model::job::Step;
use trustboard_model::reason::bounded;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Adds a step to a job's log; the first one makes it run. A job that has ended takes none.
pub async fn record_step(ctx: &Ctx, job: JobId, step: Step) -> Result<(), StoreError> {
    let step = Step { detail: bounded(&step.detail), ..step };
    let mut write = ctx.write().await?;
    let Some(host) = write.add_steps(job, &[step]).await? else { return Ok(()) };
    write.job_hint(host, job).await?;
    write.commit().await
}
