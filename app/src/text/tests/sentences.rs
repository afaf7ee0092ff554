//! Phrases, events, jobs.

use std::collections::BTreeSet;
use trustboard_model::appraisal::SecureBoot;
use trustboard_model::configuration::ConfigurationRef;
use trustboard_model::digest::Sha256;
use trustboard_model::event::Actor;
use trustboard_model::event::EventKind;
use trustboard_model::event::EventSeq;
use trustboard_model::host::Attestation;
use trustboard_model::host::IdentityState;
use trustboard_model::host::Presence;
use trustboard_model::id::AppraisalId;
use trustboard_model::id::BulkId;
use trustboard_model::id::ClusterId;
use trustboard_model::id::ConfigurationId;
use trustboard_model::id::DatacenterId;
use trustboard_model::id::ExceptionId;
use trustboard_model::id::ImportId;
use trustboard_model::id::JobId;
use trustboard_model::id::TokenId;
use trustboard_model::id::ViewId;
use trustboard_model::job::Because;
use trustboard_model::job::JobState;
use trustboard_model::job::StepKind;
use trustboard_model::job::Trigger;
use trustboard_model::maker::{ImportCounts, MakerTrust};
use trustboard_model::reason::ReasonCode;
use trustboard_model::rights::RoleIn;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::HostAction;

use super::assert_whole;
use crate::text::*;

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
                Phrase::NotLookedAt { count: count.into() },
                Phrase::NothingChanges { count: count.into() },
                Phrase::MoreHosts { count: count.into() },
                Phrase::Reappraised { count: count.into() },
                Phrase::TurnedRed { count: count.into() },
                Phrase::TurnedGreen { count: count.into() },
                Phrase::Seconds { count },
                Phrase::TakenOtherwise { count },
                Phrase::ExceptionsInForce { count },
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
        Phrase::WithKey { operator: "ada", key: "backup" },
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
        asked_by: None,
    };
    let asked_by = name;
    let until = Timestamp(1_763_744_400_250);
    vec![
        EventKind::DatacenterCreated { id: DatacenterId::from_random(id), name: name() },
        EventKind::ClusterCreated { id: ClusterId::from_random(id), name: name() },
        EventKind::TokenCreated {
            id: TokenId::from_random(id),
            cluster: ClusterId::from_random(id),
        },
        EventKind::TokenRevoked { id: TokenId::from_random(id) },
        EventKind::ViewShared {
            view: ViewId::from_random(id),
            name: name(),
            filter: "q=alarm:red".to_owned(),
        },
        EventKind::ViewShared {
            view: ViewId::from_random(id),
            name: name(),
            filter: String::new(),
        },
        EventKind::ViewUnshared { view: ViewId::from_random(id), name: name() },
        EventKind::OperatorCreated {
            name: name(),
            role: Some(Role::Viewer),
            datacenters: vec![RoleIn {
                id: DatacenterId::from_random([4; 16]),
                name: name(),
                role: Role::Approver,
            }],
        },
        EventKind::OperatorChanged { name: name(), role: None, datacenters: Vec::new() },
        EventKind::SignInLinkMade { name: name(), expires_at: until },
        EventKind::PasswordChanged { name: name() },
        EventKind::PasswordReset { name: name() },
        EventKind::OperatorDisabled { name: name(), reason: "left".to_owned() },
        EventKind::OperatorEnabled { name: name() },
        EventKind::SessionsEnded { name: name(), count: 2 },
        EventKind::KeyCreated {
            name: name(),
            key: "backup".to_owned(),
            role: Role::Viewer,
            datacenters: Some(vec!["Berlin".to_owned(), "Paris".to_owned()]),
            expires_at: until,
        },
        EventKind::KeyCreated {
            name: name(),
            key: "backup".to_owned(),
            role: Role::Viewer,
            datacenters: None,
            expires_at: until,
        },
        EventKind::KeyRevoked { name: name(), key: "backup".to_owned() },
        EventKind::SettingsChanged { two_person_approvals: true, two_person_resets: false },
        EventKind::ResetAsked { occurrence: 2, reason: "on site".to_owned() },
        EventKind::ResetDeclined {
            occurrence: 2,
            asked_by: asked_by(),
            reason: "not yet".to_owned(),
        },
        EventKind::ResetLapsed { occurrence: 2, asked_by: asked_by() },
        EventKind::AlarmReset {
            occurrence: 2,
            reason: "on site".to_owned(),
            condition_held: true,
            reasons: reasons(),
            asked_by: Some(asked_by()),
        },
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
        EventKind::BulkStarted {
            bulk: BulkId::from_random(id),
            action: HostAction::Reset { reason: "mended".to_owned() },
            hosts: 412,
            query: "cause:secure-boot".parse().ok(),
        },
        EventKind::BulkEnded {
            bulk: BulkId::from_random(id),
            changed: 400,
            unchanged: 2,
            failed: 10,
            cancelled: false,
        },
        EventKind::BulkEnded {
            bulk: BulkId::from_random(id),
            changed: 400,
            unchanged: 2,
            failed: 10,
            cancelled: true,
        },
        EventKind::AutomaticResetChanged { name: "Berlin".to_owned(), on: true },
        EventKind::AutomaticResetChanged { name: "Berlin".to_owned(), on: false },
        EventKind::JobStarted { job: JobId::from_random(id) },
        EventKind::MakersImported {
            import: ImportId::from_random(id),
            file: "roots.zip".to_owned(),
            trusted: Vec::new(),
            counts: ImportCounts::default(),
        },
        EventKind::MakerTrustChanged {
            fingerprint: Sha256([7; 32]),
            subject: "CN=Root".to_owned(),
            from: MakerTrust::Awaiting,
            to: MakerTrust::Trusted,
            note: None,
        },
        EventKind::MakerRemoved {
            fingerprint: Sha256([7; 32]),
            subject: "CN=Root".to_owned(),
            reason: "withdrawn".to_owned(),
        },
        EventKind::PastForgotten {
            evidence: 12,
            evidence_before: Timestamp(0),
            conclusions: 3,
            conclusions_before: Timestamp(0),
        },
    ]
    .into_iter()
    .chain(standards_events())
    .chain(inventory_events())
    .collect()
}

/// What changes where things are, and what is about the server itself.
fn inventory_events() -> Vec<EventKind> {
    let id = [7; 16];
    let name = || "web".to_owned();
    let (datacenter, cluster) = (DatacenterId::from_random(id), ClusterId::from_random(id));
    vec![
        EventKind::DatacenterRenamed { id: datacenter, from: name(), to: name() },
        EventKind::DatacenterDeleted { id: datacenter, name: name() },
        EventKind::ClusterRenamed { id: cluster, from: name(), to: name() },
        EventKind::ClusterMoved {
            id: cluster,
            name: name(),
            from: datacenter,
            from_name: name(),
            to: datacenter,
            to_name: name(),
            hosts: 0,
        },
        EventKind::ClusterDeleted { id: cluster, name: name() },
        EventKind::HostMoved {
            name: name(),
            from: cluster,
            from_name: name(),
            to: cluster,
            to_name: name(),
        },
        EventKind::HostRemoved { name: name(), reason: "scrapped".to_owned() },
        EventKind::SetupCodeCreated,
        EventKind::BackupMade { bytes: 52_428_800, events: 12_480 },
        EventKind::BackupRestored { file: "nightly.db".to_owned(), events: 12_480 },
        EventKind::ChainVerified { events: 12_480, head: Sha256([1; 32]) },
        EventKind::ChainBroken { first: EventSeq(7), problem: "missing".to_owned() },
    ]
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
            let code = kind.code();
            assert!(EventKind::CODES.contains(&code), "{code} cannot be searched for");
            assert_whole(&words, &format!("{language} {kind:?}"));
            assert!(words.ends_with('.'), "{words}");
        }
        let held = events().into_iter().filter(|kind| kind.code() == "alarm-reset");
        let said: BTreeSet<_> = held.map(|kind| event(language, &kind)).collect();
        assert_eq!(said.len(), 3, "whether the condition held and who asked must be said");
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
    let by_ada = |then_reset| Trigger::Operator { name: "ada".to_owned(), key: None, then_reset };
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
