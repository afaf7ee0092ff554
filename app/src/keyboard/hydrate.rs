//! The register in the browser, and the one listener that asks it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::{Key, rows};
use crate::browser;

/// How long after the first key of two the second one counts, in milliseconds: long enough for
/// whoever looks for the key.
const SECOND_WITHIN_MS: i64 = 2_000;

/// Where letters are letters.
const TYPING: &str = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]):focus, \
                      textarea:focus, select:focus, [contenteditable]:focus";

struct Binding {
    number: u64,
    key: Key,
    run: Rc<dyn Fn() -> bool>,
}

thread_local! {
    static REGISTER: RefCell<Vec<Binding>> = const { RefCell::new(Vec::new()) };
    static NEXT: Cell<u64> = const { Cell::new(0) };
}

/// Has the key do this until the current owner ends; see the module's description.
pub(crate) fn bind(key: Key, run: impl Fn() -> bool + 'static) {
    let number = NEXT.with(|next| next.replace(next.get() + 1));
    REGISTER.with_borrow_mut(|all| all.push(Binding { number, key, run: Rc::new(run) }));
    on_cleanup(move || {
        REGISTER.with_borrow_mut(|all| all.retain(|binding| binding.number != number));
    });
}

/// The keys that something answers to now.
pub(crate) fn present() -> Vec<Key> {
    let bound = |key| REGISTER.with_borrow(|all| all.iter().any(|binding| binding.key == key));
    Key::ALL.into_iter().filter(|key| bound(*key) || rows::answers(*key)).collect()
}

/// Listens to keys, those of one letter only while `on`.
pub(crate) fn listen(on: impl Fn() -> bool + 'static) {
    let first = RefCell::new(None::<(String, i64)>);
    let handle = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        // The first key of two is the one just before.
        let before = first.take().filter(|(_, at)| browser::elapsed_ms() - at < SECOND_WITHIN_MS);
        let stroke = event.key();
        let with_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.default_prevented() || event.is_composing() || browser::matches("dialog:modal") {
            return;
        }
        if with_modifier {
            let find = stroke.eq_ignore_ascii_case("k") && !event.alt_key() && !event.shift_key();
            if find && did(Key::Find) {
                event.prevent_default();
            }
            return;
        }
        if browser::matches(TYPING) {
            if stroke == "Escape" {
                leave_field();
            }
            return;
        }
        if !on() {
            return;
        }
        let both = before.map(|(earlier, _)| format!("{earlier} {stroke}"));
        let key = both.and_then(|both| Key::of(&both)).or_else(|| Key::of(&stroke));
        match key {
            Some(key) if event.repeat() && !key.repeats() => {}
            Some(key) if did(key) => event.prevent_default(),
            None if Key::begins(&stroke) => {
                first.replace(Some((stroke, browser::elapsed_ms())));
            }
            _ => {}
        }
    });
    on_cleanup(move || handle.remove());
}

/// Does what the key is for, for a button that stands for it.
pub(crate) fn press(key: Key) {
    did(key);
}

/// Does what the key is for here; false if that is nothing.
fn did(key: Key) -> bool {
    // Cloned first: what runs may bind and unbind.
    let bound: Vec<_> = REGISTER.with_borrow(|all| {
        let bound = all.iter().rev().filter(|binding| binding.key == key);
        bound.map(|binding| Rc::clone(&binding.run)).collect()
    });
    bound.iter().any(|run| run()) || rows::press(key)
}

fn leave_field() {
    let field = browser::page().and_then(|page| page.active_element());
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.blur();
    }
}

/// Does what a click on the element would do; a field gets the focus.
pub(super) fn activate(element: &Element) -> bool {
    let Some(element) = element.dyn_ref::<HtmlElement>() else { return false };
    let is = |selector: &str| element.matches(selector).unwrap_or(false);
    if is(":disabled, [aria-disabled=true]") {
        return false;
    }
    if is(
        "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select",
    ) {
        let _ = element.focus();
        if let Some(field) = element.dyn_ref::<web_sys::HtmlInputElement>() {
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
