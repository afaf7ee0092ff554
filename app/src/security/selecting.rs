//! Boxes that select hosts, and the bar that acts on those that are selected.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use trustboard_model::view::HostRow;

use super::chosen::Chosen;
use super::table::{LiveRow, Table};
use crate::bulk::BulkButtons;
use crate::component::{table_phrase, table_word, tell};
use crate::keyboard::{self, Key};
use crate::text::{Phrase, TablePhrase, TableWord};

/// The form that the boxes belong to: without scripts it leads to the page that asks what to do.
const FORM: &str = "chosen";

/// The box in the head: every host on this page.
#[component]
pub(super) fn SelectPage(table: Table) -> impl IntoView {
    let chosen = table.chosen();
    let count = move || {
        let rows = table.rows().get();
        let on = chosen.with(|chosen| rows.iter().filter(|live| chosen.has(live.host)).count());
        (on, rows.len())
    };
    let all = move || matches!(count(), (on, rows) if on == rows && rows > 0);
    let some = move || matches!(count(), (on, rows) if on > 0 && on < rows);
    let toggle = move |_| {
        let on = !untrack(all);
        let rows = table.shown_rows();
        table.choose(|chosen| chosen.set_all(&rows, on));
    };
    view! {
        <td class="select">
            <input
                type="checkbox"
                class="scripted"
                aria-label=table_word(TableWord::SelectPage)
                title=table_word(TableWord::SelectPage)
                prop:checked=all
                prop:indeterminate=some
                on:change=toggle
            />
        </td>
    }
    .into_any()
}

/// A row's box.
#[component]
pub(super) fn SelectRow(table: Table, live: LiveRow) -> impl IntoView {
    let host = live.host;
    let row = live.row;
    let on = move || table.chosen().with(|chosen| chosen.has(host));
    let value = {
        let row = row.clone();
        move || row.with(|row| format!("{}.{}", row.id, row.revision))
    };
    let label =
        row.with_untracked(|row| table_phrase(&TablePhrase::SelectHost { name: &row.name }));
    let press = move |event: MouseEvent| {
        let on = !untrack(on);
        choose(table, &row.get_untracked(), on, event.shift_key());
    };
    view! {
        <td class="select">
            <input
                type="checkbox"
                name="host"
                form=FORM
                value=value
                aria-label=label
                data-key=Key::Select.strokes()
                prop:checked=on
                on:click=press
            />
        </td>
    }
    .into_any()
}

fn choose(table: Table, row: &HostRow, on: bool, range: bool) {
    let shown = table.shown_rows();
    table.choose(
        |chosen| if range { chosen.set_to(row, &shown) } else { chosen.set(row, on, &shown) },
    );
}

/// The bar below the table: how many are selected, and what can be done to them.
#[component]
pub(super) fn SelectionBar(table: Table) -> impl IntoView {
    let chosen = table.chosen();
    let page = table.page();
    keyboard::bind(Key::SelectTo, move || {
        let host = keyboard::row().and_then(|id| id.parse().ok());
        let row = host.and_then(|host| table.row(host));
        if let Some(row) = &row {
            choose(table, row, true, true);
        }
        row.is_some()
    });
    let selection =
        Signal::derive(move || chosen.with(|chosen| chosen.selection(|host| table.revision(host))));
    let some = Memo::new(move |_| chosen.with(|chosen| !chosen.is_empty()));
    let said = move || {
        let (count, matching) = chosen.with(|chosen| (chosen.count(), chosen.is_matching()));
        // Tracked: another page has other rows.
        let rows = table.rows().get();
        let elsewhere = chosen.with(|chosen| chosen.elsewhere(rows.iter().map(|live| live.host)));
        match (matching, elsewhere) {
            (true, _) => table_phrase(&TablePhrase::MatchingSelected { count }),
            (_, 0) => tell(&Phrase::Selected { count }),
            _ => table_phrase(&TablePhrase::SelectedElsewhere { count, elsewhere }),
        }
    };
    // Offered where it means more than the rows on the page.
    let matching = move || {
        let (total, rows) = page.with(|page| (page.total, page.rows.len()));
        let more = usize::try_from(total).is_ok_and(|total| total > rows);
        (more && chosen.with(|chosen| !chosen.is_matching())).then_some(total)
    };
    let select_matching = move |_| {
        page.with_untracked(|page| {
            let (query, seen) = (page.filter.query.clone(), page.seq);
            chosen.update(|chosen| chosen.set_matching(page.scope(), query, seen, page.total));
        });
    };
    view! {
        <form id=FORM method="get" action="/bulk" class="no-script">
            <button type="submit">{table_word(TableWord::SelectionGo)}</button>
        </form>
        <div class="selection-said hidden" role="status">{move || some.get().then(said)}</div>
        <Show when=move || some.get()>
            <section class="selection" aria-label=table_word(TableWord::Selection)>
                <b>{said}</b>
                {move || matching().map(|count| view! {
                    <button type="button" class="quiet" on:click=select_matching>
                        {table_phrase(&TablePhrase::SelectMatching { count })}
                    </button>
                })}
                <BulkButtons selection />
                <button
                    type="button"
                    class="quiet clear"
                    on:click=move |_| chosen.update(|chosen| *chosen = Chosen::default())
                >
                    {table_word(TableWord::SelectionClear)}
                </button>
            </section>
        </Show>
    }
    .into_any()
}
