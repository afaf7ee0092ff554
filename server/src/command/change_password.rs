//! Changes an operator's own password.

use trustboard_model::event::EventKind;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Viewer;

use super::set_rights::found;
use crate::auth::operator::in_person;
use crate::ctx::{Ctx, Halt};

/// Gives the viewer this password. Their current one was verified against the hash `seen`, or they
/// had none. Ends their other sessions: whoever knew the old one is out.
pub async fn change_password(
    ctx: &Ctx,
    viewer: &Viewer,
    seen: Option<&str>,
    password_hash: &str,
) -> Result<(), Refusal> {
    ctx.answer(change(ctx, viewer, seen, password_hash).await)
}

async fn change(
    ctx: &Ctx,
    viewer: &Viewer,
    seen: Option<&str>,
    password_hash: &str,
) -> Result<(), Halt> {
    in_person(viewer)?;
    let mut write = ctx.write().await?;
    let operator = found(&mut write, viewer.id).await?;
    if operator.password_hash.as_deref() != seen {
        let problem = "the password was changed meanwhile: try again".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    }
    write.set_password(viewer.id, Some(password_hash)).await?;
    write.delete_sessions_of(viewer.id, viewer.session).await?;
    write.delete_codes_of(viewer.id).await?;
    let changed = EventKind::PasswordChanged { name: operator.name };
    write.event(&viewer.actor(), None, changed).await?;
    Ok(write.commit().await?)
}
