//! What there is to see once a page has arrived.

use leptos::prelude::*;
use trustboard_model::host_query::{AlarmIs, Test};
use trustboard_model::role::Role;
use trustboard_model::view::Mark;

use super::causes::Causes;
use super::chips::Chips;
use super::columns_menu::ColumnsMenu;
use super::counts::CountsLine;
use super::export_menu::ExportMenu;
use super::grid::Grid;
use super::pager::pager;
use super::query_field::QueryField;
use super::screen::Asked;
use super::selecting::SelectionBar;
use super::state;
use super::table::Table;
use super::views_menu::ViewsMenu;
use crate::blank::{Blank, BlankView};
use crate::component::{ChangeOutcome, TreeMark, say, table_word, tell};
use crate::datacenter::{DatacenterTabs, Tab};
use crate::frame::{Heading, SessionHandle};
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
    let counts = Memo::new(move |_| {
        page.with(|page| {
            let red = page.filter.query.single("alarm") == Some(&Test::Alarm(AlarmIs::Red));
            (page.counts, state::chosen_attestation(&page.filter).ok_or(red))
        })
    });
    let causes = Memo::new(move |_| {
        page.with(|page| (page.causes.clone(), state::chosen_reason(&page.filter)))
    });
    let all: Signal<String> = Memo::new(move |_| page.with(state::everything)).into();
    let session = SessionHandle::use_here();
    // Without anything to do there is nothing to select for.
    let selects: Signal<bool> = Memo::new(move |_| match datacenter.get() {
        Some(id) => session.may(Role::Operator, id),
        None => session.may_somewhere(Role::Operator),
    })
    .into();
    view! {
        <Heading title parents=vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())]>
            {move || view! { <TreeMark mark=mark.get() /> }}
        </Heading>
        {move || datacenter.get().map(|id| view! { <DatacenterTabs datacenter=id tab=Tab::Security /> })}
        <ChangeOutcome />
        {move || {
            let (counts, chosen) = counts.get();
            view! { <CountsLine counts chosen path=path.get() all=all.get() /> }
        }}
        {move || {
            let (causes, chosen) = causes.get();
            view! { <Causes causes chosen path=path.get() all=all.get() /> }
        }}
        <div class="asking">
            <QueryField table path all asked />
            <div class="menus">
                <Chips table path />
                <ViewsMenu table path />
                <ColumnsMenu table />
                <ExportMenu table />
            </div>
        </div>
        <div role="alert">
            {move || {
                let said = table.said().get();
                (!said.is_empty()).then(|| view! { <p class="outcome refused">{said}</p> })
            }}
        </div>
        <Waiting table />
        <h2 class="hidden">{say(Ui::Hosts)}</h2>
        <p class="hidden" aria-live="polite">{move || table.news().get()}</p>
        {move || match blank.get() {
            Some(Nothing::Wrong) => view! { <WrongQuery clear=all.get() /> }.into_any(),
            Some(Nothing::Hosts) => view! { <BlankView blank=Blank::NoHosts clear=all.get() /> }.into_any(),
            Some(Nothing::Match) => view! { <BlankView blank=Blank::NoMatch clear=all.get() /> }.into_any(),
            None => view! { <Grid table path open=asked.open selects /> }.into_any(),
        }}
        {move || (!asked.blind.get()).then(|| page.with(|page| pager(page, &path.get())))}
        {move || selects.get().then(|| view! { <SelectionBar table /> })}
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
