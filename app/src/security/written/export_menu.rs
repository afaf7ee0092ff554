//! What is shown as a file.

use leptos::prelude::*;
use trustboard_model::view::{SecurityFilter, SecurityPage};

use crate::component::table_word;
use crate::security::state;
use crate::text::TableWord;

/// The menu: links to exactly what the filter shows.
#[component]
pub(super) fn ExportMenu(page: SecurityPage) -> impl IntoView {
    let path = state::path_of(page.scope());
    let filter = SecurityFilter { columns: Some(page.columns), page: 1, view: None, ..page.filter };
    let link = |ending: &str, word| {
        let address = state::address(&format!("/api/v1{path}.{ending}"), &filter, None);
        view! { <li><a href=address download="" rel="external">{table_word(word)}</a></li> }
    };
    view! {
        <details class="menu export-menu" name="menu">
            <summary class="button">{table_word(TableWord::Export)}</summary>
            <div class="sheet">
                <ul>
                    {link("csv", TableWord::ExportCsv)}
                    {link("jsonl", TableWord::ExportJson)}
                </ul>
            </div>
        </details>
    }
    .into_any()
}
