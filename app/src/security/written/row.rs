//! One host of the table, and below it what was found when it is open.

use leptos::prelude::*;
use trustboard_model::view::{Column, HostRow};

use super::cell::cell;
use super::detail::Detail;
use super::selecting::SelectRow;
use crate::component::{language, say};
use crate::text::{self, Ui};

/// The row, and the open one below it.
#[component]
pub(super) fn TableRow(
    row: HostRow,
    /// Its place among all that match, from 2: the head is 1.
    index: u32,
    /// Where a press on the name leads.
    href: String,
    open: bool,
    order: Vec<Column>,
    selects: bool,
) -> impl IntoView {
    let host = row.id.to_string();
    let revision = row.revision.to_string();
    let attestation = text::attestation(language(), row.attestation);
    let span = (order.len() + usize::from(selects)).to_string();
    let box_of = selects.then(|| view! { <SelectRow row=&row /> });
    let detail = open.then(|| {
        let row = row.clone();
        view! {
            <tr class="detail" data-row-of=host.clone()>
                <td colspan=span>
                    <Detail row />
                </td>
            </tr>
        }
    });
    view! {
        <tr
            data-host=host.clone()
            data-revision=revision
            data-attestation=attestation
            aria-rowindex=index.to_string()
            class=open.then_some("open")
        >
            {box_of}
            <Cells row open href order />
        </tr>
        {detail}
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
