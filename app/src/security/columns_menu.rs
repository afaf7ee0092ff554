//! Which columns, in which order: a folded list of buttons. Each posts the columns that it makes, so
//! it works by itself; with the wasm the table changes at once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use trustboard_model::view::{Column, Columns, Scope, SecurityPage};

use super::api;
use super::state;
use super::table::Table;
use crate::browser;
use crate::component::{language, table_phrase, table_word};
use crate::text::{self, TablePhrase, TableWord};

/// The menu.
#[component]
pub(super) fn ColumnsMenu(table: Table) -> impl IntoView {
    let page = table.page();
    let columns = Memo::new(move |_| page.with(|page| page.columns.clone()));
    let back = Memo::new(move |_| page.with(state::address_of));
    let datacenter = Memo::new(move |_| {
        page.with(|page| page.datacenter.as_ref().map(|d| d.id.to_string()).unwrap_or_default())
    });
    let order = move || columns.with(offered);
    view! {
        <details class="menu columns-menu" name="menu">
            <summary class="button">{table_word(TableWord::Columns)}</summary>
            <form method="post" action="/api/ui/choose-columns" class="sheet">
                <input type="hidden" name="datacenter" value=move || datacenter.get() />
                <input type="hidden" name="back" value=move || back.get() />
                <ul>
                    <For each=order key=|column| *column let:column>
                        <ColumnLine table column columns />
                    </For>
                </ul>
                <p class="dim">{table_word(TableWord::ColumnsHint)}</p>
                <button
                    type="submit"
                    class="quiet"
                    name="columns"
                    value=""
                    on:click=move |event| {
                        event.prevent_default();
                        choose(table, None, None);
                    }
                >
                    {table_word(TableWord::ColumnsUsual)}
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// Those that are shown in their order, then the others.
fn offered(columns: &Columns) -> Vec<Column> {
    let shown = columns.shown().iter().map(|shown| shown.column);
    let others = Column::ALL.iter().copied().filter(|column| !columns.shows(*column));
    shown.chain(others).collect()
}

#[component]
fn ColumnLine(table: Table, column: Column, columns: Memo<Columns>) -> impl IntoView {
    let word = text::column(language(), column);
    let code = column.code();
    let shown = Memo::new(move |_| columns.with(|columns| columns.shows(column)));
    let toggled = move || columns.with(|columns| columns.with(column, !columns.shows(column)));
    let moved = move |later: bool| columns.with(|columns| columns.moved(column, later));
    let fixed = column == Column::Name;
    let step = move |later: bool| {
        let (said, sign, id) = if later {
            (TablePhrase::MoveLater { column: word }, "↓", format!("later-{code}"))
        } else {
            (TablePhrase::MoveEarlier { column: word }, "↑", format!("earlier-{code}"))
        };
        let label = table_phrase(&said);
        let focus = format!("#{id}");
        let still = move || columns.with(|columns| columns.moved(column, later) == *columns);
        view! {
            <button
                id=id
                type="submit"
                class="quiet step"
                name="columns"
                value=move || moved(later).to_string()
                aria-label=label.clone()
                title=label
                aria-disabled=move || still().then_some("true")
                on:click=move |event| {
                    event.prevent_default();
                    choose(table, Some(untrack(|| moved(later))), Some(focus.clone()));
                }
            >
                {sign}
            </button>
        }
    };
    view! {
        <li>
            <button
                id=format!("column-{code}")
                type="submit"
                class="quiet toggle"
                name="columns"
                value=move || toggled().to_string()
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                disabled=fixed
                on:click=move |event| {
                    event.prevent_default();
                    choose(table, Some(untrack(toggled)), Some(format!("#column-{code}")));
                }
            >
                <span class="box" aria-hidden="true"></span>
                {word}
            </button>
            {move || (shown.get() && !fixed).then(|| view! { {step(false)} {step(true)} })}
        </li>
    }
    .into_any()
}

/// Shows these columns and remembers them; nothing: the usual ones. The focus goes on to what was
/// pressed, wherever that stands now.
pub(super) fn choose(table: Table, columns: Option<Columns>, focus: Option<String>) {
    let page = table.page();
    let scope = page.with_untracked(SecurityPage::scope);
    let usual = match scope {
        Scope::Datacenter(_) => Columns::usual(),
        Scope::Everything => Columns::everywhere(),
    };
    page.update(|page| {
        page.columns = columns.clone().unwrap_or(usual);
        // From here on it is the operator's choice, not the link's.
        page.filter.columns = None;
    });
    if let Some(focus) = focus {
        browser::focus_soon(focus);
    }
    let datacenter = scope.datacenter().map(|id| id.to_string()).unwrap_or_default();
    let text = columns.as_ref().map(ToString::to_string).unwrap_or_default();
    spawn_local(async move {
        if let Err(failure) = api::choose_columns(datacenter, text, String::new()).await {
            table.say(crate::component::in_words(&failure));
        }
    });
}
