//! The red alarms of a datacenter, or of everything that somebody sees.

use trustboard_model::host_query::HostQuery;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{AlarmCounts, AlarmFilter, AlarmRow, AlarmsPage, Scope, Viewer};

use super::row::shown;
use super::within::{Part, within};
use crate::ctx::{Ctx, Halt};
use crate::store::record::HostRecord;
use crate::store::{Read, StoreError, Within};

/// The most rows a page.
pub const MOST_ROWS: u32 = 500;

/// One page of red alarms: those that nobody is on first, the oldest first.
pub async fn alarms(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    filter: AlarmFilter,
    page_size: u32,
) -> Result<AlarmsPage, Refusal> {
    ctx.answer(page(ctx, viewer, scope, filter, page_size.clamp(1, MOST_ROWS)).await)
}

async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    filter: AlarmFilter,
    page_size: u32,
) -> Result<AlarmsPage, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let Part { within, datacenter, .. } = within(&mut read, viewer, scope).await?;
    let causes = read.alarm_causes(&within, now).await?;
    let counts = causes.iter().fold(AlarmCounts::default(), |all, cause| AlarmCounts {
        red: all.red + cause.counts.red,
        acknowledged: all.acknowledged + cause.counts.acknowledged,
        cleared: all.cleared + cause.counts.cleared,
        holds: all.holds + cause.counts.holds,
    });
    let offset = i64::from(filter.page.saturating_sub(1)) * i64::from(page_size);
    let rows = rows(&mut read, &within, &filter.query, now, page_size, offset).await?;
    let last_reset = if counts.red == 0 { read.last_reset(&within, now).await? } else { None };
    Ok(AlarmsPage {
        scope,
        datacenter,
        counts,
        causes,
        rows,
        total: read.count_alarms(&within, &filter.query, now).await?,
        filter,
        page_size,
        hosts: read.count_hosts(&within, now).await?,
        last_reset,
        now,
        seq: read.chain_head().await?.seq,
    })
}

async fn rows(
    read: &mut Read,
    within: &Within,
    query: &HostQuery,
    now: Timestamp,
    limit: u32,
    offset: i64,
) -> Result<Vec<AlarmRow>, StoreError> {
    let records = read.alarms(within, query, now, limit, offset).await?;
    let ids: Vec<_> = records.iter().map(|record| record.id).collect();
    let mut more = read.more_of(&ids).await?;
    let row = |record: HostRecord| {
        let more = more.remove(&record.id).unwrap_or_default();
        AlarmRow {
            reasons: record.alarm.red().map(|red| red.reasons.clone()).unwrap_or_default(),
            host: shown(record, more, now),
        }
    };
    Ok(records.into_iter().map(row).collect())
}

/// The rows of one page alone, for an export. What is not to be seen has none.
pub async fn alarm_rows(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    filter: AlarmFilter,
    page_size: u32,
) -> Result<Vec<AlarmRow>, StoreError> {
    let mut read = ctx.read().await?;
    let within = match within(&mut read, viewer, scope).await {
        Ok(Part { within, .. }) => within,
        Err(Halt::Refused(_)) => return Ok(Vec::new()),
        Err(Halt::Failed(error)) => return Err(error),
    };
    let offset = i64::from(filter.page.saturating_sub(1)) * i64::from(page_size);
    rows(&mut read, &within, &filter.query, ctx.clock.now(), page_size, offset).await
}

/// Whether a passing appraisal resets the alarms of a datacenter.
pub async fn automatic_reset(
    ctx: &Ctx,
    viewer: &Viewer,
    datacenter: DatacenterId,
) -> Result<bool, Refusal> {
    ctx.answer(setting(ctx, viewer, datacenter).await)
}

async fn setting(ctx: &Ctx, viewer: &Viewer, datacenter: DatacenterId) -> Result<bool, Halt> {
    let mut read = ctx.read().await?;
    within(&mut read, viewer, Scope::Datacenter(datacenter)).await?;
    Ok(read.resets_automatically(datacenter).await?)
}
