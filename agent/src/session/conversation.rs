//! What is said in a session. The server asks; answers go out in the order of the questions.

use std::io::ErrorKind;
use std::time::Duration;

use futures_util::stream::FuturesOrdered;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tokio_tungstenite::tungstenite::{Bytes, Error, Message};
use trustboard_model::id::ChallengeId;
use trustboard_model::protocol::{AgentMessage, Hello, ServerMessage, VERSION};

use super::connect::{SessionError, Socket};
use super::{Timing, stopped};
use crate::attester::{AttestError, Attester, Challenge};
use crate::text_file::fact;
use crate::worker::{WorkError, Worker};

/// How long the farewell may take.
const GOODBYE: Duration = Duration::from_secs(2);

/// How a session ended without an error.
#[derive(Debug)]
pub(super) enum Ended {
    /// This side was asked to stop.
    Stopped,
    /// The server closed it.
    Closed {
        /// In its words.
        reason: String,
    },
}

/// Holds the conversation until either side ends it.
pub(super) async fn hold<A: Attester>(
    mut socket: Socket,
    worker: &Worker<A>,
    timing: Timing,
    stop: &mut watch::Receiver<bool>,
) -> Result<Ended, SessionError> {
    // Answers being worked on, Hello the first of them. The queue of the worker bounds them.
    let mut answers = FuturesOrdered::new();
    let hello =
        worker.ask(|host| AgentMessage::Hello(Hello { version: VERSION, facts: host.facts() }))?;
    answers.push_back(in_time(Answer { challenge: None, receiver: hello }, timing.work_limit));
    let mut heard = Instant::now();
    // What was said last, by either side: only silence is worth a ping.
    let mut spoken = heard;
    loop {
        tokio::select! {
            message = socket.next() => {
                heard = Instant::now();
                spoken = heard;
                match message {
                    Some(Ok(Message::Binary(bytes))) => {
                        let message = ciborium::from_reader(&bytes[..])
                            .map_err(|error| SessionError::Unreadable(error.to_string()))?;
                        if let Some(answer) = ask(message, worker)? {
                            answers.push_back(in_time(answer, timing.work_limit));
                        }
                    }
                    Some(Ok(Message::Close(frame))) => return Ok(closed(frame)),
                    Some(Ok(Message::Text(_))) => {
                        return Err(SessionError::Unreadable("a text frame".to_owned()));
                    }
                    // Pings are answered by the library.
                    Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                    Some(Err(error)) => return Err(broken(&error)),
                    None => return Ok(closed(None)),
                }
            }
            Some(answer) = answers.next(), if !answers.is_empty() => {
                let answer = answer?;
                say(&mut socket, &answer).await?;
                if let AgentMessage::Evidence(evidence) = &answer {
                    tracing::debug!(challenge.id = %evidence.challenge, "evidence sent");
                }
            }
            () = sleep_until(spoken + timing.ping_after) => {
                spoken = Instant::now();
                send(&mut socket, Message::Ping(Vec::new().into())).await?;
            }
            () = sleep_until(heard + timing.dead_after) => {
                return Err(SessionError::Silent { seconds: timing.dead_after.as_secs() });
            }
            () = stopped(stop) => {
                let frame = CloseFrame { code: CloseCode::Away, reason: "agent stops".into() };
                // Courtesy only: the server notices a lost connection as well.
                let _courtesy = timeout(GOODBYE, socket.close(Some(frame))).await;
                return Ok(Ended::Stopped);
            }
        }
    }
}

/// An answer that is being worked on.
struct Answer {
    /// The challenge, if it answers one.
    challenge: Option<ChallengeId>,
    receiver: oneshot::Receiver<AgentMessage>,
}

/// Waits for an answer, or gives one that says that there is none.
async fn in_time(answer: Answer, limit: Duration) -> Result<AgentMessage, WorkError> {
    let Answer { challenge, receiver } = answer;
    if let Ok(answer) = timeout(limit, receiver).await {
        return answer.map_err(|_| WorkError::Ended);
    }
    let problem = format!("the TPM has not answered for {} s", limit.as_secs());
    tracing::error!(challenge.id = challenge.map(tracing::field::display), "{problem}");
    Ok(AgentMessage::Cannot { challenge, problem })
}

/// Hands the server's question to the worker.
fn ask<A: Attester>(
    message: ServerMessage,
    worker: &Worker<A>,
) -> Result<Option<Answer>, SessionError> {
    let (asked, challenge) = match message {
        ServerMessage::AskIdentity => {
            let work = |host: &mut A| match host.identity() {
                Ok(tpm) => AgentMessage::Identity { tpm },
                // No identity now; the evidence says why.
                Err(error) if error.tpm_problem().is_some() => {
                    tracing::warn!("cannot say who the TPM is: {error}");
                    AgentMessage::Identity { tpm: None }
                }
                Err(error) => cannot(None, &error),
            };
            (worker.ask(work), None)
        }
        ServerMessage::Activate { credential } => {
            let work = move |host: &mut A| match host.activate(&credential) {
                Ok(secret) => AgentMessage::Activated { secret: secret.into() },
                Err(error) => cannot(None, &error),
            };
            (worker.ask(work), None)
        }
        ServerMessage::Challenge { id, nonce, known_log, known_systemd_log, known_ima } => {
            tracing::debug!(challenge.id = %id, "challenged");
            let challenge = Challenge { id, nonce, known_log, known_systemd_log, known_ima };
            let work = move |host: &mut A| match host.evidence(&challenge) {
                Ok(evidence) => AgentMessage::Evidence(evidence),
                Err(error) => cannot(Some(id), &error),
            };
            (worker.ask(work), Some(id))
        }
        ServerMessage::Parked => {
            tracing::info!("an operator disconnected this host: nothing will be asked");
            return Ok(None);
        }
        ServerMessage::Refused { code, problem } => {
            let problem = fact(&problem).unwrap_or_default();
            tracing::warn!(code = fact(&code), "the server refused a message: {problem}");
            return Ok(None);
        }
    };
    match asked {
        Ok(receiver) => Ok(Some(Answer { challenge, receiver })),
        Err(error @ WorkError::Busy) => {
            tracing::warn!("{error}");
            let (sender, receiver) = oneshot::channel();
            let _held = sender.send(AgentMessage::Cannot { challenge, problem: error.to_string() });
            Ok(Some(Answer { challenge, receiver }))
        }
        Err(error @ WorkError::Ended) => Err(error.into()),
    }
}

fn cannot(challenge: Option<ChallengeId>, error: &AttestError) -> AgentMessage {
    tracing::warn!(challenge.id = challenge.map(tracing::field::display), "cannot answer: {error}");
    AgentMessage::Cannot { challenge, problem: fact(&error.to_string()).unwrap_or_default() }
}

async fn say(socket: &mut Socket, message: &AgentMessage) -> Result<(), SessionError> {
    let mut bytes = Vec::new();
    ciborium::into_writer(message, &mut bytes)
        .map_err(|error| SessionError::Broken(error.to_string()))?;
    for frame in fragments(bytes.into()) {
        socket.feed(Message::Frame(frame)).await.map_err(|error| broken(&error))?;
    }
    socket.flush().await.map_err(|error| broken(&error))
}

/// The longest piece of a message, in bytes. Whoever reads a message keeps a buffer for its longest
/// piece for as long as the session lasts: an event log of 40 KiB in one piece would cost a server of
/// 100,000 hosts 4 GiB.
const FRAGMENT: usize = 1024;

/// A message in pieces (RFC 6455 5.4).
fn fragments(mut rest: Bytes) -> impl Iterator<Item = Frame> {
    let mut opcode = Some(OpCode::Data(Data::Binary));
    std::iter::from_fn(move || {
        let opcode = opcode.take().or((!rest.is_empty()).then_some(OpCode::Data(Data::Continue)))?;
        let piece = rest.split_to(rest.len().min(FRAGMENT));
        Some(Frame::message(piece, opcode, rest.is_empty()))
    })
}

async fn send(socket: &mut Socket, message: Message) -> Result<(), SessionError> {
    socket.send(message).await.map_err(|error| broken(&error))
}

fn broken(error: &Error) -> SessionError {
    SessionError::Broken(match error {
        Error::Io(io) if io.kind() == ErrorKind::UnexpectedEof => {
            "the server went away without a farewell".to_owned()
        }
        error => error.to_string(),
    })
}

fn closed(frame: Option<CloseFrame>) -> Ended {
    let reason = frame
        .and_then(|frame| fact(frame.reason.as_str()))
        .unwrap_or_else(|| "without a reason".to_owned());
    Ended::Closed { reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(length: usize) -> Vec<(bool, bool, usize)> {
        let message = Bytes::from(vec![7; length]);
        let of = |frame: Frame| {
            let header = frame.header();
            let first = header.opcode == OpCode::Data(Data::Binary);
            (first, header.is_final, frame.payload().len())
        };
        fragments(message).map(of).collect()
    }

    #[test]
    fn a_message_goes_in_pieces_the_first_and_the_last_of_which_say_so() {
        assert_eq!(pieces(0), [(true, true, 0)]);
        assert_eq!(pieces(1024), [(true, true, 1024)]);
        assert_eq!(pieces(1025), [(true, false, 1024), (false, true, 1)]);
        let long = [(true, false, 1024), (false, false, 1024), (false, true, 1024)];
        assert_eq!(pieces(3072), long);
    }
}
