//! Doing something later.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Does `act` once, after so many milliseconds.
pub fn after(ms: i32, act: impl FnOnce() + 'static) {
    let act: JsValue = Closure::once_into_js(act);
    if let Some(window) = web_sys::window() {
        // Fails only for a page that is gone.
        let _ =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), ms);
    }
}

/// Does `act` every so many milliseconds, for as long as the page lives.
pub fn every(ms: i32, act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act).into_js_value();
    if let Some(window) = web_sys::window() {
        // Fails only for a page that is gone.
        let _ =
            window.set_interval_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), ms);
    }
}
