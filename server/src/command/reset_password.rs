//! Takes an operator's password away, and makes a code that signs them in, once.

use trustboard_model::event::EventKind;
use trustboard_model::id::OperatorId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Viewer;

use super::invite_operator::{Code, give_code};
use super::set_rights::found;
use crate::auth::operator::manages_users;
use crate::ctx::{Ctx, Halt};

/// Takes an operator's password and sessions away, and makes a code that signs them in, once,
/// within a day. Gives their name, too.
pub async fn reset_password(
    ctx: &Ctx,
    viewer: &Viewer,
    id: OperatorId,
) -> Result<(String, Code), Refusal> {
    ctx.answer(reset(ctx, viewer, id).await)
}

async fn reset(ctx: &Ctx, viewer: &Viewer, id: OperatorId) -> Result<(String, Code), Halt> {
    manages_users(viewer)?;
    let mut write = ctx.write().await?;
    let operator = found(&mut write, id).await?;
    if operator.disabled.is_some() {
        let problem = format!("{} is disabled: enable them first", operator.name);
        return Err(Refusal::Conflict { problem }.into());
    }
    write.set_password(id, None).await?;
    write.delete_sessions_of(id, None).await?;
    let name = operator.name;
    write.event(&viewer.actor(), None, EventKind::PasswordReset { name: name.clone() }).await?;
    let code = give_code(ctx, &mut write, viewer, id, &name).await?;
    write.commit().await?;
    Ok((name, code))
}
