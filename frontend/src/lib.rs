//! The wasm entry.

#![recursion_limit = "256"]

/// Takes over the page that the server wrote.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(trustboard_app::App);
}
