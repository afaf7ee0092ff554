//! What agents' arrivals depend on.

use std::collections::HashMap;

use trustboard_model::host::Presence;
use trustboard_model::id::HostId;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// A host whose agent has just connected, as it is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// Its name.
    pub name: String,
    /// The connection on record.
    pub presence: Presence,
    /// The boot id of the latest facts.
    pub boot_id: Option<String>,
    /// The latest facts, as they stand there.
    pub(crate) facts: String,
}

/// What is on record of hosts whose agents have just connected; those that are not known are left
/// out. One look into the database: after a restart every agent arrives.
pub async fn arriving(
    ctx: &Ctx,
    hosts: &[HostId],
) -> Result<HashMap<HostId, Arriving>, StoreError> {
    ctx.read_behind().await?.arriving(hosts).await
}
