//! The live stream inside the server: hints that something changed.
//!
//! The tables are the truth; a hint only says what to read again. A receiver that falls behind
//! loses hints (`RecvError::Lagged`) and must tell its browser to reload.

use tokio::sync::broadcast;
use trustboard_model::event::EventSeq;
use trustboard_model::view::LiveHint;

/// How many hints a slow receiver may be behind before it loses some: a burst of every host of
/// a large datacenter changing within the second that browsers coalesce.
const BACKLOG: usize = 4096;

/// Where hints are sent to and received from; cheap to clone.
#[derive(Debug, Clone)]
pub struct Live(broadcast::Sender<LiveMessage>);

/// One hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveMessage {
    /// The committed event behind it; nothing for a transient one, which is not replayed.
    pub seq: Option<EventSeq>,
    /// What to read again.
    pub hint: LiveHint,
}

impl Live {
    /// A stream without receivers yet.
    pub fn new() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }

    /// Receives every hint sent from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<LiveMessage> {
        self.0.subscribe()
    }

    /// Sends a hint. Commands do this after their commit, in the order of the commits.
    pub fn send(&self, message: LiveMessage) {
        // An error only says that nobody looks.
        let _ = self.0.send(message);
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}
