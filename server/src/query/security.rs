//! Monitor > Security of one datacenter, or of all that an operator sees.

use trustboard_model::host::Attestation;
use trustboard_model::host_query::{AlarmIs, HostQuery, Mark, Test};
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    Columns, Counts, HostRow, Named, SavedView, Scope, SecurityFilter, SecurityPage, ViewRef,
    Viewer,
};

use super::row::shown;
use super::within::{Part, within};
use crate::ctx::{Ctx, Halt};
use crate::store::record::HostRecord;
use crate::store::{Read, StoreError, Within};

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
    let views = read.views(viewer.id).await?;
    let filter = first_shown(filter, &views);
    let columns = columns(&mut read, viewer, scope, &filter).await?;
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
        columns,
        views,
        filter,
        page_size: PAGE_SIZE,
        now,
        seq: read.chain_head().await?.seq,
    })
}

/// The view that the operator wants shown first, in the place of an address that asks for nothing.
fn first_shown(filter: SecurityFilter, views: &[SavedView]) -> SecurityFilter {
    if filter != SecurityFilter::ALL {
        return filter;
    }
    let first = views.iter().find(|view| view.first);
    first.map_or(filter, |view| SecurityFilter {
        view: Some(ViewRef::Saved(view.id)),
        ..view.filter.clone()
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
    Ok(completed(read, records, now).await?)
}

/// The rows of these hosts, with what further columns read.
async fn completed(
    read: &mut Read,
    records: Vec<HostRecord>,
    now: Timestamp,
) -> Result<Vec<HostRow>, StoreError> {
    let ids: Vec<_> = records.iter().map(|record| record.id).collect();
    let mut more = read.more_of(&ids).await?;
    let rows = records.into_iter().map(|record| {
        let more = more.remove(&record.id).unwrap_or_default();
        shown(record, more, now)
    });
    Ok(rows.collect())
}

/// All rows that a filter shows, to be read some at a time, as they were at one moment.
pub struct AllRows {
    read: Read,
    ids: std::vec::IntoIter<HostId>,
    now: Timestamp,
    /// The datacenter, if it is one.
    pub datacenter: Option<Named<DatacenterId>>,
    /// The columns that the page shows.
    pub columns: Columns,
}

/// All rows that the page with this filter shows over all of its pages.
pub async fn all_rows(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    filter: SecurityFilter,
) -> Result<AllRows, Refusal> {
    ctx.answer(find_all(ctx, viewer, scope, filter).await)
}

async fn find_all(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    filter: SecurityFilter,
) -> Result<AllRows, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let Part { within, datacenter, .. } = within(&mut read, viewer, scope).await?;
    let columns = columns(&mut read, viewer, scope, &filter).await?;
    let ids = read.match_ids(&within, &filter, now).await?.into_iter();
    Ok(AllRows { read, ids, now, datacenter, columns })
}

impl AllRows {
    /// At most `limit` further rows; none: that was all.
    pub async fn next(&mut self, limit: usize) -> Result<Vec<HostRow>, StoreError> {
        let ids: Vec<HostId> = self.ids.by_ref().take(limit).collect();
        let records = self.read.hosts(&ids).await?;
        completed(&mut self.read, records, self.now).await
    }
}

/// The columns that a link asks for, else those that the operator chose, else the usual ones.
async fn columns(
    read: &mut Read,
    viewer: &Viewer,
    scope: Scope,
    filter: &SecurityFilter,
) -> Result<Columns, StoreError> {
    if let Some(columns) = &filter.columns {
        return Ok(columns.clone());
    }
    let chosen = read.table_choice(viewer.id, scope).await?.columns;
    Ok(chosen.unwrap_or_else(|| match scope {
        Scope::Datacenter(_) => Columns::usual(),
        Scope::Everything => Columns::everywhere(),
    }))
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
