//! The list below the field of the filter (ARIA combobox with a list box): what completes it.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use trustboard_model::view::Scope;

use super::api;
use super::completion::{self, Meaning, Suggestion, Typed, Typing};
use crate::browser;
use crate::component::{language, table_phrase, table_word};
use crate::text::{self, TablePhrase, TableWord};

/// How long somebody has to pause before names are asked for.
const PAUSE: Duration = Duration::from_millis(120);

/// What the field suggests.
#[derive(Clone, Copy)]
pub(super) struct Suggestions {
    /// The field's text.
    typed: RwSignal<String>,
    scope: Signal<Scope>,
    typing: RwSignal<Option<Typing>>,
    names: RwSignal<Vec<String>>,
    list: RwSignal<Vec<Suggestion>>,
    active: RwSignal<Option<usize>>,
    /// Counts what was asked, so that a late answer is known.
    asked: StoredValue<u32>,
}

/// The field itself.
const FIELD: &str = "#words";

impl Suggestions {
    pub(super) fn new(typed: RwSignal<String>, scope: Signal<Scope>) -> Self {
        Self {
            typed,
            scope,
            typing: RwSignal::new(None),
            names: RwSignal::new(Vec::new()),
            list: RwSignal::new(Vec::new()),
            active: RwSignal::new(None),
            asked: StoredValue::new(0),
        }
    }

    /// Whether the list is open.
    pub(super) fn open(self) -> bool {
        self.list.with(|list| !list.is_empty())
    }

    /// The id of the line that the arrow keys are at.
    pub(super) fn active_id(self) -> Option<String> {
        self.active.get().map(|index| format!("suggestion-{index}"))
    }

    pub(super) fn close(self) {
        self.list.set(Vec::new());
        self.active.set(None);
    }

    /// Looks again, after something was typed or the caret moved.
    pub(super) fn look(self) {
        let text = self.typed.get_untracked();
        let caret = browser::caret(FIELD, &text);
        let typing = completion::typing(&text, caret.unwrap_or(text.len()));
        let wanted = match &typing.what {
            Typed::Value { field, value } if completion::has_names(field) => {
                Some(((*field).to_owned(), value.clone()))
            }
            _ => None,
        };
        self.typing.set(Some(typing));
        self.list_again();
        let number = self.asked.get_value().wrapping_add(1);
        self.asked.set_value(number);
        let Some((field, value)) = wanted else { return };
        set_timeout(
            move || {
                if self.asked.try_get_value() == Some(number) {
                    self.ask(number, field, value);
                }
            },
            PAUSE,
        );
    }

    fn ask(self, number: u32, field: String, value: String) {
        let scope = self.scope.get_untracked();
        spawn_local(async move {
            // Without an answer the field works as before.
            let Ok(found) = api::complete(scope, field, value).await else { return };
            if self.asked.try_get_value() == Some(number) {
                self.names.set(found.names);
                self.list_again();
            }
        });
    }

    fn list_again(self) {
        let names = self.names.get_untracked();
        let list = self.typing.with_untracked(|typing| {
            typing.as_ref().map(|typing| completion::suggestions(&typing.what, &names))
        });
        let list = list.unwrap_or_default();
        if self.list.with_untracked(|shown| *shown != list) {
            self.active.set(None);
            self.list.set(list);
        }
    }

    /// Puts a suggestion in.
    fn take(self, index: usize) {
        let suggestion = self.list.with_untracked(|list| list.get(index).cloned());
        let (Some(suggestion), Some(typing)) = (suggestion, self.typing.get_untracked()) else {
            return;
        };
        let text = self.typed.get_untracked();
        let (text, caret) = completion::completed(&text, &typing, &suggestion);
        browser::write_field(FIELD, &text, caret);
        self.typed.set(text);
        self.names.set(Vec::new());
        match suggestion.meaning {
            // A field wants its value next.
            Meaning::Field(_) if suggestion.text.ends_with(':') => self.look(),
            _ => self.close(),
        }
    }

    /// The keys of the list; others are the field's own.
    pub(super) fn key(self, event: &KeyboardEvent) {
        let count = self.list.with_untracked(Vec::len);
        let active = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count == 0 => self.look(),
            "ArrowDown" => self.active.set(Some(active.map_or(0, |at| (at + 1) % count))),
            "ArrowUp" if count > 0 => {
                self.active.set(Some(active.unwrap_or(0).checked_sub(1).unwrap_or(count - 1)));
            }
            "Enter" | "Tab" if count > 0 && active.is_some() && !event.shift_key() => {
                self.take(active.unwrap_or(0));
            }
            "Escape" if count > 0 => self.close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }
}

/// The list.
#[component]
pub(super) fn SuggestionList(suggestions: Suggestions) -> impl IntoView {
    let lines = move || suggestions.list.get().into_iter().enumerate().collect::<Vec<_>>();
    let line = move |(index, suggestion): (usize, Suggestion)| {
        let Suggestion { label, meaning, .. } = suggestion;
        let selected =
            move || if suggestions.active.get() == Some(index) { "true" } else { "false" };
        let meaning = match meaning {
            Meaning::Field(field) => text::query_field(language(), field),
            Meaning::Reason(code) => text::reason_title(language(), code),
            Meaning::None => "",
        };
        view! {
            <li
                id=format!("suggestion-{index}")
                role="option"
                aria-selected=selected
                on:mousedown=move |event| {
                    event.prevent_default();
                    suggestions.take(index);
                }
            >
                <bdi>{label}</bdi>
                <small>{meaning}</small>
            </li>
        }
    };
    let said = move || {
        let count = suggestions.list.with(|list| u32::try_from(list.len()).unwrap_or(u32::MAX));
        (count > 0).then(|| table_phrase(&TablePhrase::SuggestionsCount { count }))
    };
    view! {
        <ul
            id="suggestions"
            class="suggestions"
            role="listbox"
            aria-label=table_word(TableWord::Suggestions)
            hidden=move || !suggestions.open()
        >
            {move || lines().into_iter().map(line).collect_view()}
        </ul>
        <span class="hidden" role="status">{said}</span>
    }
    .into_any()
}
