//! The field of a filter over hosts, with the list that completes what is typed.

use leptos::prelude::*;
use trustboard_model::host_query::HostQuery;

use super::table_word;
use crate::keyboard::Key;
use crate::text::TableWord;

/// The field. That it completes, and how, is announced where scripts run.
#[component]
pub(crate) fn FilterField(
    label: &'static str,
    /// What stands in it while it is empty.
    hint: &'static str,
    /// What is asked now.
    #[prop(into)]
    written: Signal<String>,
    /// Whether that means nothing.
    #[prop(into)]
    wrong: Signal<bool>,
) -> impl IntoView {
    Effect::new(|_| complete());
    view! {
        <div class="search">
            <label>
                <span class="hidden">{label}</span>
                <input
                    id="words"
                    type="text"
                    name="q"
                    maxlength=HostQuery::MAX_TEXT.to_string()
                    placeholder=hint
                    value=move || written.get()
                    prop:value=move || written.get()
                    aria-invalid=move || wrong.get().then_some("true")
                    aria-describedby="query-problem query-help"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    data-key=Key::Search.strokes()
                />
            </label>
            <kbd aria-hidden="true">"/"</kbd>
            <ul
                id="suggestions"
                class="suggestions"
                role="listbox"
                aria-label=table_word(TableWord::Suggestions)
                data-kept=""
                hidden
            ></ul>
            <span id="suggestions-said" class="hidden" role="status" data-kept=""></span>
            <span id="query-help" class="hidden" data-kept="" hidden>
                {table_word(TableWord::QueryHelp)}
            </span>
        </div>
    }
    .into_any()
}

/// Has the field complete what is typed in it.
#[cfg(feature = "hydrate")]
fn complete() {
    use trustboard_dom::complete;

    complete::listen(Page);
    complete::announce();
}

/// Nothing: nobody types here.
#[cfg(not(feature = "hydrate"))]
const fn complete() {}

#[cfg(feature = "hydrate")]
struct Page;

#[cfg(feature = "hydrate")]
impl trustboard_dom::complete::Knows for Page {
    fn datacenter(&self) -> String {
        let path = crate::browser::path().unwrap_or_default();
        let within = path.strip_prefix("/datacenters/").and_then(|rest| rest.split('/').next());
        within.unwrap_or_default().to_owned()
    }

    fn count(&self, suggestions: u32) -> String {
        use crate::text::{self, TablePhrase};

        text::table_phrase(super::language(), &TablePhrase::SuggestionsCount { count: suggestions })
    }
}
