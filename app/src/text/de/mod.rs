//! Deutsch.

mod access;
mod admin;
mod advisory;
mod alarms;
mod cause;
mod check;
mod event;
mod fact;
mod front;
mod history;
mod kept;
mod makers;
mod message;
mod note;
mod phrase;
mod reason;
mod standards;
mod table;
mod trust;
mod ui;
mod words;

use super::catalogue::{Leftover, language};

/// German, formal.
pub(super) struct German;

language!(
    German,
    '.',
    &[standards::STANDARDS, fact::FACTS, note::NOTES, admin::PROBLEMS],
    Leftover {
        place: " Wo: {place}.",
        both: " Erwartet: {expected}; gefunden: {found}.",
        expected: " Erwartet: {expected}.",
        found: " Gefunden: {found}.",
    }
);
