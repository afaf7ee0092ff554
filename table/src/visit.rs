//! Going from one state of the page to the next: the address says which.

use std::cell::Cell;

use trustboard_dom::{after, page};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, UrlSearchParams};

use crate::request::{self, Answer};
use crate::{exchange, hear, words};

/// The least time from one reading of the page to the next that nobody asked for, in milliseconds,
/// until an answer says another: the server knows how many pages are open.
const APART_MS: i64 = 600;

/// What asked for a page.
pub struct Asked {
    /// Where it is.
    pub address: String,
    /// What is posted there, if anything is.
    pub form: Option<UrlSearchParams>,
    /// What was pressed.
    pub by: Option<Element>,
    /// Whether the browser goes on: one can go back to the page before.
    pub goes_on: bool,
    /// Whether the new page begins at its top.
    pub to_top: bool,
}

impl Asked {
    /// The page at this address.
    pub fn at(address: String) -> Self {
        Self { address, form: None, by: None, goes_on: true, to_top: false }
    }
}

thread_local! {
    /// Counts what was asked for, so that a late answer is known.
    static ASKED: Cell<u32> = const { Cell::new(0) };
    /// Whether an answer is on its way.
    static UNDER_WAY: Cell<bool> = const { Cell::new(false) };
    /// Whether the page is being read again, and since when.
    static AGAIN: Cell<bool> = const { Cell::new(false) };
    static SINCE: Cell<i64> = const { Cell::new(i64::MIN) };
    static APART: Cell<i64> = const { Cell::new(APART_MS) };
    /// Which part of that time this page waits beyond what it has to.
    static PHASE: f64 = js_sys::Math::random();
    /// When it is to be read again, if it is.
    static DUE: Cell<Option<i64>> = const { Cell::new(None) };
}

/// Whether an address is a state of this page: the table of a datacenter, or of all.
pub fn is_table(path: &str) -> bool {
    let within = path.strip_prefix("/datacenters/").and_then(|rest| rest.strip_suffix("/security"));
    path == "/security" || within.is_some_and(|id| !id.is_empty() && !id.contains('/'))
}

/// The path of an address, without what comes behind it and before it.
pub fn path_of(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let host = path.split_once("://").map_or(path, |(_, rest)| rest);
    if host.len() == path.len() { path } else { host.find('/').map_or("/", |at| &host[at..]) }
}

/// Shows the page that was asked for.
pub fn go(asked: Asked) {
    let number = ASKED.get().wrapping_add(1);
    ASKED.set(number);
    UNDER_WAY.set(true);
    mark(asked.by.as_ref(), true);
    spawn_local(async move {
        let answer = request::read(&asked.address, asked.form.as_ref()).await;
        mark(asked.by.as_ref(), false);
        if ASKED.get() != number {
            return;
        }
        UNDER_WAY.set(false);
        match answer {
            None => {
                fold_back(asked.by.as_ref());
                exchange::say(&words::word("not-reached"));
            }
            Some(answer) if !is_table(path_of(&answer.url)) => page::load_page(&answer.url),
            Some(answer) => arrive(&asked, &answer),
        }
    });
}

fn arrive(asked: &Asked, answer: &Answer) {
    exchange::say("");
    if asked.goes_on {
        push(&answer.url);
    }
    exchange::show(answer, Some(asked));
    if asked.to_top
        && let Some(window) = web_sys::window()
    {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    hear::listen_here();
}

fn push(url: &str) {
    let Some(window) = web_sys::window() else { return };
    let here = window.location().href().unwrap_or_default();
    if let Ok(history) = window.history()
        && here != url
    {
        // Fails only for another server's address, which no answer has.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(url));
    }
}

/// A row that was said to open stays as it was.
fn fold_back(by: Option<&Element>) {
    let Some(by) = by.filter(|by| by.has_attribute("aria-expanded")) else { return };
    let open = by.closest("tr.open").is_ok_and(|row| row.is_some());
    let _ = by.set_attribute("aria-expanded", if open { "true" } else { "false" });
}

/// Says to all who look that the page is on its way.
fn mark(by: Option<&Element>, pending: bool) {
    if let Some(by) = by {
        let _ = if pending {
            by.set_attribute("data-pending", "")
        } else {
            by.remove_attribute("data-pending")
        };
    }
}

/// Reads the page again in so many milliseconds, unless that is due earlier anyway.
pub fn again_in(ms: i64) {
    let now = page::elapsed_ms();
    // All hear of a change at once; where they are many they are not to ask at once.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "seconds")]
    let spread = ((APART.get() - APART_MS) as f64 * PHASE.with(|phase| *phase)) as i64;
    let due = (now + ms + spread).max(SINCE.get().saturating_add(APART.get()));
    if DUE.get().is_some_and(|earlier| earlier <= due) {
        return;
    }
    DUE.set(Some(due));
    after(i32::try_from(due - now).unwrap_or(0), move || {
        if DUE.get() == Some(due) {
            again();
        }
    });
}

fn again() {
    if AGAIN.get() || UNDER_WAY.get() {
        // What is on its way may be older than what is to be shown.
        DUE.set(None);
        return again_in(APART_MS / 2);
    }
    let Some(here) = web_sys::window().and_then(|window| window.location().href().ok()) else {
        return;
    };
    DUE.set(None);
    AGAIN.set(true);
    SINCE.set(page::elapsed_ms());
    let number = ASKED.get();
    spawn_local(async move {
        let answer = request::read(&here, None).await;
        AGAIN.set(false);
        // Who is not reached now is when the stream comes back.
        let Some(answer) = answer.filter(|_| ASKED.get() == number) else { return };
        APART.set(answer.apart.unwrap_or(APART_MS));
        if !is_table(path_of(&answer.url)) {
            return page::load_page(&answer.url);
        }
        if answer.status < 500 {
            exchange::show(&answer, None);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_own_addresses() {
        for (address, is) in [
            ("/security", true),
            ("/security?q=a", true),
            ("https://host:1/datacenters/1/security?open=2#x", true),
            ("/datacenters/1", false),
            ("/datacenters//security", false),
            ("/datacenters/1/2/security", false),
            ("https://host", false),
            ("/api/v1/security.csv", false),
        ] {
            assert_eq!(is_table(path_of(address)), is, "{address}");
        }
    }
}
