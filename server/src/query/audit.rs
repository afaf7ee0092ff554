//! Events as committed, the oldest first.

use trustboard_model::event::{Event, EventSeq};
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::view::Viewer;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Events from `from` on as committed, the oldest first; at most `limit`. Whoever is no
/// administrator everywhere gets those of the datacenters that they see.
pub async fn audit(
    ctx: &Ctx,
    viewer: &Viewer,
    from: EventSeq,
    limit: u32,
) -> Result<Vec<Event>, StoreError> {
    ctx.read().await?.events(from, of_datacenters(viewer).as_ref(), limit).await
}

/// The datacenters whose events somebody may read; nothing for all events. What belongs to no
/// datacenter (users, sign-ins, makers, settings) is for administrators.
pub(crate) fn of_datacenters(viewer: &Viewer) -> Option<Sees> {
    (!viewer.may_everywhere(Role::Administrator)).then(|| viewer.rights.sees())
}
