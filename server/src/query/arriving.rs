//! What an agent's arrival depends on.

use trustboard_model::facts::HostFacts;
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
    /// Whether the facts on record are those that the agent brings.
    pub same_facts: bool,
}

/// What is on record of a host whose agent brings these facts; nothing if there is no such host. One
/// look into the database: after a restart every agent arrives.
pub async fn arriving(
    ctx: &Ctx,
    host: HostId,
    facts: &HostFacts,
) -> Result<Option<Arriving>, StoreError> {
    ctx.read_behind().await?.arriving(host, facts).await
}
