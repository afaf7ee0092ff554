//! One verification, the full way: question the host, appraise what comes back, record the result.

use std::time::Duration;

use tokio::task::JoinError;
use tokio::time::{Instant, timeout};
use tracing::Instrument as _;
use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::job::{JobState, StepKind, Trigger};

use super::appraise::{Appraised, appraise};
use super::claim::Turn;
use super::steady::SteadyHost;
use super::{Claim, Work, contexts, record, renew, schedule};
use crate::command::{self, Basis, Known, Recorded, Recording, Renewal};
use crate::metrics::{Stage, counted};
use crate::query::VerificationContext;
use crate::session::{Answer, KnownLogs, Progress, Question, Unanswered};
use crate::state::AppState;
use crate::store::StoreError;
use crate::traces;

/// The longest that a host may be questioned: identity, credential, challenge, each with its own
/// limit, and the questions before it.
const QUESTION: Duration = Duration::from_mins(3);

/// Why a verification ended without an appraisal.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
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

/// What is there already of a verification's answer.
enum From {
    /// Nothing: the host is to be asked.
    Question,
    /// What came back, for a host that was thought to be steady.
    Answer(Box<Progress>, Result<Box<Answer>, Unanswered>),
}

/// Verifies a host from the question on.
pub(crate) fn verify_in_full(state: &AppState, work: Work, claim: Claim) {
    spawn(state, work, claim.not_asked(), From::Question);
}

/// Goes on with an answer that was not recognised, or whose record refused it.
pub(crate) fn appraise_answer(
    state: &AppState,
    work: Work,
    claim: Claim,
    progress: Progress,
    answer: Answer,
) {
    spawn(state, work, claim, From::Answer(Box::new(progress), Ok(Box::new(answer))));
}

/// Records that a host that was thought to be steady did not answer.
pub(crate) fn not_answered(
    state: &AppState,
    work: Work,
    claim: Claim,
    progress: Progress,
    why: Unanswered,
) {
    spawn(state, work, claim, From::Answer(Box::new(progress), Err(why)));
}

fn spawn(state: &AppState, work: Work, claim: Claim, from: From) {
    let state = state.clone();
    let span = traces::verification(work.host, &work.trigger);
    let whole = span.clone();
    let verified = async move {
        // What it waits for its turn is a part of how long it takes.
        let started = Instant::now();
        let (claim, turn) = claim.in_full().await;
        // In a task of its own, so that a panic ends here and is recorded.
        let verified = verify(state.clone(), work.clone(), from, turn, started).instrument(span);
        let done = tokio::spawn(verified).await;
        if let Err(error) = done {
            record_panic(&state, &work, &error).await;
        }
        drop(claim);
    };
    tokio::spawn(verified.instrument(whole));
}

/// Does `work`, and records how it ended.
async fn verify(state: AppState, work: Work, from: From, mut turn: Turn, started: Instant) {
    let (progress, answered) = match from {
        From::Question => {
            let watched = matches!(work.trigger, Trigger::Operator { .. });
            (Progress::new(state.ctx.clone(), work.job, watched), None)
        }
        From::Answer(progress, answered) => (*progress, Some(answered)),
    };
    match attempt(&state, &work, &progress, &mut turn, answered).await {
        Ok((recorded, cluster, interval_s)) => {
            schedule::after_success(&state, work.host, cluster, interval_s);
            state.vitals.count_verification(state.ctx.clock.now());
            counted().verified(recorded.attestation, 1);
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
            counted().unverified(failure.kind());
            schedule::after_failure(&state, work.host);
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
async fn record_panic(state: &AppState, work: &Work, error: &JoinError) {
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
    turn: &mut Turn,
    answered: Option<Result<Box<Answer>, Unanswered>>,
) -> Result<(Recorded, ClusterId, u32), Failure> {
    let answer = match answered {
        Some(answered) => *answered?,
        None => ask(state, work, progress, turn).instrument(traces::span!("challenge")).await?,
    };
    // After the answer: the question may have put an identity on record.
    let known = load(state, work.host).await?;
    let plain = Known::of(&known);
    let (cluster, datacenter, interval_s) = (known.cluster, known.datacenter, known.interval_s);
    let (seen, systemd_log) = (known.revision, known.known_systemd_log);
    let started = Instant::now();
    let Appraised { appraisal, steady, judged, standards, received } =
        appraise(state, work.host, known, answer).instrument(traces::span!("appraisal")).await?;
    counted().appraised(false);
    counted().took(Stage::Appraisal, started.elapsed());
    let took = started.elapsed().as_millis();
    let detail = format!("{} after {took} ms", appraisal.attestation().code());
    progress.step(StepKind::Appraised, detail).await;
    let logs = KnownLogs::after(&received.sent, systemd_log, &appraisal);
    let latest = appraisal.clock();
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
    let recorded = put_on_record(state, recording, plain).instrument(traces::span!("commit"));
    let recorded = recorded.await?;
    counted().took(Stage::Commit, started.elapsed());
    // New evidence is always recorded, unless its host was removed meanwhile.
    let recorded = recorded.ok_or(Failure::Unknown)?;
    if let (Some(steady), Some(latest), true) =
        (steady, latest, recorded.seen == seen && recorded.is_steady)
    {
        let steady = SteadyHost {
            steady,
            cluster,
            datacenter,
            appraisal: recorded.appraisal,
            revision: recorded.revision,
            standards,
            logs,
            latest,
        };
        state.sessions.remember(work.host, Box::new(steady));
    }
    Ok((recorded, cluster, interval_s))
}

/// Records it with others: the command is theirs as well, and a part of no single verification.
async fn put_on_record(
    state: &AppState,
    recording: Recording,
    plain: Option<Known>,
) -> record::Answer {
    let ready = match Renewal::of(recording, plain) {
        Ok(renewal) => match renew::record(state, renewal).await? {
            Ok(recorded) => return Ok(Some(recorded)),
            Err(ready) => ready,
        },
        Err(ready) => ready,
    };
    record::record(state, ready).await
}

/// Asks the host for evidence.
async fn ask(
    state: &AppState,
    work: &Work,
    progress: &Progress,
    turn: &mut Turn,
) -> Result<Answer, Failure> {
    let known = load(state, work.host).await?;
    if !state.sessions.has(work.host) {
        let unanswered = Unanswered::NoSession;
        progress.step(StepKind::SessionMissing, unanswered.to_string()).await;
        return Err(unanswered.into());
    }
    progress.step(StepKind::SessionFound, "").await;
    let question = Question { known, progress: progress.clone() };
    let asking = timeout(QUESTION, state.sessions.ask(work.host, question));
    let answer = turn.until(asking).await;
    let answer = answer.map_err(|_| Failure::TimedOut).and_then(|answer| Ok(answer?));
    if let Err(failure) = &answer {
        progress.step(StepKind::Problem, failure.to_string()).await;
    }
    answer
}

async fn load(state: &AppState, host: HostId) -> Result<VerificationContext, Failure> {
    contexts::of(state, host).await?.ok_or(Failure::Unknown)
}
