//! One job with its steps.

use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Job;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;

use super::row::seen_host;
use crate::ctx::{Ctx, Halt};

/// One job of a host with its steps.
pub async fn job(ctx: &Ctx, sees: &Sees, host: HostId, job: JobId) -> Result<Job, Refusal> {
    ctx.answer(find(ctx, sees, host, job).await)
}

async fn find(ctx: &Ctx, sees: &Sees, host: HostId, job: JobId) -> Result<Job, Halt> {
    let mut read = ctx.read().await?;
    seen_host(&mut read, sees, host).await?;
    let job = read.job(host, job).await?;
    Ok(job.ok_or_else(|| Refusal::not_found("job"))?)
}
