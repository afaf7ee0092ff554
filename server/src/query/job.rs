//! One job with its steps.

use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Job;
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// One job with its steps.
pub async fn job(ctx: &Ctx, host: HostId, job: JobId) -> Result<Job, Refusal> {
    todo!()
}
