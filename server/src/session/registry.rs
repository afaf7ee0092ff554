//! Which host has a session, and how to reach it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use trustboard_model::id::HostId;
use trustboard_model::protocol::MOST_SPREAD_S;

use super::ask::{Answer, Ask, Unanswered};
use super::mailbox::{Closing, Mailbox, Nudge, Request};
use crate::job::steady::SteadyHost;
use crate::job::{Claim, Work};

/// Every open session of this process.
#[derive(Debug, Default)]
pub struct Registry {
    state: Mutex<State>,
    /// Notified when a session has gone.
    left: Notify,
}

#[derive(Debug, Default)]
struct State {
    sessions: HashMap<HostId, Handle>,
    opened: u64,
    /// Set once the server stops, with the seconds over which agents spread their return.
    closing: Option<u16>,
}

/// How the rest of the server reaches a session.
#[derive(Debug)]
struct Handle {
    /// Tells this session from an earlier one of the same host.
    number: u64,
    mailbox: Arc<Mailbox>,
}

/// The session's own end of a registration.
///
/// Dropped, it takes the session off the register, so that not even a panic leaves a dead one.
#[derive(Debug)]
pub(super) struct Registered {
    registry: Arc<Registry>,
    host: HostId,
    number: u64,
    pub(super) mailbox: Arc<Mailbox>,
}

impl Registered {
    /// Tells this session from every other of this process.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Takes the session off the register; false if another one has taken its place.
    pub(super) fn forget(&self) -> bool {
        self.registry.forget(self.host, self.number)
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.forget();
    }
}

/// Sessions that a server takes back in a second, with the handshake, the identity and the full
/// appraisal that each begins with: half of what four cores do.
const RETURNS_A_SECOND: usize = 1500;

/// Seconds over which so many agents are to spread their return.
fn spread_of(sessions: usize) -> u16 {
    u16::try_from(sessions.div_ceil(RETURNS_A_SECOND))
        .unwrap_or(MOST_SPREAD_S)
        .clamp(1, MOST_SPREAD_S)
}

impl Registry {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Registers a session of `host`. An earlier one is closed.
    pub(super) fn open(self: &Arc<Self>, host: HostId) -> Registered {
        let mut state = self.state();
        let first = state.closing.map(|within_s| Closing::Shutdown { within_s });
        let mailbox = Mailbox::closing(first);
        state.opened += 1;
        let number = state.opened;
        let handle = Handle { number, mailbox: Arc::clone(&mailbox) };
        if let Some(earlier) = state.sessions.insert(host, handle) {
            tracing::warn!(host.id = %host, "a second session of the host replaces the first");
            earlier.mailbox.close(Closing::Replaced);
        }
        Registered { registry: Arc::clone(self), host, number, mailbox }
    }

    /// Forgets the session with this number; false if another one has taken its place.
    fn forget(&self, host: HostId, number: u64) -> bool {
        let mut state = self.state();
        let ours = state.sessions.get(&host).is_some_and(|handle| handle.number == number);
        if ours {
            state.sessions.remove(&host);
            self.left.notify_waiters();
        }
        ours
    }

    /// Whether `host` has a session.
    pub fn has(&self, host: HostId) -> bool {
        self.state().sessions.contains_key(&host)
    }

    /// Those of `hosts` that have no session.
    pub(crate) fn gone(&self, hosts: impl Iterator<Item = HostId>) -> Vec<HostId> {
        let state = self.state();
        hosts.filter(|host| !state.sessions.contains_key(host)).collect()
    }

    /// How many sessions are open.
    pub fn len(&self) -> usize {
        self.state().sessions.len()
    }

    /// Waits until there are none, at most for `limit`. True if there are none.
    pub async fn emptied(&self, limit: Duration) -> bool {
        tokio::time::timeout(limit, async {
            loop {
                let left = self.left.notified();
                if self.is_empty() {
                    return;
                }
                left.await;
            }
        })
        .await
        .is_ok()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn mailbox(&self, host: HostId) -> Option<Arc<Mailbox>> {
        self.state().sessions.get(&host).map(|handle| Arc::clone(&handle.mailbox))
    }

    /// Asks the session of `host` for evidence and waits for the answer.
    pub(crate) async fn ask(
        &self,
        host: HostId,
        ask: super::ask::Question,
    ) -> Result<Answer, Unanswered> {
        let (reply, answer) = tokio::sync::oneshot::channel();
        let ask = Ask { known: ask.known, progress: ask.progress, reply };
        let mailbox = self.mailbox(host).ok_or(Unanswered::NoSession)?;
        mailbox.put(Request::Verify(Box::new(ask)));
        // A session that ends takes its mailbox with it, and the question in there.
        drop(mailbox);
        answer.await.map_err(|_| Unanswered::Ended)?
    }

    /// Tells a host's session that its turn has come. Without a session the turn is over.
    pub(crate) fn take_turn(&self, work: Work, claim: Claim) {
        if let Some(mailbox) = self.mailbox(work.host) {
            mailbox.put(Request::Turn(Box::new((work, claim))));
        }
    }

    /// Gives a host's session what recognises its next evidence. Without it, that goes the full way.
    pub(crate) fn remember(&self, host: HostId, steady: Box<SteadyHost>) {
        if let Some(mailbox) = self.mailbox(host) {
            mailbox.put(Request::Remember(steady));
        }
    }

    /// Tells the session of `host`, if there is one, what an operator changed.
    pub fn nudge(&self, host: HostId, nudge: Nudge) {
        // If it has just ended, the next one reads the new state.
        if let Some(mailbox) = self.mailbox(host) {
            mailbox.put(Request::Nudge(nudge));
        }
    }

    /// Closes the session of a host that was removed.
    pub fn close_removed(&self, host: HostId) {
        if let Some(handle) = self.state().sessions.get(&host) {
            handle.mailbox.close(Closing::Removed);
        }
    }

    /// Every host that has a session.
    pub fn hosts(&self) -> Vec<HostId> {
        self.state().sessions.keys().copied().collect()
    }

    /// Closes every session that is open, for their agents to find another server.
    pub fn let_go(&self) {
        let state = self.state();
        let within_s = spread_of(state.sessions.len());
        for handle in state.sessions.values() {
            handle.mailbox.close(Closing::Shutdown { within_s });
        }
    }

    /// Closes every session, and those that open from now on. Their agents are told to spread
    /// their return over the time that so many of them take.
    pub fn close_all(&self) {
        let mut state = self.state();
        let within_s = spread_of(state.sessions.len());
        state.closing = Some(within_s);
        for handle in state.sessions.values() {
            handle.mailbox.close(Closing::Shutdown { within_s });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_agents_spread_over_more_time_but_not_without_end() {
        let spreads = [0, 1, 1500, 1501, 100_000, usize::MAX].map(spread_of);
        assert_eq!(spreads, [1, 1, 1, 2, 67, MOST_SPREAD_S]);
    }
}
