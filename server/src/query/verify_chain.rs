//! Whether the chain of events is whole.

use trustboard_model::digest::Sha256;
use trustboard_model::event::EventSeq;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainState {
    /// Every event is there, in order, unchanged.
    Whole {
        /// How many there are.
        events: u64,
        /// The hash of the last one: kept elsewhere, it proves later that nothing was rewritten.
        head: Sha256,
    },
    /// The first event that is not what was committed.
    Broken {
        /// Its position.
        seq: EventSeq,
        /// What is wrong with it.
        problem: String,
    },
}

/// Verifies every event against the one before, its own columns and the recorded end.
///
/// Whoever can write to the database can also compute a new chain: that the head is still the one
/// noted elsewhere proves that nobody did.
pub async fn verify_chain(ctx: &Ctx) -> Result<ChainState, StoreError> {
    verify_chain_with(ctx, &|_| ()).await
}

/// The same; `progress` is told now and then how many events are verified.
pub async fn verify_chain_with(
    ctx: &Ctx,
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<ChainState, StoreError> {
    ctx.read().await?.chain_state(progress).await
}
