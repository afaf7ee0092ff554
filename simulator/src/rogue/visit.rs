//! One session of a rogue host, from its opening to its end.

use std::collections::BTreeMap;
use std::future::pending;
use std::io;
use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};
use trustboard_agent::state::Enrolment;
use trustboard_model::bytes::Bytes;
use trustboard_model::id::ChallengeId;
use trustboard_model::protocol::{
    AgentMessage, Claims, EvidenceMessage, Hello, LogPart, ServerMessage, VERSION,
};

use super::enrol::{cbor, facts};
use super::line::{Ear, Mouth, first, open};
use super::outcome::Outcome;
use super::way::Way;

/// How long before the end a silent host looks whether its session has ended.
const LOOK: Duration = Duration::from_secs(3);

/// Bytes of the one large message.
const LARGE: u64 = 1 << 30;

/// Bytes of each of many messages, which together are as much.
const EACH: usize = 1 << 20;

/// Empty pieces that are sent at a time.
const PIECES: usize = 4096;

/// Opens a session and misbehaves until it ends, at most until then.
pub async fn visit(enrolment: &Enrolment, name: &str, way: Way, until: Instant) -> Outcome {
    let (begun, mut outcome) = (Instant::now(), Outcome::default());
    match timeout_at(until, held(enrolment, name, way, until, &mut outcome)).await {
        Ok(Ok(how)) => outcome.ended = Some(how),
        Ok(Err(error)) => outcome.ended = Some(words(&error)),
        Err(_) => {}
    }
    outcome.lasted = begun.elapsed();
    outcome
}

/// An error without what differs from one connection to the next.
fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::Other => error.to_string(),
        kind => kind.to_string(),
    }
}

async fn held(
    enrolment: &Enrolment,
    name: &str,
    way: Way,
    until: Instant,
    outcome: &mut Outcome,
) -> io::Result<String> {
    let (mut mouth, mut ear) = open(enrolment).await?;
    match way {
        Way::Early => {}
        Way::Flapping => {
            hello(&mut mouth, name).await?;
            return Ok("left".to_owned());
        }
        _ => introduce(&mut mouth, &mut ear, name).await?,
    }
    let Outcome { refused, sent, .. } = outcome;
    if way == Way::Silent {
        sleep_until(until.checked_sub(LOOK).unwrap_or(until)).await;
        return listen(&mut ear, refused).await;
    }
    let speaking = async {
        // Cut off in the middle of it; what was heard says why.
        let _ = speak(&mut mouth, way, sent).await;
        pending::<()>().await;
    };
    tokio::select! {
        how = listen(&mut ear, refused) => how,
        () = speaking => Ok(String::new()),
    }
}

async fn say(mouth: &mut Mouth, message: &AgentMessage) -> io::Result<()> {
    mouth.frame(first::BINARY, &cbor(message)).await
}

async fn hello(mouth: &mut Mouth, name: &str) -> io::Result<()> {
    say(mouth, &AgentMessage::Hello(Hello { version: VERSION, facts: facts(name) })).await
}

/// Says who it is, until it is challenged.
async fn introduce(mouth: &mut Mouth, ear: &mut Ear, name: &str) -> io::Result<()> {
    hello(mouth, name).await?;
    loop {
        let Some(frame) = ear.next().await? else {
            return Err(io::Error::other("ended before it was challenged"));
        };
        match message(&frame.payload) {
            Some(ServerMessage::AskIdentity) => {
                say(mouth, &AgentMessage::Identity { tpm: None }).await?;
            }
            Some(ServerMessage::Challenge { .. }) => return Ok(()),
            Some(ServerMessage::Refused { code, .. }) => {
                return Err(io::Error::other(format!("refused: {code}")));
            }
            _ => {}
        }
    }
}

fn message(payload: &[u8]) -> Option<ServerMessage> {
    ciborium::from_reader(payload).ok()
}

/// Hears what the server says until the session ends, and says how it did.
async fn listen(ear: &mut Ear, refused: &mut BTreeMap<String, u64>) -> io::Result<String> {
    while let Some(frame) = ear.next().await? {
        match (frame.first, &frame.payload[..]) {
            (first::CLOSE, [high, low, ..]) => {
                return Ok(format!("closed with {}", u16::from_be_bytes([*high, *low])));
            }
            (first::BINARY, payload) => {
                if let Some(ServerMessage::Refused { code, .. }) = message(payload) {
                    *refused.entry(code).or_default() += 1;
                }
            }
            _ => {}
        }
    }
    Ok("cut off".to_owned())
}

/// Misbehaves until it is cut off, or nothing is left to be sent.
async fn speak(mouth: &mut Mouth, way: Way, sent: &mut u64) -> io::Result<()> {
    match way {
        Way::Silent | Way::Flapping => Ok(()),
        Way::Noise => again(sent, mouth, None, &[0xFF; 512]).await,
        Way::Text => again(sent, mouth, Some(first::TEXT), b"{\"hello\": true}").await,
        Way::Garbage => again(sent, mouth, Some(first::BINARY), &[0xFF; 512]).await,
        Way::Early => {
            let identity = cbor(&AgentMessage::Identity { tpm: None });
            again(sent, mouth, Some(first::BINARY), &identity).await
        }
        Way::Foreign => again(sent, mouth, Some(first::BINARY), &foreign()).await,
        Way::Pings => again(sent, mouth, Some(first::PING), &[]).await,
        Way::Pieces => {
            mouth.frame(first::BINARY_BEGINS, &[0x81]).await?;
            let piece = [first::GOES_ON, 0x80, 0, 0, 0, 0];
            again(sent, mouth, None, &piece.repeat(PIECES)).await
        }
        Way::Large => {
            mouth.announce(first::BINARY, LARGE).await?;
            let chunk = vec![0x5A; EACH / 16];
            while *sent < LARGE {
                mouth.raw(&chunk).await?;
                *sent += chunk.len() as u64;
            }
            Ok(())
        }
        Way::Many => {
            let message = vec![0x5A; EACH];
            while *sent < LARGE {
                mouth.frame(first::BINARY, &message).await?;
                *sent += message.len() as u64;
            }
            Ok(())
        }
    }
}

/// Sends the same without end: as frames that begin so, or as bare bytes.
async fn again(
    sent: &mut u64,
    mouth: &mut Mouth,
    first: Option<u8>,
    bytes: &[u8],
) -> io::Result<()> {
    loop {
        match first {
            Some(first) => mouth.frame(first, bytes).await?,
            None => mouth.raw(bytes).await?,
        }
        *sent += bytes.len() as u64;
    }
}

/// Evidence for a challenge of nobody.
fn foreign() -> Vec<u8> {
    let claims = Claims { facts: facts("foreign"), log_digest: None, os_logs: None };
    cbor(&AgentMessage::Evidence(EvidenceMessage {
        challenge: ChallengeId::from_random([0x55; 16]),
        claims: Bytes(cbor(&claims)),
        quoted: None,
        log: LogPart::Absent,
        os_logs: None,
    }))
}
