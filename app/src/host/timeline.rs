//! The timeline: a lane for each thing that is worth seeing, drawn on the server; links that zoom
//! and move; and below it the same in lists.

use leptos::prelude::*;
use trustboard_model::event::EventKind;
use trustboard_model::host::Attestation;
use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{Boot, Gap, Span, Timeline};

use super::tabs::Tab;
use crate::component::{Moment, Sign, history, language, recount};
use crate::routes::encoded;
use crate::summary::along;
use crate::text::{self, HistoryPhrase, HistoryWord};

/// The drawing's own width: it is stretched to what there is.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 20.0;

/// The shortest stretch that can be looked at: verifications are seldom closer.
const SHORTEST_MS: i64 = 60_000;

/// The card with the drawing.
#[component]
pub(super) fn TimelineCard(timeline: Timeline) -> impl IntoView {
    let lanes = view! { <Lanes timeline=timeline.clone() /> };
    view! {
        <section class="card" id="timeline">
            <h2>{history(HistoryWord::Timeline)}</h2>
            <Zoom timeline=timeline.clone() />
            {lanes}
            <p class="axis dim"><Moment at=timeline.from /><Moment at=timeline.until /></p>
            <p class="dim">{history(HistoryWord::TimelineHint)}</p>
        </section>
    }
    .into_any()
}

fn stretch(host: HostId, from: Timestamp, until: Timestamp) -> String {
    let (from, until) = (encoded(&from.to_string()), encoded(&until.to_string()));
    format!("{}?from={from}&until={until}#timeline", Tab::History.path(host))
}

/// The address that opens a moment.
pub(super) fn moment_address(host: HostId, at: Timestamp) -> String {
    format!("{}?at={}#moment", Tab::History.path(host), encoded(&at.to_string()))
}

/// Ranges, and the way closer, further, earlier and later.
#[component]
fn Zoom(timeline: Timeline) -> impl IntoView {
    let Timeline { host, from, until, enrolled_at, now, .. } = timeline;
    let path = Tab::History.path(host);
    let ranges = [
        (1, HistoryWord::Hours24),
        (7, HistoryWord::Days7),
        (30, HistoryWord::Days30),
        (90, HistoryWord::Days90),
    ];
    let ranges = ranges.map(|(days, word)| {
        let href = format!("{path}?days={days}#timeline");
        view! { <a href=href data-noscroll="">{history(word)}</a> }
    });
    let all = stretch(host, enrolled_at, now);
    let length = until.millis_since(from).max(SHORTEST_MS);
    let moved = |start: i64, end: i64| {
        let start = Timestamp(start.max(enrolled_at.0));
        let end = Timestamp(end.min(now.0));
        (start < end && (start, end) != (from, until)).then(|| stretch(host, start, end))
    };
    let ways = [
        (HistoryWord::Earlier, moved(from.0 - length / 2, until.0 - length / 2)),
        (
            HistoryWord::ZoomIn,
            moved(from.0 + length / 4, until.0 - length / 4).filter(|_| length > SHORTEST_MS * 2),
        ),
        (HistoryWord::ZoomOut, moved(from.0 - length / 2, until.0 + length / 2)),
        (HistoryWord::Later, moved(from.0 + length / 2, until.0 + length / 2)),
    ];
    let ways = ways.map(|(word, href)| match href {
        Some(href) => view! { <a href=href data-noscroll="">{history(word)}</a> }.into_any(),
        None => view! { <span class="dim" aria-disabled="true">{history(word)}</span> }.into_any(),
    });
    view! {
        <nav class="ranges" aria-label=history(HistoryWord::TrendRange)>
            {ranges.collect_view()}
            <a href=all data-noscroll="">{history(HistoryWord::Everything)}</a>
            <span class="ways">{ways.collect_view()}</span>
        </nav>
    }
    .into_any()
}

/// Which lane an event is marked in.
fn lane(kind: &EventKind) -> Option<HistoryWord> {
    match kind {
        EventKind::AlarmRaised { .. }
        | EventKind::AlarmReset { .. }
        | EventKind::AlarmAcknowledged { .. }
        | EventKind::AlarmConditionCleared { .. } => Some(HistoryWord::LaneAlarms),
        EventKind::IdentityChanged { .. } | EventKind::HostEnrolled { .. } => {
            Some(HistoryWord::LaneIdentity)
        }
        EventKind::PolicyChanged { .. }
        | EventKind::ConfigurationApproved { .. }
        | EventKind::ConfigurationSuperseded { .. }
        | EventKind::ConfigurationRetired { .. }
        | EventKind::ChangeAccepted { .. }
        | EventKind::ExceptionGranted { .. }
        | EventKind::ExceptionEnded { .. } => Some(HistoryWord::LaneStandards),
        _ => None,
    }
}

#[component]
fn Lanes(timeline: Timeline) -> impl IntoView {
    let Timeline { host, from, until, spans, gaps, boots, events, .. } = timeline;
    let whole = until.millis_since(from).max(1);
    let x = move |at: Timestamp| along(at.millis_since(from), whole, WIDTH);
    let language = language();
    let mut end = until;
    let mut parts = Vec::new();
    // The newest first: each ends where the next one began.
    for span in &spans {
        let start = span.first_seen.max(from);
        parts.push((span.clone(), start, end));
        end = start;
    }
    let bands = parts.into_iter().map(|(span, start, end)| {
        let said = recount(&HistoryPhrase::SpanSaid {
            attestation: text::attestation(language, span.attestation).to_owned(),
            start: text::moment(language, start),
            until: text::moment(language, end),
        });
        view! { <Band host span=span.clone() x=x(start) width=x(end) - x(start) said /> }
    });
    let bands = bands.collect_view();
    let gap = |gap: &Gap| {
        let (start, end) = (gap.from.max(from), gap.until.unwrap_or(until).min(until));
        view! { <rect class="gap" x=x(start) y="0" width=(x(end) - x(start)).max(1.0) height=HEIGHT /> }
    };
    let gaps = gaps.iter().map(gap).collect_view();
    let mark = |at: Timestamp| {
        let x = x(at);
        view! { <line x1=x x2=x y1="0" y2=HEIGHT vector-effect="non-scaling-stroke" /> }
    };
    let boot_marks = boots.iter().map(|boot| mark(boot.seen)).collect_view();
    let of_lane = |wanted: HistoryWord| {
        events
            .iter()
            .filter(|event| lane(&event.kind) == Some(wanted))
            .map(|event| mark(event.at))
            .collect::<Vec<_>>()
    };
    let marked = [HistoryWord::LaneAlarms, HistoryWord::LaneIdentity, HistoryWord::LaneStandards]
        .map(|word| {
            let marks = of_lane(word);
            let count = marks.len();
            (word, marks.collect_view(), count)
        });
    let alarms = marked.first().map_or(0, |(_, _, count)| *count);
    let number = |count: usize| text::number(language, count as u64);
    let said = recount(&HistoryPhrase::StretchSaid {
        start: text::moment(language, from),
        until: text::moment(language, until),
        spans: number(spans.len()),
        boots: number(boots.len()),
        alarms: number(alarms),
    });
    let marked = marked.map(|(word, marks, count)| {
        view! { <Lane word count>{marks}</Lane> }
    });
    view! {
        <div class="lanes" role="group" aria-label=said>
            <p class="lane-name">{history(HistoryWord::LaneAttestation)}</p>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" class="lane bands">
                {bands}
                {gaps}
            </svg>
            <Lane word=HistoryWord::LaneBoots count=boots.len()>{boot_marks}</Lane>
            {marked.collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn Lane(word: HistoryWord, count: usize, children: Children) -> impl IntoView {
    view! {
        <p class="lane-name">
            {history(word)}" "
            <span class="dim">{text::number(language(), count as u64)}</span>
        </p>
        <svg
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
            class="lane marks"
            aria-hidden="true"
        >
            {children()}
        </svg>
    }
}

/// A run of appraisals as a band that opens the moment when it began. Failed ones are lower and
/// hatched by their height, so that colour does not stand alone.
#[component]
fn Band(host: HostId, span: Span, x: f64, width: f64, said: String) -> impl IntoView {
    let top = match span.attestation {
        Attestation::Passed => 8.0,
        Attestation::Unknown | Attestation::NotApplicable => 4.0,
        Attestation::Failed => 0.0,
    };
    let tone = Sign::of(span.attestation).tone();
    let label = said.clone();
    // Below a `g`, where links and titles can only be SVG's own: HTML's would not be drawn.
    view! {
        <g>
            <a href=moment_address(host, span.first_seen) aria-label=label>
                <title>{said}</title>
                <rect class=format!("band {tone}") x=x y=top width=width.max(1.0) height=HEIGHT - top />
            </a>
        </g>
    }
    .into_any()
}

/// The reboots of the stretch.
#[component]
pub(super) fn Boots(boots: Vec<Boot>) -> impl IntoView {
    let empty = boots.is_empty();
    let language = language();
    let items = boots.into_iter().map(|boot| {
        let until = text::moment(language, boot.seen);
        let count = boot.resets.to_string();
        let said = match boot.after {
            Some(after) => {
                let start = text::moment(language, after);
                recount(&HistoryPhrase::BootBetween { start, until, count })
            }
            None => recount(&HistoryPhrase::BootFirst { until, count }),
        };
        view! { <li>{said}</li> }
    });
    let items = items.collect_view();
    view! {
        <section class="card" id="boots">
            <h2>{history(HistoryWord::Boots)}</h2>
            <p class="dim">{history(if empty { HistoryWord::BootsNone } else { HistoryWord::BootsHint })}</p>
            {(!empty).then(|| view! { <ul class="plain">{items}</ul> })}
        </section>
    }
    .into_any()
}

/// The times without verification.
#[component]
pub(super) fn Gaps(gaps: Vec<Gap>) -> impl IntoView {
    let empty = gaps.is_empty();
    let items = gaps.into_iter().map(|gap| view! { <li>{gap_said(gap)}</li> }).collect_view();
    view! {
        <section class="card" id="gaps">
            <h2>{history(HistoryWord::Gaps)}</h2>
            {if empty {
                view! { <p class="dim">{history(HistoryWord::GapsNone)}</p> }.into_any()
            } else {
                view! { <ul class="plain">{items}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// When a host was not verified.
pub(super) fn gap_said(gap: Gap) -> String {
    let moment = |at| text::moment(language(), at);
    let start = moment(gap.from);
    match gap.until {
        Some(until) => recount(&HistoryPhrase::GapBetween { start, until: moment(until) }),
        None => recount(&HistoryPhrase::GapSince { start }),
    }
}
