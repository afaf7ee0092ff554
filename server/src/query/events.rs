//! Jobs and events of a datacenter, or of everything that somebody sees.

use trustboard_model::event::Event;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{EventFilter, EventLine, EventsPage, Named, Scope, Viewer};

use super::bulk::shows_bulk;
use super::within::{Part, within};
use crate::ctx::{Ctx, Halt};

/// Events a page.
const EVENTS: u32 = 100;

/// Verification jobs that wait or run, at most; those that ended, at most.
const JOBS: u32 = 25;

/// Bulk jobs.
const BULK_JOBS: u32 = 10;

/// Jobs and events: the newest events that the filter asks for, and the jobs of now.
pub async fn events(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    filter: EventFilter,
) -> Result<EventsPage, Refusal> {
    ctx.answer(page(ctx, viewer, scope, filter).await)
}

async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    filter: EventFilter,
) -> Result<EventsPage, Halt> {
    for (field, text) in [("host", &filter.host), ("actor", &filter.actor)] {
        if text.chars().count() > EventFilter::MAX_TEXT {
            let problem = format!("at most {} characters", EventFilter::MAX_TEXT);
            return Err(Refusal::invalid(field, problem).into());
        }
    }
    let mut read = ctx.read().await?;
    let Part { within, datacenter, .. } = within(&mut read, viewer, scope).await?;
    let now = ctx.clock.now();
    let mut found = read.event_page(&within, &filter, EVENTS + 1).await?;
    let most = usize::try_from(EVENTS).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let ids: Vec<_> = found.iter().filter_map(|event| event.host).collect();
    let hosts = read.host_names(&ids).await?;
    let datacenters = read.datacenter_names().await?;
    let line = |event: Event| EventLine {
        seq: event.seq,
        at: event.at,
        actor: event.actor,
        kind: event.kind,
        host: event.host.map(|id| Named { id, name: hosts.get(&id).cloned().unwrap_or_default() }),
        datacenter: event
            .datacenter
            .map(|id| Named { id, name: datacenters.get(&id).cloned().unwrap_or_default() }),
    };
    let mut jobs = read.job_page(&within, false, JOBS).await?;
    jobs.extend(read.job_page(&within, true, JOBS).await?);
    let mut bulk_jobs = read.latest_bulk_jobs(scope, BULK_JOBS).await?;
    bulk_jobs.retain(|job| shows_bulk(viewer, job));
    Ok(EventsPage {
        scope,
        datacenter,
        filter,
        events: found.into_iter().map(line).collect(),
        more,
        jobs,
        bulk_jobs: bulk_jobs.into_iter().map(Into::into).collect(),
        now,
        seq: read.chain_head().await?.seq,
    })
}
