//! How many hosts there are of each kind, over the whole datacenter; each a link that filters.

use leptos::prelude::*;
use trustboard_model::host::Attestation;
use trustboard_model::view::{Counts, SecurityFilter, SecurityPage};

use super::state;
use crate::component::{Sign, SignMark, language, say, tell};
use crate::text::{self, Phrase, Ui};

/// The counts in a line.
#[component]
pub(super) fn CountsLine(page: RwSignal<SecurityPage>, path: Signal<String>) -> impl IntoView {
    let counts = Memo::new(move |_| page.with(|page| page.counts));
    let chosen = Memo::new(move |_| page.with(|page| page.filter.attestation));
    view! {
        <ul class="counts">
            {[Attestation::Passed, Attestation::Failed, Attestation::Unknown, Attestation::NotApplicable]
                .map(|kind| view! { <Count kind counts chosen path /> })
                .collect_view()}
            {move || {
                let stale = counts.get().stale;
                (stale > 0).then(|| view! { <li class="stale">{tell(&Phrase::Stale { count: stale })}</li> })
            }}
            {move || {
                let red = counts.get().red;
                let filter = SecurityFilter { red: true, ..SecurityFilter::ALL };
                (red > 0).then(|| view! {
                    <li>
                        <a href=state::address(&path.get(), &filter, None) data-noscroll="">
                            <b>{text::number(language(), red.into())}</b>" "{say(Ui::RedAlarms)}
                        </a>
                    </li>
                })
            }}
        </ul>
    }
}

#[component]
fn Count(
    kind: Attestation,
    counts: Memo<Counts>,
    chosen: Memo<Option<Attestation>>,
    path: Signal<String>,
) -> impl IntoView {
    let language = language();
    let number = move || {
        let counts = counts.get();
        let count = match kind {
            Attestation::Passed => counts.passed,
            Attestation::Failed => counts.failed,
            Attestation::Unknown => counts.unknown,
            Attestation::NotApplicable => counts.not_applicable,
        };
        text::number(language, count.into())
    };
    // A second press shows everything again.
    let filter = move || SecurityFilter {
        attestation: (chosen.get() != Some(kind)).then_some(kind),
        ..SecurityFilter::ALL
    };
    view! {
        <li>
            <a
                href=move || state::address(&path.get(), &filter(), None)
                data-noscroll=""
                aria-current=move || (chosen.get() == Some(kind)).then_some("true")
            >
                <SignMark sign=Sign::of(kind) />
                <b>{number}</b>
                " "
                {text::attestation(language, kind)}
            </a>
        </li>
    }
}
