//! The verifier's own words, `expected`, `found` and notes, and the server's beside the steps of
//! a job, in other languages.
//!
//! They are written once, in English, and they are stored so. Those that are written again
//! and again are known here by pattern; what is not known stays as it is, as a quotation.

use std::borrow::Cow;

use super::Language;
use super::format::moment_in;

/// A pattern with holes `{}`, and the same in another language with as many.
pub(super) type Pattern = (&'static str, &'static str);

/// How deep a hole's own words are translated: `PCR 7 (Secure Boot policy), sha256 bank` has a
/// purpose in its hole, and that has none.
const DEPTH: u8 = 2;

/// A fact of a reason (place, expected, found) in this language.
pub fn fact(language: Language, text: &str) -> Cow<'_, str> {
    translated(language, text, DEPTH).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn translated(language: Language, text: &str, depth: u8) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let patterns = language.catalogue().facts();
    patterns.iter().copied().flatten().find_map(|(known, words)| {
        let mut holes = holes(known, text)?.into_iter();
        let mut parts = words.split("{}");
        let mut said = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let hole = holes.next()?;
            let words = translated(language, hole, depth).or_else(|| moment_in(language, hole));
            said.push_str(words.as_deref().unwrap_or(hole));
            said.push_str(part);
        }
        Some(said)
    })
}

/// What stands in the holes of `pattern`, if it matches the whole of `text`. A hole ends at the
/// first place where what follows it does, and is never empty.
fn holes<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut parts = pattern.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut holes = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let end = if parts.peek().is_none() {
            rest.len().checked_sub(part.len()).filter(|_| rest.ends_with(part))?
        } else {
            rest.find(part)?
        };
        let (hole, after) = rest.split_at_checked(end)?;
        if hole.is_empty() {
            return None;
        }
        holes.push(hole);
        rest = after.strip_prefix(part)?;
    }
    rest.is_empty().then_some(holes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_texts_only() {
        assert_eq!(holes("none", "none"), Some(vec![]));
        assert_eq!(holes("none", "none of it"), None);
        assert_eq!(holes("PCR {}, event {}", "PCR 7, event 3"), Some(vec!["7", "3"]));
        assert_eq!(holes("PCR {}, event {}", "PCR 7, event "), None);
        assert_eq!(holes("{} or newer", "debian 12 or newer"), Some(vec!["debian 12"]));
        assert_eq!(holes("{} or newer", " or newer"), None);
        assert_eq!(holes("a{}a", "aéa"), Some(vec!["é"]));
        assert_eq!(holes("a{}a", "a"), None);
    }

    #[test]
    fn english_and_unknown_facts_stay_as_they_are() {
        assert_eq!(fact(Language::En, "no TPM 2.0"), "no TPM 2.0");
        for &language in Language::offered() {
            assert_eq!(fact(language, "byte 17: 0xFF"), "byte 17: 0xFF");
            assert_eq!(fact(language, ""), "");
        }
    }

    #[test]
    fn known_facts_are_translated_with_what_stands_in_them() {
        let place = "PCR 7 (Secure Boot policy), sha256 bank";
        assert_eq!(fact(Language::De, place), "PCR 7 (Secure-Boot-Richtlinie), Bank sha256");
        assert_eq!(fact(Language::De, "debian 12 or newer"), "debian 12 oder neuer");
        assert_eq!(fact(Language::Fr, "no TPM 2.0"), "aucun TPM 2.0");
        assert_eq!(
            fact(Language::De, "good until 2027-01-02T03:04:05.000Z"),
            "gültig bis 02.01.2027, 03:04:05 UTC"
        );
    }

    #[test]
    fn languages_know_the_same_facts() {
        let known = |language: Language| -> Vec<&str> {
            language
                .catalogue()
                .facts()
                .iter()
                .copied()
                .flatten()
                .map(|(known, _)| *known)
                .collect()
        };
        assert!(known(Language::En).is_empty(), "the verifier speaks English");
        assert_eq!(known(Language::De), known(Language::Fr));
        for &language in Language::offered() {
            for (known, words) in language.catalogue().facts().iter().copied().flatten() {
                let count = |text: &str| text.matches("{}").count();
                assert_eq!(count(known), count(words), "{language} {known}");
                assert!(!words.is_empty(), "{language} {known}");
            }
        }
    }
}
