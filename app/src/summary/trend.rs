//! The counts over time: a strip for each state, drawn as SVG on the server, and the same numbers
//! as a table.

use std::fmt::Write as _;

use leptos::prelude::*;
use trustboard_model::host::Attestation;
use trustboard_model::id::ClusterId;
use trustboard_model::view::{Named, Trend, TrendAsked, TrendPoint, TrendRange};

use crate::component::{Moment, Relative, Sign, SignMark, history, language, recount, say};
use crate::text::{self, HistoryPhrase, HistoryWord, Ui};

/// The drawing's own units: it is stretched to the width that there is.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 48.0;

const KINDS: [Attestation; 4] =
    [Attestation::Failed, Attestation::Unknown, Attestation::NotApplicable, Attestation::Passed];

/// The chart with the links that choose how far back.
#[component]
pub(super) fn TrendChart(
    trend: Memo<Option<Trend>>,
    /// The clusters that may be chosen; none where there are too many to choose from.
    clusters: Memo<Vec<Named<ClusterId>>>,
) -> impl IntoView {
    let asked = Memo::new(move |_| {
        trend.with(|trend| {
            let asked = |trend: &Trend| TrendAsked { range: trend.range, cluster: trend.cluster };
            trend.as_ref().map(asked).unwrap_or_default()
        })
    });
    let points = Memo::new(move |_| {
        trend.with(|trend| trend.as_ref().map(|trend| trend.points.clone()).unwrap_or_default())
    });
    view! {
        <section class="card trend" id="trend">
            <h2>{history(HistoryWord::Trend)}</h2>
            {move || view! { <Ranges chosen=asked.get() /> }}
            {move || view! { <Clusters chosen=asked.get() clusters=clusters.get() /> }}
            {move || view! { <Strips points=points.get() /> }}
            <p class="dim">{history(HistoryWord::TrendHint)}</p>
            <details class="fold numbers">
                <summary>{history(HistoryWord::TrendNumbers)}</summary>
                {move || view! { <Numbers points=points.get() /> }}
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn Ranges(chosen: TrendAsked) -> impl IntoView {
    let links = TrendRange::ALL.map(|range| {
        let word = match range {
            TrendRange::Hours6 => HistoryWord::Hours6,
            TrendRange::Hours24 => HistoryWord::Hours24,
            TrendRange::Days7 => HistoryWord::Days7,
            TrendRange::Days30 => HistoryWord::Days30,
            TrendRange::Days90 => HistoryWord::Days90,
        };
        let current = (range == chosen.range).then_some("true");
        let cluster = chosen.cluster.map(|id| format!("&cluster={id}")).unwrap_or_default();
        let href = format!("?range={}{cluster}", range.code());
        view! { <a href=href data-noscroll="" aria-current=current>{history(word)}</a> }
    });
    view! {
        <nav class="ranges" aria-label=history(HistoryWord::TrendRange)>{links.collect_view()}</nav>
    }
}

/// The cluster whose counts are drawn; a form, because there may be many.
#[component]
fn Clusters(chosen: TrendAsked, clusters: Vec<Named<ClusterId>>) -> impl IntoView {
    (clusters.len() > 1).then(|| {
        let options = clusters.into_iter().map(|cluster| {
            let selected = chosen.cluster == Some(cluster.id);
            view! { <option value=cluster.id.to_string() selected=selected>{cluster.name}</option> }
        });
        view! {
            <form method="get" action="#trend" class="log-filter">
                <input type="hidden" name="range" value=chosen.range.code() />
                <label>
                    {say(Ui::Cluster)}" "
                    <select name="cluster">
                        <option value="">{history(HistoryWord::AllRegisters)}</option>
                        {options.collect_view()}
                    </select>
                </label>
                <button type="submit">{history(HistoryWord::Show)}</button>
            </form>
        }
    })
}

const fn count(point: &TrendPoint, kind: Attestation) -> u32 {
    match kind {
        Attestation::Failed => point.failed,
        Attestation::Unknown => point.unknown,
        Attestation::NotApplicable => point.not_applicable,
        Attestation::Passed => point.passed,
    }
}

/// A strip for each state that any host had, each on its own scale: four failed hosts of ten
/// thousand are seen.
#[component]
fn Strips(points: Vec<TrendPoint>) -> impl IntoView {
    let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else {
        return ().into_any();
    };
    let language = language();
    let number = |count: u32| text::number(language, count.into());
    let most = |of: &dyn Fn(&TrendPoint) -> u32| points.iter().map(of).max().unwrap_or(0);
    let most_failed = most(&|point| point.most_failed.max(point.failed));
    let said = recount(&HistoryPhrase::TrendSaid {
        start: text::moment(language, first.at),
        failed_then: number(first.failed),
        passed_then: number(first.passed),
        failed: number(last.failed),
        passed: number(last.passed),
        most: number(most_failed),
    });
    let strips = KINDS.into_iter().filter_map(|kind| {
        let highest = match kind {
            Attestation::Failed => most_failed,
            _ => most(&|point| count(point, kind)),
        };
        // Failed is always there: that none failed is worth seeing.
        if highest == 0 && kind != Attestation::Failed {
            return None;
        }
        let now = recount(&HistoryPhrase::LaneNow {
            now: number(count(&last, kind)),
            most: number(highest),
        });
        let line = path(&points, highest, |point| count(point, kind));
        let shade = (kind == Attestation::Failed)
            .then(|| path(&points, highest, |point| point.most_failed.max(point.failed)));
        Some(view! {
            <div class="strip">
                <p>
                    <SignMark sign=Sign::of(kind) />" "
                    <b>{text::attestation(language, kind)}</b>" "
                    <span class="dim">{now}</span>
                </p>
                <svg
                    class=format!("drawing {}", Sign::of(kind).tone())
                    viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                    preserveAspectRatio="none"
                    aria-hidden="true"
                >
                    {shade.map(|d| view! { <path class="shade" d=closed(&d) /> })}
                    <path class="area" d=closed(&line) />
                    <path class="line" d=line.clone() vector-effect="non-scaling-stroke" />
                </svg>
            </div>
        })
    });
    let strips = strips.collect_view();
    view! {
        <figure class="strips" role="img" aria-label=said>
            {strips}
        </figure>
        <p class="axis dim">
            {(first.at < last.at).then(|| view! { <Relative at=first.at /> })}
            <span>{history(HistoryWord::Now)}</span>
        </p>
    }
    .into_any()
}

/// Steps: a count holds until it changes.
fn path(points: &[TrendPoint], highest: u32, count: impl Fn(&TrendPoint) -> u32) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    let span = last.at.millis_since(first.at);
    let scale = f64::from(highest.max(1));
    let mut d = String::new();
    for point in points {
        let x = along(point.at.millis_since(first.at), span, WIDTH);
        // A pixel below the edge, so that the highest line is whole.
        let y = 1.0 + (1.0 - f64::from(count(point)) / scale) * (HEIGHT - 2.0);
        // Writing to a string cannot fail.
        let _ = if d.is_empty() { write!(d, "M0 {y:.1}") } else { write!(d, "H{x:.1}V{y:.1}") };
    }
    let _ = write!(d, "H{WIDTH}");
    d
}

/// Where `part` of `whole` lies on a length.
pub(crate) fn along(part: i64, whole: i64, length: f64) -> f64 {
    // In ten-thousandths, finer than a pixel.
    let share = part.saturating_mul(10_000) / whole.max(1);
    f64::from(i32::try_from(share.clamp(0, 10_000)).unwrap_or(0)) / 10_000.0 * length
}

/// The same down to the ground.
fn closed(d: &str) -> String {
    format!("{d}V{HEIGHT}H0Z")
}

#[component]
fn Numbers(points: Vec<TrendPoint>) -> impl IntoView {
    let language = language();
    let number = |count: u32| text::number(language, count.into());
    // The latest first, as everywhere.
    let rows = points.into_iter().rev().map(|point| {
        let TrendPoint { at, passed, failed, unknown, not_applicable, most_failed } = point;
        let counts = [failed, most_failed, unknown, not_applicable, passed, point.hosts()];
        view! {
            <tr>
                <th scope="row"><Moment at /></th>
                {counts.map(|count| view! { <td class="number">{number(count)}</td> }).collect_view()}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let heads = [
        text::attestation(language, Attestation::Failed),
        history(HistoryWord::MostFailed),
        text::attestation(language, Attestation::Unknown),
        text::attestation(language, Attestation::NotApplicable),
        text::attestation(language, Attestation::Passed),
        say(Ui::Hosts),
    ];
    view! {
        <div class="table-region" role="region" aria-label=history(HistoryWord::Trend) tabindex="0">
            <table class="trend-numbers">
                <thead>
                    <tr>
                        <th scope="col">{history(HistoryWord::Time)}</th>
                        {heads.map(|word| view! { <th scope="col" class="number">{word}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use trustboard_model::time::Timestamp;

    use super::*;

    fn point(at: i64, failed: u32) -> TrendPoint {
        TrendPoint {
            at: Timestamp(at),
            passed: 0,
            failed,
            unknown: 0,
            not_applicable: 0,
            most_failed: failed,
        }
    }

    #[test]
    fn a_count_holds_until_it_changes() {
        let points = [point(0, 0), point(500, 4), point(1000, 2)];
        let d = path(&points, 4, |point| point.failed);
        assert_eq!(d, "M0 47.0H300.0V1.0H600.0V24.0H600");
        assert_eq!(closed(&d), "M0 47.0H300.0V1.0H600.0V24.0H600V48H0Z");
        assert_eq!(path(&[point(7, 0)], 0, |point| point.failed), "M0 47.0H600");
    }
}
