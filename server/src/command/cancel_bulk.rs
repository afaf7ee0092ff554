//! Stops an action on many hosts.

use trustboard_model::id::BulkId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{BulkState, Viewer};

use super::advance_bulk::{end, fold_hints};
use crate::ctx::{Ctx, Halt};

/// Stops a bulk job; what was done stays done, and verifications that were started end by
/// themselves. One that has ended stays as it is.
pub async fn cancel_bulk(ctx: &Ctx, viewer: &Viewer, id: BulkId) -> Result<(), Refusal> {
    ctx.answer(cancel(ctx, viewer, id).await)
}

async fn cancel(ctx: &Ctx, viewer: &Viewer, id: BulkId) -> Result<(), Halt> {
    let mut write = ctx.write().await?;
    let job = write.bulk_job(id).await?.ok_or_else(|| Refusal::not_found("job"))?;
    if !crate::query::shows_bulk(viewer, &job) {
        return Err(Refusal::not_found("job").into());
    }
    let may_act = job.datacenters.iter().all(|place| viewer.may(Role::Operator, *place));
    if job.viewer.id != viewer.id && !may_act {
        return Err(Refusal::Forbidden { needs: Role::Operator }.into());
    }
    if job.state != BulkState::Running {
        write.commit().await?;
        return Ok(());
    }
    end(&mut write, &job, BulkState::Cancelled, viewer.actor()).await?;
    fold_hints(&mut write, id);
    write.commit().await?;
    Ok(())
}
