//! The dialog of the quick search, which both programs have: opening it, and its keys.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::page;

/// The field for a name.
pub const FIELD: &str = "#find input";
/// The field, and what was found.
const LINES: &str = "#find input, #find li a";

fn dialog() -> Option<HtmlDialogElement> {
    page::find("#find")?.dyn_into().ok()
}

/// Opens it with the cursor in its field; false if the page has none.
pub fn open() -> bool {
    let Some(dialog) = dialog() else { return false };
    if !dialog.open() {
        // Fails only for a dialog that is in no page.
        let _ = dialog.show_modal();
    }
    page::choose(FIELD);
    true
}

/// Closes it, if it is open.
pub fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

/// Does what a key is for in it; false leaves the key to the field.
pub fn press(key: &str) -> bool {
    match key {
        "ArrowDown" => page::walk(LINES, 1),
        "ArrowUp" => page::walk(LINES, -1),
        "Enter" => page::matches("#find input:focus") && page::click("#find li a"),
        // A search field would only empty itself.
        "Escape" => {
            close();
            true
        }
        _ => false,
    }
}
