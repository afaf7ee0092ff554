//! Monitor > Security of one datacenter.

use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{SecurityFilter, SecurityPage};

use super::row::shown;
use crate::ctx::{Ctx, Halt};

/// Rows a page.
const PAGE_SIZE: u32 = 50;

/// Monitor > Security of one datacenter. Counts, causes and rows are of one moment. A page past
/// the last one is empty; its `total` says so.
pub async fn security(
    ctx: &Ctx,
    datacenter: DatacenterId,
    filter: SecurityFilter,
) -> Result<SecurityPage, Refusal> {
    ctx.answer(page(ctx, datacenter, filter).await)
}

async fn page(
    ctx: &Ctx,
    datacenter: DatacenterId,
    filter: SecurityFilter,
) -> Result<SecurityPage, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let named =
        read.datacenter(datacenter).await?.ok_or_else(|| Refusal::not_found("datacenter"))?;
    let rows = read.matches(datacenter, &filter, PAGE_SIZE).await?;
    Ok(SecurityPage {
        datacenter: named,
        clusters: read.clusters(datacenter).await?,
        counts: read.counts(datacenter, now).await?,
        causes: read.causes(datacenter).await?,
        rows: rows.into_iter().map(|record| shown(record, now)).collect(),
        total: read.count_matches(datacenter, &filter).await?,
        filter,
        page_size: PAGE_SIZE,
        now,
        seq: read.chain_head().await?.seq,
    })
}
