//! The catalogue in the visitor's language.

use crate::text::{
    self, AccessPhrase, AccessWord, AdminPhrase, AdminWord, FrontWord, HistoryPhrase, HistoryWord,
    Phrase, TableWord, Trust, Ui,
};

/// The language of the page.
pub(crate) use crate::browser::language;

/// A word of the interface.
pub(crate) fn say(key: Ui) -> &'static str {
    text::ui(language(), key)
}

/// A phrase of the interface.
pub(crate) fn tell(said: &Phrase<'_>) -> String {
    text::phrase(language(), said)
}

/// A word of the pages for configurations, policies and exceptions.
pub(crate) fn trust(key: Trust) -> &'static str {
    text::trust(language(), key)
}

/// A word of users, accounts, sessions and keys.
pub(crate) fn access(key: AccessWord) -> &'static str {
    text::access_word(language(), key)
}

/// A sentence of users, accounts and the two-person rule.
pub(crate) fn access_phrase(said: AccessPhrase<'_>) -> String {
    text::access_phrase(language(), said)
}

/// A word around the screens.
pub(crate) fn front(key: FrontWord) -> &'static str {
    text::front_word(language(), key)
}

/// A word of the overview, of a host's past or of the report.
pub(crate) fn history(key: HistoryWord) -> &'static str {
    text::history_word(language(), key)
}

/// A sentence of the same.
pub(crate) fn recount(said: &HistoryPhrase) -> String {
    text::history_phrase(language(), said)
}

/// A word of the table of hosts.
pub(crate) fn table_word(key: TableWord) -> &'static str {
    text::table_word(language(), key)
}

/// A phrase of the table of hosts.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn table_phrase(said: &text::TablePhrase<'_>) -> String {
    text::table_phrase(language(), said)
}

/// A word of the pages of administration.
pub(crate) fn admin(key: AdminWord) -> &'static str {
    text::admin_word(language(), key)
}

/// A sentence of the pages of administration.
pub(crate) fn tell_admin(said: &AdminPhrase<'_>) -> String {
    text::admin_phrase(language(), said)
}
