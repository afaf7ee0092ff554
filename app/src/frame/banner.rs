//! What stands across every page while the server cannot write.

use leptos::prelude::*;
use trustboard_model::refusal::Refusal;

use crate::component::language;
use crate::text;

/// Says that the server can only be read, and what that means for what is shown.
#[component]
pub(super) fn ReadOnlyBanner() -> impl IntoView {
    view! {
        <p class="read-only" role="alert">
            {text::refusal(language(), &Refusal::ReadOnly)}
        </p>
    }
    .into_any()
}
