//! What there is to see once a page has arrived.

use leptos::prelude::*;
use trustboard_model::host_query::{AlarmIs, Test};
use trustboard_model::role::Role;
use trustboard_model::view::{Mark, SecurityPage};

use super::causes::Causes;
use super::chips::Chips;
use super::columns_menu::ColumnsMenu;
use super::counts::CountsLine;
use super::export_menu::ExportMenu;
use super::facts::Facts;
use super::grid::Grid;
use super::pager::pager;
use super::query_field::QueryField;
use super::screen::Asked;
use super::selecting::SelectionBar;
use super::views_menu::ViewsMenu;
use crate::blank::{Blank, BlankView};
use crate::component::{ChangeOutcome, TreeMark, say, table_word};
use crate::datacenter::{DatacenterTabs, Tab};
use crate::frame::{Heading, SessionHandle};
use crate::security::state;
use crate::text::{TableWord, Ui};

/// The page.
#[component]
pub(super) fn Shown(page: SecurityPage, asked: Asked) -> impl IntoView {
    let path = state::path_of(page.scope());
    let title = match &page.datacenter {
        Some(datacenter) => datacenter.name.clone(),
        None => table_word(TableWord::AllHosts).to_owned(),
    };
    let mark = Mark::of(&page.counts);
    let datacenter = page.datacenter.as_ref().map(|datacenter| datacenter.id);
    let nothing = match (page.counts.hosts, page.rows.is_empty()) {
        _ if asked.blind() => Some(Nothing::Wrong),
        (0, _) => Some(Nothing::Hosts),
        (_, true) => Some(Nothing::Match),
        _ => None,
    };
    let red = page.filter.query.single("alarm") == Some(&Test::Alarm(AlarmIs::Red));
    let (counts, chosen) = (page.counts, state::chosen_attestation(&page.filter).ok_or(red));
    let (causes, reason) = (page.causes.clone(), state::chosen_reason(&page.filter));
    let all = state::everything(&page);
    let session = SessionHandle::use_here();
    // Without anything to do there is nothing to select for.
    let selects = match datacenter {
        Some(id) => session.may(Role::Operator, id),
        None => session.may_somewhere(Role::Operator),
    };
    let pages = (!asked.blind()).then(|| pager(&page, &path));
    let clear = all.clone();
    let open = asked.open;
    let table = match nothing {
        Some(Nothing::Wrong) => view! { <WrongQuery clear /> }.into_any(),
        Some(Nothing::Hosts) => view! { <BlankView blank=Blank::NoHosts clear /> }.into_any(),
        Some(Nothing::Match) => view! { <BlankView blank=Blank::NoMatch clear /> }.into_any(),
        None => view! { <Grid page=page.clone() path=path.clone() open selects /> }.into_any(),
    };
    view! {
        <Facts page=page.clone() />
        <Heading title parents=vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())]>
            <TreeMark mark />
        </Heading>
        {datacenter.map(|id| view! { <DatacenterTabs datacenter=id tab=Tab::Security /> })}
        <ChangeOutcome />
        <CountsLine counts chosen path=path.clone() all=all.clone() />
        <Causes causes chosen=reason path=path.clone() all=all.clone() />
        <div class="asking">
            <QueryField page=page.clone() path=path.clone() all asked />
            <div class="menus">
                <Chips page=page.clone() path=path.clone() />
                <ViewsMenu page=page.clone() path />
                <ColumnsMenu page=page.clone() />
                <ExportMenu page />
            </div>
        </div>
        <div id="told" role="alert" data-kept=""></div>
        <p class="waiting" role="status" data-kept=""></p>
        <h2 class="hidden">{say(Ui::Hosts)}</h2>
        <p id="row-news" class="hidden" aria-live="polite" data-kept=""></p>
        {table}
        {pages}
        {selects.then(|| view! { <SelectionBar /> })}
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

/// In the place of the table: the filter means nothing, and the field says why.
#[component]
fn WrongQuery(clear: String) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if !crate::served::is_exchanged() {
        crate::backend::answer_with(&trustboard_model::refusal::Refusal::invalid("q", "").into());
    }
    view! {
        <section class="blank" data-blank="wrong-filter">
            <h2>{table_word(TableWord::QueryWrong)}</h2>
            <p>{table_word(TableWord::QueryWrongHint)}</p>
            <a class="button" href=clear>{say(Ui::FilterClear)}</a>
        </section>
    }
    .into_any()
}
