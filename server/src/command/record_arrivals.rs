//! Records that hosts' agents came: many in one transaction.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::Presence;
use trustboard_model::id::HostId;

use crate::ctx::Ctx;
use crate::store::record::HostRecord;
use crate::store::{HostEvents, HostScope, StoreError};

/// Records that the agents of these hosts came, an event for each of which that is news. A host that
/// an operator disconnected stays so: an agent cannot undo that by coming back.
pub async fn record_arrivals(ctx: &Ctx, hosts: &[HostId]) -> Result<(), StoreError> {
    let mut write = ctx.write_gathered().await?;
    // They counted as connected all the time: to a server that has ended, perhaps, or to one that has
    // not noticed yet that their agents went. Nothing changes but where they are.
    if write.hold_sessions(hosts).await? == hosts.len() as u64 {
        return write.commit().await;
    }
    let to = Presence::Connected;
    let mut records = write.hosts(hosts).await?;
    records.retain(|record| record.presence != Presence::Disconnected && record.presence != to);
    let came: Vec<HostId> = records.iter().map(|record| record.id).collect();
    write.set_connected(&came).await?;
    let event = |record: &HostRecord| {
        let scope = HostScope::from(record);
        let changed = EventKind::PresenceChanged { from: record.presence, to, reason: None };
        HostEvents { scope, events: vec![(Actor::Host, changed)], hints: Vec::new() }
    };
    write.events_of_hosts(records.iter().map(event).collect()).await?;
    write.commit().await
}
