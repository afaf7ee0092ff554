//! Ends sessions of an operator.

use trustboard_model::event::EventKind;
use trustboard_model::id::SessionId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::Viewer;

use super::set_rights::found;
use crate::auth::operator::in_person;
use crate::ctx::{Ctx, Halt};

/// Ends one session: an own one, or for an administrator anybody's. Gives whether there was one.
/// Somebody else's is not there for whoever is no administrator.
pub async fn end_session(ctx: &Ctx, viewer: &Viewer, id: SessionId) -> Result<bool, Refusal> {
    ctx.answer(end_one(ctx, viewer, id).await)
}

async fn end_one(ctx: &Ctx, viewer: &Viewer, id: SessionId) -> Result<bool, Halt> {
    in_person(viewer)?;
    let mut write = ctx.write().await?;
    let Some(operator) = write.delete_session_by_id(id).await? else { return Ok(false) };
    if operator != viewer.id && !viewer.may_everywhere(Role::Administrator) {
        // Dropped without a commit, the transaction leaves no trace.
        return Ok(false);
    }
    let name = found(&mut write, operator).await?.name;
    let ended = EventKind::SessionsEnded { name, count: 1 };
    write.event(&viewer.actor(), None, ended).await?;
    write.commit().await?;
    Ok(true)
}

/// Ends every session of the viewer but the one that they ask with. Gives how many.
pub async fn end_other_sessions(ctx: &Ctx, viewer: &Viewer) -> Result<u32, Refusal> {
    ctx.answer(end_others(ctx, viewer).await)
}

async fn end_others(ctx: &Ctx, viewer: &Viewer) -> Result<u32, Halt> {
    in_person(viewer)?;
    let mut write = ctx.write().await?;
    let count = write.delete_sessions_of(viewer.id, viewer.session).await?;
    if count > 0 {
        let ended = EventKind::SessionsEnded { name: viewer.name.clone(), count };
        write.event(&viewer.actor(), None, ended).await?;
    }
    write.commit().await?;
    Ok(count)
}
