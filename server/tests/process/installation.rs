//! The program on data of its own, as operators and agents meet it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::client::TlsStream;
use trustboard_model::protocol::{
    AgentMessage, ENROLL_PATH, EnrollRequest, EnrollResponse, EnrolmentToken, Hello, VERSION,
};

use crate::support;
use crate::support::agent::{Agent, cbor, facts};

/// Longer than a start takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Starts the server at any addresses.
const LISTEN: [&str; 5] = ["serve", "--listen", "127.0.0.1:0", "--agent-listen", "127.0.0.1:0"];

/// A server's data and the program on it.
pub struct Installation {
    pub data: PathBuf,
}

/// A server that runs.
pub struct Running {
    pub child: Child,
    pub browsers: SocketAddr,
    pub agents: SocketAddr,
}

impl Installation {
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustboard"));
        command.arg("--data-dir").arg(&self.data).args(words);
        command.env_remove("TRUSTBOARD_CONFIG").env("RUST_LOG", "warn");
        command.kill_on_drop(true);
        command
    }

    /// What a command prints.
    pub async fn ask(&self, words: &[&str]) -> String {
        let output = self.command(words).output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?}: {said}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// A datacenter Berlin with the cluster Rack-1, the operator olga, and a token for `hosts`.
    pub async fn furnish(&self, hosts: usize) -> EnrolmentToken {
        self.ask(&["datacenter", "add", "Berlin"]).await;
        let place = ["--datacenter", "Berlin"];
        let cluster =
            [&["cluster", "add"], &place[..], &["Rack-1", "--interval", "5", "--max-age", "60"]];
        self.ask(&cluster.concat()).await;
        self.ask(&["user", "add", "olga", "--role", "operator"]).await;
        let uses = hosts.to_string();
        let token = [&["token", "create"], &place[..], &["--cluster", "Rack-1", "--uses", &uses]];
        self.ask(&token.concat()).await.parse().unwrap()
    }

    /// Starts the server and waits until it is ready.
    pub async fn start(&self) -> Running {
        self.start_with(&[]).await
    }

    /// Starts the server with more settings and waits until it is ready.
    pub async fn start_with(&self, settings: &[&str]) -> Running {
        self.spawned(self.command(&[&LISTEN, settings].concat())).await
    }

    /// Starts the server as somebody who ignores a signal, and waits until it is ready.
    pub async fn start_ignoring(&self, signal: &str) -> Running {
        let direct = self.command(&LISTEN);
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("trap '' {signal}; exec \"$0\" \"$@\""));
        shell.arg(direct.as_std().get_program()).args(direct.as_std().get_args());
        shell.env_remove("TRUSTBOARD_CONFIG").env("RUST_LOG", "warn").kill_on_drop(true);
        self.spawned(shell).await
    }

    /// Waits until the server of this command is ready.
    async fn spawned(&self, mut command: Command) -> Running {
        let serving = self.data.join("serving.json");
        let _ = std::fs::remove_file(&serving);
        let log = log_file(&self.data);
        let child = command.stderr(log).stdout(Stdio::null()).spawn().unwrap();
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

impl Running {
    /// Sends a signal: `TERM`.
    pub fn signal(&self, signal: &str) {
        let pid = self.child.id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args([&format!("-{signal}"), &pid]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for its end; says whether that was in order.
    pub async fn ended(mut self) -> bool {
        timeout(PATIENCE, self.child.wait()).await.expect("it does not stop").unwrap().success()
    }
}

pub fn log_file(data: &Path) -> std::fs::File {
    std::fs::File::options().create(true).append(true).open(data.join("server.log")).unwrap()
}

pub fn read_log(data: &Path) -> String {
    std::fs::read_to_string(data.join("server.log")).unwrap_or_default()
}

/// One HTTP request on a connection of its own: its status and body, or nothing if the server
/// went away before it had answered in full.
pub async fn request(
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
pub async fn trusted(
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
pub async fn enrol(address: SocketAddr, token: &EnrolmentToken, name: &str) -> (String, Vec<u8>) {
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
pub async fn agent(
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

/// A session's cookie of the operator.
pub async fn sign_in(installation: &Installation, browsers: SocketAddr) -> String {
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
