//! One host of the table, and below it what was found when it is open.

use leptos::prelude::*;
use trustboard_model::id::HostId;
use trustboard_model::view::{Column, HostRow, SecurityFilter};

use super::cell::cell;
use super::detail::Detail;
use super::selecting::SelectRow;
use super::state;
use super::table::{LiveRow, Table};
use crate::component::say;
use crate::text::Ui;

/// The row, and the open one below it.
#[component]
pub(super) fn TableRow(
    table: Table,
    live: LiveRow,
    filter: Memo<SecurityFilter>,
    path: Signal<String>,
    open: Signal<Option<HostId>>,
    order: Memo<Vec<Column>>,
    selects: Signal<bool>,
) -> impl IntoView {
    let host = live.host;
    let row: Signal<HostRow> = live.row.clone().into();
    let is_open = Memo::new(move |_| open.get() == Some(host));
    let changes = live.changes.clone();
    let chosen = move || table.chosen().with(|chosen| chosen.has(host)).then_some("true");
    // Two names for one animation: the other one starts it again.
    let flash = move || match changes.get() {
        0 => None,
        n => Some(if n.is_multiple_of(2) { "even" } else { "odd" }),
    };
    // One closure for all cells: what did not change stays in the page, with the focus.
    let cells = move || {
        let open = is_open.get();
        let href =
            filter.with(|filter| state::address(&path.get(), filter, (!open).then_some(host)));
        view! { <Cells row=row.get() open href order=order.get() /> }
    };
    let span = move || order.with(|order| order.len() + usize::from(selects.get())).to_string();
    view! {
        <tr
            data-host=host.to_string()
            data-flash=flash
            aria-rowindex=move || table.row_index(host).to_string()
            data-chosen=chosen
            class:open=is_open
        >
            {move || selects.get().then(|| view! { <SelectRow table live=live.clone() /> })}
            {cells}
        </tr>
        <Show when=move || is_open.get()>
            <tr class="detail">
                <td colspan=span>
                    <Detail row />
                </td>
            </tr>
        </Show>
    }
    .into_any()
}

#[component]
fn Cells(row: HostRow, open: bool, href: String, order: Vec<Column>) -> impl IntoView {
    let maintenance = (row.maintenance && !order.contains(&Column::Maintenance))
        .then(|| view! { <span class="maintenance">" · "{say(Ui::Maintenance)}</span> });
    let cluster = (!order.contains(&Column::Cluster))
        .then(|| view! { <bdi>{row.cluster.name.clone()}</bdi> });
    let others = order.into_iter().filter(|column| *column != Column::Name);
    let cells = others.map(|column| cell(column, &row)).collect_view();
    view! {
        <th scope="row" class="name">
            <a
                class="row-name"
                href=href
                data-noscroll=""
                aria-expanded=if open { "true" } else { "false" }
            >
                <span class="chevron" aria-hidden="true"></span>
                <bdi>{row.name}</bdi>
            </a>
            <small>{cluster}{maintenance}</small>
        </th>
        {cells}
    }
}
