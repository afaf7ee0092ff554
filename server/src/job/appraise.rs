//! Appraises what a host answered, with the logs that it need not send again.

use std::sync::Arc;

use trustboard_attest::{
    Appraisal, Evidence, Input, Log, Standards, Steady, appraise_and_remember,
};
use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;
use trustboard_model::protocol::{Claims, EvidenceMessage, LogPart};

use super::contexts;
use super::verify::Failure;
use crate::command::{Judged, Received};
use crate::query::VerificationContext;
use crate::session::{Answer, Sent, wire};
use crate::standards::Numbered;
use crate::state::AppState;

/// What appraising an answer gave.
pub(super) struct Appraised {
    pub appraisal: Appraisal,
    /// What recognises the same again, if the host is trusted.
    pub steady: Option<Steady>,
    pub judged: Judged,
    /// The number of the standards that it was judged by.
    pub standards: u64,
    pub received: Received,
}

/// Appraises on a thread for computation, as many at a time as the configuration says.
pub(super) async fn appraise(
    state: &AppState,
    host: HostId,
    known: VerificationContext,
    answer: Answer,
) -> Result<Appraised, Failure> {
    let numbered = state.standards(known.cluster, known.standards).await?;
    let numbered = numbered.ok_or(Failure::Unknown)?;
    let judged = Judged::by_numbered(&numbered, known.exceptions.clone(), known.identity.as_ref());
    let Numbered { standards, number, .. } = numbered;
    let (stored, stored_systemd) = match answer.sent.message() {
        Some(message) => (
            stored_log(state, &known, message).await?,
            stored_systemd_log(state, &known, message).await?,
        ),
        None => (StoredLog::NotAsked, StoredLog::NotAsked),
    };
    let (permit, memory) = (state.jobs.turn().await, state.jobs.memory());
    let computation = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let evidence = match &answer.sent {
            Sent::Evidence(message) => Evidence::Sent {
                message,
                log: stored.as_log(&message.log),
                systemd_log: message
                    .os_logs
                    .as_ref()
                    .map_or(Log::Absent, |logs| stored_systemd.as_log(&logs.systemd)),
            },
            Sent::Unreadable(problem) => Evidence::Unreadable { problem },
            Sent::Refused(problem) => Evidence::Refused { problem },
        };
        let input = input(host, &standards, &known, &answer, evidence);
        let (appraisal, steady) = appraise_and_remember(&input, &memory);
        // Here, and not where others wait for it: its digest names it in the record.
        appraisal.report_digest();
        let received = received(known, answer);
        Appraised { appraisal, steady, judged, standards: number, received }
    });
    computation.await.map_err(Failure::Verifier)
}

fn input<'a>(
    host: HostId,
    standards: &'a Arc<Standards>,
    known: &'a VerificationContext,
    answer: &'a Answer,
    evidence: Evidence<'a>,
) -> Input<'a> {
    Input {
        host,
        challenge: &answer.challenge,
        evidence,
        identity: known.identity.as_ref(),
        session: &answer.identity,
        standards,
        exceptions: &known.exceptions,
        history: &known.history,
        received_at: answer.received_at,
        // The moment that counts is the one in which it arrived: the queue before this is ours.
        now: answer.received_at,
    }
}

/// What is kept of an answer, to judge it again.
fn received(known: VerificationContext, answer: Answer) -> Received {
    let Answer { identity, challenge, sent, received_at: _ } = answer;
    let VerificationContext { identity: on_record, history, .. } = known;
    let session = Arc::unwrap_or_clone(identity);
    Received { challenge, session, identity: on_record, history, sent }
}

/// A log that the agent did not send again.
enum StoredLog {
    /// It was sent, or there is none.
    NotAsked,
    /// As it was sent before.
    Found(Arc<Vec<u8>>),
    /// Nothing is stored under this digest.
    Missing(Sha256),
}

impl StoredLog {
    fn as_log<'a>(&'a self, part: &'a LogPart) -> Log<'a> {
        match (self, part) {
            (_, LogPart::Full { bytes }) => Log::Bytes(bytes),
            (Self::Found(bytes), LogPart::Known) => Log::Bytes(bytes),
            (Self::Missing(digest), LogPart::Known) => Log::NotKept(*digest),
            (_, LogPart::Known | LogPart::Absent) => Log::Absent,
        }
    }
}

/// The log that the claims name. It must be the one on record for this host: the session accepts
/// [`LogPart::Known`] only if the challenge named one.
async fn stored_log(
    state: &AppState,
    known: &VerificationContext,
    message: &EvidenceMessage,
) -> Result<StoredLog, Failure> {
    if message.log != LogPart::Known {
        return Ok(StoredLog::NotAsked);
    }
    let claimed = wire::decode::<Claims>(&message.claims).ok().and_then(|claims| claims.log_digest);
    let Some(digest) = claimed.or(known.known_log) else {
        return Ok(StoredLog::NotAsked);
    };
    if known.known_log != Some(digest) {
        return Ok(StoredLog::Missing(digest));
    }
    let found = contexts::log(state, digest).await?;
    Ok(found.map_or(StoredLog::Missing(digest), StoredLog::Found))
}

/// systemd's log, if the agent relies on the one that the challenge named.
async fn stored_systemd_log(
    state: &AppState,
    known: &VerificationContext,
    message: &EvidenceMessage,
) -> Result<StoredLog, Failure> {
    let relied_on = matches!(&message.os_logs, Some(logs) if logs.systemd == LogPart::Known);
    let Some(digest) = known.known_systemd_log.filter(|_| relied_on) else {
        return Ok(StoredLog::NotAsked);
    };
    let found = contexts::log(state, digest).await?;
    Ok(found.map_or(StoredLog::Missing(digest), StoredLog::Found))
}
