//! Sessions: what comes too early, too late, too long, twice, from the wrong host, or makes no
//! sense. Each is answered, and changes nothing.

use std::net::SocketAddr;

use serde_json::json;
use tokio_tungstenite::tungstenite::Message as Frame;
use trustboard_model::bytes::{Bytes, to_hex};
use trustboard_model::facts::HostFacts;
use trustboard_model::host::{Attestation, IdentityState, Presence};
use trustboard_model::id::{ChallengeId, HostId};
use trustboard_model::protocol::{
    AgentMessage, Hello, LogPart, SESSION_PATH, ServerMessage, VERSION, limit,
};
use trustboard_model::reason::ReasonCode;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::verdict::{Cause, Verdict};
use trustboard_model::view::{HostRow, Message};
use trustboard_server::query;

use crate::support::World;
use crate::support::agent::{Agent, Enrolment, connect, enrol, facts, greet, without_tpm};
use crate::support::tpm::TpmHost;

/// A server with an enrolled host without a TPM.
async fn world() -> (World, SocketAddr, Enrolment, HostFacts) {
    let mut world = World::new().await;
    let address = world.listen_to_agents().await;
    let enrolment = enrol(&world, "h1").await;
    (world, address, enrolment, facts("h1", "boot-1"))
}

/// A session that was challenged, and the challenge.
async fn challenged(
    address: SocketAddr,
    enrolment: &Enrolment,
    facts: &HostFacts,
) -> (Agent, ChallengeId) {
    let mut agent = greet(address, &enrolment.credential, facts.clone()).await;
    agent.has_no_tpm().await;
    let (challenge, _) = agent.challenge().await;
    (agent, challenge)
}

async fn cause(world: &World, host: HostId) -> Cause {
    let row = world.row_when(host, |row| matches!(row.message, Message::Unknown { .. })).await;
    assert_eq!(row.attestation, Attestation::Unknown);
    match row.message {
        Message::Unknown { cause } => cause,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_session_needs_the_credential() {
    let (world, _, enrolment, _) = world().await;
    let good = to_hex(&enrolment.credential);
    let words = "401 credential: the session credential is missing or wrong; enrol this host again";
    for bad in [
        String::new(),
        "Bearer".to_owned(),
        "Bearer zz".to_owned(),
        format!("Bearer {}", "00".repeat(32)),
        format!("Basic {good}"),
        format!("Bearer {good}00"),
    ] {
        let ask = world.agent_get(SESSION_PATH).header("authorization", &bad);
        assert_eq!(ask.send().await.agent_refusal(), words, "{bad}");
    }
    let ask = world.agent_get(SESSION_PATH).header("authorization", &format!("Bearer {good}"));
    let refused = ask.send().await.agent_refusal();
    assert!(refused.starts_with("426 upgrade: expected a WebSocket"), "{refused}");
    // Guessing is slowed down, and the right credential still works.
    for _ in 0..20 {
        world.agent_get(SESSION_PATH).send().await;
    }
    let refused = world.agent_get(SESSION_PATH).send().await.agent_refusal();
    assert!(refused.starts_with("429 too-many"), "{refused}");
    let ask = world.agent_get(SESSION_PATH).header("authorization", &format!("Bearer {good}"));
    assert_eq!(ask.send().await.status, 426);
}

#[tokio::test]
async fn a_host_that_comes_and_goes_all_the_time_is_told_to_come_later() {
    let (world, _, enrolment, _) = world().await;
    let bearer = format!("Bearer {}", to_hex(&enrolment.credential));
    let other = enrol(&world, "h2").await;
    let ask = async |bearer: &str| {
        world.agent_get(SESSION_PATH).header("authorization", bearer).send().await
    };
    for _ in 0..30 {
        assert_eq!(ask(&bearer).await.status, 426, "let in, were it a WebSocket");
    }
    let refused = ask(&bearer).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.headers["retry-after"]),
        (429, &"6".parse().unwrap())
    );
    let other = format!("Bearer {}", to_hex(&other.credential));
    assert_eq!(ask(&other).await.status, 426, "others are not concerned");
    world.clock.advance(6);
    assert_eq!(ask(&bearer).await.status, 426);
}

#[tokio::test]
async fn nothing_is_said_before_hello_and_hello_only_once() {
    let (world, address, enrolment, facts) = world().await;
    let mut agent = connect(address, &enrolment.credential).await;
    agent.say(&AgentMessage::Identity { tpm: None }).await;
    assert_eq!(agent.refused().await, "out-of-order");
    agent.send(Frame::Text("hello".into())).await;
    assert_eq!(agent.refused().await, "malformed");
    agent.send(Frame::Binary(vec![0xFF].into())).await;
    assert_eq!(agent.refused().await, "malformed");
    assert_eq!(world.row(enrolment.host).await.presence, Presence::NotResponding);
    let hello = AgentMessage::Hello(Hello { version: VERSION, facts: facts.clone() });
    agent.say(&hello).await;
    agent.has_no_tpm().await;
    agent.answer(&facts).await;
    world.row_when(enrolment.host, |row| row.last_verified.is_some()).await;
    for message in [hello, AgentMessage::Identity { tpm: None }] {
        agent.say(&message).await;
        assert_eq!(agent.refused().await, "out-of-order");
    }
}

#[tokio::test]
async fn a_hello_that_is_not_acceptable_ends_the_session() {
    let (world, address, enrolment, facts) = world().await;
    let other = Hello { version: 2, facts: facts.clone() };
    let mut agent = connect(address, &enrolment.credential).await;
    agent.say(&AgentMessage::Hello(other)).await;
    assert_eq!(agent.refused().await, "version");
    assert_eq!(agent.closed().await.map(u16::from), Some(1008));
    let long = HostFacts { hostname: "x".repeat(300), ..facts };
    let mut agent = greet(address, &enrolment.credential, long).await;
    assert_eq!(agent.refused().await, "facts");
    assert_eq!(agent.closed().await.map(u16::from), Some(1008));
    assert_eq!(world.row(enrolment.host).await.presence, Presence::NotResponding);
}

#[tokio::test]
async fn evidence_is_taken_once_and_only_for_the_open_challenge() {
    let (world, address, enrolment, facts) = world().await;
    let (mut agent, challenge) = challenged(address, &enrolment, &facts).await;
    let invented = ChallengeId::from_random([3; 16]);
    agent.say(&AgentMessage::Evidence(without_tpm(invented, &facts))).await;
    assert_eq!(agent.refused().await, "unknown-challenge");
    let evidence = AgentMessage::Evidence(without_tpm(challenge, &facts));
    agent.say(&evidence).await;
    let row = world.row_when(enrolment.host, |row| row.last_verified.is_some()).await;
    // The same again: the challenge is used up.
    agent.say(&evidence).await;
    assert_eq!(agent.refused().await, "unknown-challenge");
    assert_eq!(world.row(enrolment.host).await, row);
}

#[tokio::test]
async fn another_hosts_challenge_is_not_answered() {
    let (world, address, one, facts_one) = world().await;
    let other = enrol(&world, "h2").await;
    let facts_other = facts("h2", "boot-1");
    let (mut agent_one, challenge_one) = challenged(address, &one, &facts_one).await;
    let (mut agent_other, challenge_other) = challenged(address, &other, &facts_other).await;
    let stolen = AgentMessage::Evidence(without_tpm(challenge_one, &facts_one));
    agent_other.say(&stolen).await;
    assert_eq!(agent_other.refused().await, "unknown-challenge");
    assert_eq!(world.row(one.host).await.last_verified, None);
    assert_eq!(world.row(other.host).await.last_verified, None);
    // Both challenges are still open.
    agent_one.say(&stolen).await;
    agent_other.say(&AgentMessage::Evidence(without_tpm(challenge_other, &facts_other))).await;
    for host in [one.host, other.host] {
        world.row_when(host, |row| row.attestation == Attestation::NotApplicable).await;
    }
}

#[tokio::test]
async fn evidence_that_cannot_be_read_makes_a_row_that_says_so() {
    let (world, address, enrolment, facts) = world().await;
    let (mut agent, _) = challenged(address, &enrolment, &facts).await;
    agent.send(Frame::Binary(b"\xa1\x68evidence".to_vec().into())).await;
    assert_eq!(agent.refused().await, "malformed");
    let Cause::Malformed { problem, .. } = cause(&world, enrolment.host).await else {
        panic!("not malformed");
    };
    assert_eq!(problem, "the message ends too early");
}

#[tokio::test]
async fn parts_that_are_too_long_make_a_row_that_names_the_limit() {
    let (world, address, enrolment, facts) = world().await;
    let (mut agent, challenge) = challenged(address, &enrolment, &facts).await;
    let mut evidence = without_tpm(challenge, &facts);
    evidence.log = LogPart::Full { bytes: Bytes(vec![0; limit::LOG_BYTES + 1]) };
    agent.say(&AgentMessage::Evidence(evidence)).await;
    assert_eq!(agent.refused().await, "malformed");
    let Cause::Malformed { problem, .. } = cause(&world, enrolment.host).await else {
        panic!("not malformed");
    };
    assert_eq!(problem, "event log: 1048577 bytes, at most 1048576 are accepted");
}

#[tokio::test]
async fn a_message_above_every_limit_ends_the_session_and_the_row_says_why() {
    let (world, address, enrolment, facts) = world().await;
    let (mut agent, challenge) = challenged(address, &enrolment, &facts).await;
    let mut evidence = without_tpm(challenge, &facts);
    evidence.log = LogPart::Full { bytes: Bytes(vec![0; limit::MESSAGE_BYTES]) };
    // The server may close the session while it is still being said.
    agent.say_anyway(&AgentMessage::Evidence(evidence)).await;
    let id = enrolment.host;
    let ended = |row: &HostRow| row.presence == Presence::NotResponding;
    world.row_when(id, |row| ended(row) && row.last_verified.is_some()).await;
    let page = query::host(&world.state.ctx, &Sees::Everything, id).await.unwrap();
    let Some(Verdict::Unknown(Cause::Malformed { problem, .. })) =
        page.report.map(|report| report.verdict)
    else {
        panic!("not malformed");
    };
    assert!(problem.contains("longer than 6291456 bytes"), "{problem}");
}

#[tokio::test]
async fn a_log_that_was_never_named_cannot_be_relied_on() {
    let (world, address, enrolment, facts) = world().await;
    let (mut agent, challenge) = challenged(address, &enrolment, &facts).await;
    let mut evidence = without_tpm(challenge, &facts);
    evidence.log = LogPart::Known;
    agent.say(&AgentMessage::Evidence(evidence)).await;
    assert_eq!(agent.refused().await, "malformed");
    assert!(matches!(cause(&world, enrolment.host).await, Cause::Malformed { .. }));
}

#[tokio::test]
async fn an_agent_that_cannot_is_quoted() {
    let (world, address, enrolment, facts) = world().await;
    let (mut agent, challenge) = challenged(address, &enrolment, &facts).await;
    let problem = "the TPM is in lockout\x1b[2J".to_owned();
    agent.say(&AgentMessage::Cannot { challenge: Some(challenge), problem }).await;
    let Cause::HostRefused { problem } = cause(&world, enrolment.host).await else {
        panic!("not refused");
    };
    assert_eq!(problem, "the TPM is in lockout[2J", "without control characters");
}

#[tokio::test]
async fn a_host_that_talks_too_much_is_cut_off() {
    let (world, address, enrolment, facts) = world().await;
    let mut agent = greet(address, &enrolment.credential, facts).await;
    for _ in 0..200 {
        // Fails once the server has cut the host off.
        let _ = tokio::time::timeout(
            std::time::Duration::from_millis(50),
            agent.say_anyway(&AgentMessage::Identity { tpm: None }),
        )
        .await;
    }
    let mut codes = Vec::new();
    while let Some(message) = agent.try_hear().await {
        if let ServerMessage::Refused { code, .. } = message {
            codes.push(code);
        }
    }
    assert_eq!(codes.last().map(String::as_str), Some("too-many-messages"), "{codes:?}");
    world.row_when(enrolment.host, |row| row.presence == Presence::NotResponding).await;
}

#[tokio::test]
async fn a_quote_for_an_old_nonce_fails() {
    let mut world = World::new().await;
    let address = world.listen_to_agents().await;
    let host = TpmHost::healthy("h1");
    let enrolment = host.enrol(&world).await;
    let mut agent = host.connect(address, &enrolment).await;
    host.prove(&mut agent).await;
    let (challenge, _) = agent.challenge().await;
    // The scene's own nonce, not the challenge's.
    let (mut message, log) = host.scene.evidence();
    message.challenge = challenge;
    message.log = LogPart::Full { bytes: log.into() };
    agent.say(&AgentMessage::Evidence(message)).await;
    let row = world.row_when(enrolment.host, |row| row.attestation == Attestation::Failed).await;
    let Message::Reasons { reasons } = row.message else { panic!("{row:?}") };
    assert_eq!(reasons[0].code, ReasonCode::NonceMismatch);
}

#[tokio::test]
async fn a_tpm_that_cannot_unwrap_the_credential_is_not_proven() {
    let mut world = World::new().await;
    let address = world.listen_to_agents().await;
    let mut host = TpmHost::healthy("h1");
    let enrolment = host.enrol(&world).await;
    let mut agent = host.connect(address, &enrolment).await;
    assert_eq!(agent.hear().await, ServerMessage::AskIdentity);
    agent.say(&AgentMessage::Identity { tpm: Some(host.identity()) }).await;
    assert!(matches!(agent.hear().await, ServerMessage::Activate { .. }));
    agent.say(&AgentMessage::Activated { secret: Bytes(vec![0; 32]) }).await;
    host.answer(&mut agent).await;
    let row = world.row_when(enrolment.host, |row| row.attestation == Attestation::Failed).await;
    let Message::Reasons { reasons } = row.message else { panic!("{row:?}") };
    assert!(reasons.iter().any(|reason| reason.code == ReasonCode::IdentityNotProven));
}

#[tokio::test]
async fn another_tpm_is_a_mismatch_until_the_old_one_is_back() {
    let mut world = World::new().await;
    let address = world.listen_to_agents().await;
    let mut host = TpmHost::healthy("h1");
    let enrolment = host.enrol(&world).await;
    let id = enrolment.host;
    // Another EK answers: it is not asked for a proof, and its evidence fails.
    let mut other = TpmHost::healthy("h1");
    other.scene = crate::support::evidence::Scene::genuine_ecc();
    other.scene.facts.hostname = "h1".to_owned();
    let mut agent = other.connect(address, &enrolment).await;
    assert_eq!(agent.hear().await, ServerMessage::AskIdentity);
    agent.say(&AgentMessage::Identity { tpm: Some(other.identity()) }).await;
    other.answer(&mut agent).await;
    let row = world.row_when(id, |row| row.attestation == Attestation::Failed).await;
    assert_eq!(row.identity, IdentityState::Mismatched);
    let Message::Reasons { reasons } = &row.message else { panic!("{row:?}") };
    assert_eq!(reasons[0].code, ReasonCode::EkMismatch);

    // An approver whose page is from before the swap accepts nothing.
    let approver = world.sign_in("anna", Role::Approver).await;
    let path = format!("/api/v1/hosts/{id}/accept-identity");
    let body = json!({ "revision": row.revision - 1, "reason": "board swapped" });
    assert_eq!(world.post(&path).by(&approver).json(&body).send().await.status, 409);
    // Whose TPM counts is an approver's to say.
    let operator = world.sign_in("olga", Role::Operator).await;
    let body = json!({ "revision": row.revision, "reason": "board swapped" });
    let refused = world.post(&path).by(&operator).json(&body).send().await.refusal();
    assert_eq!(refused, "403 forbidden: this needs the role approver");

    drop(agent);
    world.row_when(id, |row| row.presence == Presence::NotResponding).await;
    let mut agent = host.connect(address, &enrolment).await;
    host.prove(&mut agent).await;
    host.answer(&mut agent).await;
    let row = world.row_when(id, |row| row.attestation == Attestation::Passed).await;
    assert_eq!(row.identity, IdentityState::Enrolled);
}
