//! From an enrolment token to the row, to the alarm, to green again: the product's story, told
//! through the same doors that agents and browsers use.

mod support;

use serde_json::json;
use support::World;
use support::agent::{enrol, facts, greet};
use support::tpm::TpmHost;
use trustboard_model::alarm::Condition;
use trustboard_model::appraisal::SecureBoot;
use trustboard_model::host::{Attestation, IdentityState, Presence};
use trustboard_model::job::StepKind;
use trustboard_model::protocol::ServerMessage;
use trustboard_model::reason::ReasonCode;
use trustboard_model::role::Role;
use trustboard_model::view::{AlarmView, HostRow, Message};

fn reason(row: &HostRow) -> Option<ReasonCode> {
    match &row.message {
        Message::Reasons { reasons } => reasons.first().map(|reason| reason.code),
        _ => None,
    }
}

fn condition(row: &HostRow) -> Option<Condition> {
    match &row.alarm {
        AlarmView::Red { condition, .. } => Some(*condition),
        AlarmView::Green => None,
    }
}

#[tokio::test]
async fn secure_boot_is_lost_and_found_and_the_alarm_reset() {
    let mut world = World::new().await;
    let agents = world.listen_to_agents().await;
    let operator = world.sign_in("olga", Role::Operator).await;

    // A healthy host enrols, connects, and is verified by itself.
    let mut host = TpmHost::healthy("db-prod-01");
    let enrolment = host.enrol(&world).await;
    let id = enrolment.host;
    let mut session = host.connect(agents, &enrolment).await;
    host.prove(&mut session).await;
    host.answer(&mut session).await;
    let row = world.row_when(id, |row| row.attestation == Attestation::Passed).await;
    assert_eq!(row.identity, IdentityState::Enrolled);
    assert_eq!(row.presence, Presence::Connected);
    assert_eq!((row.secure_boot, &row.alarm), (SecureBoot::On, &AlarmView::Green));

    // It boots with Secure Boot off: red, with the reason.
    drop(session);
    world.row_when(id, |row| row.presence == Presence::NotResponding).await;
    host.boot("boot-2", false);
    let mut session = host.connect(agents, &enrolment).await;
    host.prove(&mut session).await;
    host.answer(&mut session).await;
    let row = world.row_when(id, |row| row.attestation == Attestation::Failed).await;
    assert_eq!(reason(&row), Some(ReasonCode::SecureBootDisabled));
    assert_eq!(condition(&row), Some(Condition::Holds));

    // The operator says that somebody is on it; the colour stays.
    let path = |action: &str| format!("/api/v1/hosts/{id}/{action}");
    let body = json!({ "revision": row.revision, "comment": "calling the rack" });
    let answer = world.post(&path("acknowledge")).by(&operator).json(&body).send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let AlarmView::Red { acknowledged: Some(by), .. } = world.row(id).await.alarm else {
        panic!("not acknowledged");
    };
    assert_eq!((&*by.by, &*by.comment), ("olga", "calling the rack"));

    // What a stale page asks for is refused with the state that it has not seen.
    let body = json!({ "revision": row.revision, "reason": "looks fine" });
    let stale = world.post(&path("reset")).by(&operator).json(&body).send().await;
    assert!(stale.refusal().starts_with("409 stale: the host has changed"), "{stale:?}");
    let current = world.row(id).await.revision;
    let json = stale.json();
    assert_eq!((&json["seen"], &json["current"]), (&json!(row.revision), &json!(current)));
    assert_ne!(world.row(id).await.alarm, AlarmView::Green);

    // It boots as it should: passed, but the alarm stays, its condition cleared.
    drop(session);
    world.row_when(id, |row| row.presence == Presence::NotResponding).await;
    host.boot("boot-3", true);
    let mut session = host.connect(agents, &enrolment).await;
    host.prove(&mut session).await;
    host.answer(&mut session).await;
    let row = world.row_when(id, |row| row.attestation == Attestation::Passed).await;
    assert!(matches!(condition(&row), Some(Condition::Cleared { .. })), "{row:?}");

    // The operator resets it.
    let body = json!({ "revision": row.revision, "reason": "Secure Boot is on again" });
    let answer = world.post(&path("reset")).by(&operator).json(&body).send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(world.row(id).await.alarm, AlarmView::Green);

    // And again: nothing is written by a repetition.
    let revision = answer.json()["revision"].clone();
    let body = json!({ "revision": revision, "reason": "Secure Boot is on again" });
    let again = world.post(&path("reset")).by(&operator).json(&body).send().await;
    assert_eq!(again.json()["changed"], false, "{again:?}");

    let events = world.events().await;
    let story: Vec<_> = events
        .iter()
        .filter(|code| code.starts_with('a') || **code == "host-enrolled")
        .copied()
        .collect();
    assert_eq!(
        story,
        [
            "host-enrolled",
            "appraised",
            "appraised",
            "alarm-raised",
            "alarm-acknowledged",
            "appraised",
            "alarm-condition-cleared",
            "alarm-reset",
        ]
    );
}

#[tokio::test]
async fn verify_then_reset_resets_what_passes() {
    let mut world = World::new().await;
    let agents = world.listen_to_agents().await;
    let operator = world.sign_in("olga", Role::Operator).await;
    let mut host = TpmHost::healthy("web-1");
    let enrolment = host.enrol(&world).await;
    let id = enrolment.host;
    host.boot("boot-1", false);
    let mut session = host.connect(agents, &enrolment).await;
    host.prove(&mut session).await;
    host.answer(&mut session).await;
    world.row_when(id, |row| row.attestation == Attestation::Failed && !row.verifying).await;

    // While the condition holds it is verified again, fails, and the alarm is kept.
    let path = format!("/api/v1/hosts/{id}/verify-then-reset");
    for (secure_boot, expected) in [(false, StepKind::AlarmKept), (true, StepKind::AlarmReset)] {
        if secure_boot {
            host.boot("boot-1", true);
        }
        let revision = world.row(id).await.revision;
        let body = json!({ "revision": revision, "reason": "fixed" });
        let started = world.post(&path).by(&operator).json(&body).send().await;
        assert_eq!(started.status, 200, "{started:?}");
        // Already proven in this session: the challenge comes at once.
        host.answer(&mut session).await;
        world.row_when(id, |row| !row.verifying).await;
        let job = started.json()["job"].as_str().unwrap().to_owned();
        let job = world.get(&format!("/api/v1/hosts/{id}/jobs/{job}")).by(&operator).send().await;
        let job: trustboard_model::job::Job = serde_json::from_slice(&job.body).unwrap();
        let steps: Vec<_> = job.steps.iter().map(|step| step.kind).collect();
        assert_eq!(
            steps,
            [
                StepKind::Queued,
                StepKind::SessionFound,
                StepKind::ChallengeSent,
                StepKind::EvidenceReceived,
                StepKind::Appraised,
                StepKind::Recorded,
                expected,
            ]
        );
    }
    assert_eq!(world.row(id).await.alarm, AlarmView::Green);
}

#[tokio::test]
async fn a_tpm_added_later_needs_a_new_identity() {
    let mut world = World::new().await;
    let agents = world.listen_to_agents().await;
    let operator = world.sign_in("olga", Role::Operator).await;

    // Enrolled without a TPM: N/A.
    let enrolment = enrol(&world, "edge-7").await;
    let id = enrolment.host;
    let without = facts("edge-7", "boot-1");
    let mut session = greet(agents, &enrolment.credential, without.clone()).await;
    session.has_no_tpm().await;
    session.answer(&without).await;
    world.row_when(id, |row| row.attestation == Attestation::NotApplicable).await;

    // A TPM appears: failed, because no identity is on record.
    drop(session);
    world.row_when(id, |row| row.presence == Presence::NotResponding).await;
    let mut host = TpmHost::healthy("edge-7");
    host.boot("boot-2", true);
    let mut session = host.connect(agents, &enrolment).await;
    assert_eq!(session.hear().await, ServerMessage::AskIdentity);
    let tpm = Some(host.identity());
    session.say(&trustboard_model::protocol::AgentMessage::Identity { tpm }).await;
    host.answer(&mut session).await;
    let row = world.row_when(id, |row| row.attestation == Attestation::Failed).await;
    assert_eq!(reason(&row), Some(ReasonCode::NoCachedIdentity), "{row:#?}");

    // Maintenance mode, disconnect: the agent is told to wait. Connect: it proves itself.
    let act = |action: &'static str, body: serde_json::Value| {
        let ask = world.post(&format!("/api/v1/hosts/{id}/{action}"));
        ask.by(&operator).json(&body).send()
    };
    let reason = json!({ "revision": row.revision, "reason": "TPM added" });
    assert_eq!(act("enter-maintenance", reason.clone()).await.status, 200);
    assert_eq!(act("disconnect", reason).await.status, 200);
    assert_eq!(session.hear().await, ServerMessage::Parked);
    world.row_when(id, |row| row.presence == Presence::Disconnected).await;
    assert_eq!(act("connect", json!({ "revision": 0 })).await.status, 200);
    host.prove(&mut session).await;
    host.answer(&mut session).await;
    let row = world.row_when(id, |row| row.attestation == Attestation::Passed).await;
    assert_eq!(row.identity, IdentityState::Enrolled);
    assert!(matches!(condition(&row), Some(Condition::Cleared { .. })));
    let body = json!({ "revision": row.revision, "reason": "done" });
    assert_eq!(act("reset", body).await.status, 200);
    assert_eq!(world.row(id).await.alarm, AlarmView::Green);
}

#[tokio::test]
async fn verify_now_without_a_session_fails_at_once_and_says_why() {
    let world = World::new().await;
    let operator = world.sign_in("olga", Role::Operator).await;
    let id = enrol(&world, "gone-1").await.host;
    let revision = world.row(id).await.revision;
    let body = json!({ "revision": revision });
    let path = format!("/api/v1/hosts/{id}/verify-now");
    let started = world.post(&path).by(&operator).json(&body).send().await;
    assert_eq!(started.status, 200, "{started:?}");
    let job = started.json()["job"].as_str().unwrap().to_owned();
    let row =
        world.row_when(id, |row| !row.verifying && row.message != Message::NeverVerified).await;
    assert_eq!(row.attestation, Attestation::Unknown);
    let job = world.get(&format!("/api/v1/hosts/{id}/jobs/{job}")).by(&operator).send().await;
    let job = job.json();
    assert_eq!(job["state"]["state"], "failed");
    assert_eq!(job["state"]["problem"], "the host's agent is not connected");
    let kinds: Vec<_> =
        job["steps"].as_array().unwrap().iter().map(|s| s["kind"].clone()).collect();
    assert_eq!(kinds, ["queued", "session-missing"]);
}

#[tokio::test]
async fn a_second_session_takes_the_place_of_the_first() {
    let mut world = World::new().await;
    let agents = world.listen_to_agents().await;
    let enrolment = enrol(&world, "twice-1").await;
    let facts = facts("twice-1", "boot-1");
    let mut first = greet(agents, &enrolment.credential, facts.clone()).await;
    first.has_no_tpm().await;
    first.answer(&facts).await;
    world.row_when(enrolment.host, |row| row.last_verified.is_some()).await;
    let mut second = greet(agents, &enrolment.credential, facts.clone()).await;
    assert_eq!(first.closed().await.map(u16::from), Some(4000));
    second.has_no_tpm().await;
    second.answer(&facts).await;
    world.row_when(enrolment.host, |row| !row.verifying).await;
    assert_eq!(world.row(enrolment.host).await.presence, Presence::Connected);
}
