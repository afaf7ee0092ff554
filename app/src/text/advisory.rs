//! The words of what stands above every page while it lasts, and of the schedule on the page of the
//! server's health.

use super::{Language, template};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of what is told of the server.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AdvisoryWord {$(
            $(#[$doc])*
            $name,
        )*}

        impl AdvisoryWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    /// That verifications are behind schedule: said to screen readers when it begins.
    Late,
    /// What that means.
    LateMeaning,
    /// What to do if it lasts.
    LateRemedy,
    /// That agents have not come back since their server ended: said when it begins.
    Returning,
    /// What that means.
    ReturningMeaning,
    /// Before the moment until when they are waited for.
    Until,
    /// Before the moment since when something lasts.
    Since,
    /// Link to the page of the server's health.
    Health,
    /// Line of that page: the schedule.
    Schedule,
    /// In it: before how far the server is behind that is looked at.
    ThisServer,
    /// In it: nothing waits.
    OnTime,
}

/// Everything said here.
#[derive(Debug, Clone, Copy)]
pub(super) enum AdvisoryText {
    Word(AdvisoryWord),
    /// A template: `by`.
    LateBy,
    /// A template: `by`.
    Behind,
    /// A template: `count`.
    Missing,
}

/// A word of what is told of the server.
pub fn advisory_word(language: Language, word: AdvisoryWord) -> &'static str {
    language.catalogue().advisory(AdvisoryText::Word(word))
}

/// `about 2 min late`.
pub fn late_by(language: Language, seconds: u32) -> String {
    fill(language, AdvisoryText::LateBy, span(seconds))
}

/// How far this server is behind at this moment, to a tenth of a second: `1.2 s behind`.
pub fn behind(language: Language, ms: u64) -> String {
    if ms < 100 {
        return advisory_word(language, AdvisoryWord::OnTime).to_owned();
    }
    let by = match u32::try_from(ms / 1000) {
        Ok(seconds @ 0..60) => {
            let mark = super::decimal_mark(language);
            format!("{seconds}{mark}{}\u{a0}s", ms % 1000 / 100)
        }
        Ok(seconds) => span(seconds),
        Err(_) => span(u32::MAX),
    };
    fill(language, AdvisoryText::Behind, by)
}

/// `missing: 412`.
pub fn missing(language: Language, hosts: u32) -> String {
    let values = [("count", super::number(language, hosts.into()))];
    template::text(language.catalogue().advisory(AdvisoryText::Missing), values.as_slice())
}

fn fill(language: Language, text: AdvisoryText, by: String) -> String {
    template::text(language.catalogue().advisory(text), [("by", by)].as_slice())
}

/// `40 s`, `2 min`, `1 h 5 min`: the same units in every language.
fn span(seconds: u32) -> String {
    let minutes = seconds / 60;
    match seconds {
        0..60 => format!("{seconds}\u{a0}s"),
        60..600 if !seconds.is_multiple_of(60) => {
            format!("{minutes}\u{a0}min {}\u{a0}s", seconds % 60)
        }
        60..3600 => format!("{minutes}\u{a0}min"),
        _ if minutes.is_multiple_of(60) => format!("{}\u{a0}h", minutes / 60),
        _ => format!("{}\u{a0}h {}\u{a0}min", minutes / 60, minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_whole_in_every_language() {
        for &language in Language::offered() {
            let mut texts: Vec<String> = AdvisoryWord::ALL
                .iter()
                .map(|word| advisory_word(language, *word).to_owned())
                .collect();
            texts.extend([late_by(language, 40), behind(language, 12_345), behind(language, 0)]);
            texts.push(missing(language, 4312));
            for text in texts {
                assert!(!text.trim().is_empty(), "{language}");
                assert!(!text.contains(['{', '}', '[', ']', '|']), "{language}: {text}");
            }
        }
    }

    #[test]
    fn how_late_is_said_in_units_that_fit() {
        let spans = [5, 60, 90, 630, 3600, 5400].map(span);
        let plain = spans.map(|span| span.replace('\u{a0}', " "));
        assert_eq!(plain, ["5 s", "1 min", "1 min 30 s", "10 min", "1 h", "1 h 30 min"]);
        assert_eq!(late_by(Language::En, 40), "about 40\u{a0}s late");
        assert_eq!(behind(Language::De, 1234), "1,2\u{a0}s im Rückstand");
        assert_eq!(behind(Language::Fr, 99), "à l'heure");
        assert_eq!(missing(Language::De, 4312), "4.312 fehlen");
        assert_eq!(behind(Language::En, 150_000), "2\u{a0}min 30\u{a0}s behind");
    }
}
