//! One agent's socket: messages in and out, heartbeat, limits, refusals.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use tokio::task::unconstrained;
use tokio::time::{Instant, Sleep, sleep_until, timeout};
use trustboard_model::id::HostId;
use trustboard_model::protocol::{AgentMessage, ServerMessage, farewell, limit};

use super::mailbox::{Closing, Mailbox};
use super::wire;
use crate::auth::limit::Limiter;
use crate::clock::Clock;

/// A silent agent is pinged after this time: below the 60 s after which common proxies and NATs
/// forget a silent connection. Whoever is verified more often needs no ping.
const PING: Duration = Duration::from_secs(30);

/// Without a sign of life for this long (a ping unanswered for 15 s) the agent is gone.
const DEAD: Duration = Duration::from_secs(45);

/// How long one frame may take to leave.
const SEND: Duration = Duration::from_secs(10);

/// How a conversation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// The agent closed the connection, or it broke.
    Gone(String),
    /// No sign of life for [`DEAD`].
    Dead,
    /// What was sent cannot go on: the code and words of the refusal, and the WebSocket's code.
    Refused { code: &'static str, problem: String, close: u16 },
    /// Closed from inside.
    Closed(Closing),
}

impl End {
    /// In words for an operator: why the host does not respond.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Gone(how) => how.clone(),
            Self::Dead => format!("no sign of life from the agent for {} s", DEAD.as_secs()),
            Self::Refused { problem, .. } => format!("the agent was refused: {problem}"),
            Self::Closed(Closing::Replaced) => "another session took its place".to_owned(),
            Self::Closed(Closing::Removed) => "the host was removed".to_owned(),
            Self::Closed(Closing::Shutdown { .. }) => "the server stopped".to_owned(),
        }
    }
}

/// What came in on the socket.
#[derive(Debug)]
pub(super) enum Heard {
    /// A message that was not read yet.
    Frame(Bytes),
    /// Text, which nobody speaks here.
    Text,
    /// Nothing until the deadline.
    Nothing,
}

impl Heard {
    /// Reads it.
    pub(super) fn read(self) -> Incoming {
        match self {
            Self::Frame(frame) => match wire::decode(&frame) {
                Ok(message) => Incoming::Message(message),
                Err(problem) => Incoming::Unreadable(problem),
            },
            Self::Text => Incoming::Unreadable("text, where CBOR is spoken".to_owned()),
            Self::Nothing => Incoming::Nothing,
        }
    }
}

/// What an agent sent.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "matched where it arrives, never kept")]
pub(super) enum Incoming {
    /// A message.
    Message(AgentMessage),
    /// Something that is none, and why.
    Unreadable(String),
    /// Nothing until the deadline.
    Nothing,
}

/// One agent's socket.
pub(super) struct Talk {
    socket: WebSocket,
    host: HostId,
    heard: Instant,
    /// A ping was sent since.
    pinged: bool,
    /// The one timer of the session.
    alarm: Pin<Box<Sleep>>,
    /// Where a close may come from, once the session is registered.
    mailbox: Option<Arc<Mailbox>>,
    messages: Arc<Limiter<HostId>>,
    clock: Arc<dyn Clock>,
    /// Bytes of the latest message.
    size: usize,
}

impl Talk {
    pub(super) fn new(
        socket: WebSocket,
        host: HostId,
        messages: Arc<Limiter<HostId>>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let heard = Instant::now();
        let alarm = Box::pin(sleep_until(heard + PING));
        let (pinged, size, mailbox) = (false, 0, None);
        Self { socket, host, heard, pinged, alarm, mailbox, messages, clock, size }
    }

    /// From now on a close may come through `mailbox`.
    pub(super) fn obey(&mut self, mailbox: Arc<Mailbox>) {
        self.mailbox = Some(mailbox);
    }

    /// Bytes of the latest message of the agent.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Sends a message.
    pub(super) async fn send(&mut self, message: &ServerMessage) -> Result<(), End> {
        self.send_frame(Message::Binary(wire::encode(message).into())).await
    }

    async fn send_frame(&mut self, frame: Message) -> Result<(), End> {
        match timeout(SEND, self.socket.send(frame)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(End::Gone(format!("the connection broke: {error}"))),
            Err(_) => Err(End::Gone(format!("the agent took no data for {} s", SEND.as_secs()))),
        }
    }

    /// Refuses what came; nothing is changed by it, and the session goes on.
    pub(super) async fn refuse(&mut self, code: &'static str, problem: &str) -> Result<(), End> {
        tracing::warn!(host.id = %self.host, code, problem, "refused a message of the agent");
        let (code, problem) = (code.to_owned(), problem.to_owned());
        self.send(&ServerMessage::Refused { code, problem }).await
    }

    /// The next message, at the latest at `deadline`.
    pub(super) async fn next(&mut self, deadline: Option<Instant>) -> Result<Incoming, End> {
        self.hear(deadline).await.map(Heard::read)
    }

    /// The next message as it came, at the latest at `deadline`. Answers pings, and sends one to an
    /// agent that was silent for long. Dropping the future loses nothing.
    pub(super) async fn hear(&mut self, deadline: Option<Instant>) -> Result<Heard, End> {
        loop {
            let quiet_until = self.heard + if self.pinged { DEAD } else { PING };
            let until = deadline.map_or(quiet_until, |deadline| deadline.min(quiet_until));
            // One that rings too early is set again when it does: as long as verifications follow one
            // another, each would move it twice, and it moves once in a few of them.
            if self.alarm.is_elapsed() || self.alarm.deadline() > until {
                self.alarm.as_mut().reset(until);
            }
            tokio::select! {
                biased;
                closing = closed(self.mailbox.as_deref()) => return Err(End::Closed(closing)),
                frame = self.socket.recv() => {
                    self.heard = Instant::now();
                    self.pinged = false;
                    match frame {
                        None => return Err(End::Gone("the agent went away".to_owned())),
                        Some(Err(error)) => return Err(broken(&error)),
                        Some(Ok(frame)) => {
                            if let Some(heard) = self.take(frame)? {
                                return Ok(heard);
                            }
                        }
                    }
                }
                // Whatever comes without end, such as empty pieces of a message that never is one,
                // must not use up the task's budget before its time is looked at.
                () = unconstrained(&mut self.alarm) => {
                    let now = Instant::now();
                    if now >= self.heard + DEAD {
                        return Err(End::Dead);
                    }
                    if deadline.is_some_and(|deadline| now >= deadline) {
                        return Ok(Heard::Nothing);
                    }
                    if now >= self.heard + PING && !self.pinged {
                        self.pinged = true;
                        // Rare, and no part of every future that hears.
                        Box::pin(self.send_frame(Message::Ping(Vec::new().into()))).await?;
                    }
                }
            }
        }
    }

    /// What a frame holds; nothing if it only keeps the connection alive.
    fn take(&mut self, frame: Message) -> Result<Option<Heard>, End> {
        if self.messages.take(self.host, self.clock.uptime()).is_err() {
            return Err(End::Refused {
                code: "too-many-messages",
                problem: "more messages than the server takes from one host".to_owned(),
                close: 1008,
            });
        }
        Ok(match frame {
            Message::Ping(_) | Message::Pong(_) => None,
            Message::Close(_) => return Err(End::Gone("the agent closed its session".to_owned())),
            Message::Text(_) => Some(Heard::Text),
            Message::Binary(frame) => {
                self.size = frame.len();
                Some(Heard::Frame(frame))
            }
        })
    }

    /// Says goodbye as `end` demands.
    pub(super) async fn finish(mut self, end: &End) {
        let leave;
        let (code, reason) = match end {
            End::Gone(_) | End::Dead => return,
            End::Refused { code, problem, close } => {
                // Whether the last words arrive changes nothing.
                let _ = self.refuse(code, problem).await;
                (*close, *code)
            }
            End::Closed(Closing::Replaced) => (4000, "replaced by another session of this host"),
            End::Closed(Closing::Removed) => {
                (4001, "this host was removed from Trustboard; it may enrol again with a token")
            }
            End::Closed(Closing::Shutdown { within_s }) => {
                leave = farewell(*within_s);
                (1001, leave.as_str())
            }
        };
        let frame = CloseFrame { code, reason: reason.into() };
        let _ = self.send_frame(Message::Close(Some(frame))).await;
        // RFC 6455 7.1.1: the agent's answer to the close; a second is enough to be polite.
        let _ = timeout(Duration::from_secs(1), async {
            while let Some(Ok(_)) = self.socket.recv().await {}
        })
        .await;
    }
}

/// Waits until the session is to be closed from inside.
async fn closed(mailbox: Option<&Mailbox>) -> Closing {
    match mailbox {
        Some(mailbox) => mailbox.closed().await,
        // Nobody knows of it yet.
        None => std::future::pending().await,
    }
}

/// What a failed read means. A message above the limit is the agent's fault and is told so.
fn broken(error: &axum::Error) -> End {
    let words = error.to_string();
    if words.contains("too long") || words.contains("too big") {
        let problem = format!("the message is longer than {} bytes", limit::MESSAGE_BYTES);
        return End::Refused { code: "too-large", problem, close: 1009 };
    }
    End::Gone(format!("the connection broke: {words}"))
}
