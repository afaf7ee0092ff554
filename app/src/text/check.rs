//! Checks in words.

use trustboard_model::check::CheckId;

use super::Language;

/// What an operator reads about a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckText {
    /// Its name in a list: `Quote signature`.
    pub title: &'static str,
    /// What it makes sure of, in one sentence.
    pub meaning: &'static str,
}

/// A check's name and meaning.
pub fn check(language: Language, check: CheckId) -> CheckText {
    language.catalogue().check(check)
}
