//! One host of the table, and below it what was found when it is open.

use leptos::prelude::*;
use trustboard_model::id::HostId;
use trustboard_model::view::{Column, Columns, HostRow, SecurityFilter};

use super::cell::cell;
use super::detail::Detail;
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
    columns: Memo<Columns>,
) -> impl IntoView {
    let host = live.host;
    let row: Signal<HostRow> = live.row.into();
    let is_open = Memo::new(move |_| open.get() == Some(host));
    let changes = live.changes;
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
        view! { <Cells row=row.get() open href columns=columns.get() /> }
    };
    let span = move || columns.with(|columns| columns.shown().len()).to_string();
    view! {
        <tr
            data-host=host.to_string()
            data-flash=flash
            aria-rowindex=move || table.row_index(host).to_string()
            class:open=is_open
        >
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
fn Cells(row: HostRow, open: bool, href: String, columns: Columns) -> impl IntoView {
    let maintenance = (row.maintenance && !columns.shows(Column::Maintenance))
        .then(|| view! { <span class="maintenance">" · "{say(Ui::Maintenance)}</span> });
    let cluster =
        (!columns.shows(Column::Cluster)).then(|| view! { <bdi>{row.cluster.name.clone()}</bdi> });
    let others = columns.shown().iter().filter(|shown| shown.column != Column::Name);
    let cells = others.map(|shown| cell(shown.column, &row)).collect_view();
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
