//! What a page hears, wherever it comes from: its own stream, or that of another page of this
//! browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use trustboard_model::event::EventSeq;
use trustboard_model::view::LiveHint;

use super::share::Share;
use super::stream::Stream;
use super::{Connection, LiveState, Start};
use crate::component::Clock;
use crate::frame::SessionHandle;

/// Listens until the current reactive owner is cleaned up.
pub(crate) fn listen(state: LiveState, start: Start, hear: impl Fn(LiveHint) + Clone + 'static) {
    let hearing = Rc::new(Hearing {
        state,
        clock: Clock::use_here(),
        start,
        last: Cell::new(start.after),
        hear: Box::new(hear),
        source: RefCell::new(None),
    });
    state.0.set(Connection::Connecting);
    let viewer = SessionHandle::use_here().viewer();
    let shared = viewer.and_then(|viewer| Share::join(&viewer.id.to_string(), &hearing));
    let source = match shared {
        Some(share) => Source::Shared(share),
        None => Source::Own(Stream::open(&hearing, |_| ())),
    };
    hearing.source.replace(Some(source));
    // The closures that the browser calls hold this only weakly: it ends here.
    let kept = StoredValue::new_local(hearing);
    on_cleanup(move || {
        state.0.set(Connection::Off);
        kept.dispose();
    });
}

/// Where the hints come from.
#[expect(dead_code, reason = "kept until it is dropped, which ends it")]
enum Source {
    Own(Rc<Stream>),
    Shared(Share),
}

/// One page that listens.
pub(super) struct Hearing {
    state: LiveState,
    clock: Clock,
    start: Start,
    last: Cell<EventSeq>,
    hear: Box<dyn Fn(LiveHint)>,
    source: RefCell<Option<Source>>,
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
    Hint(Option<EventSeq>, String),
}

impl Hearing {
    /// What it listens to.
    pub fn start(&self) -> Start {
        self.start
    }

    /// The last event that it heard of.
    pub fn last(&self) -> EventSeq {
        self.last.get()
    }

    /// Whether the stream is open.
    pub fn is_live(&self) -> bool {
        self.state.0.try_get_untracked() == Some(Connection::Live)
    }

    /// Hears what became of the stream.
    pub fn take(&self, said: &Said) {
        match said {
            Said::Open { again } => {
                self.state.0.set(Connection::Live);
                if *again || self.start.after == EventSeq(0) {
                    // Hints that are no events are not sent again after a gap; and a page that
                    // knows of no event may have missed some.
                    (self.hear)(LiveHint::Reload);
                }
            }
            Said::Lost => {
                let lost = matches!(
                    self.state.0.try_get_untracked(),
                    None | Some(Connection::Lost { .. })
                );
                if !lost {
                    self.state.0.set(Connection::Lost { since: untrack(|| self.clock.now()) });
                }
            }
            Said::Hint(seq, json) => {
                if let Some(seq) = *seq {
                    self.last.set(self.last.get().max(seq));
                }
                // What this page cannot read comes from a newer server: the tables will tell.
                (self.hear)(serde_json::from_str(json).unwrap_or(LiveHint::Reload));
            }
        }
    }

    /// Hears of a stream that another page opened, whose last event is this.
    pub fn catch_up(&self, last: EventSeq) {
        self.state.0.set(Connection::Live);
        if last > self.last.get() || self.start.after == EventSeq(0) {
            self.last.set(self.last.get().max(last));
            (self.hear)(LiveHint::Reload);
        }
    }
}
