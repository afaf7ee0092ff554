//! Appraisals in full of hosts that passed again as before: recorded as many at a time as wait.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::{mpsc, oneshot};

use crate::command::{self, Recorded, Recording, Renewal};
use crate::state::AppState;
use crate::store::StoreError;

/// Appraisals in one write. Each takes some bindings, of which a statement has at most 32,766, and
/// its evidence, at most 6 MiB.
const MOST: usize = 64;

/// Appraisals that may wait for their write: as many verifications in full may run.
const ROOM: usize = 512;

/// The way to the record.
#[derive(Debug)]
pub(crate) struct Renewals {
    sender: mpsc::Sender<Waiting>,
    receiver: Mutex<Option<mpsc::Receiver<Waiting>>>,
}

/// One that waits for its write. Nothing comes back if it is to be recorded by itself.
#[derive(Debug)]
struct Waiting {
    renewal: Box<Renewal>,
    done: oneshot::Sender<Result<Recorded, Box<Recording>>>,
}

impl Default for Renewals {
    fn default() -> Self {
        let (sender, receiver) = mpsc::channel(ROOM);
        Self { sender, receiver: Mutex::new(Some(receiver)) }
    }
}

/// Records it with those that wait beside it. Gives the recording back if it is to be recorded by
/// itself: its host's record is no longer what it rests on, or the write of all did not succeed.
pub(super) async fn record(
    state: &AppState,
    renewal: Renewal,
) -> Result<Result<Recorded, Box<Recording>>, StoreError> {
    let (done, told) = oneshot::channel();
    let waiting = Waiting { renewal: Box::new(renewal), done };
    if let Err(refused) = state.jobs.renewals.sender.send(waiting).await {
        // The server has ended, short of this.
        return Ok(Err(Box::new(refused.0.renewal.into_recording())));
    }
    // Answered, unless the process ends.
    told.await.map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))
}

/// Records what waits, for as long as the process runs.
pub async fn run(state: AppState) {
    let receiver =
        state.jobs.renewals.receiver.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(mut receiver) = receiver else { return };
    let mut waiting = Vec::with_capacity(MOST);
    while receiver.recv_many(&mut waiting, MOST).await > 0 {
        record_all(&state, std::mem::take(&mut waiting)).await;
    }
}

async fn record_all(state: &AppState, waiting: Vec<Waiting>) {
    let begun = Instant::now();
    let renewals: Vec<&Renewal> = waiting.iter().map(|one| &*one.renewal).collect();
    let recorded = match command::record_renewed(&state.ctx, &renewals).await {
        Ok(recorded) => recorded,
        Err(error) => {
            let hosts = waiting.len();
            tracing::error!(%error, hosts, "appraisals could not be recorded together");
            vec![None; waiting.len()]
        }
    };
    let hosts = waiting.len();
    let alone = recorded.iter().filter(|one| one.is_none()).count();
    let mut recorded = recorded.into_iter();
    for Waiting { renewal, done } in waiting {
        let answer = match recorded.next().flatten() {
            Some(recorded) => Ok(recorded),
            None => Err(Box::new(renewal.into_recording())),
        };
        // An error says that nobody waits for it any more.
        let _ = done.send(answer);
    }
    let duration_ms = begun.elapsed().as_millis();
    tracing::debug!(hosts, alone, duration_ms, "recorded hosts that passed as before");
}
