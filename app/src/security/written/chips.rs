//! Frequent filters, as links that change the filter's text.

use leptos::prelude::*;
use trustboard_model::host::Attestation;
use trustboard_model::host_query::{AlarmIs, HostQuery, Pattern, Test};
use trustboard_model::view::{SecurityFilter, SecurityPage};

use crate::component::{Sign, SignMark, language, say, table_word};
use crate::security::state;
use crate::text::{self, TableWord, Ui};

/// The chips.
#[component]
pub(super) fn Chips(page: SecurityPage, path: String) -> impl IntoView {
    let filter = &page.filter;
    let mut places = places(&page);
    places.truncate(MOST_PLACES);
    view! {
        <ul class="chips" aria-label=table_word(TableWord::Chips)>
            <li>{attestation(filter, &path)}</li>
            <li>{place(filter, &path, page.datacenter.is_none(), places)}</li>
            <li>{red(filter, &path)}</li>
        </ul>
    }
    .into_any()
}

/// Places in a chip's list: more are found faster by typing.
const MOST_PLACES: usize = 200;

/// The clusters of a datacenter, or all datacenters, by name.
fn places(page: &SecurityPage) -> Vec<String> {
    match &page.datacenter {
        Some(_) => page.clusters.iter().map(|cluster| cluster.name.clone()).collect(),
        None => page.datacenters.iter().map(|datacenter| datacenter.name.clone()).collect(),
    }
}

fn attestation(filter: &SecurityFilter, path: &str) -> AnyView {
    let chosen = state::chosen_attestation(filter);
    let word = |kind| text::attestation(language(), kind);
    let any = (say(Ui::FilterAny).into_any(), None, chosen.is_none());
    let kinds = Attestation::ALL.map(|kind| {
        let label = view! { <SignMark sign=Sign::of(kind) />{word(kind)} }.into_any();
        (label, Some(Test::Attestation(kind)), chosen == Some(kind))
    });
    let options = std::iter::once(any).chain(kinds);
    menu(say(Ui::Attestation), chosen.map(|kind| word(kind).to_owned()), options, |test| {
        changed(filter, path, "attestation", test)
    })
}

fn place(filter: &SecurityFilter, path: &str, everywhere: bool, names: Vec<String>) -> AnyView {
    let (word, field) =
        if everywhere { (Ui::Datacenter, "datacenter") } else { (Ui::Cluster, "cluster") };
    let chosen = match filter.query.single(field) {
        Some(Test::Cluster(pattern) | Test::Datacenter(pattern)) => {
            Some(pattern.as_str().to_owned())
        }
        _ => None,
    };
    let any = (say(Ui::FilterAny).into_any(), None, chosen.is_none());
    let current = chosen.clone();
    let named = names.into_iter().map(move |name| {
        let pattern = Pattern::new(&name);
        let test = if everywhere { Test::Datacenter(pattern) } else { Test::Cluster(pattern) };
        let is = current.as_deref() == Some(name.as_str());
        (view! { <bdi>{name}</bdi> }.into_any(), Some(test), is)
    });
    menu(say(word), chosen, std::iter::once(any).chain(named), |test| {
        changed(filter, path, field, test)
    })
}

fn red(filter: &SecurityFilter, path: &str) -> AnyView {
    let red = Test::Alarm(AlarmIs::Red);
    let chosen = filter.query.single("alarm") == Some(&red);
    let href = changed(filter, path, "alarm", (!chosen).then_some(red));
    view! {
        <a class="chip" href=href data-noscroll="" aria-current=chosen.then_some("true")>
            {say(Ui::FilterRedOnly)}
        </a>
    }
    .into_any()
}

/// The table with another test on this field, or with none.
fn changed(filter: &SecurityFilter, path: &str, field: &str, test: Option<Test>) -> String {
    let query: HostQuery = filter.query.clone().with(field, test);
    state::address(path, &SecurityFilter { query, page: 1, ..filter.clone() }, None)
}

/// A folded list of links.
fn menu(
    word: &'static str,
    chosen: Option<String>,
    options: impl Iterator<Item = (AnyView, Option<Test>, bool)>,
    href: impl Fn(Option<Test>) -> String,
) -> AnyView {
    let current = chosen.is_some().then_some("true");
    let items = options.map(|(label, test, current)| {
        let current = current.then_some("true");
        view! { <li><a href=href(test) data-noscroll="" aria-current=current>{label}</a></li> }
    });
    let items = items.collect_view();
    view! {
        <details class="chip-menu" name="chip">
            <summary class="chip" data-chosen=current>
                {word}
                {chosen.map(|chosen| view! { ": " <b><bdi>{chosen}</bdi></b> })}
            </summary>
            <ul>{items}</ul>
        </details>
    }
    .into_any()
}
