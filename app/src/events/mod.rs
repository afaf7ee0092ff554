//! Jobs and events: what happened, who did it, and what goes on. Everything that somebody sees, or
//! one datacenter.

pub mod api;
mod filter;
mod jobs;
mod list;
mod screen;

pub(crate) use screen::EventsScreen;

use crate::component::language;
use crate::text::{self, AlarmPhrase, AlarmWord};

/// A word of these pages.
fn word(key: AlarmWord) -> &'static str {
    text::alarm_word(language(), key)
}

/// A phrase of these pages.
fn phrase(said: &AlarmPhrase<'_>) -> String {
    text::alarm_phrase(language(), said)
}
