//! The screen for the program of all other pages: it is left for the server, which writes it.

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use crate::browser;

/// Loads the page of the address that was gone to.
#[component]
pub(crate) fn SecurityScreen() -> impl IntoView {
    let url = use_url().get_untracked();
    let question = if url.search().is_empty() { "" } else { "?" };
    browser::load_page(&format!("{}{question}{}", url.path(), url.search()));
}
