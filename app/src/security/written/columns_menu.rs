//! Which columns, in which order: a folded list of buttons. Each posts the columns that it makes.

use leptos::prelude::*;
use trustboard_model::view::{Column, Columns, SecurityPage};

use crate::component::{language, table_phrase, table_word};
use crate::security::state;
use crate::text::{self, TablePhrase, TableWord};

/// The menu.
#[component]
pub(super) fn ColumnsMenu(page: SecurityPage) -> impl IntoView {
    let back = state::address_of(&page);
    let datacenter = page.datacenter.as_ref().map(|d| d.id.to_string()).unwrap_or_default();
    let columns = page.columns;
    let lines = offered(&columns).into_iter().map(|column| line(&columns, column));
    let lines = lines.collect_view();
    view! {
        <details class="menu columns-menu" name="menu">
            <summary class="button">{table_word(TableWord::Columns)}</summary>
            <form method="post" action="/api/ui/choose-columns" class="sheet">
                <input type="hidden" name="datacenter" value=datacenter />
                <input type="hidden" name="back" value=back />
                <ul>{lines}</ul>
                <p class="dim">{table_word(TableWord::ColumnsHint)}</p>
                <button type="submit" class="quiet" name="columns" value="">
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

fn line(columns: &Columns, column: Column) -> AnyView {
    let word = text::column(language(), column);
    let code = column.code();
    let shown = columns.shows(column);
    let fixed = column == Column::Name;
    let step = |later: bool| {
        let (said, sign, id) = if later {
            (TablePhrase::MoveLater { column: word }, "↓", format!("later-{code}"))
        } else {
            (TablePhrase::MoveEarlier { column: word }, "↑", format!("earlier-{code}"))
        };
        let label = table_phrase(&said);
        let moved = columns.moved(column, later);
        view! {
            <button
                id=id
                type="submit"
                class="quiet step"
                name="columns"
                value=moved.to_string()
                aria-label=label.clone()
                title=label
                aria-disabled=(moved == *columns).then_some("true")
            >
                {sign}
            </button>
        }
    };
    let steps = (shown && !fixed).then(|| (step(false), step(true)));
    view! {
        <li id=format!("line-{code}")>
            <button
                id=format!("column-{code}")
                type="submit"
                class="quiet toggle"
                name="columns"
                value=columns.with(column, !shown).to_string()
                aria-pressed=if shown { "true" } else { "false" }
                disabled=fixed
            >
                <span class="box" aria-hidden="true"></span>
                {word}
            </button>
            {steps}
        </li>
    }
    .into_any()
}
