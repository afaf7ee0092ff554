//! The Hosts tab of a datacenter.

use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{HostList, HostListFilter};

use crate::ctx::{Ctx, Halt};
use crate::store::Within;

/// Rows a page.
const PAGE_SIZE: u32 = 50;

/// One page of the hosts of a datacenter. A page past the last one is empty; its `total` says so.
pub async fn host_list(
    ctx: &Ctx,
    datacenter: DatacenterId,
    filter: HostListFilter,
) -> Result<HostList, Refusal> {
    ctx.answer(page(ctx, datacenter, filter).await)
}

async fn page(ctx: &Ctx, id: DatacenterId, filter: HostListFilter) -> Result<HostList, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let datacenter = read.datacenter(id).await?.ok_or_else(|| Refusal::not_found("datacenter"))?;
    let skip = i64::from(filter.page.saturating_sub(1)) * i64::from(PAGE_SIZE);
    Ok(HostList {
        datacenter,
        targets: read.move_targets().await?,
        rows: read.host_list(id, &filter, now, skip, PAGE_SIZE).await?,
        total: read.count_matches(&Within::Datacenter(id), &filter.query, now).await?,
        filter,
        page_size: PAGE_SIZE,
        now,
    })
}
