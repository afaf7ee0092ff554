//! Words for states, checks, causes, messages and refusals.

use std::collections::BTreeSet;
use trustboard_model::alarm::Condition;
use trustboard_model::boot::Topic;
use trustboard_model::check::CheckId;
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::host::Attestation;
use trustboard_model::host::IdentityState;
use trustboard_model::host::Presence;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::Reason;
use trustboard_model::reason::ReasonCode;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Cause;
use trustboard_model::view::Message;

use super::assert_whole;
use crate::text::*;

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
        for &key in Trust::ALL {
            assert_whole(trust(language, key), &format!("{language} {key:?}"));
        }
        let topics: BTreeSet<_> = Topic::ALL.iter().map(|&about| topic(language, about)).collect();
        assert_eq!(topics.len(), Topic::ALL.len());
        let states = [
            ConfigurationState::Draft,
            ConfigurationState::AwaitingSecond,
            ConfigurationState::Approved,
            ConfigurationState::Superseded,
            ConfigurationState::Retired,
        ];
        let words: BTreeSet<_> =
            states.iter().map(|&state| configuration_state(language, state)).collect();
        assert_eq!(words.len(), states.len());
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
        (Refusal::KeyRefused, ""),
        (Refusal::NotWithKey, ""),
        (Refusal::NotFound { what: text("host") }, "host"),
        (Refusal::NotFound { what: text("") }, ""),
        (Refusal::Stale { seen: 1, current: 2, now: text("Failed, red") }, "Failed, red"),
        (Refusal::Conflict { problem: text("the alarm is green") }, "the alarm is green"),
        (Refusal::invalid("comment", "at most 1000 characters"), "at most 1000 characters"),
        (Refusal::TooMany { retry_s: 17 }, "17"),
        (Refusal::ReadOnly, ""),
        (Refusal::Unavailable { trace: text("a1b2") }, "a1b2"),
    ];
    for &language in Language::offered() {
        for (given, said) in &refusals {
            let words = refusal(language, given);
            assert_whole(&words, &format!("{language} {given:?}"));
            let said = fact(language, said);
            assert!(words.contains(&*said), "{language} {given:?}: {words}");
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
