//! Waiting with an end: nothing here waits for ever, and nothing sleeps for a guessed time.

use std::future::Future;
use std::time::Duration;

use crate::error::Error;

/// How long anything that happens on this machine may take before it is taken to have failed.
/// The slowest, making an RSA key in a software TPM on a loaded machine, stays far below.
pub const LIMIT: Duration = Duration::from_mins(1);
/// How often something that cannot announce itself is looked at.
const INTERVAL: Duration = Duration::from_millis(10);

/// Gives `work` at most [`LIMIT`].
pub async fn within<T>(
    problem: &str,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    match tokio::time::timeout(LIMIT, work).await {
        Ok(result) => result,
        Err(_) => Err(Error::Timeout { what: problem.to_owned(), limit: LIMIT }),
    }
}

/// The end of a series of attempts.
#[derive(Debug, Clone, Copy)]
pub struct Attempts {
    end: tokio::time::Instant,
}

impl Attempts {
    /// The first attempt is made now, the last one [`LIMIT`] later.
    pub fn start() -> Self {
        Self { end: tokio::time::Instant::now() + LIMIT }
    }

    /// Waits for the next attempt; false if there is none.
    pub async fn again(&self) -> bool {
        tokio::time::sleep(INTERVAL).await;
        tokio::time::Instant::now() < self.end
    }
}
