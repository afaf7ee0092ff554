//! Judges stored evidence again after what its host is judged by has changed.
//!
//! Who waits stands in a table, so nothing is forgotten when the server stops, and what
//! `trustboard` commands of other processes change is found, too. It is no verification: the host
//! is not asked, and "last verified" stays as it is.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};
use trustboard_attest::appraise_with;
use trustboard_model::job::{Step, StepKind, Trigger};

use crate::command::{self, Basis, Judged, Ready, Recording};
use crate::query::{self, StoredCase};
use crate::standards::Numbered;
use crate::state::AppState;
use crate::store::{StoreError, Wanted};

/// How often the table is looked at without a wake-up, and how late an exception may end.
const POLL: Duration = Duration::from_secs(1);

/// Hosts that are taken from the table, and recorded, at a time: what is in memory at once is their
/// evidence, and how long other writes wait is the time to record them.
const BATCH: u32 = 64;

/// Judges again until the server stops.
pub async fn run(state: AppState) {
    let mut poll = interval(POLL);
    poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = state.stopped() => return,
            () = state.jobs.judge.notified() => {}
            _ = poll.tick() => {}
        }
        if !state.jobs.leads() {
            continue;
        }
        if let Err(error) = command::end_exceptions(&state.ctx).await {
            tracing::error!(%error, "exceptions whose time has come could not be ended");
        }
        if let Err(error) = judge_all(&state).await {
            tracing::error!(%error, "stored evidence could not be judged again; tried again soon");
        }
    }
}

/// Judges everything that waits. Gives how many hosts that were.
pub async fn judge_all(state: &AppState) -> Result<usize, StoreError> {
    // One at a time: two would do the same work twice.
    let _alone = state.jobs.judging.lock().await;
    let (started, mut done) = (Instant::now(), 0);
    loop {
        let waiting = query::waiting(&state.ctx, BATCH).await?;
        if waiting.is_empty() || *state.stopping.borrow() {
            break;
        }
        done += waiting.len();
        judge(state, waiting).await?;
    }
    if done > 0 {
        let duration_ms = started.elapsed().as_millis();
        tracing::info!(hosts = done, duration_ms, "judged stored evidence again");
    }
    Ok(done)
}

/// Judges these hosts, all at a time as far as there are turns, and records them together.
async fn judge(state: &AppState, waiting: Vec<Wanted>) -> Result<(), StoreError> {
    let mut running = JoinSet::new();
    for wanted in waiting {
        let state = state.clone();
        running.spawn(async move { (wanted, judge_one(&state, wanted).await) });
    }
    let (mut all, mut unjudged, mut failed) = (Vec::new(), Vec::new(), None);
    while let Some(joined) = running.join_next().await {
        match joined {
            Ok((_, Ok(Some(ready)))) => all.push(ready),
            Ok((wanted, Ok(None))) => unjudged.push(wanted),
            Ok((_, Err(error))) => failed = Some(error),
            // Cannot be: what may panic runs in a task of its own.
            Err(error) => {
                tracing::error!(%error, "judging again broke off");
                failed = Some(StoreError::Database(sqlx::Error::WorkerCrashed));
            }
        }
    }
    if let Err(error) = record(state, all, &unjudged).await {
        failed = Some(error);
    }
    // The others are on record: what failed waits for the next time.
    failed.map_or(Ok(()), Err)
}

/// Records them together; or each by itself if that fails, because what is wrong with one of them is
/// no other one's fault.
async fn record(state: &AppState, all: Vec<Ready>, unjudged: &[Wanted]) -> Result<(), StoreError> {
    let together: Vec<&Ready> = all.iter().collect();
    let Err(error) = command::record_judged_again(&state.ctx, &together, unjudged).await else {
        return Ok(());
    };
    tracing::error!(%error, hosts = all.len(), "what was judged again could not be recorded");
    let mut running = JoinSet::new();
    for one in all {
        let ctx = state.ctx.clone();
        running.spawn(async move { command::record_judged_again(&ctx, &[&one], &[]).await });
    }
    let broken = || StoreError::Database(sqlx::Error::WorkerCrashed);
    let mut failed = Ok(());
    while let Some(recorded) = running.join_next().await {
        failed = failed.and(recorded.map_err(|_| broken()).flatten());
    }
    failed
}

/// What judging a host again gives; nothing if there is nothing to judge: its next evidence is
/// judged by what holds then.
async fn judge_one(state: &AppState, wanted: Wanted) -> Result<Option<Ready>, StoreError> {
    let ctx = &state.ctx;
    let Some(case) = query::stored_case(ctx, wanted.host).await? else { return Ok(None) };
    let StoredCase { host, evidence: Some(evidence), exceptions, standards } = case else {
        return Ok(None);
    };
    let Some(standards) = state.standards(host.cluster.id, standards).await? else {
        return Ok(None);
    };
    let judged = Judged::by_numbered(&standards, exceptions.clone(), evidence.identity.as_ref());
    let Numbered { standards, .. } = standards;
    let received_at = evidence.received_at;
    let (permit, now, started) = (state.jobs.turn().await, ctx.clock.now(), Instant::now());
    let memory = state.jobs.memory();
    let appraised = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let input = evidence.input(wanted.host, &standards, &exceptions, now);
        let appraisal = appraise_with(&input, &memory);
        appraisal.report_digest();
        appraisal
    });
    let appraisal = match appraised.await {
        Ok(appraisal) => appraisal,
        Err(error) => {
            let host = wanted.host;
            tracing::error!(host.id = %host, %error, "the verifier broke off on stored evidence");
            return Ok(None);
        }
    };
    let took = started.elapsed().as_millis();
    let detail = format!("{} after {took} ms", appraisal.attestation().code());
    Ok(Some(Ready::of(Recording {
        host: wanted.host,
        appraisal,
        judged,
        trigger: Trigger::Reappraised { because: wanted.because },
        job: None,
        steps: vec![Step { at: now, kind: StepKind::Appraised, detail }],
        // If newer evidence has come, nothing is recorded, and the host still waits.
        basis: Basis::Stored { received_at, wish: wanted.number },
    })))
}
