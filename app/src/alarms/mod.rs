//! Alarms: what an operator works on. Everything that they see, or one datacenter.

pub mod api;
mod causes;
mod list;
mod row;
mod screen;
mod selection;
mod setting;
mod state;

pub(crate) use screen::AlarmsScreen;

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
