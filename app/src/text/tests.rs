//! What holds for every offered language.

use std::collections::BTreeSet;

use trustboard_model::alarm::Condition;
use trustboard_model::appraisal::SecureBoot;
use trustboard_model::boot::Topic;
use trustboard_model::check::CheckId;
use trustboard_model::configuration::{ConfigurationRef, ConfigurationState};
use trustboard_model::digest::Sha256;
use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::{Attestation, IdentityState, Presence};
use trustboard_model::id::{
    AppraisalId, ClusterId, ConfigurationId, DatacenterId, ExceptionId, JobId, TokenId,
};
use trustboard_model::job::{Because, JobState, StepKind, Trigger};
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
                let facts = [
                    "pcr",
                    "pcrs",
                    "bank",
                    "events",
                    "issuer",
                    "other_host",
                    "variable",
                    "ek",
                    "last_on",
                    "explained",
                    "prefix_events",
                    "missing_events",
                    "configuration",
                    "version",
                    "count",
                    "added",
                    "removed",
                ];
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
        (Refusal::NotFound { what: text("host") }, "host"),
        (Refusal::NotFound { what: text("") }, ""),
        (Refusal::Stale { seen: 1, current: 2, now: text("Failed, red") }, "Failed, red"),
        (Refusal::Conflict { problem: text("the alarm is green") }, "the alarm is green"),
        (Refusal::invalid("comment", "at most 1000 characters"), "at most 1000 characters"),
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

fn phrases() -> Vec<Phrase<'static>> {
    let counts = [0, 1, 2, 12_480];
    let mut all: Vec<Phrase<'static>> = counts
        .into_iter()
        .flat_map(|count| {
            [
                Phrase::Hosts { count },
                Phrase::HostsMatch { count },
                Phrase::HostsMatchOf { count, all: 20_000 },
                Phrase::Selected { count },
                Phrase::MoreReasons { count },
                Phrase::SecondsAgo { count },
                Phrase::MinutesAgo { count },
                Phrase::HoursAgo { count },
                Phrase::DaysAgo { count },
                Phrase::SpanCount { count: count.into() },
                Phrase::ChecksPassed { passed: count, all: 20_000 },
                Phrase::EventsExtended { count },
                Phrase::AtMostCharacters { count },
                Phrase::Stale { count },
                Phrase::DifferencesCount { count },
                Phrase::DifferencesFirst { count },
                Phrase::WouldTurnRed { count: count.into() },
                Phrase::WouldTurnGreen { count: count.into() },
                Phrase::WithoutEvidence { count: count.into() },
                Phrase::NothingChanges { count: count.into() },
                Phrase::MoreHosts { count: count.into() },
                Phrase::Reappraised { count: count.into() },
                Phrase::TurnedRed { count: count.into() },
                Phrase::TurnedGreen { count: count.into() },
                Phrase::Seconds { count },
                Phrase::TakenOtherwise { count },
            ]
        })
        .collect();
    all.extend([
        Phrase::RowsOf { first: 1, last: 100, all: 4312 },
        Phrase::PageOf { page: 1, pages: 44 },
        Phrase::Occurrence { number: 2 },
        Phrase::AcknowledgedBy { name: "ada", comment: "on site" },
        Phrase::AcknowledgedBy { name: "ada", comment: "" },
        Phrase::AcknowledgedUntil { at: "noon" },
        Phrase::Since { at: "noon" },
        Phrase::LastVerified { ago: "12 s" },
        Phrase::LastPassed { at: "noon" },
        Phrase::SignedInAs { name: "ada", role: "operator" },
        Phrase::ActionOn { action: "Reset…", host: "db-017" },
        Phrase::NoSuchHost { host: "db-017" },
        Phrase::ResetStillHolds { reason: "why" },
        Phrase::ResetCleared { at: "noon" },
        Phrase::InClusters { names: "db, edge" },
        Phrase::ByPolicy { policy: "Linux server, version 1", verifier: "0.1.0" },
        Phrase::HostChanged { host: "db-017", attestation: "Passed" },
        Phrase::Version { version: 3 },
        Phrase::NameVersion { name: "Debian 12", version: 3 },
        Phrase::ComparedWith { name: "Debian 12", version: 2 },
        Phrase::PcrEvent { pcr: 8, event: 41 },
        Phrase::InBank { bank: "SHA-256" },
        Phrase::EventVaries { event: 41 },
        Phrase::NowDraft { name: "Debian 12" },
        Phrase::NowAwaiting { name: "Debian 12" },
        Phrase::NowApproved { name: "Debian 12" },
        Phrase::NowRetired { name: "Debian 12" },
        Phrase::PolicyOf { cluster: "db-prod" },
        Phrase::InForce { name: "Linux server", version: 1 },
        Phrase::Item { item: "H54" },
    ]);
    all
}

#[test]
fn every_phrase_is_whole() {
    for &language in Language::offered() {
        for said in phrases() {
            assert_whole(&phrase(language, &said), &format!("{language} {said:?}"));
        }
        let many = phrase(language, &Phrase::Hosts { count: 12_480 });
        assert!(many.contains(&number(language, 12_480)), "{many}");
    }
}

fn events() -> Vec<EventKind> {
    let id = [7; 16];
    let name = || "ada".to_owned();
    let reasons = || vec![ReasonCode::EkMismatch, ReasonCode::SecureBootDisabled];
    let appraised = |from, reasons| EventKind::Appraised {
        appraisal: AppraisalId::from_random(id),
        job: None,
        from,
        to: Attestation::Failed,
        secure_boot: SecureBoot::Off,
        reasons,
    };
    let reset = |condition_held, reason: &str| EventKind::AlarmReset {
        occurrence: 2,
        reason: reason.to_owned(),
        condition_held,
        reasons: reasons(),
    };
    vec![
        EventKind::DatacenterCreated { id: DatacenterId::from_random(id), name: name() },
        EventKind::ClusterCreated { id: ClusterId::from_random(id), name: name() },
        EventKind::TokenCreated {
            id: TokenId::from_random(id),
            cluster: ClusterId::from_random(id),
        },
        EventKind::TokenRevoked { id: TokenId::from_random(id) },
        EventKind::OperatorCreated { name: name(), role: Role::Viewer },
        EventKind::OperatorChanged { name: name(), role: Role::Operator },
        EventKind::SignedIn { name: name() },
        EventKind::SignedOut { name: name() },
        EventKind::SignInRefused { name: name() },
        EventKind::HostEnrolled { name: name(), tpm: true },
        EventKind::HostEnrolled { name: name(), tpm: false },
        EventKind::IdentityChanged {
            from: IdentityState::None,
            to: IdentityState::Enrolled,
            ek: Some(Sha256([9; 32])),
            reason: Some("board swap".to_owned()),
        },
        EventKind::IdentityChanged {
            from: IdentityState::Enrolled,
            to: IdentityState::None,
            ek: None,
            reason: None,
        },
        EventKind::IdentityChanged {
            from: IdentityState::Enrolled,
            to: IdentityState::Enrolled,
            ek: Some(Sha256([9; 32])),
            reason: Some("compared at the console".to_owned()),
        },
        EventKind::PresenceChanged {
            from: Presence::Connected,
            to: Presence::Disconnected,
            reason: Some("board swap".to_owned()),
        },
        EventKind::PresenceChanged {
            from: Presence::Connected,
            to: Presence::NotResponding,
            reason: None,
        },
        appraised(None, Vec::new()),
        appraised(Some(Attestation::Passed), reasons()),
        EventKind::VerificationFailed { job: None, problem: "no answer.".to_owned() },
        EventKind::AlarmRaised { occurrence: 1, reasons: reasons() },
        EventKind::AlarmConditionCleared { occurrence: 1 },
        EventKind::AlarmConditionChanged { occurrence: 1 },
        EventKind::AlarmAcknowledged {
            occurrence: 1,
            comment: "on site.".to_owned(),
            until: Some(Timestamp(0)),
        },
        EventKind::AlarmAcknowledged { occurrence: 1, comment: String::new(), until: None },
        reset(true, "known"),
        reset(false, ""),
        EventKind::MaintenanceEntered { reason: "board swap".to_owned() },
        EventKind::MaintenanceEntered { reason: String::new() },
        EventKind::MaintenanceLeft,
        EventKind::JobStarted { job: JobId::from_random(id) },
    ]
    .into_iter()
    .chain(standards_events())
    .collect()
}

/// What changes what hosts are judged by.
fn standards_events() -> Vec<EventKind> {
    let id = [7; 16];
    let configuration = || ConfigurationRef {
        id: ConfigurationId::from_random(id),
        name: "Debian 12.8".to_owned(),
        version: 3,
    };
    let (values, code) = (Sha256([1; 32]), ReasonCode::SecureBootDisabled);
    let exception = ExceptionId::from_random(id);
    let approved = |complete| EventKind::ConfigurationApproved {
        configuration: configuration(),
        values,
        complete,
    };
    vec![
        EventKind::ConfigurationCaptured {
            configuration: configuration(),
            host: "web-1".to_owned(),
            values,
        },
        EventKind::ConfigurationImported {
            configuration: configuration(),
            file: String::new(),
            values,
        },
        EventKind::ConfigurationEdited { configuration: configuration(), values },
        approved(true),
        approved(false),
        EventKind::ConfigurationSuperseded { configuration: configuration(), version: 4 },
        EventKind::ConfigurationRetired {
            configuration: configuration(),
            reason: "replaced".to_owned(),
        },
        EventKind::ChangeAccepted {
            configuration: configuration(),
            reason: "patch day".to_owned(),
        },
        EventKind::PolicyChanged {
            cluster: ClusterId::from_random(id),
            name: "web".to_owned(),
            from: 1,
            to: 2,
            changes: vec!["interval_s: 300 → 60".to_owned()],
        },
        EventKind::ExceptionGranted {
            exception,
            code,
            reason: "firmware ordered".to_owned(),
            expires_at: Timestamp(0),
        },
        EventKind::ExceptionEnded { exception, code, reason: None },
        EventKind::ExceptionEnded { exception, code, reason: Some("done".to_owned()) },
    ]
}

#[test]
fn every_event_is_a_whole_sentence() {
    for &language in Language::offered() {
        for kind in events() {
            let words = event(language, &kind);
            assert_whole(&words, &format!("{language} {kind:?}"));
            assert!(words.ends_with('.'), "{words}");
        }
        let held = events().into_iter().filter(|kind| kind.code() == "alarm-reset");
        let said: BTreeSet<_> = held.map(|kind| event(language, &kind)).collect();
        assert_eq!(said.len(), 2, "whether the condition held must be said");
    }
}

#[test]
fn jobs_and_actors_are_named() {
    let steps = [
        StepKind::Queued,
        StepKind::SessionFound,
        StepKind::SessionMissing,
        StepKind::IdentityAsked,
        StepKind::IdentityCompared,
        StepKind::CredentialSent,
        StepKind::IdentityProven,
        StepKind::ChallengeSent,
        StepKind::EvidenceReceived,
        StepKind::AgentRefused,
        StepKind::Appraised,
        StepKind::Recorded,
        StepKind::AlarmReset,
        StepKind::AlarmKept,
        StepKind::Problem,
    ];
    let by_ada = |then_reset| Trigger::Operator { name: "ada".to_owned(), then_reset };
    for &language in Language::offered() {
        for kind in steps {
            assert_whole(step(language, kind), &format!("{language} {kind:?}"));
        }
        for why in [Trigger::Scheduled, Trigger::Boot, Trigger::Reconnect, by_ada(None)] {
            assert_whole(&trigger(language, &why), &format!("{language} {why:?}"));
        }
        for because in Because::ALL {
            let why = Trigger::Reappraised { because };
            assert_whole(&trigger(language, &why), &format!("{language} {why:?}"));
        }
        assert!(trigger(language, &by_ada(Some("fixed".to_owned()))).contains("ada"));
        for problem in ["no answer", ""] {
            let state = JobState::Failed { problem: problem.to_owned() };
            let words = job_state(language, &state);
            assert_whole(&words, "failed job");
            assert!(words.contains(problem), "{words}");
        }
        let console = actor(language, &Actor::Console("root".to_owned()));
        assert!(console.contains("root") && console.len() > "root".len(), "{console}");
        assert_eq!(actor(language, &Actor::Operator("ada".to_owned())), "ada");
    }
}

#[test]
fn every_language_speaks_for_itself() {
    for &language in Language::offered().iter().filter(|&&language| language != Language::En) {
        for &code in ReasonCode::ALL {
            let (own, english) =
                (reason(language, &Reason::new(code)), reason(Language::En, &Reason::new(code)));
            assert_ne!(own.title, english.title, "{language} {code}");
            assert_ne!(own.sentence, english.sentence, "{language} {code}");
            assert_ne!(own.cause, english.cause, "{language} {code}");
        }
        for &id in CheckId::ALL {
            assert_ne!(check(language, id).meaning, check(Language::En, id).meaning, "{language}");
        }
    }
}
