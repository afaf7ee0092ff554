//! One thread for everything that blocks: the TPM and the host's files. Where thousands of hosts
//! without either are played in one process, a task takes its place.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::attester::Attester;

/// Pieces of work that may wait. A server asks one thing at a time; more than this is a server
/// that misbehaves.
const QUEUE: usize = 8;
/// How long a program that ends waits for its worker: longer than a TPM takes to forget a session.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// How often it looks whether the thread has ended.
const STEP: Duration = Duration::from_millis(2);

type Job<A> = Box<dyn FnOnce(&mut A) + Send>;

/// A handle to the thread or task, which ends when the last handle is gone.
#[derive(Debug)]
pub struct Worker<A> {
    jobs: mpsc::Sender<Job<A>>,
    thread: Option<Arc<JoinHandle<()>>>,
}

impl<A> Clone for Worker<A> {
    fn clone(&self) -> Self {
        Self { jobs: self.jobs.clone(), thread: self.thread.clone() }
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
        let thread = thread::Builder::new().name("tpm".into()).spawn(move || {
            while let Some(job) = queue.blocking_recv() {
                job(&mut attester);
            }
        })?;
        Ok(Self { jobs, thread: Some(Arc::new(thread)) })
    }

    /// Waits until the thread has closed the TPM and is gone, for `patience` at most; true if it
    /// is. A program must do so before it ends: the C libraries below free what they share when
    /// it does, and a thread that uses them then corrupts memory. With another handle about, the
    /// thread goes on and this does not wait.
    pub async fn end(self, patience: Duration) -> bool {
        let Self { jobs, thread } = self;
        drop(jobs);
        let Some(thread) = thread.and_then(Arc::into_inner) else { return false };
        let ended = async {
            while !thread.is_finished() {
                tokio::time::sleep(STEP).await;
            }
        };
        // A panic was told by those who waited for the work; a TPM that hangs is left behind.
        tokio::time::timeout(patience, ended).await.is_ok() && thread.join().is_ok()
    }

    /// Starts a task in the place of the thread, for an attester that only computes. `pause` is
    /// awaited before each piece of work: how long this host takes.
    pub fn start_task<F>(mut attester: A, pause: impl Fn() -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send,
    {
        let (jobs, mut queue) = mpsc::channel::<Job<A>>(QUEUE);
        tokio::spawn(async move {
            while let Some(job) = queue.recv().await {
                pause().await;
                job(&mut attester);
            }
        });
        Self { jobs, thread: None }
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc as blocking;

    use trustboard_model::facts::HostFacts;
    use trustboard_model::protocol::{CredentialBlob, EvidenceMessage, TpmIdentity};

    use super::*;
    use crate::attester::{AttestError, Challenge};

    /// Counts what it is asked.
    struct Counter(u32);

    impl Attester for Counter {
        fn facts(&mut self) -> HostFacts {
            unreachable!("not asked by these tests")
        }

        fn identity(&mut self) -> Result<Option<TpmIdentity>, AttestError> {
            self.0 += 1;
            Ok(None)
        }

        fn activate(&mut self, _: &CredentialBlob) -> Result<Vec<u8>, AttestError> {
            unreachable!("not asked by these tests")
        }

        fn evidence(&mut self, _: &Challenge) -> Result<EvidenceMessage, AttestError> {
            unreachable!("not asked by these tests")
        }
    }

    #[tokio::test]
    async fn work_is_done_in_order_and_a_full_queue_is_said() {
        let worker = Worker::start(Counter(0)).unwrap();
        let (started, has_started) = blocking::channel();
        let (release, released) = blocking::channel::<()>();
        let first = worker
            .ask(move |_| {
                started.send(()).unwrap();
                released.recv().unwrap();
            })
            .unwrap();
        has_started.recv().unwrap();
        let waiting: Vec<_> = (0..QUEUE)
            .map(|_| {
                worker
                    .ask(|counter| {
                        counter.identity().unwrap();
                        counter.0
                    })
                    .unwrap()
            })
            .collect();
        assert_eq!(worker.ask(|_| ()).unwrap_err(), WorkError::Busy);
        release.send(()).unwrap();
        first.await.unwrap();
        for (expected, answer) in (1..).zip(waiting) {
            assert_eq!(answer.await.unwrap(), expected);
        }
    }

    #[tokio::test]
    async fn a_program_that_ends_waits_for_what_the_thread_still_does() {
        let worker = Worker::start(Counter(0)).unwrap();
        let (release, released) = blocking::channel::<()>();
        let (done, is_done) = blocking::channel();
        // As when the answer is there, and the TPM still forgets the session.
        let _answer = worker.ask(move |_| {
            released.recv().unwrap();
            done.send(()).unwrap();
        });
        let other = worker.clone();
        assert!(!other.end(PATIENCE).await, "somebody still works with it");
        let stuck = worker.clone();
        drop(worker);
        release.send(()).unwrap();
        assert!(stuck.end(PATIENCE).await);
        is_done.try_recv().unwrap();
    }

    #[tokio::test]
    async fn a_thread_that_hangs_is_left_behind() {
        let worker = Worker::start(Counter(0)).unwrap();
        let (release, released) = blocking::channel::<()>();
        let answer = worker.ask(move |_| released.recv().unwrap()).unwrap();
        assert!(!worker.end(Duration::from_millis(20)).await);
        release.send(()).unwrap();
        answer.await.unwrap();
    }

    #[tokio::test]
    async fn a_thread_that_panicked_is_missed() {
        let worker = Worker::start(Counter(0)).unwrap();
        let panicked = worker.run(|_| panic!("on purpose")).await;
        assert_eq!(panicked, Err::<(), _>(WorkError::Ended));
        assert_eq!(worker.run(|_| ()).await, Err(WorkError::Ended));
    }
}
