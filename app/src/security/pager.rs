//! From page to page.

use leptos::prelude::*;
use trustboard_model::view::{SecurityFilter, SecurityPage};

use super::state;
use crate::component::{say, tell};
use crate::text::{Phrase, Ui};

/// Links to the neighbouring pages; nothing if there is only one.
#[component]
pub(super) fn Pager(page: RwSignal<SecurityPage>, path: Signal<String>) -> impl IntoView {
    let here = Memo::new(move |_| {
        page.with(|page| {
            let numbers = state::row_numbers(page.filter.page, page.page_size, page.rows.len());
            (page.filter.clone(), page.total, state::pages(page.total, page.page_size), numbers)
        })
    });
    view! {
        {move || {
            let (filter, total, pages, numbers) = here.get();
            (pages > 1 || filter.page > 1).then(|| {
                let to = |number: u32| {
                    state::address(&path.get(), &SecurityFilter { page: number, ..filter.clone() }, None)
                };
                let before = (filter.page > 1).then(|| to((filter.page - 1).min(pages)));
                let after = (filter.page < pages).then(|| to(filter.page + 1));
                view! {
                    <nav class="pager" aria-label=say(Ui::Pages)>
                        {before.map(|href| view! { <a class="button quiet" rel="prev" href=href>{say(Ui::PreviousPage)}</a> })}
                        <span>
                            {numbers.map(|(first, last)| tell(&Phrase::RowsOf { first, last, all: total }))}
                            " · "
                            {tell(&Phrase::PageOf { page: filter.page, pages })}
                        </span>
                        {after.map(|href| view! { <a class="button quiet" rel="next" href=href>{say(Ui::NextPage)}</a> })}
                    </nav>
                }
            })
        }}
    }
}
