//! The lines. They stand before the page's content, and take no room while there is nothing to say.

use leptos::prelude::*;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::Late;

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
    let is_late = Memo::new(move |_| late.get().is_some());
    view! {
        {move || read_only.get().map(|since| view! { <ReadOnly since /> })}
        <div class=move || if is_late.get() { "advisory on" } else { "advisory" }>
            <p role="status">
                {move || is_late.get().then(|| view! {
                    <SignMark sign=Sign::Warning />
                    <strong>{word(AdvisoryWord::Late)}</strong>
                })}
            </p>
            {move || late.get().map(|late| view! { <HowLate late /> })}
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
    view! {
        <p class="how">
            <b>{text::late_by(language(), by_s)}</b>" · "
            {word(AdvisoryWord::Since)}" "<Until at=since />
        </p>
        <p class="why">
            {word(AdvisoryWord::LateMeaning)}" "{word(AdvisoryWord::LateRemedy)}<HealthLink />
        </p>
    }
    .into_any()
}

/// The way to the figures, for whoever may see them.
#[component]
fn HealthLink() -> impl IntoView {
    SessionHandle::use_here().may_everywhere(Role::Administrator).then(|| {
        view! { " "<a href="/administration/health">{word(AdvisoryWord::Health)}</a> }
    })
}
