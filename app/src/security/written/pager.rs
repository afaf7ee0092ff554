//! From page to page.

use leptos::prelude::*;
use trustboard_model::view::{SecurityFilter, SecurityPage};

use crate::component::{say, table_word, tell};
use crate::security::state;
use crate::text::{Phrase, TableWord, Ui};

/// Links to the neighbouring pages; nothing if there is only one.
pub(super) fn pager(page: &SecurityPage, path: &str) -> Option<impl IntoView + use<>> {
    let (number, pages) = (page.filter.page, state::pages(page.total, page.page_size));
    if pages == 1 && number == 1 {
        return None;
    }
    let to = |page_number: u32| {
        let filter = SecurityFilter { page: page_number, ..page.filter.clone() };
        state::address(path, &filter, None)
    };
    let link = |rel: &'static str, number: u32, word: Ui| {
        view! { <a class="button quiet" rel=rel href=to(number)>{say(word)}</a> }
    };
    let end = |number: u32, word| {
        view! { <a class="button quiet" href=to(number)>{table_word(word)}</a> }
    };
    let first = (number > 2).then(|| end(1, TableWord::FirstPage));
    let before = (number > 1).then(|| link("prev", (number - 1).min(pages), Ui::PreviousPage));
    let after = (number < pages).then(|| link("next", number + 1, Ui::NextPage));
    let last = (number + 1 < pages).then(|| end(pages, TableWord::LastPage));
    let rows = state::row_numbers(number, page.page_size, page.rows.len())
        .map(|(first, last)| tell(&Phrase::RowsOf { first, last, all: page.total }));
    let here = tell(&Phrase::PageOf { page: number, pages });
    Some(view! {
        <nav class="pager" aria-label=say(Ui::Pages)>
            {first}
            {before}
            <span>{rows} " · " {here}</span>
            {after}
            {last}
        </nav>
    })
}
