//! Records at the start of the server that no agent is connected yet.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::Presence;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Records that every host that was connected when the server ended is not responding, until its
/// agent comes back. One event a host, as for every other change of presence, in one transaction.
/// Gives how many there were.
pub async fn forget_presence(ctx: &Ctx) -> Result<u64, StoreError> {
    let mut write = ctx.write().await?;
    let connected = write.connected_hosts().await?;
    let (from, to) = (Presence::Connected, Presence::NotResponding);
    let mut forgotten = 0;
    for scope in connected {
        let reason = Some("the server was restarted".to_owned());
        write.set_presence(scope.host, to, reason.as_deref()).await?;
        let changed = EventKind::PresenceChanged { from, to, reason };
        write.host_event(&Actor::Server, scope, changed).await?;
        forgotten += 1;
    }
    if forgotten > 0 {
        write.commit().await?;
    }
    Ok(forgotten)
}
