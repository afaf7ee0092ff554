//! What a verification job asks of a session, and what it gets.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;
use trustboard_attest::{Challenge, SessionIdentity};
use trustboard_model::id::JobId;
use trustboard_model::job::{Step, StepKind};
use trustboard_model::protocol::EvidenceMessage;
use trustboard_model::time::Timestamp;

use crate::command;
use crate::ctx::Ctx;
use crate::query::VerificationContext;

/// A question: what is known of the host, and where steps are noted.
#[derive(Debug)]
pub struct Question {
    /// The host as it is on record.
    pub known: VerificationContext,
    /// Where the steps go.
    pub progress: Progress,
}

/// A question on its way, with where the answer goes.
#[derive(Debug)]
pub struct Ask {
    pub(super) known: VerificationContext,
    pub(super) progress: Progress,
    pub(super) reply: oneshot::Sender<Result<Answer, Unanswered>>,
}

/// What came back from a host.
#[derive(Debug)]
pub struct Answer {
    /// Who the TPM is in this session.
    pub identity: Arc<SessionIdentity>,
    /// The challenge that was answered; it is used up.
    pub challenge: Challenge,
    /// The answer itself.
    pub sent: Sent,
    /// When it arrived.
    pub received_at: Timestamp,
}

/// What a host sent in answer to a challenge.
#[derive(Debug, Clone)]
pub enum Sent {
    /// Evidence that was read.
    Evidence(Box<EvidenceMessage>),
    /// Something that cannot be read.
    Unreadable(String),
    /// The agent says that it cannot.
    Refused(String),
}

impl Sent {
    /// The evidence, if it is some.
    pub(crate) fn message(&self) -> Option<&EvidenceMessage> {
        match self {
            Self::Evidence(message) => Some(message),
            Self::Unreadable(_) | Self::Refused(_) => None,
        }
    }
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// There is no session.
    #[error("the host's agent is not connected")]
    NoSession,
    /// The session ended meanwhile.
    #[error("the connection to the host's agent ended before it answered")]
    Ended,
    /// The agent took too long.
    #[error("the host's agent did not answer the {question} within {seconds} s")]
    TimedOut {
        /// `question for its identity`, `challenge`.
        question: &'static str,
        /// The limit.
        seconds: u64,
    },
    /// The host was disconnected by an operator.
    #[error("the host was disconnected by an operator")]
    Parked,
    /// The server could not read or write its own record.
    #[error("the server could not do this now; its log says why under {0}")]
    Unavailable(String),
}

/// The steps of one verification: collected, and for a job that somebody watches written as they
/// happen. Of any other job with a row the first one is, which makes it run.
#[derive(Clone)]
pub struct Progress {
    ctx: Ctx,
    job: Option<JobId>,
    watched: bool,
    begun: Arc<AtomicBool>,
    /// Steps that are not on record yet.
    unwritten: Arc<Mutex<Vec<Step>>>,
}

impl std::fmt::Debug for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Progress").field("job", &self.job).finish_non_exhaustive()
    }
}

impl Progress {
    /// No steps yet. `watched`: somebody asked for it, and may look on.
    pub fn new(ctx: Ctx, job: Option<JobId>, watched: bool) -> Self {
        Self { ctx, job, watched, begun: Arc::default(), unwritten: Arc::default() }
    }

    /// Notes a step.
    pub async fn step(&self, kind: StepKind, detail: impl Into<String>) {
        self.step_at(self.ctx.clock.now(), kind, detail).await;
    }

    /// Notes a step that was taken at this time.
    pub async fn step_at(&self, at: Timestamp, kind: StepKind, detail: impl Into<String>) {
        let step = Step { at, kind, detail: detail.into() };
        let begun = self.begun.swap(true, Ordering::Relaxed);
        let written = match self.job.filter(|_| self.watched || !begun) {
            None => false,
            Some(job) => match command::record_step(&self.ctx, job, step.clone()).await {
                Ok(()) => true,
                Err(error) => {
                    tracing::warn!(job.id = %job, %error, "a step could not be written yet");
                    false
                }
            },
        };
        if !written {
            self.unwritten.lock().unwrap_or_else(PoisonError::into_inner).push(step);
        }
    }

    /// The steps that are not on record yet: they are written with the result.
    pub fn take_unwritten(&self) -> Vec<Step> {
        std::mem::take(&mut *self.unwritten.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
