//! The server's side of the agent protocol, played by a test: TLS, HTTP for enrolment, and a
//! WebSocket that says what the test tells it to.

#![allow(dead_code)]

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use trustboard_agent::hash::sha256;
use trustboard_agent::server_address::ServerAddress;
use trustboard_agent::state::Enrolment;
use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;
use trustboard_model::protocol::{AgentMessage, EnrolmentToken, SESSION_PATH, ServerMessage};

/// How long a test waits for the agent.
pub const PATIENCE: Duration = Duration::from_mins(1);

pub struct FakeServer {
    listener: TcpListener,
    tls: TlsAcceptor,
    pub fingerprint: Sha256,
}

pub type Socket = WebSocketStream<TlsStream<TcpStream>>;

impl FakeServer {
    pub async fn start() -> Self {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["trustboard.test".to_owned()]).unwrap();
        Self::start_with(cert.der().clone(), &signing_key).await
    }

    /// Two that share the work: they show the same certificate.
    pub async fn pair() -> (Self, Self) {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["trustboard.test".to_owned()]).unwrap();
        let one = Self::start_with(cert.der().clone(), &signing_key).await;
        (one, Self::start_with(cert.der().clone(), &signing_key).await)
    }

    /// A server that shows `certificate` but holds `key`, which may be another's.
    pub async fn start_with(certificate: CertificateDer<'static>, key: &KeyPair) -> Self {
        let fingerprint = sha256(&certificate);
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let signer = provider.key_provider.load_private_key(key).unwrap();
        let shown = Arc::new(rustls::sign::CertifiedKey::new(vec![certificate], signer));
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(rustls::sign::SingleCertAndKey::from(shown)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self { listener, tls: TlsAcceptor::from(Arc::new(config)), fingerprint }
    }

    pub fn address(&self) -> ServerAddress {
        let port = self.listener.local_addr().unwrap().port();
        format!("https://127.0.0.1:{port}").parse().unwrap()
    }

    pub fn token(&self) -> EnrolmentToken {
        EnrolmentToken { server: self.fingerprint, secret: [0x5E; 32] }
    }

    /// What an enrolment with this server would have left behind.
    pub fn enrolment(&self) -> Enrolment {
        Enrolment {
            server: self.address(),
            others: Vec::new(),
            fingerprint: self.fingerprint,
            host: HostId::from_random([3; 16]),
            credential: vec![0xC5; 32].into(),
        }
    }

    /// The next TLS connection; nothing if its handshake fails.
    pub async fn connection(&self) -> Option<TlsStream<TcpStream>> {
        let (tcp, _) = timeout(PATIENCE, self.listener.accept()).await.unwrap().unwrap();
        self.tls.accept(tcp).await.ok()
    }

    /// The next request: its path and body, and the connection to answer on.
    pub async fn request<T: DeserializeOwned>(&self) -> (String, T, TlsStream<TcpStream>) {
        Self::request_on(self.connection().await.unwrap()).await
    }

    /// The next request on this connection, likewise.
    pub async fn request_on<T: DeserializeOwned>(
        mut stream: TlsStream<TcpStream>,
    ) -> (String, T, TlsStream<TcpStream>) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap().to_lowercase();
        let path = head.split(' ').nth(1).unwrap().to_owned();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        stream.read_exact(&mut body).await.unwrap();
        assert!(head.starts_with("post ") && head.contains("content-type: application/cbor"));
        (path, ciborium::from_reader(&body[..]).unwrap(), stream)
    }

    /// The next session, once its credential has been seen to be right.
    pub async fn session(&self) -> Conversation {
        let stream = self.connection().await.unwrap();
        #[expect(clippy::result_large_err, reason = "the library's signature")]
        let check = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
            let bearer = format!("Bearer {}", "c5".repeat(32));
            assert_eq!(request.headers()["authorization"], bearer.as_str());
            assert_eq!(request.uri().path(), SESSION_PATH);
            assert_eq!(request.uri().query(), None);
            Ok(response)
        };
        Conversation(tokio_tungstenite::accept_hdr_async(stream, check).await.unwrap())
    }
}

/// Answers a request, and closes the connection.
pub async fn answer(stream: TlsStream<TcpStream>, status: &str, body: &[u8]) {
    answer_and_wait(stream, status, body).await.shutdown().await.unwrap();
}

/// Answers a request, and leaves the connection open.
pub async fn answer_and_wait(
    mut stream: TlsStream<TcpStream>,
    status: &str,
    body: &[u8],
) -> TlsStream<TcpStream> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    stream
}

pub fn cbor<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

pub struct Conversation(pub Socket);

impl Conversation {
    pub async fn say(&mut self, message: &ServerMessage) {
        self.0.send(Message::Binary(cbor(message).into())).await.unwrap();
    }

    /// The agent's next message.
    pub async fn hear(&mut self) -> AgentMessage {
        loop {
            let frame = timeout(PATIENCE, self.0.next()).await.expect("the agent says nothing");
            match frame.expect("the agent closed").unwrap() {
                Message::Binary(bytes) => return ciborium::from_reader(&bytes[..]).unwrap(),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("unexpected frame {other:?}"),
            }
        }
    }
}
