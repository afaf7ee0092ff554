//! What the Attestation column shows: a sign and a word.

use leptos::prelude::*;
use trustboard_model::host::{Attestation, Freshness};

use super::language;
use super::mark::{Sign, SignMark};
use crate::text;

/// Passed, Failed, Unknown or N/A, with Stale beside it when it no longer says much about now.
#[component]
pub(crate) fn AttestationBadge(attestation: Attestation, freshness: Freshness) -> impl IntoView {
    let language = language();
    let sign = Sign::of(attestation);
    let stale = (freshness == Freshness::Stale)
        .then(|| view! { <span class="stale">{text::freshness(language, freshness)}</span> });
    view! {
        <span class=format!("badge {}", sign.tone())>
            <SignMark sign />
            {text::attestation(language, attestation)}
        </span>
        {stale}
    }
}
