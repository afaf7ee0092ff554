//! The table itself: its head, its columns, its rows.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use trustboard_model::id::HostId;
use trustboard_model::view::{Column, Columns, SecurityFilter, ShownColumn, SortKey};

use super::resize::Handle;
use super::row::TableRow;
use super::selecting::SelectPage;
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
    /// Whether rows can be selected.
    #[prop(into)]
    selects: Signal<bool>,
) -> impl IntoView {
    let page = table.page();
    let filter = Memo::new(move |_| page.with(|page| page.filter.clone()));
    let columns = Memo::new(move |_| page.with(|page| page.columns.clone()));
    // Rows are written anew when other columns come, not when one becomes wider.
    let order = Memo::new(move |_| columns.with(order_of));
    let wide = Memo::new(move |_| columns.with(is_wide).then_some("true"));
    // The head is one row more.
    let count = move || page.with(|page| page.total).saturating_add(1).to_string();
    let rows = move || table.rows().get();
    view! {
        <div class="table-region" role="region" aria-label=say(Ui::Hosts) tabindex="0">
            <table id="hosts" class="hosts" aria-rowcount=count data-wide=move || wide.get()>
                {move || columns.with(|columns| widths(columns, selects.get()))}
                <thead>
                    <tr aria-rowindex="1">
                        {move || selects.get().then(|| view! { <SelectPage table /> })}
                        {move || {
                            let head = |column: Column| view! { <Head table column filter path /> };
                            order.get().into_iter().map(head).collect_view()
                        }}
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key=|live| live.host let:live>
                        <TableRow table live filter path open order selects />
                    </For>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Columns that fit a usual screen side by side.
const FIT: usize = 9;

/// Whether the table may be wider than its page, so that it scrolls by itself.
fn is_wide(columns: &Columns) -> bool {
    columns.shown().len() > FIT || columns.shown().iter().any(|shown| shown.width.is_some())
}

/// How wide a column is in a table that scrolls, in CSS pixels, unless somebody chose.
const fn usual_width(column: Column) -> u16 {
    match column {
        Column::Name | Column::Os | Column::Configuration => 190,
        Column::Alarm => 200,
        Column::Message => 360,
        Column::Tpm | Column::SecureBoot | Column::Agent => 96,
        Column::Attestation | Column::AttestedBy | Column::Kernel | Column::Cluster => 150,
        Column::Datacenter | Column::TpmMaker | Column::Firmware | Column::LastVerified => 140,
        Column::Presence
        | Column::Since
        | Column::LastPassed
        | Column::Identity
        | Column::Maintenance => 120,
    }
}

fn order_of(columns: &Columns) -> Vec<Column> {
    columns.shown().iter().map(|shown| shown.column).collect()
}

/// Widths as attributes: styles in the page would be refused by its content security policy.
fn widths(columns: &Columns, selects: bool) -> impl IntoView + use<> {
    let wide = is_wide(columns);
    let columns: Vec<ShownColumn> = columns.shown().to_vec();
    let columns = columns.into_iter().map(move |shown| {
        let width = shown.width.or_else(|| wide.then_some(usual_width(shown.column)));
        let width = custom_attribute("width", width.map(|width| width.to_string()));
        leptos::html::col().class(shown.column.code()).add_any_attr(width)
    });
    let select = selects.then(|| view! { <col class="select" /> });
    view! { <colgroup>{select}{columns.collect_view()}</colgroup> }
}

/// One column's head: a link that sorts, where there is such an order, and the handle.
#[component]
fn Head(
    table: Table,
    column: Column,
    filter: Memo<SecurityFilter>,
    path: Signal<String>,
) -> impl IntoView {
    let word = text::column(language(), column);
    let code = column.code();
    let key = column.sort();
    let sort = move || key.map(|key| filter.with(|filter| state::aria_sort(filter, key)));
    let said = match key {
        None => view! { <span class="word">{word}</span> }.into_any(),
        Some(key) => view! { <SortLink key word filter path /> }.into_any(),
    };
    view! {
        <th scope="col" id=format!("head-{code}") class=code aria-sort=sort>
            {said}
            <Handle table column />
        </th>
    }
    .into_any()
}

#[component]
fn SortLink(
    key: SortKey,
    word: &'static str,
    filter: Memo<SecurityFilter>,
    path: Signal<String>,
) -> impl IntoView {
    let href = move || {
        state::address(&path.get(), &filter.with(|filter| state::sorted_by(filter, key)), None)
    };
    let arrow = move || match filter.with(|filter| state::aria_sort(filter, key)) {
        "ascending" => "↑",
        "descending" => "↓",
        _ => "",
    };
    view! {
        <a href=href data-noscroll="" title=format!("{} {word}", say(Ui::SortBy))>
            {word}
            <span class="arrow" aria-hidden="true">
                {arrow}
            </span>
        </a>
    }
    .into_any()
}
