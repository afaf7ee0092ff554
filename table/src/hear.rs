//! The live stream: what it says of the page that is shown, and how it is doing.

use std::cell::{Cell, RefCell};

use js_sys::{Date, JSON};
use trustboard_dom::live::{self, Heard, Listening, Start};
use trustboard_dom::{every, page};
use wasm_bindgen::JsValue;

use crate::words::{fact, filled, word};
use crate::{bulk, choose, news, visit};
use trustboard_dom::page::say;
use trustboard_dom::request::text_of;

/// How long hints are gathered before the page is read again, in milliseconds.
const GATHER_MS: i64 = 700;
/// How long it may take until a host that was verified with the same result says so: of a hundred rows
/// one is every few seconds, and reading the page each time would keep browser and server busy with
/// nothing but the time in one cell.
const VERIFIED_MS: i64 = 10_000;
/// How often the page is read again although nothing was heard: what goes stale makes no event.
const REFRESH_MS: i32 = 60_000;
/// While a job of the reader runs.
const JOB_MS: i32 = 2_000;
/// How long a broken stream counts as one that comes back at once, in milliseconds.
const SOON_MS: f64 = 10_000.0;

thread_local! {
    static LISTENING: RefCell<Option<(Option<String>, Listening)>> = const { RefCell::new(None) };
    /// Since when the stream is broken, if it is.
    static LOST: Cell<Option<f64>> = const { Cell::new(None) };
}

/// Listens, and keeps the page fresh.
pub fn listen() {
    listen_here();
    every(REFRESH_MS, || visit::again_in(0));
    every(JOB_MS, || {
        if bulk::watched().is_some() {
            visit::again_in(0);
        }
        if LOST.get().is_some() {
            show_lost();
        }
    });
}

/// Listens to what the page shows now, unless that is what it did before.
pub fn listen_here() {
    let Some(after) = fact("seq") else { return };
    let datacenter = fact("datacenter");
    let same =
        LISTENING.with_borrow(|now| now.as_ref().is_some_and(|(before, _)| *before == datacenter));
    if same {
        return;
    }
    if LISTENING.take().is_some() {
        choose::forget();
        choose::show();
    }
    show("wait", "connecting", "connecting");
    let after = after.parse().unwrap_or_default();
    let start = Start { viewer: fact("viewer"), datacenter: datacenter.clone(), after };
    let listening = live::listen(start, hear);
    LISTENING.replace(Some((datacenter, listening)));
}

fn hear(heard: Heard) {
    match heard {
        Heard::Live => {
            LOST.set(None);
            show("on", "live", "live");
        }
        Heard::Lost => {
            if LOST.get().is_none() {
                LOST.set(Some(Date::now()));
            }
            show_lost();
        }
        Heard::Gap => visit::again_in(0),
        Heard::Hint(json) => {
            // What this page cannot read comes from a newer server: reading again will tell.
            hint(&JSON::parse(&json).unwrap_or(JsValue::NULL));
        }
    }
}

fn hint(hint: &JsValue) {
    let shown = || {
        let host = text_of(hint, "host").unwrap_or_default();
        page::matches(&format!("tr[data-host='{host}']"))
    };
    match text_of(hint, "hint").as_deref() {
        Some("host") => {
            news::hear(hint);
            visit::again_in(if shown() { 0 } else { GATHER_MS });
        }
        Some("verified") if shown() => visit::again_in(VERIFIED_MS),
        // Some of them are perhaps shown.
        Some("verified-many") => visit::again_in(VERIFIED_MS),
        Some("verified" | "job" | "makers") => {}
        _ => visit::again_in(GATHER_MS),
    }
}

fn show_lost() {
    let Some(since) = LOST.get() else { return };
    if Date::now() - since < SOON_MS {
        return show("lost", "reconnecting", "lost");
    }
    let at = Date::new(&JsValue::from_f64(since)).to_locale_time_string("");
    show("lost", "offline", "lost");
    if let Some(state) = page::find("header.top .live") {
        let meaning = filled("offline-since", &[("at", &String::from(at))]);
        let _ = state.set_attribute("title", &meaning);
    }
}

/// The stream's state: a class, a word, and in the title what it means.
fn show(class: &str, name: &str, meaning: &str) {
    let Some(state) = page::find("header.top .live") else { return };
    state.set_class_name(&format!("live {class}"));
    let _ = state.set_attribute("title", &word(meaning));
    if let Ok(Some(status)) = state.query_selector("[role=status]") {
        say(&status, &word(name));
    }
}
