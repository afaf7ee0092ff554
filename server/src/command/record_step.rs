//! Adds a step to a job's log.

use trustboard_model::id::JobId;
use trustboard_model::job::Step;
use trustboard_model::reason::bounded;
use trustboard_model::view::LiveHint;

use crate::ctx::Ctx;
use crate::live::LiveMessage;
use crate::store::StoreError;

/// Adds a step to a job's log; the first one makes it run. A job that has ended takes none.
pub async fn record_step(ctx: &Ctx, job: JobId, step: Step) -> Result<(), StoreError> {
    let step = Step { detail: bounded(&step.detail), ..step };
    let mut write = ctx.write().await?;
    let Some(host) = write.add_steps(job, &[step]).await? else { return Ok(()) };
    write.hint(LiveMessage { seq: None, hint: LiveHint::Job { host, job } });
    write.commit().await
}
