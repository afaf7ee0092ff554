//! One cause, at `/causes/FINGERPRINT`: hosts that fail in the same way. What differs, what
//! accepting it would change, and the way to verify and reset just these hosts.

mod accept;
pub mod api;
mod reset;
mod screen;

use trustboard_model::host_query::Fingerprint;

use crate::component::language;
use crate::text::{self, CausePhrase, CauseWord};

pub(crate) use screen::CauseScreen;

/// The page's address.
pub(crate) fn address(cause: &Fingerprint) -> String {
    format!("/causes/{cause}")
}

/// The words of the link to it.
pub(crate) fn open() -> &'static str {
    word(CauseWord::Open)
}

fn word(key: CauseWord) -> &'static str {
    text::cause_word(language(), key)
}

fn phrase(said: &CausePhrase<'_>) -> String {
    text::cause_phrase(language(), said)
}
