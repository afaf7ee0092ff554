//! The words of the page of one cause.

use super::{Language, format, template};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of the page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum CauseWord {$(
            $(#[$doc])*
            $name,
        )*}

        impl CauseWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    /// The link to the page.
    Open,
    /// The title while nobody fails so any more.
    Title,
    /// Nobody fails so, nothing is red.
    AllDealtWith,
    /// Link to the hosts in the table.
    ShowHosts,
    /// Link to the alarms.
    ShowAlarms,
    /// Link to the example.
    OpenHost,
    /// Heading of the acceptance.
    Accept,
    /// Who may not decide.
    NotYours,
    /// Beside a version that waits.
    Waits,
    /// Heading of the second step.
    Reset,
    /// What it does.
    ResetHint,
    /// Before anything passes.
    NothingPasses,
    /// Nothing is red.
    NothingRed,
}

/// A sentence of the page that carries a number or a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are about")]
pub enum CausePhrase<'a> {
    /// How many hosts fail so.
    Failing { count: u32 },
    /// How many alarms are red because of it.
    Red { count: u32 },
    /// How many of them only wait to be reset.
    Cleared { count: u32 },
    /// What differs on one host differs on all.
    AsOn { host: &'a str, count: u32 },
    /// How many hosts are verified, and perhaps reset.
    VerifyThese { count: u32 },
    /// Why an alarm may be reset: what its host booted is approved.
    Approved { name: &'a str },
}

/// Everything said here, by what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum CauseText<'a> {
    Word(CauseWord),
    /// A template, with the phrase's fields by name.
    Phrase(&'a CausePhrase<'a>),
}

/// A word of the page of one cause.
pub fn cause_word(language: Language, word: CauseWord) -> &'static str {
    language.catalogue().cause(CauseText::Word(word))
}

/// A sentence of the same.
pub fn cause_phrase(language: Language, said: &CausePhrase<'_>) -> String {
    let number = |count: u32| ("count", format::number(language, count.into()));
    let values: Vec<(&str, String)> = match *said {
        CausePhrase::Failing { count }
        | CausePhrase::Red { count }
        | CausePhrase::Cleared { count }
        | CausePhrase::VerifyThese { count } => vec![number(count)],
        CausePhrase::AsOn { host, count } => vec![("host", host.to_owned()), number(count)],
        CausePhrase::Approved { name } => vec![("name", name.to_owned())],
    };
    template::text(language.catalogue().cause(CauseText::Phrase(said)), values.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_whole_in_every_language() {
        let phrases = [1, 412].map(|count| {
            [
                CausePhrase::Failing { count },
                CausePhrase::Red { count },
                CausePhrase::Cleared { count },
                CausePhrase::AsOn { host: "db-1", count },
                CausePhrase::VerifyThese { count },
                CausePhrase::Approved { name: "debian-12" },
            ]
        });
        for &language in Language::offered() {
            for word in CauseWord::ALL {
                let text = cause_word(language, *word);
                assert!(!text.trim().is_empty() && !text.contains(['{', '[']), "{word:?}");
            }
            for phrase in phrases.iter().flatten() {
                let text = cause_phrase(language, phrase);
                assert!(!text.contains(['{', '}', '[', ']', '|']), "{language}: {text}");
            }
        }
        let said = cause_phrase(Language::En, &CausePhrase::VerifyThese { count: 412 });
        assert_eq!(said, "Verify these 412 hosts, reset what passes");
    }
}
