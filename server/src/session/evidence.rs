//! A challenge and what comes back.

use std::time::Duration;

use axum::body::Bytes;
use tokio::time::Instant;
use trustboard_attest::{Appraisal, Challenge};
use trustboard_model::checkpoint::ImaCheckpoint;
use trustboard_model::digest::{Nonce, Sha256};
use trustboard_model::id::ChallengeId;
use trustboard_model::job::StepKind;
use trustboard_model::protocol::{
    AgentMessage, EvidenceMessage, ImaPart, KnownIma, LogPart, ServerMessage,
};
use trustboard_model::time::Timestamp;

use super::ask::{Progress, Sent, Unanswered};
use super::run::{Session, Stop};
use super::talk::{End, Heard, Incoming};
use super::wire;
use crate::clock::{Clock, Uptime};
use crate::metrics::{Stage, counted};
use crate::query::VerificationContext;
use crate::store::secret::sha256;

/// How long a host may take: a quote takes below 2 s on slow TPMs, and one for each bank.
const ANSWER: Duration = Duration::from_secs(20);

/// How long a challenge is good for; longer than the wait, so that the wait decides.
const EXPIRES_S: i64 = 30;

/// The logs of a host that it need not send again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct KnownLogs {
    log: Option<Sha256>,
    systemd_log: Option<Sha256>,
    ima: Option<KnownIma>,
}

impl KnownLogs {
    /// Those on record.
    pub(crate) fn of(known: &VerificationContext) -> Self {
        Self {
            log: known.known_log,
            systemd_log: known.known_systemd_log,
            ima: known.history.os_logs.ima.as_ref().map(ImaCheckpoint::known),
        }
    }

    /// Those on record once an answer is: `systemd_log` was before. Only of a host that passed.
    pub(crate) fn after(sent: &Sent, systemd_log: Option<Sha256>, appraisal: &Appraisal) -> Self {
        let sent = sent.message().and_then(|message| message.os_logs.as_ref());
        let systemd_log = match sent.map(|logs| &logs.systemd) {
            Some(LogPart::Full { bytes }) => Some(sha256(&[bytes])),
            Some(LogPart::Known) => systemd_log,
            Some(LogPart::Absent) | None => None,
        };
        let log = appraisal.report().log_digest;
        let ima = appraisal.os_logs().ima.as_ref().map(ImaCheckpoint::known);
        Self { log, systemd_log, ima }
    }
}

/// A challenge that was answered, and is used up by it.
pub(super) struct Answered {
    pub(super) challenge: Challenge,
    pub(super) sent: Sent,
    /// When it arrived.
    pub(super) received_at: Timestamp,
}

/// Challenges the host and waits for its answer.
pub(super) async fn challenge(
    session: &mut Session,
    known: &KnownLogs,
    progress: &Progress,
) -> Result<Answered, Stop> {
    let mut posed = Posed::new(session);
    posed.tell(progress).await;
    posed.send(session, known).await?;
    let (sent, _) = answer(session, &posed, known, None).await?;
    let received_at = posed.arrived(&*session.state.ctx.clock);
    counted().took(Stage::Answer, posed.asked.elapsed());
    tell_answer(progress, &posed, &sent, session.talk.size()).await;
    Ok(Answered { challenge: posed.challenge, sent, received_at })
}

/// A challenge of one host.
#[derive(Debug)]
pub(crate) struct Posed {
    pub(crate) id: ChallengeId,
    pub(crate) challenge: Challenge,
    pub(crate) asked: Instant,
    at: Timestamp,
    expires: Uptime,
}

impl Posed {
    /// A new one.
    pub(super) fn new(session: &Session) -> Self {
        let ctx = &session.state.ctx;
        let at = ctx.clock.now();
        // Drawn at once: each draw asks the processor for fresh randomness.
        let mut drawn = [0; 32 + 16];
        ctx.random.fill(&mut drawn);
        let (nonce, id) = drawn.split_first_chunk().expect("48 bytes are more than 32");
        let id = ChallengeId::from_random(*id.first_chunk().expect("16 bytes are left"));
        let (host, nonce) = (session.host, Nonce(*nonce));
        let challenge = Challenge { host, nonce, expires_at: at.plus_seconds(EXPIRES_S) };
        let expires = ctx.clock.uptime().plus_seconds(EXPIRES_S);
        Self { id, challenge, asked: Instant::now(), at, expires }
    }

    /// The moment of the answer, which is now. Whether it is in time goes by how much time has
    /// passed: the machine's clock may have been set meanwhile.
    pub(super) fn arrived(&mut self, clock: &dyn Clock) -> Timestamp {
        let (now, left_ms) = (clock.now(), self.expires.millis_since(clock.uptime()));
        self.challenge.expires_at = Timestamp(now.0.saturating_add(left_ms));
        now
    }

    /// Sends it; `known` need not be sent again.
    pub(super) async fn send(&self, session: &mut Session, known: &KnownLogs) -> Result<(), End> {
        let KnownLogs { log: known_log, systemd_log: known_systemd_log, ima } = known;
        let (known_log, known_systemd_log) = (*known_log, *known_systemd_log);
        let (id, nonce, known_ima) = (self.id, self.challenge.nonce, ima.clone());
        let challenge =
            ServerMessage::Challenge { id, nonce, known_log, known_systemd_log, known_ima };
        session.talk.send(&challenge).await
    }

    /// When the host has taken too long.
    pub(super) fn until(&self) -> Instant {
        self.asked + ANSWER
    }

    /// Notes that it was sent.
    pub(super) async fn tell(&self, progress: &Progress) {
        let detail = format!("challenge {}", self.id);
        progress.step_at(self.at, StepKind::ChallengeSent, detail).await;
    }
}

/// Notes what came of a challenge, in so many bytes.
pub(super) async fn tell_answer(progress: &Progress, posed: &Posed, sent: &Sent, size: usize) {
    let took = posed.asked.elapsed().as_millis();
    match sent {
        Sent::Evidence(message) => {
            let log = match &message.log {
                LogPart::Full { bytes } => format!("event log of {} bytes", bytes.len()),
                LogPart::Known => "event log as before".to_owned(),
                LogPart::Absent => "no event log".to_owned(),
            };
            let ima = match message.os_logs.as_ref().map(|logs| &logs.ima) {
                Some(ImaPart::Part { from: 0, bytes, .. }) => {
                    format!(", IMA list of {} bytes", bytes.len())
                }
                Some(ImaPart::Part { bytes, .. }) => {
                    format!(", IMA list as before and {} bytes more", bytes.len())
                }
                Some(ImaPart::Absent) | None => String::new(),
            };
            let detail = format!("{size} bytes after {took} ms, {log}{ima}");
            progress.step(StepKind::EvidenceReceived, detail).await;
        }
        Sent::Unreadable(problem) => {
            let detail = format!("cannot be read: {problem}");
            progress.step(StepKind::EvidenceReceived, detail).await;
        }
        Sent::Refused(problem) => progress.step(StepKind::AgentRefused, &**problem).await,
    }
}

/// Which logs the challenge named: only on those may an agent rely.
#[derive(Clone, Copy)]
struct Named {
    log: bool,
    systemd_log: bool,
}

impl Named {
    fn of(known: &KnownLogs) -> Self {
        Self { log: known.log.is_some(), systemd_log: known.systemd_log.is_some() }
    }

    fn relied_on_by(self, message: &EvidenceMessage) -> bool {
        let systemd = message.os_logs.as_ref().map(|logs| &logs.systemd);
        (self.log || message.log != LogPart::Known)
            && (self.systemd_log || systemd != Some(&LogPart::Known))
    }
}

/// Waits for the answer. Gives the frame that evidence came in, too. `heard` came in already.
pub(super) async fn answer(
    session: &mut Session,
    posed: &Posed,
    known: &KnownLogs,
    mut heard: Option<Result<Heard, End>>,
) -> Result<(Sent, Option<Bytes>), Stop> {
    let named = Named::of(known);
    loop {
        let heard = match heard.take() {
            Some(heard) => heard,
            None => session.talk.hear(Some(posed.until())).await,
        };
        let heard = match heard {
            // Too long for the socket: the session ends, but the row shall say why.
            Err(end @ End::Refused { code: "too-large", .. }) => {
                let sent = Sent::Unreadable(end.reason());
                session.ending = Some(end);
                return Ok((sent, None));
            }
            heard => heard?,
        };
        let frame = match &heard {
            Heard::Frame(frame) => Some(frame.clone()),
            Heard::Text | Heard::Nothing => None,
        };
        match heard.read() {
            Incoming::Message(AgentMessage::Evidence(message)) if message.challenge == posed.id => {
                let checked = if named.relied_on_by(&message) {
                    wire::check_evidence(&message)
                } else {
                    Err("logs: the agent relies on one that was not named".to_owned())
                };
                return match checked {
                    Ok(()) => Ok((Sent::Evidence(Box::new(message)), frame)),
                    Err(problem) => {
                        session.talk.refuse("malformed", &problem).await?;
                        Ok((Sent::Unreadable(problem), None))
                    }
                };
            }
            Incoming::Message(AgentMessage::Cannot { challenge, problem })
                if challenge.is_none_or(|challenge| challenge == posed.id) =>
            {
                return Ok((Sent::Refused(wire::readable(&problem)), None));
            }
            Incoming::Unreadable(problem) => {
                session.talk.refuse("malformed", &problem).await?;
                return Ok((Sent::Unreadable(problem), None));
            }
            Incoming::Nothing => {
                let seconds = ANSWER.as_secs();
                return Err(Unanswered::TimedOut { question: "challenge", seconds }.into());
            }
            other @ Incoming::Message(_) => {
                session.out_of_order(other, "evidence for the open challenge").await?;
            }
        }
    }
}
