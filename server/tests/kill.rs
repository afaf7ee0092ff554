//! The server is killed at random moments while hosts verify and operators act, again and again.
//! Whatever it acknowledged is there afterwards, the chain of events is whole, and every host is
//! verified again by itself.

#![expect(clippy::unwrap_used, reason = "a test's surroundings are made or the test fails")]

mod support;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use support::agent::{Agent, cbor, facts};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::client::TlsStream;
use trustboard_model::protocol::{
    AgentMessage, ENROLL_PATH, EnrollRequest, EnrollResponse, EnrolmentToken, Hello, VERSION,
};
use trustboard_server::random::{Random as _, SystemRandom};

/// How often the server is killed.
const KILLS: usize = 8;
/// Hosts that verify meanwhile.
const HOSTS: usize = 5;
/// Longer than a start takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server's data and the program on it.
struct Installation {
    data: PathBuf,
}

/// A server that runs.
struct Running {
    child: Child,
    browsers: SocketAddr,
    agents: SocketAddr,
}

impl Installation {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustboard"));
        command.arg("--data-dir").arg(&self.data).args(words);
        command.env_remove("TRUSTBOARD_CONFIG").env("RUST_LOG", "warn");
        command.kill_on_drop(true);
        command
    }

    /// What a command prints.
    async fn ask(&self, words: &[&str]) -> String {
        let output = self.command(words).output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?}: {said}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Starts the server and waits until it is ready.
    async fn start(&self) -> Running {
        let serving = self.data.join("serving.json");
        let _ = std::fs::remove_file(&serving);
        let listen = ["serve", "--listen", "127.0.0.1:0", "--agent-listen", "127.0.0.1:0"];
        let log = log_file(&self.data);
        let child = self.command(&listen).stderr(log).stdout(Stdio::null()).spawn().unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Ok(text) = std::fs::read(&serving) {
                let json: Value = serde_json::from_slice(&text).unwrap();
                let address = |key: &str, scheme: &str| {
                    json[key].as_str().unwrap().strip_prefix(scheme).unwrap().parse().unwrap()
                };
                let browsers = address("browsers", "http://");
                let agents = address("agents", "https://");
                if matches!(request(browsers, "GET", "/readyz", "", "").await, Ok((200, _))) {
                    return Running { child, browsers, agents };
                }
            }
            assert!(
                Instant::now() < deadline,
                "the server does not start: {}",
                read_log(&self.data)
            );
            sleep(Duration::from_millis(20)).await;
        }
    }
}

fn log_file(data: &Path) -> std::fs::File {
    std::fs::File::options().create(true).append(true).open(data.join("server.log")).unwrap()
}

fn read_log(data: &Path) -> String {
    std::fs::read_to_string(data.join("server.log")).unwrap_or_default()
}

/// One HTTP request on a connection of its own: its status and body, or nothing if the server
/// went away before it had answered in full.
async fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    head: &str,
    body: &str,
) -> std::io::Result<(u16, Value)> {
    let mut socket = TcpStream::connect(address).await?;
    let text = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         sec-fetch-site: same-origin\r\ncontent-type: application/json\r\n{head}\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(text.as_bytes()).await?;
    let mut answer = Vec::new();
    timeout(PATIENCE, socket.read_to_end(&mut answer)).await??;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(broken)?;
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(broken)?;
    let length = head.to_ascii_lowercase().lines().find_map(|line| {
        line.strip_prefix("content-length: ").and_then(|length| length.parse::<usize>().ok())
    });
    if length.is_some_and(|length| length != body.len()) {
        return Err(broken());
    }
    Ok((status, serde_json::from_str(body).unwrap_or(Value::String(body.to_owned()))))
}

/// A TLS connection to the server with this fingerprint, and to no other.
async fn trusted(
    address: SocketAddr,
    token: &EnrolmentToken,
) -> std::io::Result<TlsStream<TcpStream>> {
    let pinned = Arc::new(support::pinned::Pinned::new(token.server));
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(pinned)
        .with_no_client_auth();
    let name = rustls_pki_types::ServerName::try_from("trustboard").unwrap();
    let socket = TcpStream::connect(address).await?;
    tokio_rustls::TlsConnector::from(Arc::new(config)).connect(name, socket).await
}

/// Enrols a host without a TPM; gives its id and credential.
async fn enrol(address: SocketAddr, token: &EnrolmentToken, name: &str) -> (String, Vec<u8>) {
    let body = cbor(&EnrollRequest {
        version: VERSION,
        token: token.secret.to_vec().into(),
        facts: facts(name, "boot-1"),
        tpm: None,
    });
    let mut socket = trusted(address, token).await.unwrap();
    let head = format!(
        "POST {ENROLL_PATH} HTTP/1.1\r\nhost: trustboard\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(&body).await.unwrap();
    let mut answer = Vec::new();
    // The server may close without a TLS goodbye; what counts is the answer.
    let _ = socket.read_to_end(&mut answer).await;
    let at = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    match ciborium::from_reader(&answer[at..]) {
        Ok(EnrollResponse::Enrolled { host, session }) => (host.to_string(), session.0),
        other => panic!("{other:?}: {}", String::from_utf8_lossy(&answer)),
    }
}

/// An agent that comes back whenever the server does, and counts the challenges that it answered.
async fn agent(
    name: String,
    credential: Vec<u8>,
    token: EnrolmentToken,
    mut server: watch::Receiver<SocketAddr>,
    answered: Arc<AtomicU64>,
) {
    loop {
        let address = *server.borrow_and_update();
        if let Ok(stream) = trusted(address, &token).await
            && let Ok(mut agent) = Agent::over(stream, "ws://trustboard", &credential).await
        {
            let facts = facts(&name, "boot-1");
            let hello = Hello { version: VERSION, facts: facts.clone() };
            agent.say_anyway(&AgentMessage::Hello(hello)).await;
            answered.fetch_add(agent.serve(&facts).await, Ordering::SeqCst);
        }
        sleep(Duration::from_millis(50)).await;
    }
}

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

/// A session's cookie of the operator.
async fn sign_in(installation: &Installation, browsers: SocketAddr) -> String {
    let link = installation.ask(&["user", "link", "olga"]).await;
    let code = link.split_once('#').unwrap().1;
    let form = format!("code={code}");
    let mut socket = TcpStream::connect(browsers).await.unwrap();
    let text = format!(
        "POST /sign-in HTTP/1.1\r\nhost: {browsers}\r\nconnection: close\r\n\
         sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{form}",
        form.len()
    );
    socket.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    cookie.unwrap_or_else(|| panic!("{answer}")).split(';').next().unwrap().to_owned()
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
    installation.ask(&["datacenter", "add", "Berlin"]).await;
    let cluster = [
        "cluster",
        "add",
        "--datacenter",
        "Berlin",
        "Rack-1",
        "--interval",
        "5",
        "--max-age",
        "60",
    ];
    installation.ask(&cluster).await;
    installation.ask(&["user", "add", "olga", "--role", "operator"]).await;
    let uses = HOSTS.to_string();
    let words = ["token", "create", "--datacenter", "Berlin", "--cluster", "Rack-1", "--uses"];
    let token = installation.ask(&[&words[..], &[&uses]].concat()).await;
    let token: EnrolmentToken = token.parse().unwrap();

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
    let pid = i32::try_from(server.child.id().unwrap()).unwrap();
    let stop = std::process::Command::new("kill").args(["-TERM", &pid.to_string()]).status();
    assert!(stop.unwrap().success());
    let status = timeout(PATIENCE, server.child.wait()).await.expect("it does not stop").unwrap();
    assert!(status.success(), "{status}: {}", read_log(&installation.data));
    assert!(answered.load(Ordering::SeqCst) > 0, "no host was challenged");
}

/// The server's own time.
async fn json_now(server: &Running, cookie: &str, host: &str) -> i64 {
    let head = format!("cookie: {cookie}\r\n");
    let path = format!("/api/v1/hosts/{host}");
    let (_, page) = request(server.browsers, "GET", &path, &head, "").await.unwrap();
    page["now"].as_i64().unwrap()
}
