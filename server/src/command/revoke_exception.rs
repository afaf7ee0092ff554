//! Ends an exception before its time.

use trustboard_model::event::EventKind;
use trustboard_model::id::ExceptionId;
use trustboard_model::job::Because;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::Viewer;

use super::text::said;
use crate::auth::operator::may_in;
use crate::ctx::{Ctx, Halt};
use crate::store::{HostScope, StoreError};

/// Ends an exception now. One that has ended stays so. Gives whether anything changed.
pub async fn revoke_exception(
    ctx: &Ctx,
    viewer: &Viewer,
    id: ExceptionId,
    reason: &str,
) -> Result<bool, Refusal> {
    ctx.answer(revoke(ctx, viewer, id, reason).await)
}

async fn revoke(ctx: &Ctx, viewer: &Viewer, id: ExceptionId, reason: &str) -> Result<bool, Halt> {
    let reason = said("reason", reason)?;
    let mut write = ctx.write().await?;
    let Some(row) = write.exception(id).await? else {
        if write.knows_exception(id).await? {
            write.commit().await?;
            return Ok(false);
        }
        return Err(Refusal::not_found("exception").into());
    };
    let host = row.exception.host;
    let Some(host) = write.host(host).await? else {
        return Err(StoreError::inconsistent("exceptions", "host_id", id).into());
    };
    may_in(viewer, Role::Approver, host.datacenter.id, "exception")?;
    write.end_exception(id).await?;
    let ended = EventKind::ExceptionEnded {
        exception: id,
        code: row.exception.value.code,
        reason: Some(reason.to_owned()),
    };
    let actor = viewer.actor();
    write.host_event(&actor, HostScope::from(&host), ended).await?;
    write.judge_again_later(host.id, Because::Exceptions).await?;
    write.commit().await?;
    Ok(true)
}
