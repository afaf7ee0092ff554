//! A disk that takes no writes: everything is still shown, changes are refused with the reason, and
//! the server goes on by itself.
//!
//! The disk is a limit on the size of files (RLIMIT_FSIZE), which takes no rights to set: every
//! write fails, as it does on a full disk.

use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Resource, Rlimit, prlimit};
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use crate::installation::{
    Installation, PATIENCE, Running, agent, enrol, read_log, request, sign_in,
};

/// Lets files of the server grow to so many bytes, or without end.
fn limit(server: &Running, bytes: Option<u64>) {
    let pid = i32::try_from(server.child.id().unwrap()).unwrap();
    let limit = Rlimit { current: bytes, maximum: None };
    prlimit(Pid::from_raw(pid), Resource::Fsize, limit).unwrap();
}

/// What a load balancer reads.
async fn ready(server: &Running) -> String {
    let (_, body) = request(server.browsers, "GET", "/readyz", "", "").await.unwrap();
    body.as_str().unwrap_or_default().to_owned()
}

async fn maintain(server: &Running, host: &str, head: &str) -> (u16, serde_json::Value) {
    let path = format!("/api/v1/hosts/{host}/enter-maintenance");
    let body = json!({ "revision": 0, "reason": "disk" }).to_string();
    request(server.browsers, "POST", &path, head, &body).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_shown_and_refused_and_goes_on_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation { data: dir.path().join("data") };
    let token = installation.furnish(1).await;
    let server = installation.start_ignoring("XFSZ").await;
    let cookie = sign_in(&installation, server.browsers).await;
    let head = format!("cookie: {cookie}\r\n");
    let german = format!("{head}accept-language: de\r\n");
    let (host, credential) = enrol(server.agents, &token, "host-1").await;
    let (_address, addresses) = watch::channel(server.agents);
    tokio::spawn(agent("host-1".to_owned(), credential, token, addresses, Arc::default()));
    let row = async |wanted: &dyn Fn(&serde_json::Value) -> bool| {
        let started = Instant::now();
        loop {
            let path = format!("/api/v1/hosts/{host}/row");
            let (status, row) = request(server.browsers, "GET", &path, &head, "").await.unwrap();
            assert_eq!(status, 200, "it is not shown: {row}");
            if wanted(&row) {
                return row;
            }
            assert!(started.elapsed() < PATIENCE, "{row}\n{}", read_log(&installation.data));
            sleep(Duration::from_millis(100)).await;
        }
    };
    let verified = row(&|row| row["last_verified"].is_i64()).await;

    limit(&server, Some(0));
    // Without anybody's doing anything.
    let started = Instant::now();
    while !ready(&server).await.contains("only to be read") {
        assert!(started.elapsed() < PATIENCE, "it does not notice");
        sleep(Duration::from_millis(200)).await;
    }
    // There is nobody to leave the agents to: they stay, for longer than a lease.
    sleep(Duration::from_secs(10)).await;
    let log = read_log(&installation.data);
    assert!(!log.contains("lease of this server"), "{log}");
    let (_, metrics) = request(server.browsers, "GET", "/api/v1/metrics", &head, "").await.unwrap();
    assert!(metrics.as_str().unwrap().contains("\ntrustboard_sessions 1.0\n"), "{metrics}");
    let (status, refusal) = maintain(&server, &host, &head).await;
    assert_eq!((status, &refusal["refusal"]), (503, &json!("read-only")), "{refusal}");
    assert!(refusal["message"].as_str().unwrap().contains("cannot write"), "{refusal}");
    let (status, refusal) = maintain(&server, &host, &german).await;
    assert_eq!(status, 503);
    assert!(refusal["message"].as_str().unwrap().contains("nicht schreiben"), "{refusal}");
    let (status, page) = request(server.browsers, "GET", "/", &german, "").await.unwrap();
    let page = page.as_str().unwrap_or_default();
    assert_eq!(status, 200);
    assert!(page.contains("class=\"read-only\""), "the page does not say so: {page}");
    let (status, body) = request(server.browsers, "GET", "/readyz", "", "").await.unwrap();
    assert!(status == 200 && body.as_str().unwrap().contains("only to be read"), "{body}");
    let (status, _) = request(server.browsers, "GET", "/api/v1/security", &head, "").await.unwrap();
    assert_eq!(status, 200);

    limit(&server, None);
    let started = Instant::now();
    while maintain(&server, &host, &head).await.0 != 200 {
        assert!(started.elapsed() < PATIENCE, "it does not go on");
        sleep(Duration::from_millis(200)).await;
    }
    let since = verified["last_verified"].as_i64().unwrap();
    row(&|row| row["last_verified"].as_i64().is_some_and(|at| at > since)).await;
    let (_, page) = request(server.browsers, "GET", "/", &head, "").await.unwrap();
    assert!(!page.as_str().unwrap_or_default().contains("class=\"read-only\""));
    server.signal("TERM");
    assert!(server.ended().await);
    let audit = installation.ask(&["audit", "verify"]).await;
    assert!(audit.starts_with("whole: "), "{audit}");
}
