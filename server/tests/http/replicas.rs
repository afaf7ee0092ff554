//! Two servers on one database, SQLite and PostgreSQL: it does not matter which of them host and
//! browser come to.

use std::time::Duration;

use serde_json::json;
use trustboard_model::host::{Attestation, Presence};
use trustboard_model::job::JobState;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_server::{command, query};

use crate::support::agent::{Agent, enrol, facts, greet};
use crate::support::{PATIENCE, World};

/// Tells it on SQLite, and on PostgreSQL if there is a server for tests.
async fn on_both(story: impl AsyncFn(World)) {
    story(World::replica().await).await;
    match World::replica_on_postgres().await {
        Some(world) => story(world).await,
        None => eprintln!("NOT RUN on PostgreSQL"),
    }
}

#[tokio::test]
async fn verify_now_and_the_stream_work_at_whichever_server() {
    on_both(verify_now_at_whichever).await;
}

async fn verify_now_at_whichever(mut one: World) {
    let other = one.another().await;
    let address = one.listen_to_agents().await;
    let (ada, host) = (other.sign_in("ada", Role::Approver).await, enrol(&one, "web-1").await);
    let agent = greet(address, &host.credential, facts("web-1", "boot-1")).await;
    let serving = tokio::spawn(agent_answers(agent));
    other.row_when(host.host, |row| row.presence == Presence::Connected).await;
    let row = other.row_when(host.host, |row| row.attestation != Attestation::Unknown).await;
    one.idle().await;

    let mut stream = other.state.ctx.live.subscribe();
    let path = format!("/api/v1/hosts/{}/verify-now", host.host);
    let asked = other.post(&path).by(&ada).json(&json!({ "revision": row.revision }));
    let answer = asked.send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let job = answer.json()["job"].as_str().unwrap().parse().unwrap();
    loop {
        let job = query::job(&other.state.ctx, &Sees::Everything, host.host, job).await.unwrap();
        if job.state == JobState::Done {
            break;
        }
        assert!(!matches!(job.state, JobState::Failed { .. }), "{job:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(stream.try_recv().is_ok(), "browsers at the other server hear of it");

    // Disconnected at the one server, the session at the other one is parked.
    let row = other.row(host.host).await;
    let path = format!("/api/v1/hosts/{}/disconnect", host.host);
    let body = json!({ "revision": row.revision, "reason": "moving it" });
    assert_eq!(other.post(&path).by(&ada).json(&body).send().await.status, 200);
    let parked = tokio::time::timeout(Duration::from_secs(10), serving).await;
    parked.expect("the agent is told to wait").unwrap();
}

/// Answers until it is parked.
async fn agent_answers(mut agent: Agent) {
    use trustboard_model::protocol::{AgentMessage, ServerMessage};
    while let Some(message) = agent.try_hear().await {
        let answer = match message {
            ServerMessage::AskIdentity => AgentMessage::Identity { tpm: None },
            ServerMessage::Challenge { id, .. } => AgentMessage::Evidence(
                crate::support::agent::without_tpm(id, &facts("web-1", "boot-1")),
            ),
            ServerMessage::Parked => return,
            _ => continue,
        };
        agent.say(&answer).await;
    }
    panic!("the session ended");
}

#[tokio::test]
async fn hosts_of_a_server_that_is_gone_are_verified_at_another_within_seconds() {
    on_both(hosts_of_one_that_is_gone).await;
}

async fn hosts_of_one_that_is_gone(mut one: World) {
    let mut other = one.another().await;
    let (first, second) = (one.listen_to_agents().await, other.listen_to_agents().await);
    let host = enrol(&one, "web-1").await;
    let silent = enrol(&one, "web-2").await;
    let said = facts("web-1", "boot-1");
    let agent = greet(first, &host.credential, said.clone()).await;
    let serving = tokio::spawn(async move { agent.serve(&facts("web-1", "boot-1")).await });
    let _silent = greet(first, &silent.credential, facts("web-2", "boot-1")).await;
    one.row_when(host.host, |row| row.attestation == Attestation::NotApplicable).await;
    one.row_when(silent.host, |row| row.presence == Presence::Connected).await;
    let red = other.events().await.iter().filter(|code| **code == "alarm-raised").count();

    // Without a word.
    one.crash().await;
    serving.abort();
    let began = std::time::Instant::now();
    other.clock.advance(8);
    let verified = other.row(host.host).await.last_verified;
    let agent = greet(second, &host.credential, said.clone()).await;
    let serving = tokio::spawn(async move { agent.serve(&facts("web-1", "boot-1")).await });
    other.row_when(host.host, |row| row.last_verified > verified).await;
    // One that does not come back is waited for, which is said; then it is noticed.
    let waited_for = async |hosts: u32| {
        let looking = async {
            while other.state.returning().map_or(0, |returning| returning.hosts) != hosts {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, looking).await.expect("it is said how many are missing");
    };
    waited_for(1).await;
    assert_eq!(other.row(silent.host).await.presence, Presence::Connected);
    let text = trustboard_server::metrics::text(&other.state).await.unwrap();
    assert!(text.contains("\ntrustboard_agents_returning 1"), "{text}");
    other.clock.advance(90);
    other.row_when(silent.host, |row| row.presence == Presence::NotResponding).await;
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    waited_for(0).await;
    let now = other.events().await.iter().filter(|code| **code == "alarm-raised").count();
    assert_eq!(now, red, "no alarm came twice");
    let whole = query::verify_chain(&other.state.ctx).await.unwrap();
    assert!(matches!(whole, query::ChainState::Whole { .. }), "{whole:?}");
    serving.abort();
}

#[tokio::test]
async fn the_chain_is_verified_by_one_server_at_a_time() {
    on_both(async |one: World| {
        let other = one.another().await;
        let ada = other.sign_in("ada", Role::Administrator).await;
        assert!(command::lease_chain_check(&one.state.ctx).await.unwrap());
        let asked = other.post("/api/v1/audit/check").by(&ada).send().await;
        assert_eq!(asked.status, 409, "{asked:?}");
        assert!(asked.text().contains("another server"), "{asked:?}");
        command::leave_chain_check(&one.state.ctx).await.unwrap();
        let asked = other.post("/api/v1/audit/check").by(&ada).send().await;
        assert_eq!(asked.status, 202, "{asked:?}");
        let deadline = std::time::Instant::now() + Duration::from_secs(10);
        loop {
            let check = other.get("/api/v1/audit/check").by(&ada).send().await.json();
            if check["last"].is_object() && check["running"].is_null() {
                break;
            }
            assert!(std::time::Instant::now() < deadline, "{check}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // It is free again.
        assert!(command::lease_chain_check(&one.state.ctx).await.unwrap());
    })
    .await;
}
