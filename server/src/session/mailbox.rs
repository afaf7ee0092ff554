//! What a session is asked to do, and whether it is to end: one small place that wakes one task.
//!
//! A hundred thousand of these wait at a time, and are looked into twice in a verification. So there
//! is no queue in it: of each kind of request one can wait. A host's verifications come one at a
//! time, and of what an operator changed the last word counts.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_util::task::AtomicWaker;

use super::ask::Ask;
use super::steady::Turn;
use crate::job::steady::SteadyHost;

/// What a session is asked to do.
#[derive(Debug)]
pub(super) enum Request {
    /// What recognises the host's next evidence.
    Remember(Box<SteadyHost>),
    /// Something about the host was changed by an operator.
    Nudge(Nudge),
    /// Get evidence.
    Verify(Box<Ask>),
    /// Its turn has come: get evidence, and see it through.
    Turn(Turn),
}

/// What an operator changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nudge {
    /// Disconnected: tell the agent to wait.
    Park,
    /// Connected, or another identity is to be taken: ask again who the TPM is.
    Wake,
}

/// Why a session is closed from inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// The same host opened another session.
    Replaced,
    /// The host was removed from the inventory.
    Removed,
    /// The server stops; its agents spread their return over so many seconds.
    Shutdown {
        /// At most [`trustboard_model::protocol::MOST_SPREAD_S`].
        within_s: u16,
    },
}

/// One session's mailbox. Dropped, it drops what waits in it, and whoever waits for an answer to that
/// learns it so.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    waiting: Mutex<Waiting>,
    /// The session's task.
    reader: AtomicWaker,
}

#[derive(Debug, Default)]
struct Waiting {
    closing: Option<Closing>,
    remember: Option<Box<SteadyHost>>,
    nudge: Option<Nudge>,
    verify: Option<Box<Ask>>,
    turn: Option<Turn>,
}

impl Mailbox {
    /// One whose session is to end at once for this reason, if there is one.
    pub(super) fn closing(closing: Option<Closing>) -> Arc<Self> {
        let waiting = Mutex::new(Waiting { closing, ..Waiting::default() });
        Arc::new(Self { waiting, reader: AtomicWaker::new() })
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves a request, in the place of an earlier one of its kind that is still there.
    pub(super) fn put(&self, request: Request) {
        let mut waiting = self.waiting();
        match request {
            Request::Remember(steady) => waiting.remember = Some(steady),
            Request::Nudge(nudge) => waiting.nudge = Some(nudge),
            Request::Verify(ask) => waiting.verify = Some(ask),
            Request::Turn(turn) => waiting.turn = Some(turn),
        }
        drop(waiting);
        self.reader.wake();
    }

    /// Closes the session, unless it is to be closed already.
    pub(super) fn close(&self, closing: Closing) {
        self.waiting().closing.get_or_insert(closing);
        self.reader.wake();
    }

    /// The next request. For the session's task alone, as everything that waits here.
    pub(super) async fn next(&self) -> Request {
        poll_fn(|cx| self.look(cx, Waiting::take)).await
    }

    /// Waits until the session is to be closed from inside.
    pub(super) async fn closed(&self) -> Closing {
        poll_fn(|cx| self.look(cx, |waiting| waiting.closing)).await
    }

    fn look<T>(&self, cx: &Context<'_>, what: impl FnOnce(&mut Waiting) -> Option<T>) -> Poll<T> {
        // Before looking: what comes afterwards wakes the task.
        self.reader.register(cx.waker());
        what(&mut self.waiting()).map_or(Poll::Pending, Poll::Ready)
    }
}

impl Waiting {
    /// What must be known before evidence is asked for comes first. What an operator changed makes
    /// nothing of what was to be remembered, so it comes after that.
    fn take(&mut self) -> Option<Request> {
        let Self { closing: _, remember, nudge, verify, turn } = self;
        None.or_else(|| remember.take().map(Request::Remember))
            .or_else(|| nudge.take().map(Request::Nudge))
            .or_else(|| verify.take().map(Request::Verify))
            .or_else(|| turn.take().map(Request::Turn))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::poll;

    use super::*;

    #[tokio::test]
    async fn of_what_an_operator_changed_the_last_word_counts() {
        let mailbox = Mailbox::closing(None);
        for nudge in [Nudge::Park, Nudge::Wake, Nudge::Park] {
            mailbox.put(Request::Nudge(nudge));
        }
        assert!(matches!(mailbox.next().await, Request::Nudge(Nudge::Park)));
        assert!(poll!(Box::pin(mailbox.next())).is_pending());
    }

    #[tokio::test]
    async fn what_comes_while_a_session_waits_wakes_it() {
        let mailbox = Mailbox::closing(None);
        let session = tokio::spawn({
            let mailbox = Arc::clone(&mailbox);
            async move {
                tokio::select! {
                    closing = mailbox.closed() => closing,
                    _ = mailbox.next() => mailbox.closed().await,
                }
            }
        });
        tokio::task::yield_now().await;
        mailbox.put(Request::Nudge(Nudge::Wake));
        tokio::task::yield_now().await;
        mailbox.close(Closing::Removed);
        mailbox.close(Closing::Replaced);
        let closing = tokio::time::timeout(Duration::from_secs(5), session).await.unwrap();
        assert_eq!(closing.unwrap(), Closing::Removed, "the first reason stays");
    }
}
