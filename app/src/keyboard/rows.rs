//! Rows: moving between them, and finding what a key is for in the one that has the focus.

use std::time::Duration;

use leptos::prelude::set_timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement};

use super::Key;
use super::hydrate::activate;
use crate::browser;

/// A row of whatever list.
const ROW: &str = "[data-row], tr[data-host]";

/// How often, and how many times, it is looked whether a row has opened.
const LOOK: Duration = Duration::from_millis(25);
const LOOKS: u8 = 20;

/// The row that has the focus.
fn focused() -> Option<Element> {
    let focused = browser::page()?.active_element()?;
    if let Some(row) = focused.closest(ROW).ok().flatten() {
        return Some(row);
    }
    // What belongs to a row follows it.
    let mut before = focused.closest("[data-row-of], tr.detail").ok()??.previous_element_sibling();
    while let Some(element) = before {
        if element.matches(ROW).unwrap_or(false) {
            return Some(element);
        }
        before = element.previous_element_sibling();
    }
    None
}

/// What `data-row` says of the row that has the focus.
pub(crate) fn row() -> Option<String> {
    let row = focused()?;
    row.get_attribute("data-row").or_else(|| row.get_attribute("data-host"))
}

/// Whether an element on the page answers to the key.
pub(super) fn answers(key: Key) -> bool {
    match key {
        Key::Down | Key::Up => browser::matches(ROW),
        Key::Open => browser::matches("tr[data-host] a.row-name") || marked(key),
        Key::Acknowledge | Key::Reset | Key::Verify => acts().is_some() || marked(key),
        _ => marked(key),
    }
}

fn marked(key: Key) -> bool {
    browser::matches(&selector(key))
}

fn selector(key: Key) -> String {
    format!("[data-key='{}']", key.strokes())
}

/// Does what the key is for; false if nothing answers to it.
pub(super) fn press(key: Key) -> bool {
    match key {
        Key::Down => step(1),
        Key::Up => step(-1),
        _ => {
            let row = key.is_of_row().then(focused).flatten();
            let found = match &row {
                Some(row) => in_row(row, &selector(key)),
                None => on_page(&selector(key)),
            };
            found.is_some_and(|found| activate(&found)) || old(key, row.as_ref())
        }
    }
}

/// The first such element in the row, or in what belongs to it.
fn in_row(row: &Element, selector: &str) -> Option<Element> {
    if let Some(found) = row.query_selector(selector).ok().flatten() {
        return Some(found);
    }
    let mut next = row.next_element_sibling();
    while let Some(element) =
        next.filter(|e| e.matches("[data-row-of], tr.detail").unwrap_or(false))
    {
        if let Some(found) = element.query_selector(selector).ok().flatten() {
            return Some(found);
        }
        next = element.next_element_sibling();
    }
    None
}

/// The first such element outside rows.
fn on_page(selector: &str) -> Option<Element> {
    let all = browser::page()?.query_selector_all(selector).ok()?;
    (0..all.length()).filter_map(|place| all.item(place)?.dyn_into::<Element>().ok()).find(
        |found| {
            let inside = format!("{ROW}, [data-row-of], tr.detail");
            found.closest(&inside).ok().flatten().is_none()
        },
    )
}

/// Moves the focus to another row.
fn step(by: i32) -> bool {
    let Some(rows) = browser::page().and_then(|page| page.query_selector_all(ROW).ok()) else {
        return false;
    };
    let row = |place: u32| rows.item(place).and_then(|row| row.dyn_into::<Element>().ok());
    let here = focused();
    let current = (0..rows.length()).find(|place| here.is_some() && row(*place) == here);
    let next = match current {
        Some(place) => place.saturating_add_signed(by).min(rows.length().saturating_sub(1)),
        None => 0,
    };
    let Some(row) = row(next) else { return false };
    let target = ["[data-row-focus]", "a.row-name", "a[href]"]
        .into_iter()
        .find_map(|selector| row.query_selector(selector).ok().flatten())
        .unwrap_or(row);
    target.dyn_into::<HtmlElement>().is_ok_and(|target| target.focus().is_ok())
}

/// The forms of one host: those of the row that has the focus, else those of the host's page.
fn acts() -> Option<String> {
    let page = "main [data-acts]";
    match row() {
        Some(host) => Some(format!("[data-acts='{host}']")),
        None => browser::matches(page).then(|| page.to_owned()),
    }
}

/// Opens a host's row or form, where neither says so by itself.
fn old(key: Key, row: Option<&Element>) -> bool {
    let action = match key {
        Key::Open => {
            return row.and_then(|row| in_row(row, "a.row-name")).is_some_and(|a| activate(&a));
        }
        Key::Acknowledge => "acknowledge",
        Key::Reset => "reset",
        Key::Verify => "verify-now",
        _ => return false,
    };
    let Some(scope) = acts() else { return false };
    if browser::matches(&scope) {
        return open(&scope, action);
    }
    let opened = row.and_then(|row| in_row(row, "a.row-name")).is_some_and(|a| activate(&a));
    if opened {
        open_soon(scope, action, LOOKS);
    }
    opened
}

/// The row opens in one of the next frames.
fn open_soon(scope: String, action: &'static str, looks: u8) {
    let again = move || {
        if !browser::matches(&scope) && looks > 0 {
            open_soon(scope, action, looks - 1);
        } else {
            open(&scope, action);
        }
    };
    set_timeout(again, LOOK);
}

fn open(scope: &str, action: &str) -> bool {
    let fold = browser::find(&format!("{scope} details[data-act='{action}']"));
    if let Some(fold) = fold.and_then(|found| found.dyn_into::<HtmlDetailsElement>().ok()) {
        fold.set_open(true);
        browser::focus(&format!("{scope} details[data-act='{action}'] input[name='text']"));
        return true;
    }
    browser::find(&format!("{scope} form[data-act='{action}'] button"))
        .is_some_and(|button| activate(&button))
}
