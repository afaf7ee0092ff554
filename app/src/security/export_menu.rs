//! What is shown as a file.

use leptos::prelude::*;
use trustboard_model::view::SecurityFilter;

use super::state;
use super::table::Table;
use crate::component::table_word;
use crate::text::TableWord;

/// The menu: links to exactly what the filter shows.
#[component]
pub(super) fn ExportMenu(table: Table) -> impl IntoView {
    let page = table.page();
    let address = move |ending: &'static str| {
        page.with(|page| {
            let filter = SecurityFilter {
                columns: Some(page.columns.clone()),
                page: 1,
                view: None,
                ..page.filter.clone()
            };
            let path = format!("/api/v1{}.{ending}", state::path_of(page.scope()));
            state::address(&path, &filter, None)
        })
    };
    let link = move |ending: &'static str, word| {
        view! {
            <li>
                <a href=move || address(ending) download="" rel="external">{table_word(word)}</a>
            </li>
        }
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
