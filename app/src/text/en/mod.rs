//! English.

mod access;
mod admin;
mod advisory;
mod alarms;
mod cause;
mod check;
mod event;
mod front;
mod history;
mod kept;
mod makers;
mod message;
mod phrase;
mod reason;
mod table;
mod trust;
mod ui;
mod words;

use super::catalogue::{Leftover, language};

/// English.
pub(super) struct English;

language!(
    English,
    ',',
    &[],
    Leftover {
        place: " Where: {place}.",
        both: " Expected: {expected}; found: {found}.",
        expected: " Expected: {expected}.",
        found: " Found: {found}.",
    }
);
