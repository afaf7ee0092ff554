//! Queues of what is recorded as many at a time as wait: the busier the record, the more of them share
//! a write, and a lone one waits for nobody.

use std::sync::{Mutex, PoisonError};

use tokio::sync::{mpsc, oneshot};

use crate::store::StoreError;

/// The way of things of one kind to the record, each of which gets an answer.
#[derive(Debug)]
pub(super) struct Together<T, A> {
    sender: mpsc::Sender<Waiting<T, A>>,
    receiver: Mutex<Option<mpsc::Receiver<Waiting<T, A>>>>,
}

/// One that waits for its answer.
#[derive(Debug)]
struct Waiting<T, A> {
    item: T,
    done: oneshot::Sender<A>,
}

impl<T: Send + 'static, A: Send + 'static> Together<T, A> {
    /// So many may wait; whoever comes then waits to be one of them.
    pub(super) fn with_room_for(room: usize) -> Self {
        let (sender, receiver) = mpsc::channel(room);
        Self { sender, receiver: Mutex::new(Some(receiver)) }
    }

    /// Waits among the others for its answer.
    pub(super) async fn ask(&self, item: T) -> Result<A, StoreError> {
        let (done, told) = oneshot::channel();
        // Answered, unless what records broke off, or the server ends.
        let ended = || StoreError::Database(sqlx::Error::WorkerCrashed);
        self.sender.send(Waiting { item, done }).await.map_err(|_| ended())?;
        told.await.map_err(|_| ended())
    }

    /// Answers what waits with `record`, at most `most` at a time, for as long as the process runs.
    pub(super) async fn run<F>(&self, most: usize, record: impl Fn(Vec<T>) -> F)
    where
        F: Future<Output = Vec<A>> + Send + 'static,
    {
        let receiver = self.receiver.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut receiver) = receiver else { return };
        let mut waiting = Vec::with_capacity(most);
        while receiver.recv_many(&mut waiting, most).await > 0 {
            let (items, done): (Vec<_>, Vec<_>) =
                waiting.drain(..).map(|Waiting { item, done }| (item, done)).unzip();
            // In a task of its own: a panic over these ends here, and the next ones are recorded.
            match tokio::spawn(record(items)).await {
                Ok(answers) => {
                    for (done, answer) in done.into_iter().zip(answers) {
                        // An error says that nobody waits for it any more.
                        let _ = done.send(answer);
                    }
                }
                Err(error) => tracing::error!(%error, "recording many together broke off"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test]
    async fn those_that_wait_share_and_a_panic_is_of_its_own_alone() {
        let queue = Arc::new(Together::<u32, usize>::with_room_for(8));
        let ask = |item| {
            tokio::spawn({
                let queue = Arc::clone(&queue);
                async move { queue.ask(item).await }
            })
        };
        let waiting: Vec<_> = [1, 2, 3].map(ask).into();
        tokio::task::yield_now().await;
        let running = tokio::spawn({
            let queue = Arc::clone(&queue);
            async move {
                let answer = |items: Vec<u32>| async move {
                    assert!(!items.contains(&7), "as told");
                    vec![items.len(); items.len()]
                };
                queue.run(2, answer).await;
            }
        });
        let mut together = Vec::new();
        for one in waiting {
            together.push(one.await.unwrap().unwrap());
        }
        assert_eq!(together, [2, 2, 1]);
        assert!(queue.ask(7).await.is_err());
        assert_eq!(queue.ask(8).await.unwrap(), 1);
        running.abort();
    }
}
