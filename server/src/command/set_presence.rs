//! Records that a host's agent came or went.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::reason::bounded;

use super::record_arrivals::record_arrivals;
use crate::ctx::Ctx;
use crate::store::{HostScope, StoreError};

/// Records that a host's agent came (see [`record_arrivals`]) or went. Writes nothing if it is so
/// already, if there is no such host, or if an operator disconnected it.
pub async fn set_presence(
    ctx: &Ctx,
    host: HostId,
    presence: Presence,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    if presence == Presence::Connected {
        return record_arrivals(ctx, &[host]).await;
    }
    let mut write = ctx.write_behind().await?;
    let Some(record) = write.host(host).await? else { return Ok(()) };
    if record.presence == Presence::Disconnected || record.presence == presence {
        return Ok(());
    }
    if write.is_held_elsewhere(host).await? {
        return Ok(());
    }
    let reason = reason.map(bounded);
    write.set_presence(host, presence, reason.as_deref()).await?;
    let changed = EventKind::PresenceChanged { from: record.presence, to: presence, reason };
    write.host_event(&Actor::Server, HostScope::from(&record), changed).await?;
    write.commit().await
}
