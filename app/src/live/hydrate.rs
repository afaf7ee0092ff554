//! One `EventSource`. The browser reconnects by itself after a broken line; what it gives up on (a
//! server that answered with an error while it restarted) is tried again here.

use std::time::Duration;

use leptos::prelude::*;
use trustboard_model::event::EventSeq;
use trustboard_model::view::LiveHint;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use super::{Connection, LiveState, Start};

/// How long before a stream that the browser gave up on is opened again.
const RETRY: Duration = Duration::from_secs(3);

/// Listens until the current reactive owner is cleaned up.
pub(crate) fn listen(state: LiveState, start: Start, hear: impl Fn(LiveHint) + Clone + 'static) {
    let stream = StoredValue::new_local(None);
    let last = StoredValue::new(start.after);
    on_cleanup(move || state.0.set(Connection::Off));
    state.0.set(Connection::Connecting);
    Listener { state, start, hear, stream, last, opened: StoredValue::new(false) }.open();
}

/// An open stream; closed when it is dropped, which the reactive owner does.
struct Stream {
    source: EventSource,
    // The browser calls these as long as the source lives.
    _open: Closure<dyn FnMut()>,
    _error: Closure<dyn FnMut()>,
    _message: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.set_onmessage(None);
        self.source.close();
    }
}

#[derive(Clone)]
struct Listener<F> {
    state: LiveState,
    start: Start,
    hear: F,
    stream: StoredValue<Option<Stream>, LocalStorage>,
    last: StoredValue<EventSeq>,
    opened: StoredValue<bool>,
}

impl<F: Fn(LiveHint) + Clone + 'static> Listener<F> {
    fn open(self) {
        // Nothing if the page is gone by now.
        let Some(last) = self.last.try_get_value() else { return };
        let Ok(source) = EventSource::new(&self.start.address(last)) else {
            self.state.0.set(Connection::Lost);
            return;
        };
        let listener = self.clone();
        let opened = Closure::<dyn FnMut()>::new(move || listener.on_open());
        let listener = self.clone();
        let failed = Closure::<dyn FnMut()>::new({
            let source = source.clone();
            move || listener.clone().on_error(&source)
        });
        let listener = self.clone();
        let heard = Closure::<dyn FnMut(_)>::new(move |event| listener.on_message(&event));
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let stream = Stream { source, _open: opened, _error: failed, _message: heard };
        self.stream.set_value(Some(stream));
    }

    fn on_open(&self) {
        self.state.0.set(Connection::Live);
        let before = self.opened.try_get_value().unwrap_or(true);
        self.opened.set_value(true);
        if before || self.start.after == EventSeq(0) {
            // Hints that are no events are not sent again after a gap; and a page that knows of no
            // event may have missed some.
            (self.hear)(LiveHint::Reload);
        }
    }

    fn on_error(self, source: &EventSource) {
        self.state.0.set(Connection::Lost);
        if source.ready_state() == EventSource::CLOSED {
            set_timeout(move || self.open(), RETRY);
        }
    }

    fn on_message(&self, event: &MessageEvent) {
        if let Ok(seq) = event.last_event_id().parse() {
            self.last.set_value(EventSeq(seq));
        }
        let hint = event.data().as_string().and_then(|json| serde_json::from_str(&json).ok());
        // What this page cannot read comes from a newer server: the tables will tell.
        (self.hear)(hint.unwrap_or(LiveHint::Reload));
    }
}
