//! The screen: the filter, the events, and the chain.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{AuditFilter, AuditPage};

use super::api::read_audit;
use super::chain::Chain;
use super::filter::FilterForm;
use super::table::Table;
use crate::component::{ChangeOutcome, Clock, Loaded, admin, say};
use crate::failure::Failure;
use crate::frame::{Heading, SessionHandle, follow};
use crate::text::{AdminWord, Ui};

/// Where it is.
pub(super) const PATH: &str = "/administration/audit";

/// The audit trail.
#[component]
pub(crate) fn AuditScreen() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        let pairs = query.with(|query| query.clone().into_iter().collect::<Vec<_>>());
        AuditFilter::parse(pairs.iter().map(|(name, value)| (&**name, &**value))).map_err(|error| {
            Failure::from({
                let (parameter, problem) = error.parts();
                Refusal::invalid(parameter, problem)
            })
        })
    });
    let answer =
        Resource::new(move || filter.get(), |filter| async move { read_audit(filter?).await });
    let page = Loaded::of(answer);
    // Only the tree: a trail that moves while it is read is no help.
    follow(|| ());
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    let all = SessionHandle::use_here().may_everywhere(Role::Administrator);
    view! {
        <Heading title=admin(AdminWord::AuditTitle).to_owned() parents>""</Heading>
        <p class="dim">{admin(AdminWord::AuditIntro)}</p>
        <ChangeOutcome />
        {all.then(|| view! { <Chain /> })}
        {page.whole(move |page| view! { <Shown page /> }.into_any())}
    }
    .into_any()
}

#[component]
fn Shown(page: AuditPage) -> impl IntoView {
    Clock::use_here().hear(page.now);
    let AuditPage { filter, rows, more, .. } = page;
    let narrow = filter.is_narrow();
    let older = rows
        .last()
        .map(|row| row.event.seq)
        .filter(|_| more)
        .map(|seq| address(&AuditFilter { before: Some(seq), ..filter.clone() }));
    let newest = filter.before.map(|_| address(&AuditFilter { before: None, ..filter.clone() }));
    let query = AuditFilter { before: None, ..filter.clone() }.to_query();
    let export = |format: &str, word: AdminWord| {
        let separator = if query.is_empty() { "" } else { "&" };
        let href = format!("/api/v1/audit/export?format={format}{separator}{query}");
        view! { <a class="button" href=href rel="external" download="">{admin(word)}</a> }
    };
    let exports = (!rows.is_empty()).then(|| {
        view! {
            <div class="buttons">
                {export("csv", AdminWord::ExportCsv)}
                {export("jsonl", AdminWord::ExportJson)}
                <span class="dim">{admin(AdminWord::ExportHint)}</span>
            </div>
        }
    });
    let content = if rows.is_empty() {
        view! { <Nothing narrow /> }.into_any()
    } else {
        view! { <Table rows /> }.into_any()
    };
    view! {
        <FilterForm filter />
        {exports}
        {content}
        <nav class="pages" aria-label=admin(AdminWord::PagesLabel)>
            {newest.map(|href| view! { <a class="button" href=href rel="prev">{admin(AdminWord::Newest)}</a> })}
            {older.map(|href| view! { <a class="button" href=href rel="next">{admin(AdminWord::Older)}</a> })}
        </nav>
    }
    .into_any()
}

/// No event matches; an empty trail cannot be, for somebody signed in to look at it.
#[component]
fn Nothing(narrow: bool) -> impl IntoView {
    let kind = if narrow { "no-match" } else { "empty" };
    view! {
        <section class="blank" data-blank=kind>
            <h2>{admin(AdminWord::NoEvents)}</h2>
            <p>{admin(AdminWord::NoEventsHint)}</p>
            <a class="button" href=PATH>{say(Ui::FilterClear)}</a>
        </section>
    }
}

/// The address of a view of the trail.
pub(super) fn address(filter: &AuditFilter) -> String {
    let query = filter.to_query();
    if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") }
}
