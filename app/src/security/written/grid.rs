//! The table itself: its head, its columns, its rows.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use trustboard_model::id::HostId;
use trustboard_model::view::{Column, Columns, SecurityFilter, SecurityPage, ShownColumn, SortKey};

use super::resize::Handle;
use super::row::TableRow;
use super::selecting::SelectPage;
use crate::component::{language, say};
use crate::security::state;
use crate::text::{self, Ui};

/// The table.
#[component]
pub(super) fn Grid(
    page: SecurityPage,
    /// The path of its page.
    path: String,
    /// The open row.
    open: Option<HostId>,
    /// Whether rows can be selected.
    selects: bool,
) -> impl IntoView {
    let order: Vec<Column> = page.columns.shown().iter().map(|shown| shown.column).collect();
    // The head is one row more.
    let count = page.total.saturating_add(1).to_string();
    let wide = is_wide(&page.columns).then_some("true");
    let first = page.filter.page.saturating_sub(1).saturating_mul(page.page_size);
    let heads = page.columns.shown().iter().map(|shown| head(*shown, &page.filter, &path));
    let heads = heads.collect_view();
    let columns = widths(&page.columns, selects);
    let filter = page.filter;
    let rows = page.rows.into_iter().zip(first.saturating_add(2)..).map(|(row, index)| {
        let is_open = open == Some(row.id);
        let href = state::address(&path, &filter, (!is_open).then_some(row.id));
        view! { <TableRow row index href open=is_open order=order.clone() selects /> }
    });
    view! {
        <div class="table-region" role="region" aria-label=say(Ui::Hosts) tabindex="0">
            <table id="hosts" class="hosts" aria-rowcount=count data-wide=wide>
                {columns}
                <thead>
                    <tr aria-rowindex="1">
                        {selects.then(|| view! { <SelectPage /> })}
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
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
fn head(shown: ShownColumn, filter: &SecurityFilter, path: &str) -> AnyView {
    let ShownColumn { column, width } = shown;
    let word = text::column(language(), column);
    let code = column.code();
    let key = column.sort();
    let said = match key {
        None => view! { <span class="word">{word}</span> }.into_any(),
        Some(key) => sort_link(key, word, filter, path),
    };
    let sort = key.map(|key| state::aria_sort(filter, key));
    view! {
        <th scope="col" id=format!("head-{code}") class=code aria-sort=sort>
            {said}
            <Handle column width />
        </th>
    }
    .into_any()
}

fn sort_link(key: SortKey, word: &'static str, filter: &SecurityFilter, path: &str) -> AnyView {
    let href = state::address(path, &state::sorted_by(filter, key), None);
    let arrow = match state::aria_sort(filter, key) {
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
