//! How much a connection may send: a message of the largest size at once, and from then on a little
//! all the time.
//!
//! Below TLS and WebSocket, because what these read costs time before anybody sees it: a message in
//! endless empty pieces is never one that could be refused, and a hundred hosts that send such would
//! have all processors.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};
use trustboard_model::protocol::limit::MESSAGE_BYTES;

/// Bytes that a connection may send at once: a whole message, and what wraps it.
const ROOM: u64 = MESSAGE_BYTES as u64 / 4 * 5;

/// Bytes that it may send in a second after that: a log of 120 events and a quote every two seconds
/// are half of it.
const RATE: u64 = 64 * 1024;

/// It is read again once there is room for so many bytes: not for each of them.
const ENOUGH: u64 = 16 * 1024;

/// What one connection has sent lately.
#[derive(Debug)]
pub(crate) struct Intake {
    /// Bytes, less [`RATE`] of them for each second. The last read may have taken more than there was
    /// room for.
    sent: u64,
    since: Instant,
    /// Until there is room.
    waits: Option<Pin<Box<Sleep>>>,
}

impl Intake {
    pub(crate) fn new() -> Self {
        Self { sent: 0, since: Instant::now(), waits: None }
    }

    /// Ready once something may be read. What the other side sends meanwhile waits with it.
    pub(crate) fn poll_room(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            if let Some(waits) = &mut self.waits {
                ready!(waits.as_mut().poll(cx));
                self.waits = None;
            }
            if self.sent < ROOM {
                return Poll::Ready(());
            }
            self.forget(Instant::now());
            if self.sent >= ROOM {
                self.waits = Some(Box::pin(sleep(time_of(self.sent - ROOM + ENOUGH))));
            }
        }
    }

    /// So many bytes were read.
    pub(crate) fn took(&mut self, bytes: usize) {
        self.sent = self.sent.saturating_add(bytes as u64);
    }

    fn forget(&mut self, now: Instant) {
        let passed = now.duration_since(self.since).as_micros();
        let bytes = passed.saturating_mul(u128::from(RATE)) / 1_000_000;
        self.sent = self.sent.saturating_sub(u64::try_from(bytes).unwrap_or(u64::MAX));
        self.since = now;
    }
}

/// How long so many bytes take at [`RATE`].
fn time_of(bytes: u64) -> Duration {
    Duration::from_micros(bytes.saturating_mul(1_000_000) / RATE)
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    /// A connection that has just sent all that it may.
    fn full() -> Intake {
        Intake { sent: ROOM, ..Intake::new() }
    }

    #[tokio::test]
    async fn a_whole_message_is_read_at_once_and_what_follows_waits() {
        let mut intake = Intake::new();
        let mut all = 0;
        while all < MESSAGE_BYTES {
            poll_fn(|cx| intake.poll_room(cx)).await;
            intake.took(4096);
            all += 4096;
        }
        let mut intake = full();
        let waits = poll_fn(|cx| Poll::Ready(intake.poll_room(cx))).await;
        assert!(waits.is_pending());
        let begun = Instant::now();
        poll_fn(|cx| intake.poll_room(cx)).await;
        assert!(begun.elapsed() >= time_of(ENOUGH) / 2, "until there is room for enough");
    }

    #[tokio::test]
    async fn room_comes_back_with_time() {
        let mut intake = full();
        let begun = intake.since;
        intake.forget(begun + Duration::from_secs(2));
        assert_eq!(intake.sent, ROOM - 2 * RATE);
        intake.forget(begun + Duration::from_secs(1_000_000));
        assert_eq!(intake.sent, 0);
        assert_eq!(time_of(RATE), Duration::from_secs(1));
    }
}
