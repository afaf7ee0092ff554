//! Records that agents are not connected any more whose server is gone.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::Presence;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Records that every host that was connected to a server which is gone is not responding, until
/// its agent comes back: at the start of the server, and when another one went. One event a host, as for every other change of presence, in one transaction.
/// Gives how many there were.
pub async fn forget_presence(ctx: &Ctx) -> Result<u64, StoreError> {
    let mut write = ctx.write().await?;
    let connected = write.orphaned_hosts(write.now()).await?;
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
