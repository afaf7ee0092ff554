//! The languages, and how a visitor's choice is read.

use std::fmt;

use super::catalogue::Catalogue;
use super::de::German;
use super::en::English;
use super::fr::French;

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English, in which every other language is checked.
    #[default]
    En,
    /// German.
    De,
    /// French.
    Fr,
}

impl Language {
    /// Every language that is planned for.
    pub const ALL: [Self; 3] = [Self::En, Self::De, Self::Fr];

    /// The languages that are complete, and may therefore be chosen.
    pub const fn offered() -> &'static [Self] {
        &Self::ALL
    }

    /// The code for URLs, cookies and the `lang` attribute (BCP 47): `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
        }
    }

    /// The language's name for itself, as a switch shows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::Fr => "Français",
        }
    }

    /// The offered language with this code; regions are left alone (`de-AT` is German).
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next()?;
        Self::offered().iter().copied().find(|offered| primary.eq_ignore_ascii_case(offered.code()))
    }

    /// The offered language that an `Accept-Language` header likes best (RFC 9110 12.5.4); English
    /// if it names none, or cannot be read.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (0, Self::En);
        // The header comes from outside: a browser sends fewer than ten ranges.
        for range in header.split(',').take(32) {
            let (tag, weight) = match range.split_once(';') {
                Some((tag, parameter)) => (tag, thousandths(parameter)),
                None => (range, Some(1000)),
            };
            if let (Some(language), Some(weight)) = (Self::from_code(tag), weight)
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }

    /// What it has to say. Only a complete language has something; see [`Self::offered`].
    pub(super) fn catalogue(self) -> &'static dyn Catalogue {
        match self {
            Self::En => &English,
            Self::De => &German,
            Self::Fr => &French,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A quality value, `q=0.8`, in thousandths.
fn thousandths(parameter: &str) -> Option<u32> {
    let value: f32 = parameter.trim().strip_prefix("q=")?.trim().parse().ok()?;
    // Between 0 and 1000 after the check, so the cast neither truncates nor loses a sign.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in 0..=1000")]
    (0.0..=1.0).contains(&value).then_some((value * 1000.0) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes_with_regions() {
        assert_eq!(Language::from_code("en"), Some(Language::En));
        assert_eq!(Language::from_code("EN-gb"), Some(Language::En));
        assert_eq!(Language::from_code("de-AT"), Some(Language::De));
        assert_eq!(Language::from_code("fr_CA"), Some(Language::Fr));
        assert_eq!(Language::from_code("xx"), None);
        assert_eq!(Language::from_code(""), None);
    }

    #[test]
    fn only_what_is_offered_can_be_chosen() {
        for language in Language::ALL {
            let offered = Language::offered().contains(&language);
            assert_eq!(Language::from_code(language.code()).is_some(), offered);
        }
    }

    #[test]
    fn takes_what_is_liked_best_of_what_is_offered() {
        let liked = Language::from_accept_language;
        assert_eq!(liked("de-CH,de;q=0.9,en;q=0.8"), Language::De);
        assert_eq!(liked("en-GB, de;q=0.5"), Language::En);
        assert_eq!(liked("ja, de;q=0.3, en;q=0.2"), Language::De);
        assert_eq!(liked("en;q=0, de;q=0.001"), Language::De);
    }

    #[test]
    fn falls_back_to_english_on_anything_unreadable() {
        for header in ["", ",,;;", "xx", "en;q=zero", "de;q=7", "de;q=0", "*;q=0.1", "\u{0}"] {
            assert_eq!(Language::from_accept_language(header), Language::En);
        }
    }
}
