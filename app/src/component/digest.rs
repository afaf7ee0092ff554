//! A digest: short to the eye, whole in the title and when it is copied.

use leptos::prelude::*;

/// The first 16 digits, with the rest there to select.
#[component]
pub(crate) fn DigestText(#[prop(into)] hex: String) -> impl IntoView {
    let (head, tail) = match hex.split_at_checked(16) {
        Some((head, tail)) => (head.to_owned(), tail.to_owned()),
        None => (hex.clone(), String::new()),
    };
    view! {
        <code class="digest" title=hex tabindex="0">
            <span>{head}</span>
            <span class="tail">{tail}</span>
        </code>
    }
}
