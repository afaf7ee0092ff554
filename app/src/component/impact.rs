//! What a change would do to hosts, before anybody does it.

use leptos::prelude::*;
use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::view::{Impact, ImpactRow};

use super::{AttestationBadge, Sign, SignMark, tell, trust};
use crate::failure::Failure;
use crate::text::{Phrase, Trust};

/// How many hosts are listed at once; the others are folded.
const FIRST: usize = 10;

/// The preview: its answer, or why there is none.
#[component]
pub(crate) fn ImpactPreview(answer: Result<Impact, Failure>) -> impl IntoView {
    let content = match answer {
        Ok(impact) => view! { <ImpactView impact /> }.into_any(),
        Err(failure) => {
            let words = super::in_words(&failure);
            view! { <p class="outcome refused" role="alert">{words}</p> }.into_any()
        }
    };
    view! {
        <div class="impact" data-impact="">
            <h3>{trust(Trust::ImpactHeading)}</h3>
            {content}
        </div>
    }
    .into_any()
}

#[component]
fn ImpactView(impact: Impact) -> impl IntoView {
    let Impact { hosts, without_evidence, not_looked_at, changes, turn_red, turn_green } = impact;
    let known = hosts.saturating_sub(without_evidence);
    let line = |sign: Sign, words: String| view! { <li><SignMark sign />{words}</li> };
    let lines = [
        (turn_red, Sign::Bad, Phrase::WouldTurnRed { count: turn_red }),
        (turn_green, Sign::Good, Phrase::WouldTurnGreen { count: turn_green }),
        (without_evidence, Sign::Unknown, Phrase::WithoutEvidence { count: without_evidence }),
        (not_looked_at, Sign::Unknown, Phrase::NotLookedAt { count: not_looked_at }),
    ];
    let lines = lines.into_iter().filter(|(count, ..)| *count > 0);
    let lines: Vec<_> = lines.map(|(_, sign, words)| line(sign, tell(&words))).collect();
    let nothing = changes
        .is_empty()
        .then(|| line(Sign::None, tell(&Phrase::NothingChanges { count: known })));
    let listed = changes.len();
    let mut rows = changes.into_iter().map(row).collect::<Vec<_>>();
    let rest = rows.split_off(rows.len().min(FIRST));
    let folded = (!rest.is_empty()).then(|| {
        let count = u64::try_from(rest.len()).unwrap_or(u64::MAX);
        view! {
            <details>
                <summary>{tell(&Phrase::MoreHosts { count })}</summary>
                <ul class="impact-hosts">{rest}</ul>
            </details>
        }
    });
    view! {
        <ul class="impact-counts">{nothing}{lines}</ul>
        {(!rows.is_empty()).then(|| view! { <ul class="impact-hosts">{rows}</ul> })}
        {folded}
        {(listed >= Impact::MOST).then(|| view! { <p class="dim">{trust(Trust::ImpactCut)}</p> })}
    }
}

fn row(row: ImpactRow) -> AnyView {
    let badge = |attestation: Attestation| {
        view! { <AttestationBadge attestation freshness=Freshness::Fresh /> }
    };
    view! {
        <li data-impact-host=row.host.id.to_string()>
            <a href=format!("/hosts/{}", row.host.id)><bdi>{row.host.name}</bdi></a>
            <small><bdi>{row.cluster.name}</bdi></small>
            {badge(row.from)}
            <span aria-hidden="true">"→"</span>
            {badge(row.to)}
        </li>
    }
    .into_any()
}
