//! What stands at the foot of every printed page: the address and the time.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Clock, language, say};
use crate::text::{self, Ui};

/// The foot; only on paper.
#[component]
pub(crate) fn PaperFoot() -> impl IntoView {
    let (location, clock) = (use_location(), Clock::use_here());
    let address = move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        if query.is_empty() { path } else { format!("{path}?{query}") }
    };
    view! {
        <p class="paper-foot" aria-hidden="true">
            <span>{say(Ui::ProductName)}" · "<bdi>{address}</bdi></span>
            <span>{move || text::moment(language(), clock.now())}</span>
        </p>
    }
}
