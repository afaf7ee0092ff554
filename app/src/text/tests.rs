//! What holds for every offered language.

use std::collections::BTreeSet;

use trustboard_model::alarm::Condition;
use trustboard_model::check::CheckId;
use trustboard_model::host::{Attestation, IdentityState, Presence};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Cause;
use trustboard_model::view::Message;

use super::*;

/// The longest title: one line of the table's widest column.
const MAX_TITLE: usize = 90;

/// No hole, no brace, nothing doubled by a part that was left out.
#[track_caller]
fn assert_whole(text: &str, what: &str) {
    assert!(!text.trim().is_empty(), "{what}: empty");
    for bad in ["{", "}", "[", "]", "  ", " .", " ,", "..", "::", ": .", "()", "“”"] {
        assert!(!text.contains(bad), "{what}: “{bad}” in: {text}");
    }
    assert_eq!(text.trim(), text, "{what}: blanks around");
}

#[track_caller]
fn assert_reason_whole(text: &ReasonText, what: &str) {
    for part in [text.title, &text.sentence, &text.cause, &text.look] {
        assert_whole(part, what);
    }
    assert!(!text.remedy.is_empty(), "{what}: no remedy");
    for step in &text.remedy {
        assert_whole(step, what);
    }
    assert!(text.sentence.ends_with('.'), "{what}: not a sentence: {}", text.sentence);
}

/// Every reason with facts by every combination of presence.
fn reasons_with_facts() -> impl Iterator<Item = Reason> {
    ReasonCode::ALL.iter().flat_map(|&code| {
        (0..16).map(move |which| {
            let mut reason = Reason::new(code);
            if which & 1 != 0 {
                reason = reason.at("the place");
            }
            if which & 2 != 0 {
                reason = reason.expected("what was expected");
            }
            if which & 4 != 0 {
                reason = reason.found("what was found");
            }
            if which & 8 != 0 {
                let facts = ["pcr", "bank", "events", "issuer", "other", "variable", "authority"];
                for fact in facts {
                    reason = reason.with(fact, format!("some {fact}"));
                }
            }
            reason
        })
    })
}

#[test]
fn every_reason_is_whole_whatever_facts_it_has() {
    for &language in Language::offered() {
        for given in reasons_with_facts() {
            let what = format!("{language} {} {given:?}", given.code);
            let text = reason(language, &given);
            assert_reason_whole(&text, &what);
            for fact in [&given.place, &given.expected, &given.found].into_iter().flatten() {
                assert!(text.sentence.contains(fact), "{what}: {}", text.sentence);
            }
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

#[test]
fn every_check_says_what_it_makes_sure_of() {
    for &language in Language::offered() {
        let mut titles = BTreeSet::new();
        for &id in CheckId::ALL {
            let text = check(language, id);
            let what = format!("{language} {id}");
            assert_whole(text.title, &what);
            assert_whole(text.meaning, &what);
            assert!(titles.insert(text.title), "{what}: another check has this title");
            assert_whole(group(language, id.group()), &what);
        }
    }
}

#[test]
fn every_word_of_the_interface_is_there() {
    for &language in Language::offered() {
        for &key in Ui::ALL {
            assert_whole(ui(language, key), &format!("{language} {key:?}"));
        }
        for pcr in PcrIndex::all() {
            assert_whole(pcr_purpose(language, pcr), &format!("{language} PCR {pcr}"));
        }
    }
}

#[test]
fn attestation_words_differ() {
    for &language in Language::offered() {
        let words: BTreeSet<_> =
            Attestation::ALL.iter().map(|&value| attestation(language, value)).collect();
        assert_eq!(words.len(), Attestation::ALL.len());
        let conditions =
            [Condition::Holds, Condition::Cleared { at: Timestamp(0) }, Condition::Unknown];
        let words: BTreeSet<_> =
            conditions.iter().map(|&value| condition(language, value)).collect();
        assert_eq!(words.len(), conditions.len());
    }
}

fn causes(problem: &str) -> Vec<Cause> {
    let problem = problem.to_owned();
    vec![
        Cause::NoTpm,
        Cause::Malformed { part: "quote".to_owned(), problem: problem.clone() },
        Cause::HostRefused { problem: problem.clone() },
        Cause::NotEvaluated { check: CheckId::LogStructure, problem },
    ]
}

#[test]
fn every_cause_is_whole_with_and_without_a_problem() {
    for &language in Language::offered() {
        for problem in ["byte 7: too short.", "", "  "] {
            for unknown in causes(problem) {
                let text = cause(language, &unknown);
                let what = format!("{language} {unknown:?}");
                assert_whole(text.title, &what);
                assert_whole(&text.sentence, &what);
                let said = matches!(unknown, Cause::NoTpm)
                    || text.sentence.contains(problem.trim_end_matches('.').trim());
                assert!(said, "{what}: {}", text.sentence);
            }
        }
    }
}

#[test]
fn every_message_but_nothing_says_something() {
    let at = Timestamp(1_763_744_400_000);
    let reasons: Vec<_> = ReasonCode::ALL.iter().copied().map(Reason::new).collect();
    let mut messages = vec![
        Message::Reasons { reasons: reasons.clone() },
        Message::Reasons { reasons: reasons[..1].to_vec() },
        Message::Warnings { reasons: reasons[..2].to_vec() },
        Message::NeverVerified,
        Message::VerificationFailed { problem: "no answer in 30 s.".to_owned(), at },
        Message::NotResponding { since: at },
        Message::Disconnected { reason: "board swap".to_owned() },
        Message::Disconnected { reason: String::new() },
    ];
    messages.extend(causes("why").into_iter().map(|cause| Message::Unknown { cause }));
    for &language in Language::offered() {
        assert_eq!(message(language, &Message::Nothing), None);
        for given in &messages {
            let what = format!("{language} {given:?}");
            let text = message(language, given).expect(&what);
            assert_whole(text.title, &what);
            assert_whole(&text.sentence, &what);
        }
        let more = message(language, &messages[0]).expect("reasons").sentence;
        assert!(more.contains(&(reasons.len() - 1).to_string()), "{more}");
    }
}

#[test]
fn every_refusal_says_what_it_knows() {
    let text = |text: &str| text.to_owned();
    let refusals = [
        (Refusal::SignInRequired, ""),
        (Refusal::WrongCredentials, ""),
        (Refusal::CrossSite, ""),
        (Refusal::NotFound { what: text("host") }, "host"),
        (Refusal::NotFound { what: text("") }, ""),
        (Refusal::Stale { seen: 1, current: 2, now: text("Failed, red") }, "Failed, red"),
        (Refusal::Conflict { problem: text("the alarm is green") }, "the alarm is green"),
        (Refusal::invalid("comment", "at most 1000 characters"), "comment: at most 1000"),
        (Refusal::TooMany { retry_s: 17 }, "17"),
        (Refusal::Unavailable { trace: text("a1b2") }, "a1b2"),
    ];
    for &language in Language::offered() {
        for (given, said) in &refusals {
            let words = refusal(language, given);
            assert_whole(&words, &format!("{language} {given:?}"));
            assert!(words.contains(said), "{language} {given:?}: {words}");
        }
        for needs in Role::ALL {
            let words = refusal(language, &Refusal::Forbidden { needs });
            assert!(words.contains(role(language, needs)), "{words}");
            assert_whole(role_meaning(language, needs), &words);
        }
    }
}

#[test]
fn states_of_identity_and_connection_differ() {
    for &language in Language::offered() {
        let identities = [
            IdentityState::None,
            IdentityState::Pending,
            IdentityState::Enrolled,
            IdentityState::Mismatched,
        ];
        let words: BTreeSet<_> =
            identities.iter().map(|&state| identity(language, state)).collect();
        assert_eq!(words.len(), identities.len());
        let presences = [Presence::Connected, Presence::NotResponding, Presence::Disconnected];
        let words: BTreeSet<_> = presences.iter().map(|&state| presence(language, state)).collect();
        assert_eq!(words.len(), presences.len());
    }
}
