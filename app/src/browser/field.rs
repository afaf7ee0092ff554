//! Fields and what is measured on the page: where the caret is, how wide something is.

use std::time::Duration;

use leptos::ev::PointerEvent;
use leptos::prelude::set_timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::{find, focus};

/// How long after a change the page has drawn what is to be focused.
const DRAWN: Duration = Duration::from_millis(30);

fn field(selector: &str) -> Option<HtmlInputElement> {
    find(selector)?.dyn_into().ok()
}

/// Where the caret of a field is in its text, in bytes.
pub(crate) fn caret(selector: &str, text: &str) -> Option<usize> {
    // The browser counts in UTF-16.
    let units = usize::try_from(field(selector)?.selection_start().ok()??).ok()?;
    let mut seen = 0;
    for (at, letter) in text.char_indices() {
        if seen >= units {
            return Some(at);
        }
        seen += letter.len_utf16();
    }
    Some(text.len())
}

/// Writes into a field, and puts the caret there: a place in bytes.
pub(crate) fn write_field(selector: &str, text: &str, caret: usize) {
    let Some(field) = field(selector) else { return };
    field.set_value(text);
    let before = text.get(..caret).unwrap_or(text);
    let units = u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX);
    // Fails for fields without a caret only.
    let _ = field.set_selection_range(units, units);
}

/// Moves the focus once the page is drawn again.
pub(crate) fn focus_soon(selector: String) {
    set_timeout(move || focus(&selector), DRAWN);
}

/// How wide something is, in CSS pixels.
pub(crate) fn width_of(selector: &str) -> Option<u16> {
    let width = find(selector)?.get_bounding_client_rect().width();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what fits"
    )]
    let width = width.round().clamp(0.0, f64::from(u16::MAX)) as u16;
    Some(width)
}

/// Has the element that is pressed hear of the pointer until it is let go.
pub(crate) fn capture(event: &PointerEvent) {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(element) = element {
        // Fails if it was let go already.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
