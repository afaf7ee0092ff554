//! Takes away what is older than the past is kept.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::view::Retention;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Rows of one transaction: other writes wait as long as deleting them takes.
const BATCH: u32 = 500;

/// Takes evidence and conclusions away that are older than they are kept, in transactions of a few
/// hundred, each with its event. Gives how many pieces of evidence and conclusions they were.
pub async fn forget_past(ctx: &Ctx, retention: Retention) -> Result<(u64, u64), StoreError> {
    let mut all = (0, 0);
    loop {
        let mut write = ctx.write().await?;
        let evidence_before = retention.evidence_from(write.now());
        let conclusions_before = retention.conclusions_from(write.now());
        let evidence = write.forget_evidence(evidence_before, BATCH).await?;
        let conclusions = write.forget_spans(conclusions_before, BATCH).await?;
        let done = evidence.max(conclusions) < u64::from(BATCH);
        if done {
            write.forget_the_rest(conclusions_before).await?;
        }
        if evidence + conclusions > 0 {
            let kind = EventKind::PastForgotten {
                evidence,
                evidence_before,
                conclusions,
                conclusions_before,
            };
            write.event(&Actor::Server, None, kind).await?;
        }
        write.commit().await?;
        all = (all.0 + evidence, all.1 + conclusions);
        if done {
            return Ok(all);
        }
    }
}
