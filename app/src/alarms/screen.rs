//! `/alarms` and `/datacenters/:id/alarms`: every red alarm, live.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use trustboard_model::host_query::HostQuery;
use trustboard_model::role::Role;
use trustboard_model::view::{AlarmFilter, AlarmsPage, LiveHint, Scope};

use super::api::read_alarms;
use super::causes::Causes;
use super::list::{CountsLine, FilterForm, List};
use super::setting::AutomaticReset;
use super::state::Alarms;
use super::word;
use crate::blank::{FailureView, Loading};
use crate::browser;
use crate::component::{Clock, PaperFoot, answered, language, say};
use crate::datacenter::{DatacenterTabs, Tab, scope_of};
use crate::failure::Failure;
use crate::frame::{Heading, SessionHandle};
use crate::live::{self, LiveState, Start};
use crate::routes::encoded;
use crate::text::{self, AlarmWord, Ui};

/// How long hints are gathered before the page is read again.
const GATHER: Duration = Duration::from_millis(700);
/// How often it is read again although nothing was heard: acknowledgements lapse without an event.
const REFRESH: Duration = Duration::from_mins(1);
/// Where somebody points or has the focus, rows keep their places.
const BUSY: &str = "#alarms:hover, #alarms:focus-within";

/// What the address asks.
#[derive(Clone, PartialEq)]
struct Wanted {
    scope: Result<Scope, Failure>,
    filter: AlarmFilter,
    /// The text that means nothing, and why.
    wrong: Option<(String, String)>,
}

/// The page.
#[component]
pub(crate) fn AlarmsScreen() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let wanted = Memo::new(move |before: Option<&Wanted>| {
        let scope = params.with(scope_of);
        query.with(|query| wanted(scope, query, before))
    });
    let answer = Resource::new(
        move || {
            let wanted = wanted.get();
            (wanted.scope, wanted.filter)
        },
        |(scope, filter)| async move { read_alarms(scope?, filter).await },
    );
    let clock = Clock::use_here();
    let alarms = RwSignal::new(None::<Alarms>);
    let failure = RwSignal::new(None::<Failure>);
    let owner = Owner::current().unwrap_or_default();
    let show = move |answer: Result<AlarmsPage, Failure>| match answer {
        Ok(page) => {
            clock.hear(page.now);
            failure.set(None);
            match alarms.get_untracked() {
                Some(alarms) => alarms.show(page, browser::matches(BUSY)),
                // Its signals live as long as the screen, not as long as this call.
                None => alarms.set(Some(owner.with(|| Alarms::new(page)))),
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
    keep_live(answer, alarms, wanted);
    let loaded =
        Signal::derive(move || alarms.with(Option::is_some) || failure.with(Option::is_some));
    view! {
        <Loading loaded />
        {answered(async move {
            show(answer.await);
            view! {
                {move || failure.get().map(|why| view! {
                    <FailureView why retry=move || answer.refetch() />
                })}
                {move || alarms.get().map(|alarms| view! { <Shown alarms wanted /><PaperFoot /> })}
            }
        })}
    }
    .into_any()
}

/// What is written and means nothing leaves what was asked before.
fn wanted(scope: Result<Scope, Failure>, query: &ParamsMap, before: Option<&Wanted>) -> Wanted {
    let text = query.get("q").unwrap_or_default();
    let page = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    match text.parse::<HostQuery>() {
        Ok(query) => Wanted { scope, filter: AlarmFilter { query, page }, wrong: None },
        Err(invalid) => {
            let filter = before.map(|before| before.filter.clone()).unwrap_or_default();
            let problem = text::query_problem(language(), &invalid);
            Wanted { scope, filter, wrong: Some((text, problem)) }
        }
    }
}

fn keep_live(
    answer: Resource<Result<AlarmsPage, Failure>>,
    alarms: RwSignal<Option<Alarms>>,
    wanted: Memo<Wanted>,
) {
    let Some(state) = use_context::<LiveState>() else { return };
    let soon = live::gathered(GATHER, move || answer.refetch());
    let hear = move |hint: LiveHint| match hint {
        LiveHint::Host { .. } | LiveHint::Bulk { .. } | LiveHint::Inventory | LiveHint::Reload => {
            soon();
        }
        _ => {}
    };
    let ready = Memo::new(move |_| alarms.with(Option::is_some));
    let scope = Memo::new(move |_| wanted.get().scope.ok());
    Effect::new(move |_| {
        if let (true, Some(scope)) = (ready.get(), scope.get()) {
            let after = alarms.get_untracked().map(|alarms| alarms.page.with_untracked(|p| p.seq));
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

/// The page once there is something to see.
#[component]
fn Shown(alarms: Alarms, wanted: Memo<Wanted>) -> impl IntoView {
    let page = alarms.page;
    let session = SessionHandle::use_here();
    let datacenter = Memo::new(move |_| page.with(|page| page.datacenter.clone()));
    let may_act = Memo::new(move |_| match datacenter.get() {
        Some(datacenter) => session.may(Role::Operator, datacenter.id),
        None => session.may_somewhere(Role::Operator),
    });
    let path = Signal::derive(move || match page.with(|page| page.scope) {
        Scope::Everything => "/alarms".to_owned(),
        Scope::Datacenter(id) => format!("/datacenters/{id}/alarms"),
    });
    let title = Signal::derive(move || {
        datacenter.get().map_or_else(|| word(AlarmWord::Alarms).to_owned(), |named| named.name)
    });
    let wrong = Signal::derive(move || wanted.get().wrong);
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title parents>""</Heading>
        {move || datacenter.get().map(|named| view! {
            <DatacenterTabs datacenter=Signal::stored(named.id) tab=Tab::Alarms />
        })}
        <p class="dim intro">{word(AlarmWord::AlarmsIntro)}</p>
        <CountsLine page path />
        <Causes page path may_act />
        <h2>{word(AlarmWord::Alarms)}</h2>
        <FilterForm page path wrong />
        <List alarms path may_act />
        <Export page />
        {move || datacenter.get().map(|named| view! { <AutomaticReset datacenter=named.id /> })}
    }
    .into_any()
}

/// The files with just what the filter shows.
#[component]
fn Export(page: RwSignal<AlarmsPage>) -> impl IntoView {
    let address = move |format: &'static str| {
        page.with(|page| {
            let scope = match page.scope {
                Scope::Everything => String::new(),
                Scope::Datacenter(id) => format!("&datacenter={id}"),
            };
            let query = encoded(&page.filter.query.to_string());
            format!("/api/v1/alarms/export?format={format}&q={query}{scope}")
        })
    };
    view! {
        <p class="export">
            {word(AlarmWord::Export)}
            " "
            <a href=move || address("csv") rel="external" download="">"CSV"</a>
            " "
            <a href=move || address("jsonl") rel="external" download="">"JSON"</a>
        </p>
    }
    .into_any()
}
