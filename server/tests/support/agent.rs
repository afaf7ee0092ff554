//! An agent that says what a test tells it to.

use std::net::SocketAddr;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use trustboard_model::bytes::{Bytes, to_hex};
use trustboard_model::facts::HostFacts;
use trustboard_model::id::HostId;
use trustboard_model::protocol::{
    AgentMessage, Claims, ENROLL_PATH, EnrollRequest, EnrollResponse, EvidenceMessage, Hello,
    LogPart, SESSION_PATH, ServerMessage, VERSION,
};

use super::{PATIENCE, World};

/// The facts of a host without a TPM.
pub fn facts(hostname: &str, boot: &str) -> HostFacts {
    HostFacts {
        hostname: hostname.to_owned(),
        machine_id: None,
        boot_id: Some(boot.to_owned()),
        os_id: Some("debian".to_owned()),
        os_name: Some("Debian GNU/Linux 12 (bookworm)".to_owned()),
        os_version: Some("12".to_owned()),
        kernel: Some("6.1.0-27-amd64".to_owned()),
        agent_version: "0.1.0".to_owned(),
        secure_boot_variable: None,
        log_absent: Some("there is no TPM".to_owned()),
        tpm: None,
        tpm_problem: None,
    }
}

/// A message as CBOR.
pub fn cbor<T: serde::Serialize>(message: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(message, &mut bytes).unwrap();
    bytes
}

/// An enrolled host's id and session credential.
#[derive(Debug, Clone)]
pub struct Enrolment {
    pub host: HostId,
    pub credential: Vec<u8>,
}

/// Enrols a host without a TPM.
pub async fn enrol(world: &World, hostname: &str) -> Enrolment {
    let token = world.token(1).await;
    let request = EnrollRequest {
        version: VERSION,
        token: Bytes(token.to_vec()),
        facts: facts(hostname, "boot-1"),
        tpm: None,
    };
    let answer = world.agent_post(ENROLL_PATH).body(&cbor(&request)).send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
    match ciborium::from_reader(&answer.body[..]).unwrap() {
        EnrollResponse::Enrolled { host, session } => Enrolment { host, credential: session.0 },
        other @ EnrollResponse::Activate { .. } => panic!("{other:?}"),
    }
}

/// An open session.
pub struct Agent<S = TcpStream> {
    socket: WebSocketStream<S>,
}

/// Opens a session with this credential, and says nothing yet.
pub async fn connect(address: SocketAddr, credential: &[u8]) -> Agent {
    let stream = TcpStream::connect(address).await.unwrap();
    Agent::over(stream, &format!("ws://{address}"), credential).await.unwrap()
}

/// Opens a session and introduces the host.
pub async fn greet(address: SocketAddr, credential: &[u8], facts: HostFacts) -> Agent {
    let mut agent = connect(address, credential).await;
    agent.say(&AgentMessage::Hello(Hello { version: VERSION, facts })).await;
    agent
}

impl<S: AsyncRead + AsyncWrite + Unpin> Agent<S> {
    /// Opens a session over a connection that is there; the error says what was in the way.
    pub async fn over(stream: S, url: &str, credential: &[u8]) -> Result<Self, String> {
        let mut request = format!("{url}{SESSION_PATH}").into_client_request().unwrap();
        let bearer = format!("Bearer {}", to_hex(credential));
        request.headers_mut().insert("authorization", bearer.parse().unwrap());
        let opened = tokio_tungstenite::client_async(request, stream).await;
        opened.map(|(socket, _)| Self { socket }).map_err(|error| error.to_string())
    }

    pub async fn say(&mut self, message: &AgentMessage) {
        self.send(Message::Binary(cbor(message).into())).await;
    }

    /// Says it whether it arrives or not.
    pub async fn say_anyway(&mut self, message: &AgentMessage) {
        let _ = self.socket.send(Message::Binary(cbor(message).into())).await;
    }

    pub async fn send(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    /// What the server says next; nothing once it has closed the session.
    pub async fn try_hear(&mut self) -> Option<ServerMessage> {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.expect("the server says nothing") {
                Some(Ok(Message::Binary(bytes))) => {
                    return Some(ciborium::from_reader(&bytes[..]).unwrap());
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(_) | Err(_)) | None => return None,
            }
        }
    }

    pub async fn hear(&mut self) -> ServerMessage {
        self.try_hear().await.expect("the server closed the session")
    }

    /// The code of the refusal that must come next.
    pub async fn refused(&mut self) -> String {
        match self.hear().await {
            ServerMessage::Refused { code, .. } => code,
            other => panic!("not refused: {other:?}"),
        }
    }

    /// The code with which the server closes the session, which must come next.
    pub async fn closed(&mut self) -> Option<CloseCode> {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.expect("the session stays open") {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(other)) => panic!("not closed: {other:?}"),
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// Answers the question who the TPM is: there is none.
    pub async fn has_no_tpm(&mut self) {
        assert_eq!(self.hear().await, ServerMessage::AskIdentity);
        self.say(&AgentMessage::Identity { tpm: None }).await;
    }

    /// The challenge that must come next.
    pub async fn challenge(&mut self) -> (trustboard_model::id::ChallengeId, [u8; 32]) {
        match self.hear().await {
            ServerMessage::Challenge { id, nonce, .. } => (id, nonce.0),
            other => panic!("no challenge: {other:?}"),
        }
    }

    /// Answers the next challenge as a host without a TPM does.
    pub async fn answer(&mut self, facts: &HostFacts) {
        let (challenge, _) = self.challenge().await;
        let message = without_tpm(challenge, facts);
        self.say(&AgentMessage::Evidence(message)).await;
    }

    /// Answers everything as a host without a TPM does, until the session ends; gives how many
    /// challenges it answered.
    pub async fn serve(mut self, facts: &HostFacts) -> u64 {
        let mut answered = 0;
        while let Some(message) = self.try_hear_for_ever().await {
            let answer = match message {
                ServerMessage::AskIdentity => AgentMessage::Identity { tpm: None },
                ServerMessage::Challenge { id, .. } => {
                    answered += 1;
                    AgentMessage::Evidence(without_tpm(id, facts))
                }
                _ => continue,
            };
            if self.socket.send(Message::Binary(cbor(&answer).into())).await.is_err() {
                break;
            }
        }
        answered
    }

    /// Answers as a host without a TPM does until the server says goodbye; gives its words.
    pub async fn serve_to_the_end(mut self, facts: &HostFacts) -> Option<(CloseCode, String)> {
        loop {
            let answer = match self.socket.next().await?.ok()? {
                Message::Close(frame) => {
                    return frame.map(|frame| (frame.code, frame.reason.as_str().to_owned()));
                }
                Message::Binary(bytes) => match ciborium::from_reader(&bytes[..]).ok()? {
                    ServerMessage::AskIdentity => AgentMessage::Identity { tpm: None },
                    ServerMessage::Challenge { id, .. } => {
                        AgentMessage::Evidence(without_tpm(id, facts))
                    }
                    _ => continue,
                },
                _ => continue,
            };
            self.say(&answer).await;
        }
    }

    async fn try_hear_for_ever(&mut self) -> Option<ServerMessage> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Binary(bytes))) => return ciborium::from_reader(&bytes[..]).ok(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(_) | Err(_)) | None => return None,
            }
        }
    }
}

/// The evidence of a host without a TPM.
pub fn without_tpm(
    challenge: trustboard_model::id::ChallengeId,
    facts: &HostFacts,
) -> EvidenceMessage {
    let claims = Claims { facts: facts.clone(), log_digest: None, os_logs: None };
    EvidenceMessage {
        challenge,
        claims: Bytes(cbor(&claims)),
        quoted: None,
        log: LogPart::Absent,
        os_logs: None,
    }
}
