//! The filter above the table: a form that works by itself. What it asks stands in the URL.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use trustboard_model::host_query::HostQuery;
use trustboard_model::view::{SecurityFilter, SecurityPage};

use super::screen::Asked;
use super::state;
use super::suggestions::{SuggestionList, Suggestions};
use super::table::Table;
use crate::component::{language, say, table_word, tell};
use crate::keyboard::Key;
use crate::text::{self, Phrase, TableWord, Ui};

/// The form.
#[component]
pub(super) fn QueryField(
    table: Table,
    path: Signal<String>,
    /// The address of everything.
    all: Signal<String>,
    asked: Asked,
) -> impl IntoView {
    let page = table.page();
    let filter = Memo::new(move |_| page.with(|page| page.filter.clone()));
    // What is written in the address, or what a view that was opened without one asks.
    let written = move || match asked.text.get() {
        text if text.is_empty() => filter.with(|filter| filter.query.to_string()),
        text => text,
    };
    let typed = RwSignal::new(untrack(written));
    Effect::new(move |_| typed.set(written()));
    let suggestions =
        Suggestions::new(typed, Signal::derive(move || page.with(SecurityPage::scope)));
    // A list that needs scripts is announced only where they run.
    let helps = RwSignal::new(false);
    Effect::new(move |_| helps.set(true));
    let with_help = move |value: &'static str| helps.get().then_some(value);
    let navigate = use_navigate();
    let search = move |event: SubmitEvent| {
        event.prevent_default();
        suggestions.close();
        let text = typed.get_untracked();
        let address =
            filter.with_untracked(|filter| state::asking(&path.get_untracked(), filter, &text));
        navigate(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    };
    let wrong = move || asked.wrong.get();
    view! {
        <form class="filter" method="get" action=move || path.get() on:submit=search role="search">
            <div class="search">
                <label>
                    <span class="hidden">{table_word(TableWord::Query)}</span>
                    <input
                        id="words"
                        type="text"
                        name="q"
                        maxlength=HostQuery::MAX_TEXT.to_string()
                        placeholder=table_word(TableWord::QueryHint)
                        value=untrack(written)
                        prop:value=move || typed.get()
                        role=move || with_help("combobox")
                        aria-autocomplete=move || with_help("list")
                        aria-controls=move || with_help("suggestions")
                        aria-expanded=move || with_help(if suggestions.open() { "true" } else { "false" })
                        aria-activedescendant=move || suggestions.active_id()
                        aria-invalid=move || wrong().is_some().then_some("true")
                        aria-describedby="query-problem query-help"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        data-key=Key::Search.strokes()
                        on:input=move |event| {
                            typed.set(event_target_value(&event));
                            suggestions.look();
                        }
                        on:click=move |_| suggestions.look()
                        on:keydown=move |event| suggestions.key(&event)
                        on:blur=move |_| suggestions.close()
                    />
                </label>
                <kbd aria-hidden="true">"/"</kbd>
                <SuggestionList suggestions />
                <span id="query-help" class="hidden">
                    {move || with_help(table_word(TableWord::QueryHelp))}
                </span>
            </div>
            {move || {
                let kept = filter.with(|filter| SecurityFilter {
                    query: HostQuery::ALL,
                    page: 1,
                    ..filter.clone()
                });
                kept.parameters()
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .collect_view()
            }}
            <button type="submit" class="quiet">{say(Ui::Filter)}</button>
            {move || (filter.with(SecurityFilter::is_narrow) || wrong().is_some()).then(|| view! {
                <a class="button quiet" href=move || all.get() data-noscroll="">{say(Ui::FilterClear)}</a>
            })}
            <p class="matches" role="status">
                {move || page.with(|page| match (asked.blind.get(), page.filter.is_narrow()) {
                    (true, _) => String::new(),
                    (_, true) => tell(&Phrase::HostsMatchOf { count: page.total, all: page.counts.hosts }),
                    (_, false) => tell(&Phrase::HostsMatch { count: page.total }),
                })}
            </p>
            <div id="query-problem" class="problem" role="alert">
                {move || wrong().map(|invalid| view! {
                    <p>
                        {text::query_problem(language(), &invalid)}
                        {(!asked.blind.get()).then(|| view! {
                            " " {table_word(TableWord::QueryBefore)}
                        })}
                    </p>
                })}
            </div>
        </form>
    }
    .into_any()
}
