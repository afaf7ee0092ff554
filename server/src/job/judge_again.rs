//! Judges stored evidence again after what its host is judged by has changed.
//!
//! Who waits stands in a table, so nothing is forgotten when the server stops, and what
//! `trustboard` commands of other processes change is found, too. It is no verification: the host
//! is not asked, and "last verified" stays as it is.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};
use trustboard_attest::appraise;
use trustboard_model::job::{Step, StepKind, Trigger};

use crate::command::{self, Basis, Judged, Recording};
use crate::query::{self, StoredCase};
use crate::standards::Numbered;
use crate::state::AppState;
use crate::store::{StoreError, Wanted};

/// How often the table is looked at without a wake-up, and how late an exception may end.
const POLL: Duration = Duration::from_secs(1);

/// Hosts that are taken from the table at a time: what is in memory at once is their evidence.
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
    let (started, mut done) = (Instant::now(), 0);
    loop {
        let waiting = query::waiting(&state.ctx, BATCH).await?;
        if waiting.is_empty() || *state.stopping.borrow() {
            break;
        }
        let mut running = JoinSet::new();
        for wanted in waiting {
            let state = state.clone();
            running.spawn(async move { judge_one(&state, wanted).await });
        }
        while let Some(joined) = running.join_next().await {
            match joined {
                Ok(result) => result?,
                // Cannot be: what may panic runs in a task of its own.
                Err(error) => tracing::error!(%error, "judging again broke off"),
            }
            done += 1;
        }
    }
    if done > 0 {
        let duration_ms = started.elapsed().as_millis();
        tracing::info!(hosts = done, duration_ms, "judged stored evidence again");
    }
    Ok(done)
}

async fn judge_one(state: &AppState, wanted: Wanted) -> Result<(), StoreError> {
    let ctx = &state.ctx;
    let Some(case) = query::stored_case(ctx, wanted.host).await? else {
        return command::stop_waiting(ctx, wanted).await;
    };
    let StoredCase { host, evidence: Some(evidence), exceptions, standards } = case else {
        // Its next evidence is judged by what holds then.
        return command::stop_waiting(ctx, wanted).await;
    };
    let Some(standards) = state.standards(host.cluster.id, standards).await? else {
        return command::stop_waiting(ctx, wanted).await;
    };
    let Numbered { number, standards } = standards;
    let judged = Judged {
        standards: number,
        exceptions: exceptions.iter().map(|exception| exception.id).collect(),
    };
    let received_at = evidence.received_at;
    let (permit, now, started) = (state.jobs.turn().await, ctx.clock.now(), Instant::now());
    let appraised = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        appraise(&evidence.input(wanted.host, &standards, &exceptions, now))
    });
    let appraisal = match appraised.await {
        Ok(appraisal) => appraisal,
        Err(error) => {
            tracing::error!(host.id = %wanted.host, %error, "the verifier broke off on stored evidence");
            return command::stop_waiting(ctx, wanted).await;
        }
    };
    let took = started.elapsed().as_millis();
    let detail = format!("{} after {took} ms", appraisal.attestation().code());
    let recording = Recording {
        host: wanted.host,
        appraisal,
        judged,
        trigger: Trigger::Reappraised { because: wanted.because },
        job: None,
        steps: vec![Step { at: now, kind: StepKind::Appraised, detail }],
        basis: Basis::Stored { received_at, wish: wanted.number },
    };
    // Nothing recorded: newer evidence came, and the host still waits.
    command::record_appraisal(ctx, recording).await.map(|_| ())
}
