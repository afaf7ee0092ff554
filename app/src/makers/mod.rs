//! TPM makers: whose TPMs count as genuine. The certificates in force, their import, and what an
//! administrator decides on each. Every form is a plain one that the server takes itself.

pub mod api;
mod certificate;
mod import;
mod lists;
mod report;
mod screen;
mod table;

pub(crate) use screen::MakersScreen;

use crate::component::language;
use crate::text::{self, MakerWord};

/// A word of the page.
fn word(key: MakerWord) -> &'static str {
    text::maker_word(language(), key)
}
