//! The languages, and how a visitor's choice is read.

use std::fmt;

use super::catalogue::Catalogue;

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

    /// The language of an answer: what the visitor chose (a code in a cookie), else what their
    /// browser asks for.
    pub fn negotiated(chosen: Option<&str>, accept_language: Option<&str>) -> Self {
        chosen
            .and_then(Self::from_code)
            .unwrap_or_else(|| Self::from_accept_language(accept_language.unwrap_or_default()))
    }

    /// The offered language that an `Accept-Language` header likes best (RFC 9110 12.5.4): the one
    /// with the highest weight, of equals the one named first; a language that is not named has
    /// the weight of `*`. English if the header accepts none of them, or cannot be read.
    pub fn from_accept_language(header: &str) -> Self {
        let mut named: Vec<(Self, u16)> = Vec::new();
        let mut others = 0;
        for (tag, weight) in header.split(',').take(MAX_RANGES).filter_map(range) {
            match Self::from_code(tag) {
                // `de-CH, de;q=0.5`: the first range of a language is the one that is meant.
                Some(language) if !named.iter().any(|(known, _)| *known == language) => {
                    named.push((language, weight));
                }
                None if tag == "*" => others = weight,
                Some(_) | None => {}
            }
        }
        for &language in Self::offered() {
            if !named.iter().any(|(known, _)| *known == language) {
                named.push((language, others));
            }
        }
        // `max_by_key` would give the last of equals.
        let best = named.iter().rev().filter(|(_, weight)| *weight > 0).max_by_key(|(_, w)| *w);
        best.map_or(Self::En, |(language, _)| *language)
    }

    /// What it has to say. Only a complete language has something; see [`Self::offered`].
    #[cfg(not(feature = "hydrate"))]
    pub(super) fn catalogue(self) -> &'static dyn Catalogue {
        match self {
            Self::En => &super::en::English,
            Self::De => &super::de::German,
            Self::Fr => &super::fr::French,
        }
    }

    /// What it has to say. A page speaks one language, which was loaded before anything asks.
    #[cfg(feature = "hydrate")]
    #[expect(clippy::unused_self, reason = "asked as on the server, where every language is there")]
    pub(super) fn catalogue(self) -> &'static dyn Catalogue {
        super::loaded::catalogue()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// How many ranges of a header are read: it comes from outside, and browsers send fewer than ten.
const MAX_RANGES: usize = 32;

/// A language range and its weight in thousandths; nothing if the weight cannot be read.
fn range(text: &str) -> Option<(&str, u16)> {
    let Some((tag, parameter)) = text.split_once(';') else { return Some((text.trim(), 1000)) };
    let (name, weight) = parameter.split_once('=')?;
    let known = name.trim().eq_ignore_ascii_case("q");
    known.then(|| thousandths(weight.trim())).flatten().map(|weight| (tag.trim(), weight))
}

/// A `qvalue` (RFC 9110 12.4.2), in thousandths: `0`, `0.8`, `1.000`.
fn thousandths(qvalue: &str) -> Option<u16> {
    let (whole, fraction) = qvalue.split_once('.').unwrap_or((qvalue, ""));
    let digits = fraction.len() <= 3 && fraction.bytes().all(|digit| digit.is_ascii_digit());
    let fraction: u16 = format!("{fraction:0<3}").parse().ok().filter(|_| digits)?;
    match (whole, fraction) {
        ("0", _) => Some(fraction),
        ("1", 0) => Some(1000),
        _ => None,
    }
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
        assert_eq!(liked("fr-CH;Q=0.9 , de ; q=0.95"), Language::De);
        assert_eq!(liked("fr;q=0.5,de;q=0.5"), Language::Fr);
        // A Swiss who reads German first, whatever follows.
        assert_eq!(liked("de-CH, fr, de;q=0.1"), Language::De);
    }

    #[test]
    fn the_star_stands_for_whatever_is_not_named() {
        let liked = Language::from_accept_language;
        assert_eq!(liked("*"), Language::En);
        assert_eq!(liked("fr;q=0.4, *;q=0.5"), Language::En);
        assert_eq!(liked("*;q=0.5, fr"), Language::Fr);
        assert_eq!(liked("en;q=0, *"), Language::De);
        assert_eq!(liked("*;q=0"), Language::En);
    }

    #[test]
    fn a_choice_stands_above_what_the_browser_asks_for() {
        let negotiated = Language::negotiated;
        assert_eq!(negotiated(Some("fr"), Some("de")), Language::Fr);
        assert_eq!(negotiated(Some("xx"), Some("de")), Language::De);
        assert_eq!(negotiated(None, Some("de")), Language::De);
        assert_eq!(negotiated(None, None), Language::En);
    }

    #[test]
    fn falls_back_to_english_on_anything_unreadable() {
        for header in [
            "",
            ",,;;",
            "xx",
            "de;q=zero",
            "de;q=7",
            "de;q=1.1",
            "de;q=0.1234",
            "de;q=",
            "de;q=+1",
            "de;level=1",
            "de;q=0",
            "\u{0}",
        ] {
            assert_eq!(Language::from_accept_language(header), Language::En);
        }
    }
}
