//! The screen: reads the page that the URL asks for, keeps it live, and says what is missing.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{LiveHint, Mark, SecurityFilter, SecurityPage};

use super::causes::Causes;
use super::counts::CountsLine;
use super::filter::FilterForm;
use super::pager::pager;
use super::table::{Table, TableView};
use crate::api;
use crate::blank::{Blank, FailureView, Loading};
use crate::browser;
use crate::component::{Clock, TreeMark, answered, say, tell, trust};
use crate::failure::Failure;
use crate::frame::{Heading, TreeReload};
use crate::live::{self, LiveState, Start};
use crate::text::{Phrase, Trust, Ui};

/// How long hints are gathered before the page is read again: many hosts change at once.
const GATHER: Duration = Duration::from_millis(700);
/// How often the page is read again although nothing was heard: what goes stale makes no event.
const REFRESH: Duration = Duration::from_mins(1);

/// Where somebody points or has the focus, rows keep their places.
const BUSY: &str = "#hosts:hover, #hosts:focus-within";

/// Monitor > Security.
#[component]
pub(crate) fn SecurityScreen() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let datacenter = Memo::new(move |_| {
        let id = params.with(|params| params.get("datacenter").unwrap_or_default());
        id.parse::<DatacenterId>().map_err(|_| Failure::from(Refusal::not_found("datacenter")))
    });
    let filter = Memo::new(move |_| query.with(parse));
    let open = Memo::new(move |_| {
        query.with(|query| query.get("open").and_then(|id| id.parse::<HostId>().ok()))
    });
    let answer = Resource::new(
        move || (datacenter.get(), filter.get()),
        |(datacenter, filter)| async move { api::read_security(datacenter?, filter?).await },
    );
    let path = Signal::derive(move || match datacenter.get() {
        Ok(id) => format!("/datacenters/{id}/security"),
        Err(_) => "/".to_owned(),
    });
    let clock = Clock::use_here();
    let table = RwSignal::new(None::<Table>);
    let failure = RwSignal::new(None::<Failure>);
    let owner = Owner::current().unwrap_or_default();
    let show = move |answer: Result<SecurityPage, Failure>| match answer {
        Ok(page) => {
            clock.hear(page.now);
            failure.set(None);
            match table.get_untracked() {
                Some(table) => table.show(page, browser::matches(BUSY)),
                // Its signals live as long as the screen, not as long as this call.
                None => table.set(Some(owner.with(|| Table::new(page)))),
            }
        }
        Err(why) => failure.set(Some(why)),
    };
    Effect::new({
        let show = show.clone();
        move |_| {
            if let Some(answer) = answer.get() {
                show(answer);
            }
        }
    });
    keep_live(answer, table, datacenter);
    let loaded =
        Signal::derive(move || table.with(Option::is_some) || failure.with(Option::is_some));
    view! {
        <Loading loaded />
            {answered(async move {
                show(answer.await);
                view! {
                    {move || failure.get().map(|why| view! {
                        <FailureView why retry=move || answer.refetch() />
                    })}
                    {move || table.get().map(|table| view! { <Shown table path open /> })}
                }
            })}
    }
    .into_any()
}

fn parse(query: &leptos_router::params::ParamsMap) -> Result<SecurityFilter, Failure> {
    let pairs: Vec<(String, String)> =
        query.clone().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
    SecurityFilter::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        .map_err(|error| Refusal::invalid(&error.parameter, error.problem).into())
}

/// Listens to the datacenter's stream: one row is read at once, the page a little later.
fn keep_live(
    answer: Resource<Result<SecurityPage, Failure>>,
    table: RwSignal<Option<Table>>,
    datacenter: Memo<Result<DatacenterId, Failure>>,
) {
    let Some(state) = use_context::<LiveState>() else { return };
    let tree = use_context::<TreeReload>();
    let gathering = StoredValue::new(false);
    let soon = move || {
        if gathering.try_get_value() != Some(false) {
            return;
        }
        gathering.set_value(true);
        set_timeout(
            move || {
                if gathering.try_set_value(false).is_none() {
                    answer.refetch();
                    if let Some(tree) = tree {
                        tree.reload();
                    }
                }
            },
            GATHER,
        );
    };
    let hear = move |hint: LiveHint| {
        let Some(table) = table.try_get_untracked().flatten() else { return };
        match hint {
            LiveHint::Host { host, .. } => {
                if table.shows(host) {
                    read_row(table, host);
                }
                soon();
            }
            LiveHint::Verified { host, at, .. } => table.verified(host, at),
            LiveHint::Job { .. } | LiveHint::Makers => {}
            LiveHint::Inventory | LiveHint::Reload => soon(),
        }
    };
    let ready = Memo::new(move |_| table.get().is_some());
    Effect::new(move |_| {
        if let (true, Ok(id)) = (ready.get(), datacenter.get()) {
            let after = table.get_untracked().map(|table| table.page().with_untracked(|p| p.seq));
            let after = after.unwrap_or(trustboard_model::event::EventSeq(0));
            live::listen(state, Start { datacenter: Some(id), after }, hear);
        }
    });
    Effect::new(move |_| {
        if let Ok(handle) = set_interval_with_handle(soon, REFRESH) {
            on_cleanup(move || handle.clear());
        }
    });
}

fn read_row(table: Table, host: HostId) {
    spawn_local(async move {
        // What fails here is seen when the page is read again.
        if let Ok(row) = api::read_row(host).await {
            table.show_row(row);
        }
    });
}

/// What there is to see once a page has arrived.
#[component]
fn Shown(table: Table, path: Signal<String>, open: Memo<Option<HostId>>) -> impl IntoView {
    let page = table.page();
    let title = Memo::new(move |_| page.with(|page| page.datacenter.name.clone()));
    let mark = Memo::new(move |_| page.with(|page| Mark::of(&page.counts)));
    let blank = Memo::new(move |_| {
        page.with(|page| match (page.counts.hosts, page.rows.is_empty()) {
            (0, _) => Some(Blank::NoHosts),
            (_, true) => Some(Blank::NoMatch),
            _ => None,
        })
    });
    let waiting = table.waiting();
    view! {
        <Heading title parents=vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())]>
            {move || view! { <TreeMark mark=mark.get() /> }}
        </Heading>
        <nav class="tabs" aria-label=say(Ui::Monitor)>
            <span>{say(Ui::Monitor)}</span>
            <a href=move || path.get() aria-current="page">{say(Ui::Security)}</a>
            <a href="/configurations">{trust(Trust::ConfigurationTab)}</a>
            {move || page.with(|page| page.filter.cluster).map(|cluster| view! {
                <a href=format!("/clusters/{cluster}/policy")>{trust(Trust::Policy)}</a>
            })}
        </nav>
        {move || {
            let (counts, chosen) = page.with(|page| (page.counts, page.filter.attestation));
            view! { <CountsLine counts chosen path=path.get() /> }
        }}
        {move || {
            let (causes, chosen) = page.with(|page| (page.causes.clone(), page.filter.reason));
            view! { <Causes causes chosen path=path.get() /> }
        }}
        <FilterForm page path />
        <p class="waiting" role="status">
            {move || {
                let waiting = u32::try_from(waiting.get()).unwrap_or(u32::MAX);
                (waiting > 0).then(|| view! {
                    <button type="button" on:click=move |_| table.settle()>
                        {tell(&Phrase::ChangesWaiting { count: waiting })}
                    </button>
                })
            }}
        </p>
        <h2 class="hidden">{say(Ui::Hosts)}</h2>
        <p class="hidden" aria-live="polite">{move || table.news().get()}</p>
        {move || match blank.get() {
            Some(blank) => view! { <crate::blank::BlankView blank clear=path.get() /> }.into_any(),
            None => view! { <TableView table path open /> }.into_any(),
        }}
        {move || page.with(|page| pager(page, &path.get()))}
    }
    .into_any()
}
