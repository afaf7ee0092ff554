//! Answers of steady hosts: recorded many at a time, in one transaction.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::Span;
use trustboard_attest::Steady;
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::host::Attestation;
use trustboard_model::id::{AppraisalId, ClusterId, DatacenterId};

use super::schedule::{self, Verified};
use super::verify;
use crate::command::{self, Repeated};
use crate::metrics::{Stage, counted};
use crate::session::{self, Arrived, KnownLogs, Quoted, Turn};
use crate::state::AppState;
use crate::traces;

/// How long the first answer waits for others to share its write: what a verification may take
/// more for costing less.
const WINDOW: Duration = Duration::from_millis(50);

/// Answers in one write: as many as 10,000 a second make in the window. Each takes some bindings,
/// of which a statement has at most 32,766.
const MOST: usize = 500;

/// Answers that may wait for their write; a session whose answer finds no room waits with it.
const ROOM: usize = 4096;

/// A connected host that was found trusted, with what recognises it: it needs no look into the
/// database until something differs.
#[derive(Debug)]
pub(crate) struct SteadyHost {
    pub(crate) steady: Steady,
    pub(crate) cluster: ClusterId,
    pub(crate) datacenter: DatacenterId,
    /// The run that its answers extend.
    pub(crate) appraisal: AppraisalId,
    /// What all of this rests on: the host's revision and the number of its cluster's standards.
    pub(crate) revision: u64,
    pub(crate) standards: u64,
    /// What it need not send again.
    pub(crate) logs: KnownLogs,
    /// Counters of its latest quote.
    pub(crate) latest: ClockInfo,
}

/// An answer that was recognised, and everything to go the full way with it if its record refuses
/// it.
#[derive(Debug)]
pub(crate) struct SteadyAnswer {
    pub(crate) quoted: Quoted,
    pub(crate) arrived: Arrived,
    pub(crate) cluster: ClusterId,
    pub(crate) datacenter: DatacenterId,
    pub(crate) appraisal: AppraisalId,
    pub(crate) revision: u64,
    pub(crate) standards: u64,
    pub(crate) turn: Turn,
}

/// The way to the record.
#[derive(Debug)]
pub(crate) struct Steadies {
    sender: mpsc::Sender<Box<SteadyAnswer>>,
    receiver: Mutex<Option<mpsc::Receiver<Box<SteadyAnswer>>>>,
}

impl Default for Steadies {
    fn default() -> Self {
        let (sender, receiver) = mpsc::channel(ROOM);
        Self { sender, receiver: Mutex::new(Some(receiver)) }
    }
}

/// Hands an answer on to be recorded; gives it back if it must wait for room.
pub(crate) fn record_at_once(
    state: &AppState,
    answer: Box<SteadyAnswer>,
) -> Result<(), Box<SteadyAnswer>> {
    match state.jobs.steadies.sender.try_send(answer) {
        Ok(()) | Err(TrySendError::Closed(_)) => Ok(()),
        Err(TrySendError::Full(answer)) => Err(answer),
    }
}

/// Hands an answer on to be recorded, once there is room.
pub(crate) async fn record(state: &AppState, answer: Box<SteadyAnswer>) {
    // Refused only once the server has ended: then nothing is recorded any more.
    let _ = state.jobs.steadies.sender.send(answer).await;
}

/// Records the answers of steady hosts, for as long as the process runs.
pub async fn run(state: AppState) {
    let receiver =
        state.jobs.steadies.receiver.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(mut receiver) = receiver else { return };
    let mut answers = Vec::with_capacity(MOST);
    while receiver.recv_many(&mut answers, MOST).await > 0 {
        let until = Instant::now() + WINDOW;
        while answers.len() < MOST {
            let room = MOST - answers.len();
            match timeout_at(until, receiver.recv_many(&mut answers, room)).await {
                Ok(0) | Err(_) => break,
                // A burst arrives in pieces.
                Ok(_) => sleep(Duration::from_millis(5)).await,
            }
        }
        record_all(&state, std::mem::take(&mut answers)).await;
    }
}

#[expect(clippy::vec_box, reason = "as they come out of the queue, whose items stay small")]
async fn record_all(state: &AppState, answers: Vec<Box<SteadyAnswer>>) {
    let begun = Instant::now();
    let repeated: Vec<_> = answers.iter().map(|answer| answer.repeated()).collect();
    let commits: Vec<_> = answers.iter().filter_map(|answer| answer.commit()).collect();
    let recorded = command::record_repeated(&state.ctx, &repeated).await;
    drop((repeated, commits));
    let recorded = match recorded {
        Ok(recorded) => recorded,
        Err(error) => {
            tracing::error!(%error, hosts = answers.len(), "answers could not be recorded");
            for answer in answers {
                schedule::after_failure(state, answer.turn.0.host);
            }
            return;
        }
    };
    let took = begun.elapsed();
    let interval_of = |answer: &SteadyAnswer| {
        recorded.interval_of(answer.turn.0.host, answer.cluster).map(|interval_s| Verified {
            host: answer.turn.0.host,
            cluster: answer.cluster,
            interval_s,
        })
    };
    let verified: Vec<_> = answers.iter().filter_map(|answer| interval_of(answer)).collect();
    schedule::after_successes(state, &verified);
    state.vitals.count_verifications(state.ctx.clock.now(), verified.len() as u64);
    counted().verified(Attestation::Passed, verified.len() as u64);
    let (hosts, mut refused) = (answers.len(), 0_usize);
    for answer in answers {
        if interval_of(&answer).is_some() {
            counted().took(Stage::Commit, took);
            counted().took(Stage::Whole, answer.arrived.posed.asked.elapsed());
        } else {
            refused += 1;
            let SteadyAnswer { quoted, arrived, turn, .. } = *answer;
            let (work, claim) = *turn;
            let (progress, answer) = session::in_full(state, arrived, quoted).await;
            verify::appraise_answer(state, work, claim, progress, answer);
        }
    }
    let duration_ms = begun.elapsed().as_millis();
    tracing::debug!(hosts, refused, duration_ms, "recorded steady hosts");
}

impl SteadyAnswer {
    /// The span of its share of the write, if somebody traces it.
    fn commit(&self) -> Option<Span> {
        let verification = &self.arrived.span;
        (!verification.is_disabled()).then(|| traces::span!(in verification, "commit"))
    }

    fn repeated(&self) -> Repeated<'_> {
        let Self { quoted, arrived, cluster, datacenter, appraisal, revision, standards, .. } =
            self;
        Repeated {
            recognised: &quoted.recognised,
            appraisal: *appraisal,
            revision: *revision,
            cluster: *cluster,
            datacenter: *datacenter,
            standards: *standards,
            challenge: &arrived.posed.challenge,
            id: arrived.posed.id,
            attest: &quoted.attest,
            signature: &quoted.signature,
            received_at: arrived.received_at,
        }
    }
}
