//! Records what a verification of the chain of events found.

use trustboard_model::event::{Actor, EventKind};

use crate::ctx::Ctx;
use crate::query::ChainState;
use crate::store::StoreError;

/// Records what a verification of the chain of events found: as an event, so that the chain itself
/// says when it was last looked at, and by whom.
pub async fn record_chain_check(
    ctx: &Ctx,
    actor: &Actor,
    found: &ChainState,
) -> Result<(), StoreError> {
    let kind = match found {
        ChainState::Whole { events, head } => {
            EventKind::ChainVerified { events: *events, head: *head }
        }
        ChainState::Broken { seq, problem } => {
            EventKind::ChainBroken { first: *seq, problem: problem.clone() }
        }
    };
    let mut write = ctx.write().await?;
    write.event(actor, None, kind).await?;
    write.commit().await
}
