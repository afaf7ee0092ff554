//! Reasons: whole with any facts, and told apart by their titles.

use std::collections::BTreeSet;
use trustboard_model::reason::Reason;
use trustboard_model::reason::ReasonCode;

use super::assert_whole;
use crate::text::*;

/// The longest title: one line of the table's widest column.
const MAX_TITLE: usize = 90;

/// The names in a template's braces.
fn names(template: &'static str) -> impl Iterator<Item = &'static str> {
    template.split('{').skip(1).filter_map(|named| Some(named.split_once('}')?.0))
}

/// Every name that a reason's texts speak of.
fn spoken_of(language: Language, code: ReasonCode) -> BTreeSet<&'static str> {
    let entry = language.catalogue().reason(code);
    let texts = [entry.sentence, entry.cause, entry.look].into_iter();
    texts.chain(entry.remedy.iter().copied()).flat_map(names).collect()
}

/// The reason with exactly these facts.
fn with_facts<'n>(code: ReasonCode, facts: impl Iterator<Item = &'n str>) -> Reason {
    facts.fold(Reason::new(code), |reason, name| match name {
        "place" => reason.at("the place"),
        "expected" => reason.expected("what was expected"),
        "found" => reason.found("what was found"),
        fact => reason.with(fact, format!("some {fact}")),
    })
}

/// Every combination of present and absent facts, of all that the texts speak of in any language,
/// and of place, expected and found, which every sentence must say.
fn combinations(code: ReasonCode) -> impl Iterator<Item = Reason> {
    let mut facts: BTreeSet<_> = ["place", "expected", "found"].into();
    facts.extend(Language::offered().iter().flat_map(|&language| spoken_of(language, code)));
    assert!(facts.len() <= 12, "{code}: too many facts to try all combinations");
    let facts: Vec<_> = facts.into_iter().collect();
    (0..1_u32 << facts.len()).map(move |which| {
        let given = facts.iter().enumerate().filter(|(bit, _)| which & (1 << bit) != 0);
        with_facts(code, given.map(|(_, name)| *name))
    })
}

#[test]
fn every_reason_is_whole_whatever_facts_it_has() {
    let mut tried = 0;
    for given in ReasonCode::ALL.iter().flat_map(|&code| combinations(code)) {
        for &language in Language::offered() {
            let what = format!("{language} {} {given:?}", given.code);
            let text = reason(language, &given);
            for part in [text.title, &text.sentence, &text.cause, &text.look] {
                assert_whole(part, &what);
            }
            assert!(!text.remedy.is_empty(), "{what}: no remedy");
            for step in &text.remedy {
                assert_whole(step, &what);
            }
            assert!(text.sentence.ends_with('.'), "{what}: not a sentence: {}", text.sentence);
            for fact in [&given.place, &given.expected, &given.found].into_iter().flatten() {
                assert!(text.sentence.contains(fact), "{what}: {}", text.sentence);
            }
            tried += 1;
        }
    }
    assert!(tried >= ReasonCode::ALL.len() * Language::offered().len() * 8, "{tried}");
}

/// A name that is misspelt in one language would be left out there without a sign.
#[test]
fn languages_speak_of_the_same_facts() {
    for &code in ReasonCode::ALL {
        let english = spoken_of(Language::En, code);
        for &language in Language::offered() {
            assert_eq!(spoken_of(language, code), english, "{language} {code}");
        }
    }
}

#[test]
fn hostile_facts_stay_text() {
    let hostile = Reason::new(ReasonCode::SecureBootDisabled)
        .at("{found} [x|y] <b>")
        .found("}{")
        .with("{place}", "x");
    for &language in Language::offered() {
        let text = reason(language, &hostile);
        assert!(text.sentence.contains("{found} [x|y] <b>"), "{}", text.sentence);
    }
}

#[test]
fn titles_are_unique_short_and_without_facts() {
    for &language in Language::offered() {
        let mut seen = BTreeSet::new();
        for &code in ReasonCode::ALL {
            let title = reason_title(language, code);
            assert!(title.chars().count() <= MAX_TITLE, "{language} {code}: {title}");
            assert!(seen.insert(title), "{language} {code}: another reason has the title {title}");
        }
    }
}
