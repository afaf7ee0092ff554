//! What stands at the foot of every printed page: the address and the time.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use trustboard_model::time::Timestamp;

use super::{language, say};
use crate::text::{self, Ui};

/// The foot; only on paper.
#[component]
pub(crate) fn PaperFoot(
    /// When the page was read.
    at: Timestamp,
) -> impl IntoView {
    let location = use_location();
    let address = move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        if query.is_empty() { path } else { format!("{path}?{query}") }
    };
    view! {
        <p class="paper-foot" aria-hidden="true">
            <span>{say(Ui::ProductName)}" · "<bdi>{address}</bdi></span>
            <span>{text::moment(language(), at)}</span>
        </p>
    }
}
