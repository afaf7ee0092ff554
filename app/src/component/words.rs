//! The catalogue in the visitor's language.

use leptos::prelude::*;

use crate::text::{self, Language, Phrase, Ui};

/// The visitor's language, from the context that the page was opened with.
pub(crate) fn language() -> Language {
    use_context().unwrap_or_default()
}

/// A word of the interface.
pub(crate) fn say(key: Ui) -> &'static str {
    text::ui(language(), key)
}

/// A phrase of the interface.
pub(crate) fn tell(said: &Phrase<'_>) -> String {
    text::phrase(language(), said)
}
