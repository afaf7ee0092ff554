//! Sets what holds for the whole server.

use trustboard_model::event::EventKind;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{Settings, Viewer};

use crate::auth::operator::{in_person, may_everywhere};
use crate::ctx::{Ctx, Halt};

/// Sets what holds for the whole server. What was asked for under the settings before stays asked
/// for. Gives whether anything changed.
pub async fn set_settings(ctx: &Ctx, viewer: &Viewer, settings: Settings) -> Result<bool, Refusal> {
    ctx.answer(set(ctx, viewer, settings).await)
}

async fn set(ctx: &Ctx, viewer: &Viewer, settings: Settings) -> Result<bool, Halt> {
    in_person(viewer)?;
    may_everywhere(viewer, Role::Administrator)?;
    let mut write = ctx.write().await?;
    if write.settings().await? == settings {
        write.commit().await?;
        return Ok(false);
    }
    write.set_settings(settings).await?;
    let Settings { two_person_approvals, two_person_resets } = settings;
    let changed = EventKind::SettingsChanged { two_person_approvals, two_person_resets };
    write.event(&viewer.actor(), None, changed).await?;
    write.commit().await?;
    Ok(true)
}
