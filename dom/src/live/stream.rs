//! One `EventSource`. The browser reconnects by itself after a broken line; what it gives up on (a
//! server that answered with an error while it restarted) is tried again here.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use super::hearing::{Hearing, Said};
use crate::after;

/// How long before a stream that the browser gave up on is opened again, in milliseconds.
const RETRY_MS: i32 = 3_000;

/// An open stream, closed when it is dropped.
pub(super) struct Stream {
    hearing: Weak<Hearing>,
    /// Tells others, too.
    tell: Box<dyn Fn(&Said)>,
    opened: Cell<bool>,
    source: RefCell<Option<Source>>,
}

struct Source {
    events: EventSource,
    // The browser calls these as long as the source lives.
    _open: Closure<dyn FnMut()>,
    _error: Closure<dyn FnMut()>,
    _message: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Source {
    fn drop(&mut self) {
        self.events.set_onopen(None);
        self.events.set_onerror(None);
        self.events.set_onmessage(None);
        self.events.close();
    }
}

impl Stream {
    /// Opens it, from the last event that the page heard of.
    pub fn open(hearing: &Rc<Hearing>, tell: impl Fn(&Said) + 'static) -> Rc<Self> {
        let stream = Rc::new(Self {
            hearing: Rc::downgrade(hearing),
            tell: Box::new(tell),
            opened: Cell::new(false),
            source: RefCell::new(None),
        });
        stream.connect();
        stream
    }

    fn say(&self, said: &Said) {
        if let Some(hearing) = self.hearing.upgrade() {
            hearing.take(said);
            (self.tell)(said);
        }
    }

    fn connect(self: &Rc<Self>) {
        let Some(hearing) = self.hearing.upgrade() else { return };
        let Ok(source) = EventSource::new(&hearing.start().address(hearing.last())) else {
            self.say(&Said::Lost);
            return;
        };
        let stream = Rc::downgrade(self);
        let opened = Closure::<dyn FnMut()>::new(move || {
            if let Some(stream) = stream.upgrade() {
                stream.say(&Said::Open { again: stream.opened.replace(true) });
            }
        });
        let stream = Rc::downgrade(self);
        let failed = Closure::<dyn FnMut()>::new(move || {
            if let Some(stream) = stream.upgrade() {
                stream.on_error();
            }
        });
        let stream = Rc::downgrade(self);
        let heard = Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| {
            let seq = event.last_event_id().parse().ok();
            if let (Some(stream), Some(json)) = (stream.upgrade(), event.data().as_string()) {
                stream.say(&Said::Hint(seq, json));
            }
        });
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let source = Source { events: source, _open: opened, _error: failed, _message: heard };
        self.source.replace(Some(source));
    }

    fn on_error(self: &Rc<Self>) {
        self.say(&Said::Lost);
        let closed = |source: &Source| source.events.ready_state() == EventSource::CLOSED;
        if self.source.borrow().as_ref().is_some_and(closed) {
            let stream = Rc::downgrade(self);
            let again = move || {
                if let Some(stream) = stream.upgrade() {
                    stream.connect();
                }
            };
            after(RETRY_MS, again);
        }
    }
}
