//! Actions on many hosts: what they would do, and how far they are.

use trustboard_model::id::BulkId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{BulkJob, BulkPreview, BulkRequest, BulkRow, Selection, Viewer};

use crate::command::{check_seen, part_of, sound_selection};
use crate::ctx::{Ctx, Halt};
use crate::store::{BulkRecord, StoreError, Within};

/// Hosts that a preview names.
const EXAMPLES: u32 = 5;

/// What an action would do, as things are now. The action's text is not looked at: the preview
/// stands before it is typed.
pub async fn bulk_preview(
    ctx: &Ctx,
    viewer: &Viewer,
    request: &BulkRequest,
) -> Result<BulkPreview, Refusal> {
    ctx.answer(preview(ctx, viewer, request).await)
}

async fn preview(ctx: &Ctx, viewer: &Viewer, request: &BulkRequest) -> Result<BulkPreview, Halt> {
    let BulkRequest { mut selection, action } = request.clone();
    sound_selection(&mut selection)?;
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    check_seen(&selection, read.chain_head().await?.seq.0)?;
    let within = part_of(&mut read, viewer, &selection).await?;
    let prospects = read.prospects(&selection, &action, &within, now).await?;
    let mut preview = BulkPreview {
        hosts: 0,
        changing: 0,
        unchanged: 0,
        stale: 0,
        forbidden: 0,
        impossible: 0,
        condition_holds: 0,
        datacenters: Vec::new(),
        examples: Vec::new(),
    };
    for prospect in prospects {
        preview.hosts += prospect.hosts;
        if !viewer.may(Role::Operator, prospect.datacenter.id) {
            preview.forbidden += prospect.hosts;
            continue;
        }
        let changing = prospect.possible.saturating_sub(prospect.stale);
        let impossible = prospect.hosts.saturating_sub(prospect.possible + prospect.unchanged);
        preview.changing += changing;
        preview.unchanged += prospect.unchanged;
        preview.stale += prospect.stale;
        preview.impossible += impossible;
        preview.condition_holds += prospect.holds;
        if changing > 0 {
            preview.datacenters.push((prospect.datacenter, changing));
        }
    }
    if let Selection::Hosts { hosts } = &selection {
        let named = u32::try_from(hosts.len()).unwrap_or(u32::MAX);
        preview.impossible += named.saturating_sub(preview.hosts);
        preview.hosts = named;
    }
    preview.datacenters.sort_by_key(|(_, hosts)| std::cmp::Reverse(*hosts));
    let others = read.datacenters().await?.into_iter().map(|place| place.id);
    let within = Within::AllBut(others.filter(|id| !viewer.may(Role::Operator, *id)).collect());
    preview.examples = read.prospect_examples(&selection, &action, &within, now, EXAMPLES).await?;
    Ok(preview)
}

/// How far a job is, with the failures past the first `after`.
pub async fn bulk_job(
    ctx: &Ctx,
    viewer: &Viewer,
    id: BulkId,
    after: u32,
) -> Result<BulkJob, Refusal> {
    ctx.answer(job(ctx, viewer, id, after).await)
}

async fn job(ctx: &Ctx, viewer: &Viewer, id: BulkId, after: u32) -> Result<BulkJob, Halt> {
    let mut read = ctx.read().await?;
    let record = read.bulk_job(id).await?.filter(|job| shows_bulk(viewer, job));
    let record = record.ok_or_else(|| Refusal::not_found("job"))?;
    let most = u32::try_from(BulkJob::MAX_FAILURES).unwrap_or(u32::MAX);
    Ok(BulkJob {
        id,
        failures: read.bulk_failures(id, after, most).await?,
        now: ctx.clock.now(),
        seq: read.chain_head().await?.seq,
        action: record.action,
        query: record.query,
        started_by: record.viewer.name,
        started_at: record.started_at,
        ended_at: record.ended_at,
        state: record.state,
        total: record.total,
        changed: record.changed,
        unchanged: record.unchanged,
        failed: record.failed,
    })
}

/// The running jobs that this operator started.
pub async fn own_bulk_jobs(ctx: &Ctx, viewer: &Viewer) -> Result<Vec<BulkRow>, Refusal> {
    ctx.answer(own(ctx, viewer).await)
}

async fn own(ctx: &Ctx, viewer: &Viewer) -> Result<Vec<BulkRow>, Halt> {
    let jobs = ctx.read().await?.bulk_jobs_of(viewer.id).await?;
    Ok(jobs.into_iter().map(BulkRow::from).collect())
}

/// The jobs with something left to do.
pub async fn open_bulk_jobs(ctx: &Ctx) -> Result<Vec<BulkId>, StoreError> {
    ctx.read().await?.open_bulk_jobs().await
}

/// Whether somebody may look at a job: whoever started it, and whoever sees all of its hosts.
pub(crate) fn shows_bulk(viewer: &Viewer, job: &BulkRecord) -> bool {
    job.viewer.id == viewer.id || job.datacenters.iter().all(|place| viewer.sees(*place))
}
