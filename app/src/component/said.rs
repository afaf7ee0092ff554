//! Words from an event log: bounded, hostile, and marked when no digest covers them.

use leptos::prelude::*;
use trustboard_model::boot::Said;

use super::trust;
use crate::text::Trust;

/// The words. What no digest covers says so, and why that matters.
#[component]
pub(crate) fn SaidText(said: Option<Said>) -> impl IntoView {
    let Some(said) = said.filter(|said| !said.text.trim().is_empty()) else {
        return view! { <span class="dim">{trust(Trust::NoWords)}</span> }.into_any();
    };
    view! {
        <bdi class="said-text">{said.text}</bdi>
        {(!said.covered).then(|| view! { " "<UntrustedMark /> })}
    }
    .into_any()
}

/// The mark of words that are anybody's.
#[component]
pub(crate) fn UntrustedMark() -> impl IntoView {
    view! {
        <span class="token untrusted" title=trust(Trust::UntrustedMeaning)>
            {trust(Trust::Untrusted)}
        </span>
    }
}
