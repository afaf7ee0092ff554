//! `/events` and `/datacenters/:id/events`: events in words, live at the top without jumping; jobs.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use trustboard_model::view::{EventFilter, EventLine, EventsPage, LiveHint, Scope};

use super::api::read_events;
use super::filter::{FilterForm, address, is_narrow, parse};
use super::jobs::{BulkJobs, Verifications};
use super::list::List;
use super::{phrase, word};
use crate::browser;
use crate::component::{Page, say};
use crate::datacenter::{DatacenterTabs, Tab, scope_of};
use crate::frame::Heading;
use crate::keyboard::Key;
use crate::live::{self, LiveState, Start};
use crate::text::{AlarmPhrase, AlarmWord, Ui};

/// How long hints are gathered before the page is read again.
const GATHER: Duration = Duration::from_millis(700);
/// Where somebody points or has the focus, nothing is put above.
const BUSY: &str = "#events:hover, #events:focus-within";

/// The page.
#[component]
pub(crate) fn EventsScreen() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let scope = Memo::new(move |_| params.with(scope_of));
    let filter = Memo::new(move |_| query.with(parse));
    let answer = Resource::new(
        move || (scope.get(), filter.get()),
        |(scope, filter)| async move { read_events(scope?, filter).await },
    );
    let shown = Page::of(answer, |page| page.now);
    let page = shown.content();
    keep_live(answer, scope, page);
    shown.view(move || view! { <Shown page filter /> }.into_any())
}

fn keep_live(
    answer: Resource<Result<EventsPage, crate::failure::Failure>>,
    scope: Memo<Result<Scope, crate::failure::Failure>>,
    page: Memo<Option<EventsPage>>,
) {
    let Some(state) = use_context::<LiveState>() else { return };
    let soon = live::gathered(GATHER, move || answer.refetch());
    let hear = move |hint: LiveHint| {
        if !matches!(hint, LiveHint::Verified { .. } | LiveHint::VerifiedMany { .. }) {
            soon();
        }
    };
    let ready = Memo::new(move |_| page.with(Option::is_some));
    Effect::new(move |_| {
        if let (true, Ok(scope)) = (ready.get(), scope.get()) {
            let after = page.with_untracked(|page| page.as_ref().map(|page| page.seq));
            let after = after.unwrap_or(trustboard_model::event::EventSeq(0));
            live::listen(state, Start { datacenter: scope.datacenter(), after }, hear);
        }
    });
}

/// What there is to see. The events that are shown are those of the last answer, unless somebody
/// points at them: then the new ones wait above.
#[component]
fn Shown(page: Memo<Option<EventsPage>>, filter: Memo<EventFilter>) -> impl IntoView {
    let datacenter = Memo::new(move |_| page.with(|page| page.as_ref()?.datacenter.clone()));
    let scope = Memo::new(move |_| {
        page.with(|page| page.as_ref().map_or(Scope::Everything, |page| page.scope))
    });
    let path = Signal::derive(move || match scope.get() {
        Scope::Everything => "/events".to_owned(),
        Scope::Datacenter(id) => format!("/datacenters/{id}/events"),
    });
    let title = Signal::derive(move || {
        datacenter.get().map_or_else(|| word(AlarmWord::Events).to_owned(), |named| named.name)
    });
    let fresh = move || {
        page.with(|page| {
            page.as_ref().map(|page| (page.filter.clone(), page.events.clone(), page.more))
        })
    };
    let events = RwSignal::new(untrack(fresh));
    let take = move || events.set(untrack(fresh));
    Effect::new(move |_| {
        let fresh = fresh();
        let same = events.with_untracked(|shown| match (shown, &fresh) {
            (Some((shown, ..)), Some((filter, ..))) => shown == filter,
            _ => false,
        });
        if !(same && browser::matches(BUSY)) {
            events.set(fresh);
        }
    });
    let newer = Memo::new(move |_| {
        let top = events.with(|shown| newest(shown.as_ref().map(|(_, lines, _)| lines)));
        page.with(|page| {
            let lines = page.as_ref().map_or(&[][..], |page| &page.events);
            let newer = lines.iter().filter(|line| top.is_some_and(|top| line.seq > top)).count();
            u32::try_from(newer).unwrap_or(u32::MAX)
        })
    });
    let bulk_jobs = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(|page| page.bulk_jobs.clone()).unwrap_or_default())
    });
    let jobs = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(|page| page.jobs.clone()).unwrap_or_default())
    });
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title parents>""</Heading>
        {move || datacenter.get().map(|named| view! {
            <DatacenterTabs datacenter=Signal::stored(named.id) tab=Tab::Events />
        })}
        {move || view! { <BulkJobs jobs=bulk_jobs.get() /> }}
        <h2>{word(AlarmWord::EventsOnly)}</h2>
        <FilterForm filter path />
        <p class="waiting" role="status">
            {move || (newer.get() > 0).then(|| view! {
                <button type="button" data-key=Key::TakeChanges.strokes() on:click=move |_| take()>
                    {phrase(&AlarmPhrase::NewEvents { count: newer.get() })}
                </button>
            })}
        </p>
        {move || {
            let (asked, lines, more) = events.get()?;
            Some(if lines.is_empty() {
                let narrow = is_narrow(&asked) || asked.before.is_some();
                let said = if narrow { AlarmWord::NoEventsMatch } else { AlarmWord::NoEvents };
                view! {
                    <section class="blank" data-blank="no-events">
                        <p>{word(said)}</p>
                        <a class="button" href=path.get()>{word(AlarmWord::ShowAll)}</a>
                    </section>
                }
                .into_any()
            } else {
                let older = more.then(|| lines.last().map(|line| line.seq)).flatten();
                let older = older.map(|before| {
                    address(&path.get(), &EventFilter { before: Some(before), ..asked.clone() })
                });
                let first = asked.before.map(|_| {
                    address(&path.get(), &EventFilter { before: None, ..asked.clone() })
                });
                view! {
                    <List events=lines scope=scope.get() />
                    <nav class="pager" aria-label=say(Ui::Pages)>
                        {first.map(|href| view! { <a class="button quiet" href=href>{word(AlarmWord::Newest)}</a> })}
                        {older.map(|href| view! { <a class="button quiet" rel="next" href=href>{word(AlarmWord::Older)}</a> })}
                    </nav>
                }
                .into_any()
            })
        }}
        {move || view! { <Verifications jobs=jobs.get() /> }}
    }
    .into_any()
}

fn newest(lines: Option<&Vec<EventLine>>) -> Option<trustboard_model::event::EventSeq> {
    lines.and_then(|lines| lines.first()).map(|line| line.seq)
}
