//! Records that a host's agent came or went.

use trustboard_model::host::Presence;
use trustboard_model::id::HostId;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Records that a host's agent came or went.
pub async fn set_presence(
    ctx: &Ctx,
    host: HostId,
    presence: Presence,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    todo!()
}
