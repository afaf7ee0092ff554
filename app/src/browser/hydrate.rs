//! The real browser.

use std::cell::OnceCell;
use std::time::Duration;

use leptos::prelude::*;
use trustboard_model::time::Timestamp;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlDetailsElement, HtmlElement, KeyboardEvent};

use crate::text::Language;

thread_local! {
    static LANGUAGE: OnceCell<Language> = const { OnceCell::new() };
}

/// The language that the server wrote the page in. Read once: another one is another page, and
/// a browser that translates pages changes the attribute.
pub(crate) fn language() -> Language {
    let written = || {
        let root = page().and_then(|page| page.document_element());
        let code = root.and_then(|root| root.get_attribute("lang"));
        code.and_then(|code| Language::from_code(&code)).unwrap_or_default()
    };
    LANGUAGE.with(|language| *language.get_or_init(written))
}

fn page() -> Option<Document> {
    web_sys::window()?.document()
}

fn find(selector: &str) -> Option<Element> {
    page()?.query_selector(selector).ok()?
}

/// Says on `<body data-hydrated>` that the wasm has taken over.
pub(crate) fn mark_hydrated() {
    if let Some(body) = page().and_then(|page| page.body()) {
        // Cannot fail: the name is a valid attribute name.
        let _ = body.set_attribute("data-hydrated", "");
    }
}

/// Milliseconds on a clock that never goes back.
pub(crate) fn elapsed_ms() -> i64 {
    let ms = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |p| p.now());
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page was opened")]
    let ms = ms as i64;
    ms
}

/// Minutes that the reader's clock on the wall is ahead of UTC at `at`.
pub(crate) fn zone_minutes(at: Timestamp) -> i32 {
    #[expect(clippy::cast_precision_loss, reason = "exact until the year 287396")]
    let date = js_sys::Date::new(&JsValue::from_f64(at.0 as f64));
    #[expect(clippy::cast_possible_truncation, reason = "at most 14 hours")]
    let behind = date.get_timezone_offset() as i32;
    -behind
}

/// Whether something on the page matches now.
pub(crate) fn matches(selector: &str) -> bool {
    find(selector).is_some()
}

/// Moves the focus.
fn focus(selector: &str) {
    if let Some(element) = find(selector).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

fn click(selector: &str) -> bool {
    let element = find(selector).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(element) = &element {
        element.click();
    }
    element.is_some()
}

/// Puts the theme on the page.
pub(crate) fn show_theme(code: &str) {
    if let Some(root) = page().and_then(|page| page.document_element()) {
        let _ = root.set_attribute("data-theme", code);
    }
}

/// The keys that work wherever nothing is being typed.
pub(crate) fn listen_to_keys() {
    let handle = window_event_listener(leptos::ev::keydown, |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if is_typing() {
            if event.key() == "Escape" {
                leave_field();
            }
            return;
        }
        let done = match event.key().as_str() {
            "/" => {
                focus("#words");
                matches("#words")
            }
            "j" => step(1),
            "k" => step(-1),
            "a" => in_row("acknowledge"),
            "r" => in_row("reset"),
            "v" => in_row("verify-now"),
            "?" => click("#keys-button"),
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

fn is_typing() -> bool {
    matches("input:focus, textarea:focus, select:focus")
}

fn leave_field() {
    let field = page().and_then(|page| page.active_element());
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.blur();
    }
}

/// Moves the focus to another row's name.
fn step(by: i32) -> bool {
    let Some(rows) = page().and_then(|page| page.query_selector_all("a.row-name").ok()) else {
        return false;
    };
    let focused = page().and_then(|page| page.active_element());
    let current = focused.and_then(|focused| {
        let row = focused.closest("tr[data-host]").ok()??;
        (0..rows.length()).find(|i| {
            rows.item(*i).is_some_and(|link| {
                link.unchecked_ref::<Element>().closest("tr").ok().flatten().as_ref() == Some(&row)
            })
        })
    });
    let next = match current {
        Some(index) => index.saturating_add_signed(by),
        None => 0,
    };
    let Some(link) = rows.item(next.min(rows.length().saturating_sub(1))) else { return false };
    link.unchecked_ref::<HtmlElement>().focus().is_ok()
}

/// Opens the focused row, or the host's own page, at an action.
fn in_row(action: &'static str) -> bool {
    let focused = page().and_then(|page| page.active_element());
    let row = focused.and_then(|focused| focused.closest("tr[data-host]").ok().flatten());
    let host = row.and_then(|row| row.get_attribute("data-host"));
    let scope = match &host {
        Some(host) => format!("[data-acts='{host}']"),
        None => "main [data-acts]".to_owned(),
    };
    if host.is_none() && !matches(&scope) {
        return false;
    }
    if matches(&scope) {
        return open_action(&scope, action);
    }
    let opened = host.is_some_and(|host| click(&format!("tr[data-host='{host}'] a.row-name")));
    if opened {
        open_soon(scope, action, 20);
    }
    opened
}

/// The row opens in one of the next frames.
fn open_soon(scope: String, action: &'static str, tries: u8) {
    let again = move || {
        if !matches(&scope) && tries > 0 {
            open_soon(scope, action, tries - 1);
        } else {
            open_action(&scope, action);
        }
    };
    set_timeout(again, Duration::from_millis(25));
}

fn open_action(scope: &str, action: &str) -> bool {
    let panel = find(&format!("{scope} details[data-act='{action}']"));
    if let Some(panel) = panel.and_then(|found| found.dyn_into::<HtmlDetailsElement>().ok()) {
        panel.set_open(true);
        focus(&format!("{scope} details[data-act='{action}'] input[name='text']"));
        return true;
    }
    click(&format!("{scope} form[data-act='{action}'] button"))
}

/// Routes live until one goes elsewhere: nothing needs to be kept.
pub(crate) fn keep_owners() {}
