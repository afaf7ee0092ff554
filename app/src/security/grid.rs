//! The table itself: its head, its columns, its rows.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use trustboard_model::id::HostId;
use trustboard_model::view::{Column, Columns, SecurityFilter, ShownColumn, SortKey};

use super::row::TableRow;
use super::state;
use super::table::Table;
use crate::component::{language, say};
use crate::text::{self, Ui};

/// The table.
#[component]
pub fn Grid(
    /// What it shows.
    table: Table,
    /// The path of its page.
    #[prop(into)]
    path: Signal<String>,
    /// The open row.
    #[prop(into)]
    open: Signal<Option<HostId>>,
) -> impl IntoView {
    let page = table.page();
    let filter = Memo::new(move |_| page.with(|page| page.filter.clone()));
    let columns = Memo::new(move |_| page.with(|page| page.columns.clone()));
    // The head is one row more.
    let count = move || page.with(|page| page.total).saturating_add(1).to_string();
    let rows = move || table.rows().get();
    view! {
        <div class="table-region" role="region" aria-label=say(Ui::Hosts) tabindex="0">
            <table id="hosts" class="hosts" aria-rowcount=count>
                {move || columns.with(widths)}
                <thead>
                    <tr aria-rowindex="1">
                        {move || {
                            let head = |shown: &ShownColumn| {
                                view! { <Head column=shown.column filter path /> }
                            };
                            columns.with(|columns| columns.shown().iter().map(head).collect_view())
                        }}
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key=|live| live.host let:live>
                        <TableRow table live filter path open columns />
                    </For>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Widths as attributes: styles in the page would be refused by its content security policy.
fn widths(columns: &Columns) -> impl IntoView + use<> {
    let columns: Vec<ShownColumn> = columns.shown().to_vec();
    let columns = columns.into_iter().map(|shown| {
        let width = custom_attribute("width", shown.width.map(|width| width.to_string()));
        leptos::html::col().class(shown.column.code()).add_any_attr(width)
    });
    view! { <colgroup>{columns.collect_view()}</colgroup> }
}

/// One column's head: a link that sorts, where there is such an order.
#[component]
fn Head(column: Column, filter: Memo<SecurityFilter>, path: Signal<String>) -> impl IntoView {
    let word = text::column(language(), column);
    let class = column.code();
    match column.sort() {
        None => view! { <th scope="col" class=class><span>{word}</span></th> }.into_any(),
        Some(key) => view! { <SortHead key word class filter path /> }.into_any(),
    }
}

#[component]
fn SortHead(
    key: SortKey,
    word: &'static str,
    class: &'static str,
    filter: Memo<SecurityFilter>,
    path: Signal<String>,
) -> impl IntoView {
    let sort = move || filter.with(|filter| state::aria_sort(filter, key));
    let href = move || {
        state::address(&path.get(), &filter.with(|filter| state::sorted_by(filter, key)), None)
    };
    let arrow = move || match sort() {
        "ascending" => "↑",
        "descending" => "↓",
        _ => "",
    };
    view! {
        <th scope="col" class=class aria-sort=sort>
            <a href=href data-noscroll="" title=format!("{} {word}", say(Ui::SortBy))>
                {word}
                <span class="arrow" aria-hidden="true">
                    {arrow}
                </span>
            </a>
        </th>
    }
    .into_any()
}
