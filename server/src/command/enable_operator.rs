//! Lets an operator in again.

use trustboard_model::event::EventKind;
use trustboard_model::id::OperatorId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{UserDone, Viewer};

use super::set_rights::found;
use crate::auth::operator::manages_users;
use crate::ctx::{Ctx, Halt};

/// Lets an operator in again, with the roles, the password and the keys that they had.
pub async fn enable_operator(
    ctx: &Ctx,
    viewer: &Viewer,
    id: OperatorId,
) -> Result<UserDone, Refusal> {
    ctx.answer(enable(ctx, viewer, id).await)
}

async fn enable(ctx: &Ctx, viewer: &Viewer, id: OperatorId) -> Result<UserDone, Halt> {
    manages_users(viewer)?;
    let mut write = ctx.write().await?;
    let operator = found(&mut write, id).await?;
    let name = operator.name;
    if operator.disabled.is_none() {
        write.commit().await?;
        return Ok(UserDone { name, changed: false, link: None });
    }
    write.set_disabled(id, None).await?;
    write.event(&viewer.actor(), None, EventKind::OperatorEnabled { name: name.clone() }).await?;
    write.commit().await?;
    Ok(UserDone { name, changed: true, link: None })
}
