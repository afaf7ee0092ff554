//! Elements of the page, by selector, and the focus.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};

/// The document.
pub fn page() -> Option<Document> {
    web_sys::window()?.document()
}

/// The first element that matches now.
pub fn find(selector: &str) -> Option<Element> {
    page()?.query_selector(selector).ok()?
}

/// All elements that match now, in the order of the page.
pub fn find_all(selector: &str) -> Vec<Element> {
    let found = page().and_then(|page| page.query_selector_all(selector).ok());
    found.map(|all| elements(&all)).unwrap_or_default()
}

/// The elements of a list.
pub fn elements(all: &web_sys::NodeList) -> Vec<Element> {
    (0..all.length()).filter_map(|place| all.item(place)?.dyn_into().ok()).collect()
}

/// Whether something on the page matches now.
pub fn matches(selector: &str) -> bool {
    find(selector).is_some()
}

/// Writes a text, where it is another.
pub fn say(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// The element that has the focus.
pub fn focused() -> Option<Element> {
    page()?.active_element()
}

/// Moves the focus.
pub fn focus(selector: &str) {
    if let Some(element) = find(selector).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves the focus to a field, with all that is in it chosen.
pub fn choose(selector: &str) {
    focus(selector);
    if let Some(field) = find(selector).and_then(|found| found.dyn_into::<HtmlInputElement>().ok())
    {
        field.select();
    }
}

/// Clicks the first element that matches; false if there is none.
pub fn click(selector: &str) -> bool {
    let element = find(selector).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(element) = &element {
        element.click();
    }
    element.is_some()
}

/// Moves the focus from the one of these that has it to another; false if none has it.
pub fn walk(selector: &str, by: isize) -> bool {
    let all = find_all(selector);
    let focused = focused();
    let here = all.iter().position(|element| focused.as_ref() == Some(element));
    let next = here.and_then(|here| all.get(here.checked_add_signed(by)?));
    next.and_then(|next| next.dyn_ref::<HtmlElement>()).is_some_and(|next| next.focus().is_ok())
}

/// Shows a sheet that is closed. One that is open, or always on the page, stays as it is.
pub fn show_popover(selector: &str) {
    let hidden = format!("{selector}:not(:popover-open)");
    let sheet = find(&hidden).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(sheet) = sheet.filter(|sheet| sheet.get_client_rects().length() == 0) {
        // What cannot be shown is none: nothing is lost.
        let _ = sheet.show_popover();
    }
}

/// Leaves for this address as a link without scripts does.
pub fn load_page(address: &str) {
    if let Some(window) = web_sys::window() {
        // Where a page cannot be left nothing is lost.
        let _ = window.location().assign(address);
    }
}

/// Says on `<body data-hydrated>` that the program listens.
pub fn mark_hydrated() {
    if let Some(body) = page().and_then(|page| page.body()) {
        // Cannot fail: the name is a valid attribute name.
        let _ = body.set_attribute("data-hydrated", "");
    }
}

/// Milliseconds on a clock that never goes back.
pub fn elapsed_ms() -> i64 {
    let ms = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |p| p.now());
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page was opened")]
    let ms = ms as i64;
    ms
}
