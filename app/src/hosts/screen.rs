//! The Hosts tab: filter, table, pages, and what is to be done with the hosts that were chosen. All of
//! it stands in the address.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{HostList, HostListFilter, Impact};

use super::api::read_hosts;
use super::chosen::{Chosen, Review};
use super::table::Table;
use crate::arrangement::api::read_impact;
use crate::blank::Loading;
use crate::component::{ChangeOutcome, Clock, Loaded, admin, answered, language, say, tell};
use crate::datacenter::{DatacenterTabs, Tab};
use crate::failure::Failure;
use crate::frame::{Heading, SessionHandle, follow};
use crate::text::{self, AdminWord, Phrase, Ui};

/// What the address asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    datacenter: Result<DatacenterId, Failure>,
    filter: Result<HostListFilter, Failure>,
    chosen: Option<Chosen>,
}

/// The screen.
#[component]
pub(crate) fn HostsScreen() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let id = params.with(|params| params.get("datacenter").unwrap_or_default());
        let datacenter = id.parse();
        let filter = query.with(|query| {
            let pairs = query.clone().into_iter().collect::<Vec<_>>();
            HostListFilter::parse(pairs.iter().map(|(name, value)| (&**name, &**value)))
        });
        Asked {
            datacenter: datacenter.map_err(|_| Refusal::not_found("datacenter").into()),
            filter: filter.map_err(|error| {
                {
                    let (parameter, problem) = error.parts();
                    Refusal::invalid(parameter, problem)
                }
                .into()
            }),
            chosen: query.with(Chosen::parse),
        }
    });
    let answer = Resource::new(
        move || asked.get(),
        |asked| async move { read_hosts(asked.datacenter?, asked.filter?).await },
    );
    let impact = Resource::new(
        move || asked.get(),
        |asked| async move {
            match asked.chosen.and_then(|chosen| chosen.action(asked.datacenter.ok()?)) {
                Some(action) => read_impact(action).await.map(Some),
                None => Ok(None),
            }
        },
    );
    let (page, impact) = (Loaded::of(answer), Loaded::of(impact));
    // Only the tree: what somebody has ticked stays ticked.
    follow(|| ());
    let chosen = Memo::new(move |_| asked.get().chosen);
    view! {
        <Loading loaded=page.arrived() />
        {answered(async move {
            page.arrive().await;
            impact.arrive().await;
            move || page.view(move |page| view! { <Shown page chosen impact /> }.into_any())
        })}
    }
    .into_any()
}

#[component]
fn Shown(
    page: HostList,
    chosen: Memo<Option<Chosen>>,
    impact: Loaded<Option<Impact>>,
) -> impl IntoView {
    Clock::use_here().hear(page.now);
    let HostList { datacenter, targets, filter, rows, total, page_size, now: _ } = page;
    let may_arrange = SessionHandle::use_here().may(Role::Administrator, datacenter.id);
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    let path = format!("/datacenters/{}/hosts", datacenter.id);
    let id = datacenter.id;
    let rows_of_page = StoredValue::new(rows.clone());
    let targets = StoredValue::new(targets);
    let address = address(&path, &filter);
    let review = {
        let address = address.clone();
        move || {
            chosen.get().filter(|_| may_arrange).map(|chosen| {
                let (rows, targets) = (rows_of_page.get_value(), targets.get_value());
                let back = address.clone();
                view! { <Review chosen datacenter=id rows targets impact back /> }
            })
        }
    };
    let query = filter.query.to_string();
    let nothing = rows.is_empty();
    let narrow = !filter.query.is_all();
    view! {
        <Heading title=datacenter.name.clone() parents>""</Heading>
        <DatacenterTabs datacenter=id tab=Tab::Hosts />
        <ChangeOutcome />
        {review}
        <form method="get" action=path.clone() class="row-form" role="search">
            <label>
                <span>{say(Ui::Filter)}</span>
                <input type="search" name="q" value=query maxlength="1000" spellcheck="false" autocomplete="off" />
            </label>
            <button type="submit">{say(Ui::Filter)}</button>
            {narrow.then(|| view! { <a class="button" href=path.clone()>{say(Ui::FilterClear)}</a> })}
            <span class="dim" role="status">{tell(&Phrase::HostsMatch { count: total })}</span>
        </form>
        {if nothing {
            view! { <Nothing narrow path=path.clone() enrol=may_arrange.then_some(id) /> }.into_any()
        } else {
            let table = path.clone();
            view! {
                <Table rows filter=filter.clone() path=table may_arrange />
                <Pages path filter total page_size />
            }
            .into_any()
        }}
    }
    .into_any()
}

/// No host, or none that matches.
#[component]
fn Nothing(narrow: bool, path: String, enrol: Option<DatacenterId>) -> impl IntoView {
    let kind = if narrow { "no-match" } else { "empty" };
    let (title, hint) =
        if narrow { (Ui::NoMatch, Ui::NoMatchHint) } else { (Ui::NoHosts, Ui::NoHostsHint) };
    let way_on = if narrow {
        Some(view! { <a class="button" href=path>{say(Ui::FilterClear)}</a> }.into_any())
    } else {
        enrol.map(|id| {
            let href = format!("/datacenters/{id}/configuration");
            view! { <a class="button primary" href=href>{admin(AdminWord::EnrolLink)}</a> }
                .into_any()
        })
    };
    view! {
        <section class="blank" data-blank=kind>
            <h2>{say(title)}</h2>
            <p>{say(hint)}</p>
            {way_on}
        </section>
    }
}

/// The pages.
#[component]
fn Pages(path: String, filter: HostListFilter, total: u32, page_size: u32) -> impl IntoView {
    let pages = total.div_ceil(page_size.max(1)).max(1);
    let page = filter.page.max(1);
    let link = |to: u32, word: &'static str, rel: &'static str| {
        let href = address(&path, &HostListFilter { page: to, ..filter.clone() });
        view! { <a class="button" href=href rel=rel>{word}</a> }
    };
    let before = (page > 1).then(|| link(page - 1, admin(AdminWord::PageBefore), "prev"));
    let after = (page < pages).then(|| link(page + 1, admin(AdminWord::PageAfter), "next"));
    view! {
        <nav class="pages" aria-label=admin(AdminWord::PagesLabel)>
            {before}
            <span>{tell(&Phrase::PageOf { page, pages })}</span>
            {after}
            <span class="dim">{text::number(language(), total.into())}</span>
        </nav>
    }
}

/// The address of a view of the list.
pub(super) fn address(path: &str, filter: &HostListFilter) -> String {
    let query = filter.to_query();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
