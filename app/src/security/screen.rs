//! The screen: reads the page that the URL asks for, keeps it live, and says what is missing.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use trustboard_model::host_query::InvalidQuery;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{InvalidFilter, LiveHint, Scope, SecurityFilter, SecurityPage};

use super::shown::Shown;
use super::table::Table;
use crate::api;
use crate::blank::{FailureView, Loading};
use crate::browser;
use crate::component::{Clock, answered};
use crate::datacenter::scope_of;
use crate::failure::Failure;
use crate::frame::{SessionHandle, TreeReload};
use crate::live::{self, LiveState, News, Start};

/// How long hints are gathered before the page is read again: many hosts change at once.
const GATHER: Duration = Duration::from_millis(700);
/// How often the page is read again although nothing was heard: what goes stale makes no event.
const REFRESH: Duration = Duration::from_mins(1);

/// Where somebody points or has the focus, rows keep their places.
const BUSY: &str = "#hosts:hover, #hosts:focus-within";

/// What the address asks for.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// The filter as it is written.
    pub text: Memo<String>,
    /// Why that means nothing, if it does not.
    pub wrong: Memo<Option<InvalidQuery>>,
    /// Whether nothing was shown before it went wrong, so that there is no table to keep.
    pub blind: Memo<bool>,
    /// The open row.
    pub open: Memo<Option<HostId>>,
}

/// Monitor > Security of one datacenter, or of all that the operator sees.
#[component]
pub(crate) fn SecurityScreen() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let scope = Memo::new(move |_| params.with(scope_of));
    let parsed = Memo::new(move |_| query.with(parse));
    // A filter that means nothing leaves the table as it was.
    let filter = Memo::new(move |before: Option<&Kept>| keep(parsed.get(), before));
    let asked = Asked {
        text: Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default())),
        wrong: Memo::new(move |_| match parsed.get() {
            Err(InvalidFilter::Query(invalid)) => Some(invalid),
            _ => None,
        }),
        blind: Memo::new(move |_| filter.with(|kept| kept.blind)),
        open: Memo::new(move |_| {
            query.with(|query| query.get("open").and_then(|id| id.parse::<HostId>().ok()))
        }),
    };
    let answer = Resource::new(
        move || (scope.get(), filter.get().filter),
        |(scope, filter)| async move { api::read_security(scope?, filter?).await },
    );
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
    keep_live(answer, table, scope);
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
                    {move || table.get().map(|table| view! { <Shown table asked /> })}
                }
            })}
    }
    .into_any()
}

fn parse(query: &ParamsMap) -> Result<SecurityFilter, InvalidFilter> {
    let pairs: Vec<(String, String)> =
        query.clone().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
    SecurityFilter::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The filter to read, through a moment in which what is written means nothing.
#[derive(Clone, PartialEq)]
struct Kept {
    filter: Result<SecurityFilter, Failure>,
    blind: bool,
}

fn keep(parsed: Result<SecurityFilter, InvalidFilter>, before: Option<&Kept>) -> Kept {
    match parsed {
        Ok(filter) => Kept { filter: Ok(filter), blind: false },
        Err(InvalidFilter::Query(_)) => before
            .filter(|kept| kept.filter.is_ok())
            .cloned()
            .unwrap_or(Kept { filter: Ok(SecurityFilter::ALL), blind: true }),
        Err(error) => {
            let (parameter, problem) = error.parts();
            Kept { filter: Err(Refusal::invalid(parameter, problem).into()), blind: false }
        }
    }
}

/// Listens to the stream: one row is read at once, the page a little later.
fn keep_live(
    answer: Resource<Result<SecurityPage, Failure>>,
    table: RwSignal<Option<Table>>,
    scope: Memo<Result<Scope, Failure>>,
) {
    let Some(state) = use_context::<LiveState>() else { return };
    let tree = use_context::<TreeReload>();
    let soon = live::gathered(GATHER, move || {
        answer.refetch();
        if let Some(tree) = tree {
            tree.reload();
        }
    });
    let news = News::use_here();
    let viewer = StoredValue::new(SessionHandle::use_here().viewer().map(|viewer| viewer.name));
    let hear = move |hint: LiveHint| {
        let Some(table) = table.try_get_untracked().flatten() else { return };
        news.hear(viewer.get_value().as_deref(), &hint);
        match hint {
            LiveHint::Host { host, .. } => {
                if table.shows(host) {
                    read_row(table, host);
                }
                soon();
            }
            LiveHint::Verified { host, at, .. } => table.verified(host, at),
            LiveHint::Job { .. } | LiveHint::Makers => {}
            LiveHint::Bulk { .. } | LiveHint::Inventory | LiveHint::Reload => soon(),
        }
    };
    let ready = Memo::new(move |_| table.get().is_some());
    Effect::new(move |_| {
        if let (true, Ok(scope)) = (ready.get(), scope.get()) {
            let after = table.get_untracked().map(|table| table.page().with_untracked(|p| p.seq));
            let after = after.unwrap_or(trustboard_model::event::EventSeq(0));
            live::listen(state, Start { datacenter: scope.datacenter(), after }, hear);
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
