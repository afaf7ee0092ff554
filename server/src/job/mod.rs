//! Verification jobs: what wants a host verified, and how that goes.
//!
//! ```text
//! operator, boot ─▶ row in the queue ─▶ verify: the full way
//! wheel ─▶ session: challenge ─▶ recognised as steady ─▶ a share of one write for many hosts
//!                                └─ anything else ─▶ verify: the full way, with the same answer
//! the full way ─▶ passed as before ─▶ a share of one write for those that wait (see [`renew`])
//!              └─ anything else ─▶ likewise, with all that changes (see [`record`])
//! ```
//!
//! Three things want a verification: an operator or a boot (a row in the queue, see [`queue`]), an
//! agent that comes back, and the interval of the host's policy (both see [`schedule`]). One
//! verification runs for a host at a time.

mod all_or_each;
mod appraise;
pub mod arrivals;
pub mod bulk;
mod claim;
pub mod contexts;
pub mod enrol;
pub mod forget;
pub mod judge_again;
mod look_up;
pub mod queue;
pub mod record;
pub mod renew;
pub mod replica;
pub mod returning;
pub mod schedule;
pub mod steady;
mod together;
mod verify;
pub(crate) mod verify_chain;
mod wheel;
pub mod writable;

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use trustboard_attest::Memory;
use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Trigger;

use self::arrivals::Arrivals;
pub(crate) use self::claim::Claim;
use self::claim::Running;
use self::contexts::Contexts;
use self::enrol::Enrolments;
use self::record::Recordings;
use self::renew::Renewals;
use self::steady::Steadies;
pub(crate) use self::verify::{appraise_answer, not_answered, verify_in_full};
use self::wheel::Wheel;
use crate::state::AppState;

/// Verifications in full that may wait for their agents at a time; as many again that operators
/// started. Each costs little but its evidence, at most 6 MiB.
const WAITING: u32 = 256;

/// Steady hosts that may be asked at a time. Their evidence has some 4 KiB, and a TPM takes up to a
/// second for a quote: so many are asked when 100,000 are verified within twelve seconds.
const ASKED: u32 = 8192;

/// Bytes that appraisals may leave behind for others: the boots of some two thousand hosts, or of as
/// many kinds of hosts that boot alike, and the certificates of ten thousand.
const REMEMBERED: u64 = 64 * 1024 * 1024;

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
    running: Running,
    /// Whose turn it is when, without anybody having asked for it.
    wheel: Mutex<Wheel>,
    /// Turns of hosts that the wheel started.
    asked: Arc<Semaphore>,
    /// Turns of the full way.
    waiting: Arc<Semaphore>,
    /// The same for what operators started, which nothing else keeps waiting.
    waiting_operators: Arc<Semaphore>,
    /// Appraisals are computation: one a core.
    appraisals: Arc<Semaphore>,
    /// What they remember of one another.
    memory: Arc<Memory>,
    /// Stored evidence waits to be judged again.
    judge: Notify,
    /// A bulk job was started.
    bulk: Notify,
    /// What hosts that come in ask of the record.
    arrivals: Arrivals,
    /// What verifications in full ask of it.
    contexts: Contexts,
    /// Enrolments, on their way to the record.
    enrolments: Enrolments,
    /// Answers of steady hosts, on their way to the record.
    steadies: Steadies,
    /// Appraisals in full of hosts that passed again, on their way to the record.
    renewals: Renewals,
    /// Those that change something, likewise.
    recordings: Recordings,
    /// This server does the work that one does for all.
    leads: AtomicBool,
    /// Held while stored evidence is judged again.
    judging: tokio::sync::Mutex<()>,
}

impl Jobs {
    /// Nothing runs; `appraisals` may be computed at a time.
    pub fn new(appraisals: NonZeroUsize) -> Self {
        Self {
            wake: Notify::new(),
            running: Running::default(),
            wheel: Mutex::default(),
            asked: Arc::new(Semaphore::new(ASKED as usize)),
            waiting: Arc::new(Semaphore::new(WAITING as usize)),
            waiting_operators: Arc::new(Semaphore::new(WAITING as usize)),
            appraisals: Arc::new(Semaphore::new(appraisals.get())),
            memory: Arc::new(Memory::of_bytes(REMEMBERED)),
            judge: Notify::new(),
            bulk: Notify::new(),
            arrivals: Arrivals::default(),
            contexts: Contexts::default(),
            enrolments: Enrolments::default(),
            steadies: Steadies::default(),
            renewals: Renewals::default(),
            recordings: Recordings::default(),
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

    /// What appraisals remember of one another.
    pub(crate) fn memory(&self) -> Arc<Memory> {
        Arc::clone(&self.memory)
    }

    /// A turn at computing appraisals.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        // Never closed, so it always gives a permit in the end.
        Arc::clone(&self.appraisals).acquire_owned().await.ok()
    }

    /// How many verifications run.
    pub fn running(&self) -> usize {
        self.running.len()
    }

    /// Waits until no verification runs, at most for `limit`. True if none does.
    pub async fn settle(&self, limit: Duration) -> bool {
        self.running.settle(limit).await
    }

    /// Forgets a host that was removed, or whose session has ended.
    pub(crate) fn forget(&self, host: HostId) {
        self.on_wheel(|wheel| wheel.take(host));
    }

    fn on_wheel<T>(&self, then: impl FnOnce(&mut Wheel) -> T) -> T {
        then(&mut self.wheel.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Starts a verification in full, unless one runs for this host already. `permit` is held until it
/// ends.
pub(crate) fn start(state: &AppState, work: Work, permit: OwnedSemaphorePermit) -> bool {
    let Some(claim) = Claim::new(&state.jobs, work.host, permit) else { return false };
    verify_in_full(state, work, claim);
    true
}
