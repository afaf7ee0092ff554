//! Appraisals in full of hosts that passed again as before: recorded as many at a time as wait.

use std::time::Instant;

use super::together::Together;
use crate::command::{self, Ready, Recorded, Renewal};
use crate::state::AppState;
use crate::store::StoreError;

/// Appraisals in one write. Each takes some bindings, of which a statement has at most 32,766, and
/// its evidence, at most 6 MiB.
const MOST: usize = 64;

/// Appraisals that may wait for their write: as many verifications in full may run.
const ROOM: usize = 512;

/// What comes of one: it comes back if it is to be recorded as one that changes something.
type Answer = Result<Recorded, Box<Ready>>;

/// The way to the record.
#[derive(Debug)]
pub(super) struct Renewals(Together<Box<Renewal>, Answer>);

impl Default for Renewals {
    fn default() -> Self {
        Self(Together::with_room_for(ROOM))
    }
}

/// Records it with those that wait beside it. Gives it back if it is to be recorded as one that
/// changes something: its host's record is no longer what it rests on, or the write of all did not
/// succeed.
pub(super) async fn record(state: &AppState, renewal: Renewal) -> Result<Answer, StoreError> {
    state.jobs.renewals.0.ask(Box::new(renewal)).await
}

/// Records what waits, for as long as the process runs.
pub async fn run(state: AppState) {
    let record = |waiting| record_all(state.clone(), waiting);
    state.jobs.renewals.0.run(MOST, record).await;
}

#[expect(clippy::vec_box, reason = "as they come out of the queue, whose items stay small")]
async fn record_all(state: AppState, waiting: Vec<Box<Renewal>>) -> Vec<Answer> {
    let begun = Instant::now();
    let renewals: Vec<&Renewal> = waiting.iter().map(|renewal| &**renewal).collect();
    let recorded = match command::record_renewed(&state.ctx, &renewals).await {
        Ok(recorded) => recorded,
        Err(error) => {
            let hosts = waiting.len();
            tracing::error!(%error, hosts, "appraisals could not be recorded together");
            vec![None; waiting.len()]
        }
    };
    let hosts = waiting.len();
    let refused = recorded.iter().filter(|one| one.is_none()).count();
    let duration_ms = begun.elapsed().as_millis();
    tracing::debug!(hosts, refused, duration_ms, "recorded hosts that passed as before");
    let answer = |(renewal, recorded): (Box<Renewal>, Option<Recorded>)| {
        recorded.ok_or_else(|| Box::new(renewal.into_ready()))
    };
    waiting.into_iter().zip(recorded).map(answer).collect()
}
