//! How many hosts there are of each kind, over the whole datacenter; each a link that filters.

use leptos::prelude::*;
use trustboard_model::host::Attestation;
use trustboard_model::view::{Counts, SecurityFilter};

use super::state;
use crate::component::{Sign, SignMark, language, say, tell};
use crate::text::{self, Phrase, Ui};

/// The counts in a line.
#[component]
pub(super) fn CountsLine(
    counts: Counts,
    chosen: Option<Attestation>,
    path: String,
) -> impl IntoView {
    let language = language();
    let link = |filter: SecurityFilter, current: bool, sign: Option<Sign>, count: u32, word| {
        view! {
            <li>
                <a
                    href=state::address(&path, &filter, None)
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
        let current = chosen == Some(kind);
        // A second press shows everything again.
        let attestation = (!current).then_some(kind);
        let filter = SecurityFilter { attestation, ..SecurityFilter::ALL };
        link(filter, current, Some(Sign::of(kind)), count, text::attestation(language, kind))
    });
    let red = SecurityFilter { red: true, ..SecurityFilter::ALL };
    let red = (counts.red > 0).then(|| link(red, false, None, counts.red, say(Ui::RedAlarms)));
    let stale = (counts.stale > 0).then(|| {
        view! { <li class="stale">{tell(&Phrase::Stale { count: counts.stale })}</li> }
    });
    view! { <ul class="counts">{kinds.collect_view()} {stale} {red}</ul> }
}
