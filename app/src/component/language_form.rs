//! The choice of the language: a plain form, so that it works at once and on the sign-in, too.

use leptos::prelude::*;

use super::{language, say};
use crate::text::{Language, Ui};

/// A button for each language, in its own words.
#[component]
pub(crate) fn LanguageForm() -> impl IntoView {
    let here = language();
    let button = move |offered: Language| {
        view! {
            <button
                type="submit"
                name="language"
                value=offered.code()
                lang=offered.code()
                aria-pressed=(offered == here).to_string()
            >
                {offered.name()}
            </button>
        }
    };
    view! {
        <form method="post" action="/language" class="languages" aria-label=say(Ui::Language)>
            {Language::offered().iter().copied().map(button).collect_view()}
        </form>
    }
    .into_any()
}
