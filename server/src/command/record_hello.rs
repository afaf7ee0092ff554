//! Records the facts that an agent opened its session with.

use trustboard_model::facts::HostFacts;
use trustboard_model::id::HostId;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Records the facts that an agent opened its session with.
pub async fn record_hello(ctx: &Ctx, host: HostId, facts: &HostFacts) -> Result<(), StoreError> {
    todo!()
}
