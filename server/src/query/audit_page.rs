//! The audit trail: events by who, what, where and when, the newest first.

use trustboard_model::event::{EventKind, EventSeq};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{AuditFilter, AuditPage, AuditRow, ChainFound, ChainResult};

use crate::ctx::{Ctx, Halt};
use crate::store::StoreError;

/// Events a page.
const PAGE_SIZE: u32 = 50;

/// One page of the events that match, the newest first.
pub async fn audit_page(ctx: &Ctx, filter: AuditFilter) -> Result<AuditPage, Refusal> {
    ctx.answer(page(ctx, filter).await)
}

async fn page(ctx: &Ctx, filter: AuditFilter) -> Result<AuditPage, Halt> {
    let mut read = ctx.read().await?;
    let mut rows = read.audit_rows(&filter, PAGE_SIZE + 1).await?;
    let more = rows.len() > PAGE_SIZE as usize;
    rows.truncate(PAGE_SIZE as usize);
    let end = read.chain_head().await?.seq;
    Ok(AuditPage { filter, rows, more, end, now: ctx.clock.now() })
}

/// The next `limit` events that match, for an export.
pub async fn audit_rows(
    ctx: &Ctx,
    filter: &AuditFilter,
    limit: u32,
) -> Result<Vec<AuditRow>, StoreError> {
    ctx.read().await?.audit_rows(filter, limit).await
}

/// What the verification of the chain that ended last found.
pub async fn last_chain_check(ctx: &Ctx) -> Result<Option<ChainResult>, Refusal> {
    ctx.answer(last(ctx).await)
}

async fn last(ctx: &Ctx) -> Result<Option<ChainResult>, Halt> {
    let event = ctx.read().await?.latest_of(["chain-verified", "chain-broken"]).await?;
    Ok(event.and_then(|event| {
        let found = match event.kind {
            EventKind::ChainVerified { events, head } => ChainFound::Whole { events, head },
            EventKind::ChainBroken { first, problem } => ChainFound::Broken { first, problem },
            _ => return None,
        };
        Some(ChainResult { at: event.at, by: event.actor, found })
    }))
}

/// The end of the chain of events.
pub async fn chain_end(ctx: &Ctx) -> Result<EventSeq, StoreError> {
    Ok(ctx.read().await?.chain_head().await?.seq)
}
