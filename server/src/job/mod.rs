//! Verification jobs: what wants a host verified, and how that goes.
//!
//! Three things want it: an operator or a connecting agent (a row in the queue, see
//! [`queue`]) and the interval of the host's policy (see [`schedule`]). One verification runs
//! for a host at a time.

pub mod bulk;
pub mod forget;
pub mod judge_again;
pub mod queue;
pub mod replica;
pub mod schedule;
mod steady;
mod verify;
pub(crate) mod verify_chain;
pub mod writable;

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Trigger;
use trustboard_model::time::Timestamp;

use self::steady::SteadyHosts;
use crate::state::AppState;

/// Verifications that may wait for their agents at a time; as many again that operators started.
/// Each costs little but its evidence, at most 6 MiB.
const WAITING: u32 = 256;

/// One verification to be done.
#[derive(Debug, Clone)]
pub(crate) struct Work {
    pub(crate) host: HostId,
    pub(crate) trigger: Trigger,
    pub(crate) job: Option<JobId>,
}

/// The verifications of this process.
#[derive(Debug)]
pub struct Jobs {
    wake: Notify,
    running: Mutex<HashSet<HostId>>,
    idle: Notify,
    not_before: Mutex<HashMap<HostId, Timestamp>>,
    waiting: Arc<Semaphore>,
    /// The same for what operators started, which nothing else keeps waiting.
    waiting_operators: Arc<Semaphore>,
    /// Appraisals are computation: one a core.
    appraisals: Arc<Semaphore>,
    /// Stored evidence waits to be judged again.
    judge: Notify,
    /// A bulk job was started.
    bulk: Notify,
    steady: SteadyHosts,
    /// This server does the work that one does for all.
    leads: AtomicBool,
    /// Held while it is.
    judging: tokio::sync::Mutex<()>,
}

impl Jobs {
    /// Nothing runs; `appraisals` may be computed at a time.
    pub fn new(appraisals: NonZeroUsize) -> Self {
        Self {
            wake: Notify::new(),
            running: Mutex::default(),
            idle: Notify::new(),
            not_before: Mutex::default(),
            waiting: Arc::new(Semaphore::new(WAITING as usize)),
            waiting_operators: Arc::new(Semaphore::new(WAITING as usize)),
            appraisals: Arc::new(Semaphore::new(appraisals.get())),
            judge: Notify::new(),
            bulk: Notify::new(),
            steady: SteadyHosts::default(),
            leads: AtomicBool::new(true),
            judging: tokio::sync::Mutex::default(),
        }
    }

    /// Whether this server does the work that one does for all: so it is until it learns of others.
    pub fn leads(&self) -> bool {
        self.leads.load(Ordering::Relaxed)
    }

    /// Does that work from now on, or leaves it to another.
    pub fn lead(&self, leads: bool) {
        self.leads.store(leads, Ordering::Relaxed);
    }

    /// Says that there is something new in the queue.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Says that stored evidence waits to be judged again.
    pub fn wake_judge(&self) {
        self.judge.notify_one();
    }

    /// Says that a bulk job was started.
    pub fn wake_bulk(&self) {
        self.bulk.notify_one();
    }

    /// Waits until one is.
    async fn bulk_woken(&self) {
        self.bulk.notified().await;
    }

    /// How many appraisals could begin at once.
    pub fn free_turns(&self) -> usize {
        self.appraisals.available_permits()
    }

    /// A turn at computing appraisals.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        // Never closed, so it always gives a permit in the end.
        Arc::clone(&self.appraisals).acquire_owned().await.ok()
    }

    fn claim(&self, host: HostId) -> bool {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).insert(host)
    }

    fn release(&self, host: HostId) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&host);
        self.idle.notify_waiters();
        // Another job of the same host may have waited for this one.
        self.wake();
    }

    /// How many verifications run.
    pub fn running(&self) -> usize {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Waits until no verification runs, at most for `limit`. True if none does.
    pub async fn settle(&self, limit: Duration) -> bool {
        tokio::time::timeout(limit, async {
            loop {
                let idle = self.idle.notified();
                if self.running() == 0 {
                    return;
                }
                idle.await;
            }
        })
        .await
        .is_ok()
    }

    /// Forgets a host that was removed.
    pub(crate) fn forget(&self, host: HostId) {
        self.steady.put(host, None);
        self.not_before.lock().unwrap_or_else(PoisonError::into_inner).remove(&host);
    }

    /// Keeps the scheduler from `host` until `at`.
    fn rest(&self, host: HostId, at: Timestamp) {
        self.not_before.lock().unwrap_or_else(PoisonError::into_inner).insert(host, at);
    }

    fn rests(&self, host: HostId, now: Timestamp) -> bool {
        let mut not_before = self.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        match not_before.get(&host) {
            Some(at) if *at > now => true,
            Some(_) => {
                not_before.remove(&host);
                false
            }
            None => false,
        }
    }
}

/// Starts a verification, unless one runs for this host already. `permit` is held until it ends.
pub(crate) fn start(state: &AppState, work: Work, permit: Option<OwnedSemaphorePermit>) -> bool {
    if !state.jobs.claim(work.host) {
        return false;
    }
    let state = state.clone();
    tokio::spawn(async move {
        let host = work.host;
        // In a task of its own, so that a panic ends here and is recorded.
        let done = tokio::spawn(verify::verify(state.clone(), work.clone())).await;
        if let Err(error) = done {
            verify::record_panic(&state, &work, &error).await;
        }
        drop(permit);
        state.jobs.release(host);
    });
    true
}
