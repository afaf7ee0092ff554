//! The end in order: load balancers first, then agents, browsers and what still runs; and the end at
//! once, for somebody who asks twice.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use trustboard_model::protocol::{AgentMessage, Hello, VERSION, spread_s};

use crate::installation::{
    Installation, PATIENCE, Running, enrol, read_log, request, sign_in, trusted,
};
use crate::support::agent::{Agent, facts};

async fn readiness(server: &Running) -> (u16, String) {
    let (status, body) = request(server.browsers, "GET", "/readyz", "", "").await.unwrap();
    (status, body.as_str().unwrap().to_owned())
}

/// Waits until the server says that it is not ready.
async fn unready(server: &Running) {
    timeout(PATIENCE, async {
        while readiness(server).await != (503, "stopping\n".to_owned()) {
            sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("it stays ready");
}

#[tokio::test]
async fn everybody_is_told_and_what_runs_is_finished() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation { data: dir.path().join("data") };
    let token = installation.furnish(1).await;
    let server = installation.start_with(&["--unready-s", "2"]).await;
    let cookie = sign_in(&installation, server.browsers).await;
    let (_, credential) = enrol(server.agents, &token, "host-1").await;
    let stream = trusted(server.agents, &token).await.unwrap();
    let mut agent = Agent::over(stream, "ws://trustboard", &credential).await.unwrap();
    let host = facts("host-1", "boot-1");
    agent.say(&AgentMessage::Hello(Hello { version: VERSION, facts: host.clone() })).await;
    let agent = tokio::spawn(async move { agent.serve_to_the_end(&host).await });
    let mut browser = TcpStream::connect(server.browsers).await.unwrap();
    let ask = format!(
        "GET /api/v1/live HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\r\n",
        server.browsers
    );
    browser.write_all(ask.as_bytes()).await.unwrap();
    // A request whose second half comes only after the server was told to stop.
    let mut slow = TcpStream::connect(server.browsers).await.unwrap();
    let form = "language=de";
    let head = format!(
        "POST /language HTTP/1.1\r\nhost: {}\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        server.browsers,
        form.len()
    );
    slow.write_all(head.as_bytes()).await.unwrap();

    server.signal("TERM");
    unready(&server).await;
    // Whoever did not hear of it yet is still served.
    let (status, _) = request(server.browsers, "GET", "/healthz", "", "").await.unwrap();
    assert_eq!(status, 200);
    timeout(PATIENCE, async {
        while TcpStream::connect(server.browsers).await.is_ok() {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("it goes on accepting");
    slow.write_all(form.as_bytes()).await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");

    let (code, words) = agent.await.unwrap().expect("the agent is told");
    assert_eq!(u16::from(code), 1001);
    assert_eq!(spread_s(&words), Some(1), "{words}");
    let mut stream = String::new();
    timeout(PATIENCE, browser.read_to_string(&mut stream)).await.unwrap().unwrap();
    let pause = stream.split("retry:").nth(1).and_then(|rest| rest.lines().next());
    let pause: u64 = pause.unwrap_or_else(|| panic!("{stream}")).trim().parse().unwrap();
    assert!((1000..=5000).contains(&pause), "{pause}");
    assert!(server.ended().await, "{}", read_log(&installation.data));
    assert!(!installation.data.join("serving.json").exists());
}

#[tokio::test]
async fn a_second_signal_ends_it_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation { data: dir.path().join("data") };
    installation.furnish(1).await;
    let server = installation.start_with(&["--unready-s", "600"]).await;
    server.signal("TERM");
    unready(&server).await;
    server.signal("TERM");
    assert!(!server.ended().await, "that was no end in order");
    let log = read_log(&installation.data);
    assert!(log.contains("a second signal"), "{log}");
    let audit = installation.ask(&["audit", "verify"]).await;
    assert!(audit.starts_with("whole: "), "{audit}");
}
