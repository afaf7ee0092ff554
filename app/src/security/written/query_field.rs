//! The filter above the table: a form. What it asks stands in the URL.

use leptos::prelude::*;
use trustboard_model::host_query::HostQuery;
use trustboard_model::view::{SecurityFilter, SecurityPage};

use super::screen::Asked;
use crate::component::{FilterField, language, say, table_word, tell};
use crate::text::{self, Phrase, TableWord, Ui};

/// The form.
#[component]
pub(super) fn QueryField(
    page: SecurityPage,
    path: String,
    /// The address of everything.
    all: String,
    asked: Asked,
) -> impl IntoView {
    let (filter, blind) = (page.filter, asked.blind());
    // What is written in the address, or what a view that was opened without one asks.
    let written = match asked.text {
        text if text.is_empty() => filter.query.to_string(),
        text => text,
    };
    let kept = SecurityFilter { query: HostQuery::ALL, page: 1, ..filter.clone() };
    let kept = kept.parameters().into_iter();
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let narrow = filter.is_narrow();
    let clears = narrow || asked.wrong.is_some();
    let count = page.total;
    let matches = match (blind, narrow) {
        (true, _) => String::new(),
        (_, true) => tell(&Phrase::HostsMatchOf { count, all: page.counts.hosts }),
        (_, false) => tell(&Phrase::HostsMatch { count }),
    };
    let (written, wrong) = (Signal::stored(written), Signal::stored(asked.wrong.is_some()));
    let problem = asked.wrong.map(|invalid| text::query_problem(language(), &invalid));
    view! {
        <form class="filter" method="get" action=path role="search">
            <FilterField
                label=table_word(TableWord::Query)
                hint=table_word(TableWord::QueryHint)
                written
                wrong
            />
            {kept.collect_view()}
            <button type="submit" class="quiet">{say(Ui::Filter)}</button>
            {clears.then(|| view! {
                <a class="button quiet" href=all data-noscroll="">{say(Ui::FilterClear)}</a>
            })}
            <p class="matches" role="status">{matches}</p>
            <div id="query-problem" class="problem" role="alert">
                {problem.map(|problem| view! { <p>{problem}</p> })}
            </div>
        </form>
    }
    .into_any()
}
