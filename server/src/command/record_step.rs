//! Adds a step to a job's log.

use trustboard_model::id::JobId;
use trustboard_model::job::Step;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Adds a step to a job's log.
pub async fn record_step(ctx: &Ctx, job: JobId, step: Step) -> Result<(), StoreError> {
    todo!()
}
