//! Decides whether the alarms of a datacenter reset themselves when a host passes.

use trustboard_model::event::EventKind;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::Viewer;

use crate::auth::operator::may_in;
use crate::ctx::{Ctx, Halt};

/// Decides whether a passing appraisal resets a red alarm in this datacenter. Takes effect with the
/// next appraisal of each host; nothing is reset at once. True if it was otherwise before.
pub async fn set_automatic_reset(
    ctx: &Ctx,
    viewer: &Viewer,
    datacenter: DatacenterId,
    on: bool,
) -> Result<bool, Refusal> {
    ctx.answer(set(ctx, viewer, datacenter, on).await)
}

async fn set(ctx: &Ctx, viewer: &Viewer, datacenter: DatacenterId, on: bool) -> Result<bool, Halt> {
    let mut write = ctx.write().await?;
    let named = write.datacenter(datacenter).await?;
    let named = named.ok_or_else(|| Refusal::not_found("datacenter"))?;
    may_in(viewer, Role::Administrator, datacenter, "datacenter")?;
    if write.resets_automatically(datacenter).await? == on {
        write.commit().await?;
        return Ok(false);
    }
    write.set_automatic_reset(datacenter, on).await?;
    let changed = EventKind::AutomaticResetChanged { name: named.name, on };
    write.event(&viewer.actor(), Some(datacenter), changed).await?;
    write.commit().await?;
    Ok(true)
}
