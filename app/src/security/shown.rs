//! What there is to see once a page has arrived.

use leptos::prelude::*;
use trustboard_model::host_query::{AlarmIs, Test};
use trustboard_model::view::Mark;

use super::causes::Causes;
use super::chips::Chips;
use super::counts::CountsLine;
use super::grid::Grid;
use super::pager::pager;
use super::query_field::QueryField;
use super::screen::Asked;
use super::state;
use super::table::Table;
use crate::blank::{Blank, BlankView};
use crate::component::{TreeMark, say, table_word, tell};
use crate::datacenter::{DatacenterTabs, Tab};
use crate::frame::Heading;
use crate::keyboard::Key;
use crate::text::{Phrase, TableWord, Ui};

/// The page.
#[component]
pub(super) fn Shown(table: Table, asked: Asked) -> impl IntoView {
    let page = table.page();
    let path = Signal::derive(move || page.with(|page| state::path_of(page.scope())));
    let title = Memo::new(move |_| {
        page.with(|page| match &page.datacenter {
            Some(datacenter) => datacenter.name.clone(),
            None => table_word(TableWord::AllHosts).to_owned(),
        })
    });
    let mark = Memo::new(move |_| page.with(|page| Mark::of(&page.counts)));
    let datacenter = Memo::new(move |_| page.with(|page| page.datacenter.clone().map(|d| d.id)));
    let blank = Memo::new(move |_| {
        page.with(|page| match (page.counts.hosts, page.rows.is_empty()) {
            _ if asked.blind.get() => Some(Nothing::Wrong),
            (0, _) => Some(Nothing::Hosts),
            (_, true) => Some(Nothing::Match),
            _ => None,
        })
    });
    view! {
        <Heading title parents=vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())]>
            {move || view! { <TreeMark mark=mark.get() /> }}
        </Heading>
        {move || datacenter.get().map(|id| view! { <DatacenterTabs datacenter=id tab=Tab::Security /> })}
        {move || {
            let (counts, chosen) = page.with(|page| {
                let red = page.filter.query.single("alarm") == Some(&Test::Alarm(AlarmIs::Red));
                (page.counts, state::chosen_attestation(&page.filter).ok_or(red))
            });
            view! { <CountsLine counts chosen path=path.get() /> }
        }}
        {move || {
            let (causes, chosen) =
                page.with(|page| (page.causes.clone(), state::chosen_reason(&page.filter)));
            view! { <Causes causes chosen path=path.get() /> }
        }}
        <div class="asking">
            <QueryField table path asked />
            <Chips table path />
        </div>
        <Waiting table />
        <h2 class="hidden">{say(Ui::Hosts)}</h2>
        <p class="hidden" aria-live="polite">{move || table.news().get()}</p>
        {move || match blank.get() {
            Some(Nothing::Wrong) => view! { <WrongQuery clear=path.get() /> }.into_any(),
            Some(Nothing::Hosts) => view! { <BlankView blank=Blank::NoHosts clear=path.get() /> }.into_any(),
            Some(Nothing::Match) => view! { <BlankView blank=Blank::NoMatch clear=path.get() /> }.into_any(),
            None => view! { <Grid table path open=asked.open /> }.into_any(),
        }}
        {move || (!asked.blind.get()).then(|| page.with(|page| pager(page, &path.get())))}
    }
    .into_any()
}

/// Why there is no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nothing {
    /// The filter means nothing.
    Wrong,
    /// There are no hosts.
    Hosts,
    /// No host matches.
    Match,
}

/// The changes that wait until somebody wants them.
#[component]
fn Waiting(table: Table) -> impl IntoView {
    let waiting = table.waiting();
    view! {
        <p class="waiting" role="status">
            {move || {
                let waiting = u32::try_from(waiting.get()).unwrap_or(u32::MAX);
                (waiting > 0).then(|| view! {
                    <button
                        type="button"
                        data-key=Key::TakeChanges.strokes()
                        on:click=move |_| table.settle()
                    >
                        {tell(&Phrase::ChangesWaiting { count: waiting })}
                        " "
                        <kbd aria-hidden="true">"R"</kbd>
                    </button>
                })
            }}
        </p>
    }
}

/// In the place of the table: the filter means nothing, and the field says why.
#[component]
fn WrongQuery(clear: String) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::backend::answer_with(&trustboard_model::refusal::Refusal::invalid("q", "").into());
    view! {
        <section class="blank" data-blank="wrong-filter">
            <h2>{table_word(TableWord::QueryWrong)}</h2>
            <p>{table_word(TableWord::QueryWrongHint)}</p>
            <a class="button" href=clear>{say(Ui::FilterClear)}</a>
        </section>
    }
    .into_any()
}
