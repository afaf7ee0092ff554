//! One verification: question the host, appraise what comes back, record the result.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinError;
use tokio::time::{Instant, timeout};
use trustboard_attest::{Appraisal, Evidence, Input, Log, Standards, appraise_and_remember};
use trustboard_model::id::HostId;
use trustboard_model::job::{JobState, StepKind, Trigger};
use trustboard_model::protocol::{Claims, EvidenceMessage, LogPart};
use trustboard_model::time::Timestamp;

use super::{Work, schedule};
use crate::command::{self, Basis, Judged, Received, Recorded, Recording};
use crate::metrics::{Stage, counted};
use crate::query::{self, VerificationContext};
use crate::session::{Answer, Progress, Question, Sent, Unanswered, wire};
use crate::standards::Numbered;
use crate::state::AppState;
use crate::store::StoreError;

/// The longest that a host may be questioned: identity, credential, challenge, each with its own
/// limit, and the questions before it.
const QUESTION: Duration = Duration::from_mins(3);

/// Why a verification ended without an appraisal.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// There is no such host any more.
    #[error("the host is not known any more")]
    Unknown,
    /// The host gave no answer.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// The host answered nothing within [`QUESTION`].
    #[error("the host's agent did not answer within {} s", QUESTION.as_secs())]
    TimedOut,
    /// The verifier itself failed.
    #[error("the verifier failed on this evidence; the server's log says why")]
    Verifier(#[source] JoinError),
    /// The record could not be read or written.
    #[error("the server could not read or write its record; its log says why")]
    Store(#[from] StoreError),
}

impl Failure {
    /// In a word, for metrics.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Unknown => "host-removed",
            Self::Unanswered(Unanswered::TimedOut { .. }) | Self::TimedOut => "timed-out",
            Self::Unanswered(Unanswered::Unavailable(_)) | Self::Store(_) => "storage",
            Self::Unanswered(_) => "unanswered",
            Self::Verifier(_) => "verifier",
        }
    }
}

/// Does `work`, and records how it ended.
pub(super) async fn verify(state: AppState, work: Work) {
    let started = Instant::now();
    let watched = matches!(work.trigger, Trigger::Operator { .. });
    let progress = Progress::new(state.ctx.clone(), work.job, watched);
    match attempt(&state, &work, &progress).await {
        Ok((recorded, interval_s)) => {
            schedule::after_success(&state, work.host, interval_s);
            state.vitals.count_verification(state.ctx.clock.now());
            counted().verified(recorded.attestation);
            counted().took(Stage::Whole, started.elapsed());
            tracing::debug!(
                host.id = %work.host,
                job.id = work.job.map(tracing::field::display),
                attestation = recorded.attestation.code(),
                changed = recorded.changed,
                duration_ms = started.elapsed().as_millis(),
                "verified"
            );
        }
        Err(failure) => {
            schedule::after_failure(&state, work.host);
            counted().unverified(failure.kind());
            if let Failure::Store(error) = &failure {
                state.ctx.note(error);
            }
            let job = work.job.map(tracing::field::display);
            tracing::warn!(host.id = %work.host, job.id = job, error = ?failure, "not verified: {failure}");
            fail(&state, &work, &progress, &failure.to_string()).await;
        }
    }
}

async fn fail(state: &AppState, work: &Work, progress: &Progress, problem: &str) {
    let (ctx, steps) = (&state.ctx, progress.take_unwritten());
    let recorded =
        command::record_verification_failure(ctx, work.host, work.job, steps, problem).await;
    let Err(error) = recorded else { return };
    tracing::error!(host.id = %work.host, %error, "the failure could not be recorded");
    if let Some(job) = work.job {
        let state = JobState::Failed { problem: problem.to_owned() };
        if let Err(error) = command::finish_job(ctx, job, state).await {
            tracing::error!(job.id = %job, %error, "the job could not be ended");
        }
    }
}

/// Records that the verification itself broke.
pub(super) async fn record_panic(state: &AppState, work: &Work, error: &JoinError) {
    tracing::error!(host.id = %work.host, %error, "a verification broke off");
    schedule::after_failure(state, work.host);
    let progress = Progress::new(state.ctx.clone(), work.job, true);
    let problem = "the verification broke off; the server's log says why";
    progress.step(StepKind::Problem, problem).await;
    fail(state, work, &progress, problem).await;
}

async fn attempt(
    state: &AppState,
    work: &Work,
    progress: &Progress,
) -> Result<(Recorded, u32), Failure> {
    let known = load(state, work.host).await?;
    let interval_s = known.interval_s;
    if !state.sessions.has(work.host) {
        let unanswered = Unanswered::NoSession;
        progress.step(StepKind::SessionMissing, unanswered.to_string()).await;
        return Err(unanswered.into());
    }
    progress.step(StepKind::SessionFound, "").await;
    let question = Question { known, progress: progress.clone() };
    let answer = timeout(QUESTION, state.sessions.ask(work.host, question)).await;
    let answer = answer.map_err(|_| Failure::TimedOut).and_then(|answer| Ok(answer?));
    let answer = match answer {
        Ok(answer) => answer,
        Err(failure) => {
            progress.step(StepKind::Problem, failure.to_string()).await;
            return Err(failure);
        }
    };
    // Again: the question may have put an identity on record.
    let known = load(state, work.host).await?;
    let started = Instant::now();
    let (appraisal, judged, received) = computed(state, work.host, known, answer).await?;
    counted().took(Stage::Appraisal, started.elapsed());
    let took = started.elapsed().as_millis();
    let detail = format!("{} after {took} ms", appraisal.attestation().code());
    progress.step(StepKind::Appraised, detail).await;
    let recording = Recording {
        host: work.host,
        appraisal,
        judged,
        trigger: work.trigger.clone(),
        job: work.job,
        steps: progress.take_unwritten(),
        basis: Basis::Received(Box::new(received)),
    };
    let started = Instant::now();
    let recorded = command::record_appraisal(&state.ctx, recording).await?;
    counted().took(Stage::Commit, started.elapsed());
    // New evidence is always recorded, unless its host was removed meanwhile.
    Ok((recorded.ok_or(Failure::Unknown)?, interval_s))
}

async fn load(state: &AppState, host: HostId) -> Result<VerificationContext, Failure> {
    query::verification(&state.ctx, host).await?.ok_or(Failure::Unknown)
}

/// Appraises on a thread for computation, as many at a time as the configuration says.
async fn computed(
    state: &AppState,
    host: HostId,
    known: VerificationContext,
    answer: Answer,
) -> Result<(Appraisal, Judged, Received), Failure> {
    let standards = state.standards(known.cluster, known.standards).await?;
    let standards = standards.ok_or(Failure::Unknown)?;
    let judged = Judged::by_numbered(&standards, known.exceptions.clone(), known.identity.as_ref());
    let Numbered { standards, .. } = standards;
    let recognised = recognised(state, host, &standards, &known, &answer);
    counted().appraised(recognised.is_some());
    if let Some(appraisal) = recognised {
        return Ok((appraisal, judged, received(known, answer)));
    }
    let stored = match &answer.sent {
        Sent::Evidence(message) if message.log == LogPart::Known => {
            stored_log(state, &known, message).await?
        }
        _ => StoredLog::NotAsked,
    };
    let stored_systemd = match &answer.sent {
        Sent::Evidence(message) => stored_systemd_log(state, &known, message).await?,
        _ => StoredLog::NotAsked,
    };
    let permit = state.jobs.turn().await;
    let now = state.ctx.clock.now();
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
        let input = input(host, &standards, &known, &answer, evidence, now);
        let (appraisal, steady) = appraise_and_remember(&input);
        (appraisal, steady, judged, received(known, answer))
    });
    let (appraisal, steady, judged, received) = computation.await.map_err(Failure::Verifier)?;
    state.jobs.steady.put(host, steady);
    Ok((appraisal, judged, received))
}

/// The same conclusion as before, if the answer says the same: one signature check, without a
/// log from the database and without a turn, because it is over before another thread would begin.
fn recognised(
    state: &AppState,
    host: HostId,
    standards: &Arc<Standards>,
    known: &VerificationContext,
    answer: &Answer,
) -> Option<Appraisal> {
    let Sent::Evidence(message) = &answer.sent else { return None };
    let steady = state.jobs.steady.get(host)?;
    // The short way reads no log: the message names the one that was verified.
    let evidence = Evidence::Sent { message, log: Log::Absent, systemd_log: Log::Absent };
    let now = state.ctx.clock.now();
    steady.recognise(&input(host, standards, known, answer, evidence, now))
}

fn input<'a>(
    host: HostId,
    standards: &'a Arc<Standards>,
    known: &'a VerificationContext,
    answer: &'a Answer,
    evidence: Evidence<'a>,
    now: Timestamp,
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
        received_at: now,
        now,
    }
}

/// What is kept of an answer, to judge it again.
fn received(known: VerificationContext, answer: Answer) -> Received {
    let Answer { identity: session, challenge, sent } = answer;
    let VerificationContext { identity, history, .. } = known;
    Received { challenge, session, identity, history, sent }
}

/// A log that the agent did not send again.
enum StoredLog {
    /// It was sent, or there is none.
    NotAsked,
    /// As it was sent before.
    Found(Vec<u8>),
    /// Nothing is stored under this digest.
    Missing(trustboard_model::digest::Sha256),
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
    let claimed = wire::decode::<Claims>(&message.claims).ok().and_then(|claims| claims.log_digest);
    let Some(digest) = claimed.or(known.known_log) else {
        return Ok(StoredLog::NotAsked);
    };
    if known.known_log != Some(digest) {
        return Ok(StoredLog::Missing(digest));
    }
    let found = query::event_log(&state.ctx, digest).await?;
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
    let found = query::event_log(&state.ctx, digest).await?;
    Ok(found.map_or(StoredLog::Missing(digest), StoredLog::Found))
}
