//! Français. The texts hold no-break spaces (U+00A0) before two-part punctuation and inside
//! guillemets.

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

/// French, formal.
pub(super) struct French;

language!(
    French,
    // A narrow no-break space, as French typography asks.
    '\u{202F}',
    &[standards::STANDARDS, fact::FACTS, note::NOTES, admin::PROBLEMS],
    Leftover {
        place: " Où : {place}.",
        both: " Attendu : {expected} ; trouvé : {found}.",
        expected: " Attendu : {expected}.",
        found: " Trouvé : {found}.",
    }
);
