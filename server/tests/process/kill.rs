//! The server is killed at random moments while hosts verify and operators act, again and again.
//! Whatever it acknowledged is there afterwards, the chain of events is whole, and every host is
//! verified again by itself.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};
use trustboard_server::random::{Random as _, SystemRandom};

use crate::installation::{
    Installation, PATIENCE, Running, agent, enrol, read_log, request, sign_in,
};

/// How often the server is killed.
const KILLS: usize = 8;
/// Hosts that verify meanwhile.
const HOSTS: usize = 5;

/// Acts on hosts until the server goes away; gives the acknowledged comments by host.
async fn operate(
    browsers: SocketAddr,
    cookie: String,
    hosts: Vec<String>,
    round: usize,
) -> BTreeMap<String, u64> {
    let mut acknowledged = BTreeMap::new();
    for turn in 0_usize.. {
        let host = &hosts[turn % hosts.len()];
        let action = if (turn / hosts.len()).is_multiple_of(2) {
            "enter-maintenance"
        } else {
            "leave-maintenance"
        };
        let body = match action {
            "enter-maintenance" => json!({ "revision": 0, "reason": format!("round {round}") }),
            _ => json!({ "revision": 0 }),
        };
        let path = format!("/api/v1/hosts/{host}/{action}");
        let head = format!("cookie: {cookie}\r\n");
        match request(browsers, "POST", &path, &head, &body.to_string()).await {
            Ok((200, done)) => {
                // The revision counts every event of the host.
                acknowledged.insert(host.clone(), done["revision"].as_u64().unwrap());
            }
            Ok((status, body)) => panic!("{action} answered {status}: {body}"),
            Err(_) => break,
        }
    }
    acknowledged
}

/// A moment between 0 and 700 ms: during the start of sessions, verifications, operators' acts.
fn moment() -> Duration {
    let mut bytes = [0; 2];
    SystemRandom.fill(&mut bytes);
    Duration::from_millis(u64::from(u16::from_be_bytes(bytes)) % 700)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_every_host_is_verified_again() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation { data: dir.path().join("data") };
    let token = installation.furnish(HOSTS).await;

    let mut server = installation.start().await;
    let cookie = sign_in(&installation, server.browsers).await;
    let (address, addresses) = watch::channel(server.agents);
    let answered = Arc::new(AtomicU64::new(0));
    let mut hosts = Vec::new();
    for number in 0..HOSTS {
        let name = format!("host-{number}");
        let (id, credential) = enrol(server.agents, &token, &name).await;
        hosts.push(id);
        let (addresses, answered) = (addresses.clone(), answered.clone());
        tokio::spawn(agent(name, credential, token.clone(), addresses, answered));
    }

    let mut acknowledged = BTreeMap::new();
    for round in 0..KILLS {
        let work = tokio::spawn(operate(server.browsers, cookie.clone(), hosts.clone(), round));
        sleep(moment()).await;
        // SIGKILL.
        server.child.kill().await.unwrap();
        acknowledged.extend(work.await.unwrap());

        let audit = installation.ask(&["audit", "verify"]).await;
        assert!(audit.starts_with("whole: "), "round {round}: {audit}");
        server = installation.start().await;
        for (host, revision) in &acknowledged {
            let path = format!("/api/v1/hosts/{host}/row");
            let head = format!("cookie: {cookie}\r\n");
            let answer = request(server.browsers, "GET", &path, &head, "").await.unwrap();
            let now = answer.1["revision"].as_u64();
            assert!(now.is_some_and(|now| now >= *revision), "round {round}: {answer:?}");
        }
        address.send_replace(server.agents);
    }
    assert!(!acknowledged.is_empty(), "nobody acted on anything");

    // By themselves: nobody asks for a verification.
    let started = Instant::now();
    let since = json_now(&server, &cookie, &hosts[0]).await;
    for host in &hosts {
        let path = format!("/api/v1/hosts/{host}/row");
        let head = format!("cookie: {cookie}\r\n");
        loop {
            let (status, row) = request(server.browsers, "GET", &path, &head, "").await.unwrap();
            assert_eq!(status, 200, "{row}");
            let verified = row["last_verified"].as_i64().is_some_and(|at| at > since);
            if verified && row["presence"] == "connected" && row["attestation"] == "not-applicable"
            {
                break;
            }
            assert!(started.elapsed() < PATIENCE, "{host} is not verified again: {row}");
            sleep(Duration::from_millis(100)).await;
        }
    }

    // And an end in order, with the agents told.
    server.signal("TERM");
    assert!(server.ended().await, "{}", read_log(&installation.data));
    assert!(answered.load(Ordering::SeqCst) > 0, "no host was challenged");
}

/// The server's own time.
async fn json_now(server: &Running, cookie: &str, host: &str) -> i64 {
    let head = format!("cookie: {cookie}\r\n");
    let path = format!("/api/v1/hosts/{host}");
    let (_, page) = request(server.browsers, "GET", &path, &head, "").await.unwrap();
    page["now"].as_i64().unwrap()
}
