//! A challenge and what comes back.

use std::time::Duration;

use tokio::time::Instant;
use trustboard_attest::Challenge;
use trustboard_model::digest::Nonce;
use trustboard_model::id::ChallengeId;
use trustboard_model::job::StepKind;
use trustboard_model::protocol::{AgentMessage, LogPart, ServerMessage};

use super::ask::{Progress, Sent, Unanswered};
use super::run::{Session, Stop};
use super::talk::{End, Incoming};
use super::wire;
use crate::query::VerificationContext;

/// How long a host may take: a quote takes below 2 s on slow TPMs, and one for each bank.
const ANSWER: Duration = Duration::from_secs(20);

/// How long a challenge is good for; longer than the wait, so that the wait decides.
const EXPIRES_S: i64 = 30;

/// Challenges the host and waits for its answer. The challenge is used up by it.
pub(super) async fn challenge(
    session: &mut Session,
    known: &VerificationContext,
    progress: &Progress,
) -> Result<(Challenge, Sent), Stop> {
    let ctx = &session.state.ctx;
    let id = ChallengeId::from_random(ctx.random.id());
    let nonce = Nonce(ctx.random.secret());
    let expires_at = ctx.clock.now().plus_seconds(EXPIRES_S);
    let challenge = Challenge { host: session.host, nonce, expires_at };
    progress.step(StepKind::ChallengeSent, format!("challenge {id}")).await;
    let asked = Instant::now();
    let known_log = known.known_log;
    let challenged =
        ServerMessage::Challenge { id, nonce, known_log, known_systemd_log: None, known_ima: None };
    session.talk.send(&challenged).await?;
    let sent = answer(session, id, known_log.is_some(), asked + ANSWER).await?;
    let took = asked.elapsed().as_millis();
    match &sent {
        Sent::Evidence(message) => {
            let size = session.talk.size();
            let log = match &message.log {
                LogPart::Full { bytes } => format!("event log of {} bytes", bytes.len()),
                LogPart::Known => "event log as before".to_owned(),
                LogPart::Absent => "no event log".to_owned(),
            };
            let detail = format!("{size} bytes after {took} ms, {log}");
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

async fn answer(
    session: &mut Session,
    id: ChallengeId,
    log_named: bool,
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
                let relies_on_nothing = message.log == LogPart::Known && !log_named;
                let checked = if relies_on_nothing {
                    Err("event log: the agent relies on one that was not named".to_owned())
                } else {
                    wire::check_evidence(&message)
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
