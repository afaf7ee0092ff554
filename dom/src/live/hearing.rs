//! One page that listens, wherever what it hears comes from.

use std::cell::Cell;

use super::{Heard, Start};

/// One page that listens.
pub(super) struct Hearing {
    start: Start,
    last: Cell<u64>,
    live: Cell<bool>,
    hear: Box<dyn Fn(Heard)>,
}

/// What becomes of a stream: said to this page, and by it to the others of this browser.
#[derive(Clone)]
pub(super) enum Said {
    /// It is open. The page may have missed something if it was open before.
    Open {
        /// Whether it was open before.
        again: bool,
    },
    /// It broke.
    Lost,
    /// A hint in JSON, with the event's number if it is one.
    Hint(Option<u64>, String),
}

impl Hearing {
    pub fn new(start: Start, hear: impl Fn(Heard) + 'static) -> Self {
        let last = Cell::new(start.after);
        Self { start, last, live: Cell::new(false), hear: Box::new(hear) }
    }

    /// What it listens to.
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// The last event that it heard of.
    pub fn last(&self) -> u64 {
        self.last.get()
    }

    /// Whether the stream is open.
    pub fn is_live(&self) -> bool {
        self.live.get()
    }

    /// Hears what became of the stream.
    pub fn take(&self, said: &Said) {
        match said {
            Said::Open { again } => {
                self.live.set(true);
                (self.hear)(Heard::Live);
                if *again || self.start.after == 0 {
                    // Hints that are no events are not sent again after a gap; and a page that
                    // knows of no event may have missed some.
                    (self.hear)(Heard::Gap);
                }
            }
            Said::Lost => {
                self.live.set(false);
                (self.hear)(Heard::Lost);
            }
            Said::Hint(seq, json) => {
                if let Some(seq) = *seq {
                    self.last.set(self.last.get().max(seq));
                }
                (self.hear)(Heard::Hint(json.clone()));
            }
        }
    }

    /// Hears of a stream that another page opened, whose last event is this.
    pub fn catch_up(&self, last: u64) {
        self.live.set(true);
        (self.hear)(Heard::Live);
        if last > self.last.get() || self.start.after == 0 {
            self.last.set(self.last.get().max(last));
            (self.hear)(Heard::Gap);
        }
    }
}
