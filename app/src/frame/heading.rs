//! A page's heading, with the way up and the document's title.

use leptos::prelude::*;
use leptos_meta::Title;

/// A name in the document's title. `leptos_meta` writes titles unescaped, and `</title>` would end
/// it: the sign that opens tags is shown as one that looks like it.
fn harmless(name: &str) -> String {
    name.replace('<', "\u{2039}")
}

/// The heading. `children` is the mark before it.
#[component]
pub(crate) fn Heading(
    /// What the page is about; may be a host's own, untrusted name.
    #[prop(into)]
    title: Signal<String>,
    /// Name and address of what lies above, outermost first.
    #[prop(optional, into)]
    parents: Vec<(String, String)>,
    children: Children,
) -> impl IntoView {
    let ways = parents.into_iter().map(|(name, address)| {
        view! { <li><a href=address><bdi>{name}</bdi></a></li> }
    });
    let ways: Vec<_> = ways.collect();
    // The server writes the document's title last, when the page's own signals are gone.
    let document = ArcRwSignal::new(harmless(&title.get_untracked()));
    Effect::new({
        let document = document.clone();
        move |_| document.set(harmless(&title.get()))
    });
    view! {
        <Title text=move || document.get() />
        <header class="heading">
            {(!ways.is_empty()).then(|| view! {
                <ol class="crumbs">{ways}</ol>
            })}
            <h1>
                {children()}
                <bdi>{move || title.get()}</bdi>
            </h1>
        </header>
    }
    .into_any()
}
