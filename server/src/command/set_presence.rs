//! Records that a host's agent came or went.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::reason::bounded;

use crate::ctx::Ctx;
use crate::store::{HostScope, StoreError};

/// Records that a host's agent came or went. Writes nothing if it is so already, if there is no
/// such host, or if an operator disconnected it: an agent cannot undo that by coming back.
pub async fn set_presence(
    ctx: &Ctx,
    host: HostId,
    presence: Presence,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let mut write = ctx.write_behind().await?;
    // It counted as connected all the time: to a server that has ended, perhaps, or to one that has
    // not noticed yet that its agent went. Nothing changes but where it is.
    if presence == Presence::Connected && write.hold_session(host).await? {
        return write.commit().await;
    }
    let Some(record) = write.host(host).await? else { return Ok(()) };
    if record.presence == Presence::Disconnected || record.presence == presence {
        return Ok(());
    }
    if presence != Presence::Connected && write.is_held_elsewhere(host).await? {
        return Ok(());
    }
    let reason = reason.map(bounded);
    write.set_presence(host, presence, reason.as_deref()).await?;
    let changed = EventKind::PresenceChanged { from: record.presence, to: presence, reason };
    let actor = if presence == Presence::Connected { Actor::Host } else { Actor::Server };
    write.host_event(&actor, HostScope::from(&record), changed).await?;
    write.commit().await
}
