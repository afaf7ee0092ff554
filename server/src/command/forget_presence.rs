//! Records at the start of the server that no agent is connected yet.

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Records at the start of the server that no agent is connected yet.
pub async fn forget_presence(ctx: &Ctx) -> Result<u64, StoreError> {
    todo!()
}
