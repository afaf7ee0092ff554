//! Takes the verification of the chain of events for this server: one at a time does it, and each
//! reads every event there is.

use std::time::Duration;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// For how long a verification is one server's after it last said so.
pub const CHAIN_LEASE: Duration = Duration::from_secs(30);

/// The name of that work.
const CHAIN_CHECK: &str = "chain-check";

/// Takes it, or keeps it, for another [`CHAIN_LEASE`]. False if another server is at it.
pub async fn lease_chain_check(ctx: &Ctx) -> Result<bool, StoreError> {
    let mut write = ctx.announce().await?;
    let until = write.now().plus_seconds(CHAIN_LEASE.as_secs().cast_signed());
    let taken = write.take_lease(CHAIN_CHECK, until).await?;
    write.commit().await?;
    Ok(taken)
}

/// Leaves it to whoever wants it next.
pub async fn leave_chain_check(ctx: &Ctx) -> Result<(), StoreError> {
    let mut write = ctx.announce().await?;
    write.leave_lease(CHAIN_CHECK).await?;
    write.commit().await
}
