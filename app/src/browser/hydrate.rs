//! The real browser.

use std::cell::OnceCell;

use trustboard_model::time::Timestamp;
use wasm_bindgen::JsValue;

pub(crate) use trustboard_dom::find;
pub(crate) use trustboard_dom::page::{
    elapsed_ms, focus, load_page, mark_hydrated, matches, page, show_popover,
};

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

/// Minutes that the reader's clock on the wall is ahead of UTC at `at`.
pub(crate) fn zone_minutes(at: Timestamp) -> i32 {
    #[expect(clippy::cast_precision_loss, reason = "exact until the year 287396")]
    let date = js_sys::Date::new(&JsValue::from_f64(at.0 as f64));
    #[expect(clippy::cast_possible_truncation, reason = "at most 14 hours")]
    let behind = date.get_timezone_offset() as i32;
    -behind
}

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
