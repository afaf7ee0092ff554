//! The wasm entry.

#![recursion_limit = "256"]

/// Takes over the page that the server wrote, once the parts of the program that it needs are
/// there. If one cannot be had, the page stays as the server wrote it and works by links and forms.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    if trustboard_app::load().await {
        leptos::mount::hydrate_body(trustboard_app::App);
    }
}
