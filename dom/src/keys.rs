//! The one listener for keys: what counts as a stroke, and what is typing.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::page;

/// How long after the first key of two the second one counts, in milliseconds: long enough for
/// whoever looks for the key.
const SECOND_WITHIN_MS: i64 = 2_000;

/// Where letters are letters.
const TYPING: &str = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]):focus, \
                      textarea:focus, select:focus, [contenteditable]:focus";

/// What a program makes of strokes: one key, or two after each other with a space between.
pub trait Shortcuts: 'static {
    /// Whether keys of one letter count.
    fn on(&self) -> bool;
    /// Whether the stroke begins a shortcut of two.
    fn begins(&self, stroke: &str) -> bool;
    /// Does what the strokes are for; false if that is nothing here. `again` while the key is held.
    fn press(&self, strokes: &str, again: bool) -> bool;
    /// Opens the quick search, which `Ctrl K` asks for everywhere.
    fn find(&self) -> bool;
}

/// A listener, until it is dropped.
pub struct Listening {
    heard: Closure<dyn FnMut(KeyboardEvent)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let heard = self.heard.as_ref().unchecked_ref();
            let _ = window.remove_event_listener_with_callback("keydown", heard);
        }
    }
}

/// Listens to keys on the whole page.
pub fn listen(shortcuts: impl Shortcuts) -> Listening {
    let first = RefCell::new(None::<(String, i64)>);
    let heard = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if hear(&event, &shortcuts, &first) {
            event.prevent_default();
        }
    });
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("keydown", heard.as_ref().unchecked_ref());
    }
    Listening { heard }
}

/// True if the stroke was meant for a shortcut.
fn hear(
    event: &KeyboardEvent,
    shortcuts: &impl Shortcuts,
    first: &RefCell<Option<(String, i64)>>,
) -> bool {
    // The first key of two is the one just before.
    let before = first.take().filter(|(_, at)| page::elapsed_ms() - at < SECOND_WITHIN_MS);
    let stroke = event.key();
    let with_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
    if event.default_prevented() || event.is_composing() || page::matches("dialog:modal") {
        return false;
    }
    if with_modifier {
        let find = stroke.eq_ignore_ascii_case("k") && !event.alt_key() && !event.shift_key();
        return find && shortcuts.find();
    }
    if page::matches(TYPING) {
        if stroke == "Escape" {
            leave_field();
        }
        return false;
    }
    if !shortcuts.on() {
        return false;
    }
    let again = event.repeat();
    if let Some((earlier, _)) = before
        && shortcuts.press(&format!("{earlier} {stroke}"), again)
    {
        return true;
    }
    if shortcuts.begins(&stroke) {
        first.replace(Some((stroke, page::elapsed_ms())));
        return false;
    }
    shortcuts.press(&stroke, again)
}

fn leave_field() {
    if let Some(field) = page::focused().and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.blur();
    }
}

/// Does what a click on the element would do; a field gets the focus.
pub fn activate(element: &Element) -> bool {
    let Some(element) = element.dyn_ref::<HtmlElement>() else { return false };
    let is = |selector: &str| element.matches(selector).unwrap_or(false);
    if is(":disabled, [aria-disabled=true]") {
        return false;
    }
    if is(
        "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select",
    ) {
        let _ = element.focus();
        if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
            field.select();
        }
        return true;
    }
    element.click();
    if is("summary") {
        let field = element.parent_element().and_then(|fold| {
            fold.query_selector("input:not([type=hidden], :disabled), textarea, select").ok()?
        });
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    }
    true
}

/// Hears an event wherever on the page it happens, for as long as the page lives. `capture`: also
/// what does not bubble.
pub fn on<E: JsCast + wasm_bindgen::convert::FromWasmAbi + 'static>(
    name: &str,
    capture: bool,
    hear: impl Fn(E) + 'static,
) {
    let hear = Closure::<dyn Fn(E)>::new(hear).into_js_value();
    if let Some(page) = page::page() {
        let hear = hear.unchecked_ref();
        let _ = page.add_event_listener_with_callback_and_bool(name, hear, capture);
    }
}

/// The element that an event is about, or the one around it that matches.
pub fn around(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}
