//! A stretch of a host's past.

use std::cmp::Reverse;

use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{Gap, Timeline, Viewer};

use super::host::seen;
use super::moment::open_gap;
use crate::ctx::{Ctx, Halt};

/// A host's past from `from` to `until`: from its enrolment, and to now, without.
pub async fn timeline(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
) -> Result<Timeline, Refusal> {
    ctx.answer(page(ctx, viewer, host, from, until).await)
}

async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
) -> Result<Timeline, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let record = seen(&mut read, viewer, host).await?;
    let enrolled_at = read.enrolled_at(host).await?;
    let until = until.unwrap_or(now).min(now);
    let from = from.unwrap_or(enrolled_at).max(enrolled_at);
    if from > until {
        return Err(Refusal::invalid("from", "lies after the end").into());
    }
    let most = Timeline::MOST;
    let mut events = read.host_events_between(host, from, until, most).await?;
    let standards = read.standards_events_between(record.cluster.id, from, until, most).await?;
    events.extend(standards);
    events.sort_by_key(|event| Reverse(event.seq));
    events.dedup_by_key(|event| event.seq);
    events.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let mut gaps = read.gaps_between(host, from, until, most).await?;
    if let Some(since) = open_gap(&record, now).filter(|since| *since <= until) {
        gaps.insert(0, Gap { from: since, until: None });
    }
    Ok(Timeline {
        host,
        from,
        until,
        enrolled_at,
        spans: read.spans_between(host, from, until, most).await?,
        gaps,
        boots: read.boots_between(host, from, until, most).await?,
        events,
        now,
    })
}
