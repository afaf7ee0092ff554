//! Lets an operator in no longer.

use trustboard_model::event::EventKind;
use trustboard_model::id::OperatorId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{UserDone, Viewer};

use super::set_rights::{found, keep_an_administrator};
use super::text::said;
use crate::auth::operator::manages_users;
use crate::ctx::{Ctx, Halt};

/// Lets an operator in no longer: ends their sessions and sign-in codes; their keys count for
/// nothing. What they did stays on record. Nobody disables themselves, and the last administrator
/// stays.
pub async fn disable_operator(
    ctx: &Ctx,
    viewer: &Viewer,
    id: OperatorId,
    reason: &str,
) -> Result<UserDone, Refusal> {
    ctx.answer(disable(ctx, viewer, id, reason).await)
}

async fn disable(
    ctx: &Ctx,
    viewer: &Viewer,
    id: OperatorId,
    reason: &str,
) -> Result<UserDone, Halt> {
    manages_users(viewer)?;
    let reason = said("reason", reason)?.to_owned();
    let mut write = ctx.write().await?;
    let operator = found(&mut write, id).await?;
    let name = operator.name.clone();
    if operator.disabled.is_some() {
        write.commit().await?;
        return Ok(UserDone { name, changed: false, link: None });
    }
    if id == viewer.id {
        let problem = "nobody can disable themselves".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    }
    keep_an_administrator(&mut write, &operator).await?;
    write.set_disabled(id, Some(&viewer.name)).await?;
    write.delete_sessions_of(id, None).await?;
    write.delete_codes_of(id).await?;
    let disabled = EventKind::OperatorDisabled { name: name.clone(), reason };
    write.event(&viewer.actor(), None, disabled).await?;
    write.commit().await?;
    Ok(UserDone { name, changed: true, link: None })
}
