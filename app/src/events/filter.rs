//! What is asked for: a plain form, in the URL.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use trustboard_model::event::EventSeq;
use trustboard_model::view::{EventFilter, EventGroup};

use super::word;
use crate::component::language;
use crate::keyboard::Key;
use crate::routes::encoded;
use crate::text::{self, AlarmWord};

/// The filter of an address; what cannot be read asks for nothing.
pub(super) fn parse(query: &ParamsMap) -> EventFilter {
    let value = |name: &str| query.get(name).unwrap_or_default();
    EventFilter {
        group: EventGroup::from_code(&value("kind")),
        host: value("host").trim().to_owned(),
        actor: value("actor").trim().to_owned(),
        before: value("before").parse().ok().map(EventSeq),
    }
}

/// The address of a filter.
pub(super) fn address(path: &str, filter: &EventFilter) -> String {
    let mut pairs = Vec::new();
    if let Some(group) = filter.group {
        pairs.push(format!("kind={}", group.code()));
    }
    for (name, text) in [("host", &filter.host), ("actor", &filter.actor)] {
        if !text.is_empty() {
            pairs.push(format!("{name}={}", encoded(text)));
        }
    }
    if let Some(EventSeq(before)) = filter.before {
        pairs.push(format!("before={before}"));
    }
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Whether it asks for less than everything.
pub(super) fn is_narrow(filter: &EventFilter) -> bool {
    filter.group.is_some() || !filter.host.is_empty() || !filter.actor.is_empty()
}

/// The form.
#[component]
pub(super) fn FilterForm(filter: Memo<EventFilter>, path: Signal<String>) -> impl IntoView {
    let max = EventFilter::MAX_TEXT.to_string();
    let option = move |group: EventGroup| {
        let selected = move || filter.with(|filter| filter.group == Some(group));
        view! {
            <option value=group.code() selected=untrack(selected) prop:selected=selected>
                {text::event_group(language(), group)}
            </option>
        }
    };
    let host = move || filter.with(|filter| filter.host.clone());
    let actor = move || filter.with(|filter| filter.actor.clone());
    view! {
        <form class="filter events-filter" method="get" action=move || path.get() role="search">
            <label>
                <span>{word(AlarmWord::EventKind)}</span>
                <select name="kind">
                    <option value="">{word(AlarmWord::AllKinds)}</option>
                    {EventGroup::ALL.map(option).collect_view()}
                </select>
            </label>
            <label>
                <span>{word(AlarmWord::EventHost)}</span>
                <input
                    type="text"
                    name="host"
                    maxlength=max.clone()
                    value=untrack(host)
                    prop:value=host
                    autocomplete="off"
                    data-key=Key::Search.strokes()
                />
            </label>
            <label>
                <span>{word(AlarmWord::EventActor)}</span>
                <input type="text" name="actor" maxlength=max value=untrack(actor) prop:value=actor autocomplete="off" />
            </label>
            <button type="submit" class="quiet">{word(AlarmWord::Apply)}</button>
            {move || filter.with(is_narrow).then(|| view! {
                <a class="button quiet" href=path.get()>{word(AlarmWord::ShowAll)}</a>
            })}
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_only_what_is_asked() {
        assert_eq!(address("/events", &EventFilter::default()), "/events");
        let filter = EventFilter {
            group: Some(EventGroup::Alarms),
            host: "a b".to_owned(),
            actor: "ada".to_owned(),
            before: Some(EventSeq(7)),
        };
        let address = address("/events", &filter);
        assert_eq!(address, "/events?kind=alarms&host=a%20b&actor=ada&before=7");
    }
}
