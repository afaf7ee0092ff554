//! One verification runs for a host at a time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use trustboard_model::id::HostId;

use super::Jobs;

/// How long an agent may take to answer while its verification holds a turn: what a TPM takes for a
/// quote, and the network.
const PROMPT: Duration = Duration::from_secs(2);

/// The hosts for which a verification runs.
#[derive(Debug, Default)]
pub(super) struct Running {
    /// True: a job of the same host waits for it.
    hosts: Mutex<HashMap<HostId, bool>>,
    idle: Notify,
}

impl Running {
    fn hosts(&self) -> MutexGuard<'_, HashMap<HostId, bool>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn len(&self) -> usize {
        self.hosts().len()
    }

    /// Waits until none runs, at most for `limit`. True if none does.
    pub(super) async fn settle(&self, limit: Duration) -> bool {
        timeout(limit, async {
            loop {
                let idle = self.idle.notified();
                if self.len() == 0 {
                    return;
                }
                idle.await;
            }
        })
        .await
        .is_ok()
    }

    fn begin(&self, host: HostId) -> bool {
        use std::collections::hash_map::Entry;
        match self.hosts().entry(host) {
            Entry::Occupied(mut running) => {
                running.insert(true);
                false
            }
            Entry::Vacant(free) => {
                free.insert(false);
                true
            }
        }
    }

    /// Gives whether a job of the host waits.
    fn end(&self, host: HostId) -> bool {
        let (waited_for, none) = {
            let mut hosts = self.hosts();
            (hosts.remove(&host).unwrap_or(false), hosts.is_empty())
        };
        if none {
            self.idle.notify_waiters();
        }
        waited_for
    }
}

/// The one verification of a host that runs, with its turn. Dropped, it has ended.
#[derive(Debug)]
pub(crate) struct Claim {
    jobs: Arc<Jobs>,
    host: HostId,
    permit: Option<OwnedSemaphorePermit>,
    /// Its turn is one of the full way already.
    queued: bool,
}

impl Claim {
    /// Nothing if one runs already.
    pub(super) fn new(
        jobs: &Arc<Jobs>,
        host: HostId,
        permit: OwnedSemaphorePermit,
    ) -> Option<Self> {
        if !jobs.running.begin(host) {
            return None;
        }
        let queued = !Arc::ptr_eq(permit.semaphore(), &jobs.asked);
        Some(Self { jobs: Arc::clone(jobs), host, permit: Some(permit), queued })
    }

    /// Lets others have its turn of the wheel: whoever is not asked yet waits for the full way without
    /// one. After a start all hosts do, and would keep those waiting that were steady again, until
    /// these were stale and went the full way once more.
    pub(super) fn not_asked(mut self) -> Self {
        if !self.queued {
            self.permit = None;
        }
        self
    }

    /// Exchanges its turn for one of the full way, once there is one: until then it keeps its own.
    pub(super) async fn in_full(mut self) -> (Self, Turn) {
        let turns = if self.queued {
            self.permit.as_ref().map(|permit| Arc::clone(permit.semaphore()))
        } else {
            None
        };
        let turns = turns.unwrap_or_else(|| Arc::clone(&self.jobs.waiting));
        let mut turn = Turn { jobs: Arc::clone(&self.jobs), turns, permit: None };
        if self.queued {
            turn.permit = self.permit.take();
        } else {
            turn.take().await;
            self.permit = None;
        }
        (self, turn)
    }
}

/// A turn of the full way.
#[derive(Debug)]
pub(super) struct Turn {
    jobs: Arc<Jobs>,
    turns: Arc<Semaphore>,
    permit: Option<OwnedSemaphorePermit>,
}

impl Turn {
    async fn take(&mut self) {
        // Never closed, so it always gives a permit in the end.
        self.permit = Arc::clone(&self.turns).acquire_owned().await.ok();
    }

    fn give_back(&mut self) {
        self.permit = None;
        // Others wait for it in the queue.
        self.jobs.wake();
    }

    /// Waits for an agent's answer. One that is not there within [`PROMPT`] keeps nobody else waiting:
    /// the turn is given back, and taken again once the answer is there. Otherwise a few hundred hosts
    /// that say nothing would hold all turns until their time is over.
    pub(super) async fn until<T>(&mut self, answer: impl Future<Output = T>) -> T {
        self.until_after(PROMPT, answer).await
    }

    async fn until_after<T>(&mut self, prompt: Duration, answer: impl Future<Output = T>) -> T {
        tokio::pin!(answer);
        if let Ok(answer) = timeout(prompt, &mut answer).await {
            return answer;
        }
        self.give_back();
        let answer = answer.await;
        self.take().await;
        answer
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.give_back();
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.permit = None;
        if self.jobs.running.end(self.host) {
            self.jobs.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;

    async fn claim(jobs: &Arc<Jobs>, host: HostId) -> Option<Claim> {
        let permit = Arc::clone(&jobs.asked).acquire_owned().await.unwrap();
        Claim::new(jobs, host, permit)
    }

    #[tokio::test]
    async fn one_at_a_time_and_whoever_waited_is_woken_by_its_end() {
        let jobs = Arc::new(Jobs::new(NonZeroUsize::MIN));
        let host = HostId::from_random([1; 16]);
        let first = claim(&jobs, host).await.unwrap();
        assert!(claim(&jobs, host).await.is_none());
        assert!(claim(&jobs, HostId::from_random([2; 16])).await.is_some());
        assert!(!jobs.settle(Duration::ZERO).await);
        drop(first);
        assert!(jobs.settle(Duration::ZERO).await);
        timeout(Duration::ZERO, jobs.wake.notified()).await.unwrap();
        assert!(claim(&jobs, host).await.is_some());
        // Nobody waited for that one, and nothing in the queue waits for turns of the wheel.
        assert!(timeout(Duration::ZERO, jobs.wake.notified()).await.is_err());
    }

    #[tokio::test]
    async fn who_waits_for_the_full_way_unasked_leaves_the_wheels_turn_to_others() {
        let jobs = Arc::new(Jobs::new(NonZeroUsize::MIN));
        let all =
            Arc::clone(&jobs.waiting).acquire_many_owned(super::super::WAITING).await.unwrap();
        let host = HostId::from_random([1; 16]);
        let unasked = claim(&jobs, host).await.unwrap().not_asked();
        assert_eq!(jobs.asked.available_permits(), super::super::ASKED as usize);
        let waiting = tokio::spawn(unasked.in_full());
        tokio::task::yield_now().await;
        // It is still the host's one verification.
        assert!(claim(&jobs, host).await.is_none());
        drop(all);
        let (in_full, turn) = waiting.await.unwrap();
        assert_eq!(jobs.waiting.available_permits(), super::super::WAITING as usize - 1);
        drop((turn, in_full));
        assert!(claim(&jobs, host).await.is_some());
    }

    #[tokio::test]
    async fn the_full_way_has_turns_of_its_own() {
        let jobs = Arc::new(Jobs::new(NonZeroUsize::MIN));
        let claim = claim(&jobs, HostId::from_random([1; 16])).await.unwrap();
        let (claim, turn) = claim.in_full().await;
        assert_eq!(jobs.asked.available_permits(), super::super::ASKED as usize);
        assert_eq!(jobs.waiting.available_permits(), super::super::WAITING as usize - 1);
        drop(turn);
        assert_eq!(jobs.waiting.available_permits(), super::super::WAITING as usize);
        timeout(Duration::ZERO, jobs.wake.notified()).await.unwrap();
        drop(claim);
    }

    #[tokio::test]
    async fn who_does_not_answer_keeps_nobody_waiting() {
        let jobs = Arc::new(Jobs::new(NonZeroUsize::MIN));
        let permit = Arc::clone(&jobs.waiting_operators).acquire_owned().await.unwrap();
        let claim = Claim::new(&jobs, HostId::from_random([1; 16]), permit).unwrap();
        let (_claim, mut turn) = claim.in_full().await;
        let free = || jobs.waiting_operators.available_permits();
        let (all, prompt) = (super::super::WAITING as usize, Duration::from_millis(20));
        let mut seen = Vec::new();
        let answer = async {
            for _ in 0..2 {
                seen.push(free());
                tokio::time::sleep(2 * prompt).await;
            }
            seen.push(free());
            7
        };
        assert_eq!(turn.until_after(prompt, answer).await, 7);
        assert_eq!(seen, [all - 1, all, all], "until its time was over, and from then on");
        assert_eq!(free(), all - 1, "there is an answer: it has a turn of the same kind again");
        timeout(Duration::ZERO, jobs.wake.notified()).await.unwrap();
        drop(turn);
        assert_eq!(free(), all);
    }
}
