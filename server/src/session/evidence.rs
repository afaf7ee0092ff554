//! A challenge and what comes back.

use std::time::Duration;

use tokio::time::Instant;
use trustboard_attest::{Appraisal, Challenge};
use trustboard_model::checkpoint::ImaCheckpoint;
use trustboard_model::digest::{Nonce, Sha256};
use trustboard_model::id::ChallengeId;
use trustboard_model::job::StepKind;
use trustboard_model::protocol::{
    AgentMessage, EvidenceMessage, ImaPart, KnownIma, LogPart, ServerMessage,
};

use super::ask::{Progress, Sent, Unanswered};
use super::run::{Session, Stop};
use super::talk::{End, Incoming};
use super::wire;
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

/// Challenges the host and waits for its answer. The challenge is used up by it.
pub(super) async fn challenge(
    session: &mut Session,
    known: &KnownLogs,
    progress: &Progress,
) -> Result<(Challenge, Sent), Stop> {
    let ctx = &session.state.ctx;
    let id = ChallengeId::from_random(ctx.random.id());
    let nonce = Nonce(ctx.random.secret());
    let expires_at = ctx.clock.now().plus_seconds(EXPIRES_S);
    let challenge = Challenge { host: session.host, nonce, expires_at };
    progress.step(StepKind::ChallengeSent, format!("challenge {id}")).await;
    let asked = Instant::now();
    let KnownLogs { log: known_log, systemd_log: known_systemd_log, ima } = known;
    let (known_log, known_systemd_log, known_ima) = (*known_log, *known_systemd_log, ima.clone());
    let challenged =
        ServerMessage::Challenge { id, nonce, known_log, known_systemd_log, known_ima };
    session.talk.send(&challenged).await?;
    let named = Named { log: known_log.is_some(), systemd_log: known_systemd_log.is_some() };
    let sent = answer(session, id, named, asked + ANSWER).await?;
    counted().took(Stage::Answer, asked.elapsed());
    let took = asked.elapsed().as_millis();
    match &sent {
        Sent::Evidence(message) => {
            let size = session.talk.size();
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
    Ok((challenge, sent))
}

/// Which logs the challenge named: only on those may an agent rely.
#[derive(Clone, Copy)]
struct Named {
    log: bool,
    systemd_log: bool,
}

impl Named {
    fn relied_on_by(self, message: &EvidenceMessage) -> bool {
        let systemd = message.os_logs.as_ref().map(|logs| &logs.systemd);
        (self.log || message.log != LogPart::Known)
            && (self.systemd_log || systemd != Some(&LogPart::Known))
    }
}

async fn answer(
    session: &mut Session,
    id: ChallengeId,
    named: Named,
    deadline: Instant,
) -> Result<Sent, Stop> {
    loop {
        let incoming = match session.talk.next(Some(deadline)).await {
            // Too long for the socket: the session ends, but the row shall say why.
            Err(end @ End::Refused { code: "too-large", .. }) => {
                let sent = Sent::Unreadable(end.reason());
                session.ending = Some(end);
                return Ok(sent);
            }
            incoming => incoming?,
        };
        match incoming {
            Incoming::Message(AgentMessage::Evidence(message)) if message.challenge == id => {
                let checked = if named.relied_on_by(&message) {
                    wire::check_evidence(&message)
                } else {
                    Err("logs: the agent relies on one that was not named".to_owned())
                };
                return Ok(match checked {
                    Ok(()) => Sent::Evidence(Box::new(message)),
                    Err(problem) => {
                        session.talk.refuse("malformed", &problem).await?;
                        Sent::Unreadable(problem)
                    }
                });
            }
            Incoming::Message(AgentMessage::Cannot { challenge, problem })
                if challenge.is_none_or(|challenge| challenge == id) =>
            {
                return Ok(Sent::Refused(wire::readable(&problem)));
            }
            Incoming::Unreadable(problem) => {
                session.talk.refuse("malformed", &problem).await?;
                return Ok(Sent::Unreadable(problem));
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
