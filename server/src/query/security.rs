//! Monitor > Security of one datacenter, or of all that an operator sees.

use trustboard_model::host::Attestation;
use trustboard_model::host_query::{AlarmIs, HostQuery, Mark, Test};
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    Columns, Counts, HostRow, Scope, SecurityFilter, SecurityPage, Viewer,
};

use super::row::shown;
use super::within::{Part, within};
use crate::ctx::{Ctx, Halt};
use crate::store::{Read, Within};

/// Rows a page.
const PAGE_SIZE: u32 = 50;

/// Monitor > Security. Counts, causes and rows are of one moment. A page past the last one is
/// empty; its `total` says so.
pub async fn security(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    filter: SecurityFilter,
) -> Result<SecurityPage, Refusal> {
    ctx.answer(page(ctx, viewer, scope, filter).await)
}

async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    filter: SecurityFilter,
) -> Result<SecurityPage, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let Part { within, datacenter, datacenters } = within(&mut read, viewer, scope).await?;
    let clusters = match scope {
        Scope::Datacenter(id) => read.clusters(id).await?,
        Scope::Everything => Vec::new(),
    };
    let counts = read.counts_within(&within, now).await?;
    let total = match counted(&filter.query, &counts) {
        Some(total) => total,
        None => read.count_matches(&within, &filter.query, now).await?,
    };
    let skip = u64::from(filter.page.saturating_sub(1)) * u64::from(PAGE_SIZE);
    Ok(SecurityPage {
        datacenter,
        datacenters,
        clusters,
        counts,
        causes: read.causes(&within).await?,
        rows: rows(&mut read, &within, &filter, now, skip, PAGE_SIZE).await?,
        total,
        columns: filter.columns.clone().unwrap_or_else(|| usual(scope)),
        filter,
        page_size: PAGE_SIZE,
        now,
        seq: read.chain_head().await?.seq,
    })
}

/// At most `limit` rows of the table after the first `skip`.
pub(super) async fn rows(
    read: &mut Read,
    within: &Within,
    filter: &SecurityFilter,
    now: Timestamp,
    skip: u64,
    limit: u32,
) -> Result<Vec<HostRow>, Halt> {
    let records = read.matches(within, filter, now, skip, limit).await?;
    let ids: Vec<_> = records.iter().map(|record| record.id).collect();
    let mut more = read.more_of(&ids).await?;
    let rows = records.into_iter().map(|record| {
        let more = more.remove(&record.id).unwrap_or_default();
        shown(record, more, now)
    });
    Ok(rows.collect())
}

/// The columns that are shown unless the operator chose others.
fn usual(scope: Scope) -> Columns {
    match scope {
        Scope::Datacenter(_) => Columns::usual(),
        Scope::Everything => Columns::everywhere(),
    }
}

/// How many hosts match, where the counts know it.
fn counted(query: &HostQuery, counts: &Counts) -> Option<u32> {
    let term = match query.terms() {
        [] => return Some(counts.hosts),
        [term] if !term.negated => term,
        _ => return None,
    };
    match term.any() {
        [Test::Attestation(Attestation::Passed)] => Some(counts.passed),
        [Test::Attestation(Attestation::Failed)] => Some(counts.failed),
        [Test::Attestation(Attestation::Unknown)] => Some(counts.unknown),
        [Test::Attestation(Attestation::NotApplicable)] => Some(counts.not_applicable),
        [Test::Alarm(AlarmIs::Red)] => Some(counts.red),
        [Test::Is(Mark::Stale)] => Some(counts.stale),
        _ => None,
    }
}
