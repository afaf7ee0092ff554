//! Records that agents have not come back whose server is gone.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::Presence;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Hosts in one transaction: it takes some tens of milliseconds, for which others wait.
pub const FORGOTTEN_AT_ONCE: u32 = 250;

/// Why, as it stands on the host's row and in its event.
const REASON: &str = "its agent did not come back after the server ended";

/// Records that hosts do not respond which still count as connected to `replica`, a server that is
/// gone: at most [`FORGOTTEN_AT_ONCE`] of them, in one transaction, with an event each. Gives how
/// many there were; none, if that server is there after all.
pub async fn forget_presence(ctx: &Ctx, replica: &str) -> Result<u64, StoreError> {
    let mut write = ctx.write().await?;
    let gone = write.disconnect_from_gone(replica, REASON, FORGOTTEN_AT_ONCE).await?;
    if gone.is_empty() {
        return Ok(0);
    }
    let changed = EventKind::PresenceChanged {
        from: Presence::Connected,
        to: Presence::NotResponding,
        reason: Some(REASON.to_owned()),
    };
    write.same_event_of(&Actor::Server, &gone, &changed).await?;
    write.commit().await?;
    Ok(u64::try_from(gone.len()).unwrap_or(u64::MAX))
}
