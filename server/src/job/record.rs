//! Appraisals that change what is on record of their hosts, recorded as many at a time as wait: all of a
//! cluster's after another policy, all of a fleet's that enrols.

use std::time::Instant;

use super::all_or_each::all_or_each;
use super::together::Together;
use crate::command::{self, Ready, Recorded};
use crate::ctx::Ctx;
use crate::state::AppState;
use crate::store::StoreError;

/// Appraisals in one write. Each takes some bindings of a statement, which has at most 32,766, and
/// its evidence, at most 6 MiB; and whoever else wants to write waits for so many.
const MOST: usize = 64;

/// Appraisals that may wait for their write: as many verifications in full may run.
const ROOM: usize = 512;

/// What comes of one: nothing if its host was removed meanwhile.
pub type Answer = Result<Option<Recorded>, StoreError>;

/// The way to the record.
#[derive(Debug)]
pub(super) struct Recordings {
    hosts: Together<Box<Ready>, Answer>,
    /// What operators asked for waits for no others.
    operators: Together<Box<Ready>, Answer>,
}

impl Default for Recordings {
    fn default() -> Self {
        let queue = || Together::with_room_for(ROOM);
        Self { hosts: queue(), operators: queue() }
    }
}

/// Records it with those that wait beside it.
pub(super) async fn record(state: &AppState, ready: Box<Ready>) -> Answer {
    let Recordings { hosts, operators } = &state.jobs.recordings;
    let queue = if ready.is_asked_for() { operators } else { hosts };
    queue.ask(ready).await?
}

/// Records what waits, for as long as the process runs.
pub async fn run(state: AppState) {
    let Recordings { hosts, operators } = &state.jobs.recordings;
    let record = |waiting| record_all(state.ctx.clone(), waiting);
    tokio::join!(hosts.run(MOST, record), operators.run(MOST, record));
}

/// Records these.
pub async fn record_all(ctx: Ctx, waiting: Vec<Box<Ready>>) -> Vec<Answer> {
    let (begun, hosts) = (Instant::now(), waiting.len());
    let all = waiting.iter().map(|ready| &**ready).collect();
    let answers = all_or_each("appraisals", all, |some: Vec<&Ready>| {
        let ctx = &ctx;
        async move { command::record_appraisals(ctx, &some).await }
    });
    let answers = answers.await;
    let duration_ms = begun.elapsed().as_millis();
    tracing::debug!(hosts, duration_ms, "recorded what appraisals changed");
    answers
}
