//! Gives an operator other roles or another password.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Rights;

use super::roles_in::roles_in;
use crate::ctx::{Ctx, Halt};

/// Gives an operator other roles, another password, or both. A new password ends the operator's
/// sessions: whoever knew the old one is out. New roles count from the next request on.
pub async fn change_operator(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    rights: Option<Rights>,
    password_hash: Option<String>,
) -> Result<(), Refusal> {
    ctx.answer(change(ctx, actor, name, rights, password_hash).await)
}

async fn change(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    rights: Option<Rights>,
    password_hash: Option<String>,
) -> Result<(), Halt> {
    let mut write = ctx.write().await?;
    let operator = write.operator(name).await?.ok_or_else(|| Refusal::not_found("operator"))?;
    let rights = rights.unwrap_or_else(|| operator.rights.clone());
    let new_password = password_hash.is_some() && password_hash != operator.password_hash;
    if rights == operator.rights && !new_password {
        write.commit().await?;
        return Ok(());
    }
    let datacenters = roles_in(&mut write, &rights).await?;
    let password_hash = password_hash.or(operator.password_hash);
    write.update_operator(operator.id, &rights, password_hash.as_deref()).await?;
    if new_password {
        write.delete_sessions_of(operator.id).await?;
    }
    let changed =
        EventKind::OperatorChanged { name: operator.name, role: rights.everywhere, datacenters };
    write.event(actor, None, changed).await?;
    Ok(write.commit().await?)
}
