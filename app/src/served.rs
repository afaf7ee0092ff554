//! The page that is not taken over: Monitor > Security. The server writes each of its states, and a
//! small program of its own (the crate `trustboard-table`) exchanges what differs from one to the
//! next. What that program says and knows stands in the page: see [`Phrases`].

use leptos::prelude::*;
use trustboard_model::id::BulkId;

use crate::component::language;
use crate::text;

/// Notes that the page that is being written is such a page.
#[derive(Debug, Clone, Copy)]
struct Served;

/// Whether this is the address of such a page: the table of a datacenter, or of all.
pub fn is_at(path: &str) -> bool {
    let within = path.strip_prefix("/datacenters/").and_then(|rest| rest.strip_suffix("/security"));
    path == "/security" || within.is_some_and(|id| !id.is_empty() && !id.contains('/'))
}

/// Has the page be written as such a page: without the data that a framework would take over with.
#[cfg(feature = "ssr")]
pub(crate) fn begin() {
    provide_context(Served);
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
}

/// Whether the page that is being written is such a page.
pub(crate) fn is_here() -> bool {
    use_context::<Served>().is_some()
}

/// Whether the page's program asked, to show what differs: it reads from the page what is wrong, and a
/// browser would complain of a status besides.
#[cfg(all(feature = "ssr", not(feature = "hydrate")))]
pub(crate) fn is_exchanged() -> bool {
    let request = use_context::<axum::http::request::Parts>();
    request.is_some_and(|request| request.headers.contains_key("trustboard-exchange"))
}

/// The job that the page showed running, as its program says when it reads the page again.
#[cfg(all(feature = "ssr", not(feature = "hydrate")))]
pub(crate) fn watched_job() -> Option<BulkId> {
    let request = use_context::<axum::http::request::Parts>()?;
    request.headers.get("trustboard-job")?.to_str().ok()?.parse().ok()
}

/// Nothing: no such page is written in a browser.
#[cfg(not(all(feature = "ssr", not(feature = "hydrate"))))]
pub(crate) fn watched_job() -> Option<BulkId> {
    None
}

/// What the program says, in the language of the page: texts by name, with braces for what it fills
/// in.
#[component]
pub(crate) fn Phrases() -> impl IntoView {
    let phrases = text::lent(language()).into_iter().map(|(name, words)| {
        view! { <p data-phrase=name>{words}</p> }
    });
    view! { <template id="phrases">{phrases.collect_view()}</template> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_nothing_else_are_such_pages() {
        for (path, is) in [
            ("/security", true),
            ("/datacenters/1/security", true),
            ("/datacenters/1", false),
            ("/datacenters//security", false),
            ("/datacenters/1/2/security", false),
            ("/alarms", false),
        ] {
            assert_eq!(is_at(path), is, "{path}");
        }
    }
}
