//! How many hosts there are of each kind, over the whole datacenter; each a link that filters.

use leptos::prelude::*;
use trustboard_model::host::Attestation;
use trustboard_model::host_query::{AlarmIs, Mark, Test};
use trustboard_model::view::{Counts, SecurityFilter};

use crate::component::{Sign, SignMark, language, say, tell};
use crate::security::state;
use crate::text::{self, Phrase, Ui};

/// The counts in a line.
#[component]
pub(super) fn CountsLine(
    counts: Counts,
    /// The attestation that the filter lets through; else whether it asks for red alarms.
    chosen: Result<Attestation, bool>,
    path: String,
    /// The address of everything.
    all: String,
) -> impl IntoView {
    let language = language();
    // A second press shows everything again.
    let link = |test: Test, current: bool, sign: Option<Sign>, count: u32, word| {
        let href = if current {
            all.clone()
        } else {
            state::address(&path, &SecurityFilter::only(test), None)
        };
        view! {
            <li>
                <a
                    href=href
                    data-noscroll=""
                    aria-current=current.then_some("true")
                >
                    {sign.map(|sign| view! { <SignMark sign /> })}
                    <b>{text::number(language, count.into())}</b>
                    " "
                    {word}
                </a>
            </li>
        }
    };
    let kinds = [
        (Attestation::Passed, counts.passed),
        (Attestation::Failed, counts.failed),
        (Attestation::Unknown, counts.unknown),
        (Attestation::NotApplicable, counts.not_applicable),
    ];
    let kinds = kinds.map(|(kind, count)| {
        let current = chosen == Ok(kind);
        link(
            Test::Attestation(kind),
            current,
            Some(Sign::of(kind)),
            count,
            text::attestation(language, kind),
        )
    });
    let is_red = chosen == Err(true);
    let red = Test::Alarm(AlarmIs::Red);
    let red = (counts.red > 0).then(|| link(red, is_red, None, counts.red, say(Ui::RedAlarms)));
    let stale = (counts.stale > 0).then(|| {
        let href = state::address(&path, &SecurityFilter::only(Test::Is(Mark::Stale)), None);
        let words = tell(&Phrase::Stale { count: counts.stale });
        view! { <li><a href=href data-noscroll="">{words}</a></li> }
    });
    view! { <ul class="counts">{kinds.collect_view()} {stale} {red}</ul> }
}
