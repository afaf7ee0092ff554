//! Makes the row of a verification job.

use trustboard_model::event::Actor;
use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Trigger;
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Makes the row of a verification job.
pub async fn start_job(
    ctx: &Ctx,
    actor: &Actor,
    host: HostId,
    trigger: Trigger,
) -> Result<JobId, Refusal> {
    todo!()
}
