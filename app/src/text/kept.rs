//! The words of what the server keeps, on the page of its health.

use trustboard_model::view::KeptKind;

use super::{Language, format};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum KeptWord {$(
            $(#[$doc])*
            $name,
        )*}

        impl KeptWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    /// The heading.
    Title,
    /// What stands under it.
    Intro,
    /// Behind it, before the moment when it was counted.
    CountedAt,
    /// Column: what.
    Kind,
    /// Column: for how long.
    KeptFor,
    /// Column: how many.
    Rows,
    /// Column: from when the oldest is.
    Oldest,
    /// Column: when it was tidied, and what that took away.
    Tidied,
    /// For ever.
    ForEver,
    /// Not since the server started.
    NotYet,
    /// None taken away.
    NothingRemoved,
    /// After a number: taken away.
    Removed,
    /// After a number: one day.
    Day,
    /// After a number: days.
    Days,
    /// Evidence.
    Evidence,
    /// Conclusions.
    Conclusions,
    /// Verification jobs.
    Jobs,
    /// Actions on many hosts.
    BulkJobs,
    /// Operators' sessions.
    Sessions,
    /// Hosts that were removed.
    RemovedHosts,
    /// Imports of makers' certificates.
    Imports,
    /// Events.
    Events,
}

/// A word of what is kept.
pub fn kept_word(language: Language, word: KeptWord) -> &'static str {
    language.catalogue().kept(word)
}

/// What a kind is called.
pub fn kept_kind(language: Language, kind: KeptKind) -> &'static str {
    let word = match kind {
        KeptKind::Evidence => KeptWord::Evidence,
        KeptKind::Conclusions => KeptWord::Conclusions,
        KeptKind::Jobs => KeptWord::Jobs,
        KeptKind::BulkJobs => KeptWord::BulkJobs,
        KeptKind::Sessions => KeptWord::Sessions,
        KeptKind::RemovedHosts => KeptWord::RemovedHosts,
        KeptKind::Imports => KeptWord::Imports,
        KeptKind::Events => KeptWord::Events,
    };
    kept_word(language, word)
}

/// For how long something is kept: `90 days`, `for ever`.
pub fn kept_for(language: Language, days: Option<u32>) -> String {
    let Some(days) = days else { return kept_word(language, KeptWord::ForEver).to_owned() };
    let unit = if days == 1 { KeptWord::Day } else { KeptWord::Days };
    format!("{}\u{a0}{}", format::number(language, days.into()), kept_word(language, unit))
}

/// What tidying took away: `12 taken away`.
pub fn kept_removed(language: Language, count: u64) -> String {
    if count == 0 {
        return kept_word(language, KeptWord::NothingRemoved).to_owned();
    }
    format!("{} {}", format::number(language, count), kept_word(language, KeptWord::Removed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_every_language() {
        for &language in Language::offered() {
            for word in KeptWord::ALL {
                assert!(!kept_word(language, *word).trim().is_empty(), "{language} {word:?}");
            }
            let kinds = KeptKind::ALL.map(|kind| kept_kind(language, kind));
            let distinct: std::collections::BTreeSet<_> = kinds.iter().collect();
            assert_eq!(distinct.len(), kinds.len(), "{kinds:?}");
        }
        assert_eq!(kept_for(Language::En, Some(1)), "1\u{a0}day");
        assert_eq!(kept_for(Language::De, Some(400)), "400\u{a0}Tage");
        assert_eq!(kept_for(Language::Fr, None), "sans limite");
        assert_eq!(kept_removed(Language::En, 1200), "1,200 taken away");
    }
}
