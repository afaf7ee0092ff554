//! Gives an operator another role or password.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;

use crate::ctx::{Ctx, Halt};

/// Gives an operator another role, another password, or both. A new password ends the operator's
/// sessions: whoever knew the old one is out. A new role counts from the next request on.
pub async fn change_operator(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    role: Option<Role>,
    password_hash: Option<String>,
) -> Result<(), Refusal> {
    ctx.answer(change(ctx, actor, name, role, password_hash).await)
}

async fn change(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    role: Option<Role>,
    password_hash: Option<String>,
) -> Result<(), Halt> {
    let mut write = ctx.write().await?;
    let operator = write.operator(name).await?.ok_or_else(|| Refusal::not_found("operator"))?;
    let role = role.unwrap_or(operator.role);
    let new_password = password_hash.is_some() && password_hash != operator.password_hash;
    if role == operator.role && !new_password {
        return Ok(());
    }
    let password_hash = password_hash.or(operator.password_hash);
    write.update_operator(operator.id, role, password_hash.as_deref()).await?;
    if new_password {
        write.delete_sessions_of(operator.id).await?;
    }
    let changed = EventKind::OperatorChanged { name: operator.name, role };
    write.event(actor, None, changed).await?;
    Ok(write.commit().await?)
}
