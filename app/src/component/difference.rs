//! What was booted beside what was approved, event by event.

use leptos::prelude::*;
use trustboard_model::boot::Said;
use trustboard_model::comparison::{Change, Difference, Side};
use trustboard_model::pcr::PcrIndex;

use super::said::{SaidText, UntrustedMark};
use super::word_change::{Run, word_changes};
use super::{DigestText, language, tell, trust};
use crate::text::{self, Phrase, Trust};

/// The differences, the most telling first.
#[component]
pub(crate) fn Differences(differences: Vec<Difference>) -> impl IntoView {
    let items = differences.into_iter().map(|difference| view! { <DifferenceView difference /> });
    view! { <ol class="differences">{items.collect_view()}</ol> }.into_any()
}

/// `PCR 8, event 41`, or the register alone.
pub(crate) fn place(pcr: PcrIndex, event: Option<u32>) -> String {
    match event {
        Some(event) => tell(&Phrase::PcrEvent { pcr: u8::from(pcr), event }),
        None => format!("PCR {pcr}"),
    }
}

#[component]
fn DifferenceView(difference: Difference) -> impl IntoView {
    let Difference { pcr, topic, change } = difference;
    let (code, event, word, sides) = match change {
        Change::Changed { expected, found } => {
            let event = found.event;
            ("changed", Some(event), Trust::Changed, changed(expected, found).into_any())
        }
        Change::Added { found } => {
            ("added", Some(found.event), Trust::Added, one_side("found", found).into_any())
        }
        Change::Missing { expected } => (
            "missing",
            Some(expected.event),
            Trust::Missing,
            one_side("approved", expected).into_any(),
        ),
        Change::Value { expected, found } => {
            let sides = view! {
                <DigestText hex=expected.to_string() />
                <Arrow />
                <DigestText hex=found.to_string() />
                <p class="dim">{trust(Trust::ValueMeaning)}</p>
            };
            ("value", None, Trust::ValueDiffers, sides.into_any())
        }
    };
    view! {
        <li data-change=code data-pcr=pcr.to_string()>
            <p class="place">
                <span class="number">{place(pcr, event)}</span>
                " · "
                <b>{text::topic(language(), topic)}</b>
                " · "
                <span class="dim">{trust(word)}</span>
            </p>
            <div class="sides">{sides}</div>
        </li>
    }
    .into_any()
}

#[component]
fn Arrow() -> impl IntoView {
    view! {
        <span class="arrow" aria-hidden="true">"→"</span>
        <span class="hidden">{trust(Trust::NowReads)}</span>
    }
}

/// Both sides: their words if the log has some that differ, else what they have in common, and
/// the digests.
fn changed(expected: Side, found: Side) -> impl IntoView {
    let words = match (&expected.said, &found.said) {
        (Some(before), Some(after)) if before.text != after.text => {
            let (left, right) = word_changes(&before.text, &after.text);
            let mark = |said: &Said| (!said.covered).then(|| view! { " "<UntrustedMark /> });
            view! {
                <p class="words">
                    <bdi class="approved">{left.into_iter().map(gone).collect_view()}</bdi>
                    {mark(before)}
                    <Arrow />
                    <bdi class="found">{right.into_iter().map(came).collect_view()}</bdi>
                    {mark(after)}
                </p>
            }
            .into_any()
        }
        _ => {
            let said = found.said.or(expected.said);
            view! { <p class="words"><SaidText said /></p> }.into_any()
        }
    };
    view! {
        {words}
        <p class="digests">
            <DigestText hex=expected.digest.to_string() />
            <Arrow />
            <DigestText hex=found.digest.to_string() />
        </p>
    }
}

fn gone(run: Run) -> AnyView {
    if run.differs { view! { <del>{run.text}</del> }.into_any() } else { run.text.into_any() }
}

fn came(run: Run) -> AnyView {
    if run.differs { view! { <ins>{run.text}</ins> }.into_any() } else { run.text.into_any() }
}

fn one_side(class: &'static str, side: Side) -> impl IntoView {
    view! {
        <p class=format!("words {class}")><SaidText said=side.said /></p>
        <p class="digests"><DigestText hex=side.digest.to_string() /></p>
    }
}
