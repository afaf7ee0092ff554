//! Revokes an API key.

use trustboard_model::event::EventKind;
use trustboard_model::id::KeyId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Viewer;

use crate::auth::operator::in_person;
use crate::ctx::{Ctx, Halt};

/// Revokes an own API key: it counts for nothing from now on. One that is not there writes nothing.
/// Gives whether there was one.
pub async fn revoke_key(ctx: &Ctx, viewer: &Viewer, id: KeyId) -> Result<bool, Refusal> {
    ctx.answer(revoke(ctx, viewer, id).await)
}

async fn revoke(ctx: &Ctx, viewer: &Viewer, id: KeyId) -> Result<bool, Halt> {
    in_person(viewer)?;
    let mut write = ctx.write().await?;
    let Some(key) = write.delete_api_key(id, viewer.id).await? else { return Ok(false) };
    let revoked = EventKind::KeyRevoked { name: viewer.name.clone(), key };
    write.event(&viewer.actor(), None, revoked).await?;
    write.commit().await?;
    Ok(true)
}
