//! Boxes that select hosts, and the bar that acts on those that are selected. Without scripts the
//! boxes lead to the page that asks what to do; with them the bar says what they choose.

use leptos::prelude::*;
use trustboard_model::view::HostRow;

use crate::bulk::OFFERED;
use crate::component::{language, say, table_phrase, table_word};
use crate::keyboard::Key;
use crate::text::{self, TablePhrase, TableWord, Ui};

/// The form that the boxes belong to.
const FORM: &str = "chosen";

/// The box in the head: every host on this page.
#[component]
pub(super) fn SelectPage() -> impl IntoView {
    view! {
        <td class="select">
            <input
                type="checkbox"
                class="scripted"
                aria-label=table_word(TableWord::SelectPage)
                title=table_word(TableWord::SelectPage)
            />
        </td>
    }
    .into_any()
}

/// A row's box.
#[component]
pub(super) fn SelectRow<'a>(row: &'a HostRow) -> impl IntoView + use<> {
    view! {
        <td class="select">
            <input
                type="checkbox"
                name="host"
                form=FORM
                value=format!("{}.{}", row.id, row.revision)
                aria-label=table_phrase(&TablePhrase::SelectHost { name: &row.name })
                data-key=Key::Select.strokes()
            />
        </td>
    }
    .into_any()
}

/// The bar below the table: how many are selected, and what can be done to them.
#[component]
pub(super) fn SelectionBar() -> impl IntoView {
    let buttons = OFFERED.map(|kind| {
        let label = text::action(language(), &kind.with(String::new(), None));
        view! {
            <a class="button" data-bulk=kind.code() href=format!("/bulk?action={}", kind.code())>
                {label}
            </a>
        }
    });
    view! {
        <form id=FORM method="get" action="/bulk" class="no-script">
            <button type="submit">{table_word(TableWord::SelectionGo)}</button>
        </form>
        <div class="selection-said hidden" role="status" data-kept=""></div>
        <section class="selection" aria-label=table_word(TableWord::Selection) data-kept="" hidden>
            <b></b>
            <button type="button" class="quiet" data-select-matching="" hidden></button>
            <span class="bulk-buttons" role="group" aria-label=say(Ui::Actions)>
                {buttons.collect_view()}
            </span>
            <button type="button" class="quiet clear">{table_word(TableWord::SelectionClear)}</button>
        </section>
    }
    .into_any()
}
