//! The real browser.

use std::cell::OnceCell;

use trustboard_model::time::Timestamp;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement};

use crate::display::Display;
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

/// Has a panic say on the console what went wrong: the page goes on as the server wrote it.
pub(crate) fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
    }));
}

/// The path of the page's address.
pub(crate) fn path() -> Option<String> {
    web_sys::window()?.location().pathname().ok()
}

/// Leaves for this address as a link without scripts does.
pub(crate) fn load_page(address: &str) {
    if let Some(window) = web_sys::window() {
        // Where a page cannot be left nothing is lost.
        let _ = window.location().assign(address);
    }
}

/// The document.
pub(crate) fn page() -> Option<Document> {
    web_sys::window()?.document()
}

/// The first element that matches now.
pub(crate) fn find(selector: &str) -> Option<Element> {
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
/// Copies a text, where the browser lets a page do that (in secure contexts).
pub(crate) fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    // What becomes of it the reader sees when they paste.
    let _ = navigator.clipboard().write_text(text);
    true
}

pub(crate) fn focus(selector: &str) {
    if let Some(element) = find(selector).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves the focus to a field, with all that is in it chosen.
pub(crate) fn choose(selector: &str) {
    focus(selector);
    if let Some(field) = find(selector) {
        field.unchecked_into::<web_sys::HtmlInputElement>().select();
    }
}

/// Clicks the first element that matches; false if there is none.
pub(crate) fn click(selector: &str) -> bool {
    let element = find(selector).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(element) = &element {
        element.click();
    }
    element.is_some()
}

/// Moves the focus from the one of these that has it to another; false if none has it.
pub(crate) fn walk(selector: &str, by: i32) -> bool {
    let Some(all) = page().and_then(|page| page.query_selector_all(selector).ok()) else {
        return false;
    };
    let element = |place| all.item(place).and_then(|item| item.dyn_into::<HtmlElement>().ok());
    let focused = page().and_then(|page| page.active_element());
    let here = (0..all.length())
        .find(|place| focused.is_some() && element(*place).map(Element::from) == focused);
    let Some(next) = here.and_then(|here| here.checked_add_signed(by)) else { return false };
    element(next).is_some_and(|next| next.focus().is_ok())
}

/// Shows a sheet that is closed. One that is open, or always on the page, stays as it is.
pub(crate) fn show_popover(selector: &str) {
    let hidden = format!("{selector}:not(:popover-open)");
    let sheet = find(&hidden).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(sheet) = sheet.filter(|sheet| sheet.get_client_rects().length() == 0) {
        // What cannot be shown is none: nothing is lost.
        let _ = sheet.show_popover();
    }
}

/// Puts the reader's choices on the page.
pub(crate) fn show_display(display: Display) {
    if let Some(root) = page().and_then(|page| page.document_element()) {
        // Cannot fail: the names are valid attribute names.
        let _ = root.set_attribute("data-theme", display.theme.code());
        let _ = root.set_attribute("data-density", display.density.code());
        let _ = root.set_attribute("data-shortcuts", display.shortcuts.code());
    }
}

/// Routes live until one goes elsewhere: nothing needs to be kept.
pub(crate) fn keep_owners() {}

/// Opens a dialog over the page, or closes it.
pub(crate) fn show_dialog(dialog: &web_sys::HtmlDialogElement, open: bool) {
    if open && !dialog.open() {
        // Fails only if it stands in no page any more.
        let _ = dialog.show_modal();
    } else if !open && dialog.open() {
        dialog.close();
    }
}
