//! A stretch of a host's past.

use std::cmp::Reverse;

use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Gap, Stretch, Timeline, Viewer};

use super::host::seen;
use super::moment::open_gap;
use crate::ctx::{Ctx, Halt};

/// A stretch of a host's past.
pub async fn timeline(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    stretch: Stretch,
) -> Result<Timeline, Refusal> {
    ctx.answer(page(ctx, viewer, host, stretch).await)
}

async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    stretch: Stretch,
) -> Result<Timeline, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let record = seen(&mut read, viewer, host).await?;
    let enrolled_at = read.enrolled_at(host).await?;
    let until = stretch.until.unwrap_or(now).min(now);
    let back = |days: u32| until.plus_seconds(-i64::from(days) * 24 * 3600);
    let from = stretch.from.or_else(|| stretch.days.map(back));
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
