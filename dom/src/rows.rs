//! Rows: moving between them, and finding what a key is for in the one that has the focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement};

use crate::keys::activate;
use crate::{after, page};

/// A row of whatever list.
const ROW: &str = "[data-row], tr[data-host]";

/// Strokes that look for their element in the row that has the focus.
const OF_ROW: [&str; 6] = ["o", "x", "X", "a", "r", "v"];

/// How often, in milliseconds, and how many times, it is looked whether a row has opened.
const LOOK_MS: i32 = 25;
const LOOKS: u8 = 40;

/// The row that has the focus.
fn focused() -> Option<Element> {
    let focused = page::focused()?;
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
pub fn row() -> Option<String> {
    let row = focused()?;
    row.get_attribute("data-row").or_else(|| row.get_attribute("data-host"))
}

/// Whether an element on the page answers to these strokes.
pub fn answers(strokes: &str) -> bool {
    match strokes {
        "j" | "k" => page::matches(ROW),
        "o" => page::matches("tr[data-host] a.row-name") || marked(strokes),
        "a" | "r" | "v" => acts().is_some() || marked(strokes),
        _ => marked(strokes),
    }
}

fn marked(strokes: &str) -> bool {
    page::matches(&selector(strokes))
}

fn selector(strokes: &str) -> String {
    format!("[data-key='{strokes}']")
}

/// Does what the strokes are for; false if nothing answers to them.
pub fn press(strokes: &str) -> bool {
    match strokes {
        "j" => step(1),
        "k" => step(-1),
        _ => {
            let row = OF_ROW.contains(&strokes).then(focused).flatten();
            let found = match &row {
                Some(row) => in_row(row, &selector(strokes)),
                None => on_page(&selector(strokes)),
            };
            found.is_some_and(|found| activate(&found)) || old(strokes, row.as_ref())
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
    let inside = format!("{ROW}, [data-row-of], tr.detail");
    let outside = |found: &Element| found.closest(&inside).ok().flatten().is_none();
    page::find_all(selector).into_iter().find(outside)
}

/// Moves the focus to another row.
fn step(by: isize) -> bool {
    let rows = page::find_all(ROW);
    let here = focused();
    let current = rows.iter().position(|row| here.as_ref() == Some(row));
    let next = match current {
        Some(place) => place.saturating_add_signed(by).min(rows.len().saturating_sub(1)),
        None => 0,
    };
    let Some(row) = rows.get(next) else { return false };
    let target = ["[data-row-focus]", "a.row-name", "a[href]"]
        .into_iter()
        .find_map(|selector| row.query_selector(selector).ok().flatten())
        .unwrap_or_else(|| row.clone());
    target.dyn_into::<HtmlElement>().is_ok_and(|target| target.focus().is_ok())
}

/// The forms of one host: those of the row that has the focus, else those of the host's page.
fn acts() -> Option<String> {
    let alone = "main [data-acts]";
    match row() {
        Some(host) => Some(format!("[data-acts='{host}']")),
        None => page::matches(alone).then(|| alone.to_owned()),
    }
}

/// Opens a host's row or form, where neither says so by itself.
fn old(strokes: &str, row: Option<&Element>) -> bool {
    let action = match strokes {
        "o" => {
            return row.and_then(|row| in_row(row, "a.row-name")).is_some_and(|a| activate(&a));
        }
        "a" => "acknowledge",
        "r" => "reset",
        "v" => "verify-now",
        _ => return false,
    };
    let Some(scope) = acts() else { return false };
    if page::matches(&scope) {
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
        if !page::matches(&scope) && looks > 0 {
            open_soon(scope, action, looks - 1);
        } else {
            open(&scope, action);
        }
    };
    after(LOOK_MS, again);
}

fn open(scope: &str, action: &str) -> bool {
    let fold = page::find(&format!("{scope} details[data-act='{action}']"));
    if let Some(fold) = fold.and_then(|found| found.dyn_into::<HtmlDetailsElement>().ok()) {
        fold.set_open(true);
        page::focus(&format!("{scope} details[data-act='{action}'] input[name='text']"));
        return true;
    }
    page::find(&format!("{scope} form[data-act='{action}'] button"))
        .is_some_and(|button| activate(&button))
}
