//! One job with its steps.

use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Job;
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};

/// One job of a host with its steps.
pub async fn job(ctx: &Ctx, host: HostId, job: JobId) -> Result<Job, Refusal> {
    ctx.answer(find(ctx, host, job).await)
}

async fn find(ctx: &Ctx, host: HostId, job: JobId) -> Result<Job, Halt> {
    let job = ctx.read().await?.job(host, job).await?;
    Ok(job.ok_or_else(|| Refusal::not_found("job"))?)
}
