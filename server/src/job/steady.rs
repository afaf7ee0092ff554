//! Answers of steady hosts: recorded many at a time, in one transaction.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout_at};
use trustboard_attest::Steady;
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::host::Attestation;
use trustboard_model::id::{AppraisalId, ClusterId, DatacenterId};

use super::{Claim, Work, schedule, verify};
use crate::command::{self, Repeated};
use crate::metrics::{Stage, counted};
use crate::session::{self, Arrived, KnownLogs, Quoted};
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
    pub(crate) work: Work,
    pub(crate) claim: Claim,
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

/// Hands an answer on to be recorded.
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
    let commits: Vec<_> =
        answers.iter().map(|answer| traces::span!(in &answer.arrived.span, "commit")).collect();
    let recorded = command::record_repeated(&state.ctx, &repeated).await;
    drop((repeated, commits));
    let recorded = match recorded {
        Ok(recorded) => recorded,
        Err(error) => {
            tracing::error!(%error, hosts = answers.len(), "answers could not be recorded");
            for answer in answers {
                schedule::after_failure(state, answer.work.host);
            }
            return;
        }
    };
    let (hosts, mut refused) = (answers.len(), 0_usize);
    for answer in answers {
        let host = answer.work.host;
        if let Some(interval_s) = recorded.interval_of(host, answer.cluster) {
            state.vitals.count_verification(state.ctx.clock.now());
            schedule::after_success(state, host, answer.cluster, interval_s);
            counted().verified(Attestation::Passed);
            counted().took(Stage::Commit, begun.elapsed());
            let took = answer.arrived.posed.asked.elapsed();
            counted().took(Stage::Whole, took);
            let duration_ms = took.as_millis();
            tracing::debug!(host.id = %host, duration_ms, "verified: as before");
        } else {
            refused += 1;
            let SteadyAnswer { quoted, arrived, work, claim, .. } = *answer;
            let (progress, answer) = session::in_full(state, arrived, quoted).await;
            verify::appraise_answer(state, work, claim, progress, answer);
        }
    }
    let duration_ms = begun.elapsed().as_millis();
    tracing::debug!(hosts, refused, duration_ms, "recorded steady hosts");
}

impl SteadyAnswer {
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
