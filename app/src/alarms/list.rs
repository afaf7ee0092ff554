//! The table of red alarms with its filter and its bar.

use std::collections::BTreeSet;

use leptos::prelude::*;
use trustboard_model::host_query::{AlarmIs, HostQuery, Test};
use trustboard_model::view::{AlarmsPage, LastReset};

use super::row::Row;
use super::selection::{AllMatching, Ticked};
use super::state::{Alarms, address};
use super::{phrase, word};
use crate::component::{FilterField, Relative, language, say, tell};
use crate::keyboard::Key;
use crate::text::{self, AlarmPhrase, AlarmWord, Phrase, Ui};

/// The counts: each leads to those that it counts.
#[component]
pub(super) fn CountsLine(page: RwSignal<AlarmsPage>, path: Signal<String>) -> impl IntoView {
    let counts = Memo::new(move |_| page.with(|page| page.counts));
    let chosen = Memo::new(move |_| page.with(|page| page.filter.query.single("alarm").cloned()));
    move || {
        let counts = counts.get();
        let link = |label: AlarmWord, count: u32, test: Option<AlarmIs>, class: &'static str| {
            let test = test.map(Test::Alarm);
            let query = HostQuery::ALL.with("alarm", test.clone());
            let current = chosen.get() == test;
            view! {
                <a
                    class=class
                    href=address(&path.get(), &query, 1)
                    aria-current=current.then_some("true")
                    data-noscroll=""
                >
                    <b>{text::number(language(), count.into())}</b>
                    " "
                    {word(label)}
                </a>
            }
        };
        view! {
            <p class="alarm-counts">
                {link(AlarmWord::RedAlarms, counts.red, None, "red")}
                {link(
                    AlarmWord::Unacknowledged,
                    counts.unacknowledged(),
                    Some(AlarmIs::Unacknowledged),
                    "unacknowledged",
                )}
                {link(
                    AlarmWord::Acknowledged,
                    counts.acknowledged,
                    Some(AlarmIs::Acknowledged),
                    "acknowledged",
                )}
                {link(AlarmWord::Cleared, counts.cleared, Some(AlarmIs::Cleared), "cleared")}
                {link(AlarmWord::Holds, counts.holds, Some(AlarmIs::Holds), "holds")}
            </p>
        }
    }
}

/// The field: what it asks stands in the URL.
#[component]
pub(super) fn FilterForm(
    page: RwSignal<AlarmsPage>,
    path: Signal<String>,
    /// What the address says, if it means nothing.
    wrong: Signal<Option<(String, String)>>,
) -> impl IntoView {
    let query = Memo::new(move |_| page.with(|page| page.filter.query.to_string()));
    let written = Signal::derive(move || wrong.get().map_or_else(|| query.get(), |(text, _)| text));
    view! {
        <form class="filter" method="get" action=move || path.get() role="search">
            <FilterField
                label=word(AlarmWord::FilterLabel)
                hint=word(AlarmWord::FilterHint)
                written
                wrong=Signal::derive(move || wrong.get().is_some())
            />
            <button type="submit" class="quiet">{word(AlarmWord::Apply)}</button>
            {move || (!query.with(String::is_empty) || wrong.get().is_some()).then(|| view! {
                <a class="button quiet" href=path.get()>{word(AlarmWord::ShowAll)}</a>
            })}
            <p class="matches" role="status">
                {move || phrase(&AlarmPhrase::AlarmsMatch { count: page.with(|page| page.total) })}
            </p>
            <div id="query-problem" class="problem" role="alert">
                {move || wrong.get().map(|(_, problem)| view! { <p>{problem}</p> })}
            </div>
        </form>
    }
    .into_any()
}

/// The table, or why it is empty.
#[component]
pub(super) fn List(alarms: Alarms, path: Signal<String>, may_act: Memo<bool>) -> impl IntoView {
    let page = alarms.page;
    let blank = Memo::new(move |_| {
        let empty = alarms.rows.with(Vec::is_empty);
        let red = page.with(|page| page.counts.red);
        empty.then_some(red == 0)
    });
    let all = Memo::new(move |_| {
        let (ticked, rows) = (alarms.ticked.with(BTreeSet::len), alarms.rows.with(Vec::len));
        rows > 0 && ticked >= rows
    });
    let rows = move || alarms.rows.get();
    let table = move || {
        view! {
            <Show when=move || may_act.get()>
                <AllMatching page />
            </Show>
            <form method="get" action="/bulk">
                <div class="table-region" role="region" aria-label=word(AlarmWord::Alarms) tabindex="0">
                    <table id="alarms" class="alarms">
                        <thead>
                            <tr>
                                <th scope="col" class="tick">
                                    <Show when=move || may_act.get()>
                                        <input
                                            type="checkbox"
                                            aria-label=word(AlarmWord::SelectPage)
                                            prop:checked=move || all.get()
                                            on:change=move |event| alarms.tick_all(event_target_checked(&event))
                                        />
                                    </Show>
                                </th>
                                <th scope="col">{say(Ui::Name)}</th>
                                <th scope="col">{word(AlarmWord::Reason)}</th>
                                <th scope="col">{word(AlarmWord::Age)}</th>
                                <th scope="col" class="number">{word(AlarmWord::Occurrence)}</th>
                                <th scope="col">{word(AlarmWord::ConditionNow)}</th>
                                <th scope="col">{word(AlarmWord::OnIt)}</th>
                                <th scope="col"><span class="hidden">{say(Ui::Actions)}</span></th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=rows key=|live| live.host let:live>
                                <Row alarms live may_act />
                            </For>
                        </tbody>
                    </table>
                </div>
                <Show when=move || may_act.get()>
                    <Ticked alarms />
                </Show>
            </form>
        }
    };
    view! {
        <p class="waiting" role="status">
            {move || (alarms.waiting.get() > 0).then(|| view! {
                <button type="button" data-key=Key::TakeChanges.strokes() on:click=move |_| alarms.settle()>
                    {tell(&Phrase::ChangesWaiting { count: alarms.waiting.get() })}
                </button>
            })}
        </p>
        {move || match blank.get() {
            Some(quiet) => view! { <Blank page path quiet /> }.into_any(),
            None => table().into_any(),
        }}
        {move || page.with(|page| pager(page, &path.get()))}
    }
    .into_any()
}

/// Nothing is red; or nothing that matches.
#[component]
fn Blank(page: RwSignal<AlarmsPage>, path: Signal<String>, quiet: bool) -> impl IntoView {
    if !quiet {
        return view! {
            <section class="blank" data-blank="no-match">
                <p>{word(AlarmWord::NoMatch)}</p>
                <a class="button" href=move || path.get()>{word(AlarmWord::ShowAll)}</a>
            </section>
        }
        .into_any();
    }
    let last = page.with(|page| page.last_reset.clone());
    let hosts = page.with(|page| page.hosts);
    view! {
        <section class="blank good" data-blank="no-alarms">
            <h2>{word(AlarmWord::NoAlarms)}</h2>
            {match last {
                Some(LastReset { host, by, at }) => {
                    let by = text::actor(language(), &by);
                    view! {
                        <p>
                            {phrase(&AlarmPhrase::LastReset { host: &host.name, by: &by })}
                            " "
                            <Relative at />
                            " "
                            <a href=format!("/hosts/{}", host.id)>{say(Ui::OpenHost)}</a>
                        </p>
                    }
                    .into_any()
                }
                None if hosts == 0 => view! { <p>{say(Ui::NoHosts)}</p> }.into_any(),
                None => view! { <p>{word(AlarmWord::NoAlarmsEver)}</p> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

/// Links to the neighbouring pages; nothing if there is only one.
fn pager(page: &AlarmsPage, path: &str) -> Option<impl IntoView + use<>> {
    let number = page.filter.page.max(1);
    let pages = page.total.div_ceil(page.page_size.max(1)).max(1);
    if pages == 1 && number == 1 {
        return None;
    }
    let link = |rel: &'static str, to: u32, label: Ui| {
        let href = address(path, &page.filter.query, to);
        view! { <a class="button quiet" rel=rel href=href>{say(label)}</a> }
    };
    let before = (number > 1).then(|| link("prev", (number - 1).min(pages), Ui::PreviousPage));
    let after = (number < pages).then(|| link("next", number + 1, Ui::NextPage));
    Some(view! {
        <nav class="pager" aria-label=say(Ui::Pages)>
            {before}
            <span>{tell(&Phrase::PageOf { page: number, pages })}</span>
            {after}
        </nav>
    })
}
