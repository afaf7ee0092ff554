//! Deutsch.

mod check;
mod event;
mod fact;
mod message;
mod phrase;
mod reason;
mod trust;
mod ui;
mod words;

use super::catalogue::{Leftover, language};

/// German, formal.
pub(super) struct German;

language!(
    German,
    '.',
    fact::FACTS,
    Leftover {
        place: " Wo: {place}.",
        both: " Erwartet: {expected}; gefunden: {found}.",
        expected: " Erwartet: {expected}.",
        found: " Gefunden: {found}.",
    }
);
