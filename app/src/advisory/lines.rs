//! The lines. They stand before the page's content, and take no room while there is nothing to say.

use leptos::prelude::*;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{Late, Returning};

use super::Told;
use crate::component::{Sign, SignMark, Until, language};
use crate::frame::SessionHandle;
use crate::text::{self, AdvisoryWord, advisory_word};

/// What is told of the server. Only that something began is read out to screen readers, politely
/// unless nothing can be done any more: figures that change would interrupt again and again.
#[component]
pub(crate) fn AdvisoryLines() -> impl IntoView {
    let told = Told::use_here();
    let read_only = Memo::new(move |_| told.get().read_only_since);
    let late = Memo::new(move |_| told.get().late);
    let returning = Memo::new(move |_| told.get().returning);
    let is_late = Memo::new(move |_| late.get().is_some());
    let is_returning = Memo::new(move |_| returning.get().is_some());
    view! {
        {move || read_only.get().map(|since| view! { <ReadOnly since /> })}
        {line("late", is_late, AdvisoryWord::Late, move || {
            late.get().map(|late| view! { <HowLate late /> }.into_any())
        })}
        {line("returning", is_returning, AdvisoryWord::Returning, move || {
            returning.get().map(|returning| view! { <HowMany returning /> }.into_any())
        })}
    }
    .into_any()
}

/// One of them: what it is, for whoever hears it, and the rest.
fn line(
    id: &'static str,
    is: Memo<bool>,
    said: AdvisoryWord,
    more: impl Fn() -> Option<AnyView> + Send + Sync + 'static,
) -> AnyView {
    view! {
        <div data-advisory=id class=move || if is.get() { "advisory on" } else { "advisory" }>
            <p role="status">
                {move || is.get().then(|| view! {
                    <SignMark sign=Sign::Warning />
                    <strong>{word(said)}</strong>
                })}
            </p>
            {more}
        </div>
    }
    .into_any()
}

fn word(word: AdvisoryWord) -> &'static str {
    advisory_word(language(), word)
}

/// The server cannot write.
#[component]
fn ReadOnly(since: Timestamp) -> impl IntoView {
    view! {
        <div class="read-only" role="alert">
            <p>{text::refusal(language(), &Refusal::ReadOnly)}</p>
            <p>{word(AdvisoryWord::Since)}" "<Until at=since /><HealthLink /></p>
        </div>
    }
    .into_any()
}

/// By how much, since when, what it means and what to do.
#[component]
fn HowLate(late: Late) -> impl IntoView {
    let Late { since, by_s } = late;
    let how =
        Figure { words: text::late_by(language(), by_s), moment: AdvisoryWord::Since, at: since };
    how.with(&[AdvisoryWord::LateMeaning, AdvisoryWord::LateRemedy])
}

/// How many agents have not come back, until when they are waited for, and what that means.
#[component]
fn HowMany(returning: Returning) -> impl IntoView {
    let Returning { hosts, until } = returning;
    let how =
        Figure { words: text::missing(language(), hosts), moment: AdvisoryWord::Until, at: until };
    how.with(&[AdvisoryWord::ReturningMeaning])
}

/// What a line says in figures.
struct Figure {
    words: String,
    moment: AdvisoryWord,
    at: Timestamp,
}

impl Figure {
    /// The figure, and below it what it means.
    fn with(self, meaning: &[AdvisoryWord]) -> AnyView {
        let Self { words, moment, at } = self;
        let meaning: Vec<_> = meaning.iter().map(|said| word(*said)).collect();
        view! {
            <p class="how"><b>{words}</b>" · "{word(moment)}" "<Until at=at /></p>
            <p class="why">{meaning.join(" ")}<HealthLink /></p>
        }
        .into_any()
    }
}

/// The way to the figures, for whoever may see them.
#[component]
fn HealthLink() -> impl IntoView {
    SessionHandle::use_here().may_everywhere(Role::Administrator).then(|| {
        view! { " "<a href="/administration/health">{word(AdvisoryWord::Health)}</a> }
    })
}
