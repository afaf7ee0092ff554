//! One thread for everything that blocks: the TPM and the host's files.

use std::thread;

use tokio::sync::{mpsc, oneshot};

use crate::attester::Attester;

/// Pieces of work that may wait. A server asks one thing at a time; more than this is a server
/// that misbehaves.
const QUEUE: usize = 8;

type Job<A> = Box<dyn FnOnce(&mut A) + Send>;

/// A handle to the thread. The thread ends when the last handle is gone.
#[derive(Debug)]
pub struct Worker<A> {
    jobs: mpsc::Sender<Job<A>>,
}

impl<A> Clone for Worker<A> {
    fn clone(&self) -> Self {
        Self { jobs: self.jobs.clone() }
    }
}

/// The work was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkError {
    /// Too much waits already.
    #[error("the agent is busy: {QUEUE} requests wait already")]
    Busy,
    /// The thread is gone: a piece of work panicked.
    #[error("the agent's TPM thread has ended")]
    Ended,
}

impl<A: Attester> Worker<A> {
    /// Starts the thread.
    pub fn start(mut attester: A) -> std::io::Result<Self> {
        let (jobs, mut queue) = mpsc::channel::<Job<A>>(QUEUE);
        thread::Builder::new().name("tpm".into()).spawn(move || {
            while let Some(job) = queue.blocking_recv() {
                job(&mut attester);
            }
        })?;
        Ok(Self { jobs })
    }

    /// Hands over a piece of work; the answer comes through the channel.
    pub fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut A) -> T + Send + 'static,
    ) -> Result<oneshot::Receiver<T>, WorkError> {
        let (answer, receiver) = oneshot::channel();
        let job: Job<A> = Box::new(move |attester| {
            // Nobody may be waiting any more: the session is gone.
            let _gone = answer.send(work(attester));
        });
        self.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => WorkError::Busy,
            mpsc::error::TrySendError::Closed(_) => WorkError::Ended,
        })?;
        Ok(receiver)
    }

    /// Hands over a piece of work and waits for it.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut A) -> T + Send + 'static,
    ) -> Result<T, WorkError> {
        self.ask(work)?.await.map_err(|_| WorkError::Ended)
    }
}
