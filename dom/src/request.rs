//! Requests to the server of the page.

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

/// Asks a function of the server; nothing if it was not reached or refused.
pub async fn ask(function: &str, arguments: &[(&str, JsValue)]) -> Option<JsValue> {
    let object = Object::new();
    for (name, value) in arguments {
        Reflect::set(&object, &JsValue::from_str(name), value).ok()?;
    }
    let options = RequestInit::new();
    options.set_method("POST");
    let headers = Headers::new().ok()?;
    headers.set("content-type", "application/json").ok()?;
    headers.set("accept", "application/json").ok()?;
    options.set_headers(&headers);
    options.set_body(&JSON::stringify(&object).ok()?.into());
    let response = fetch(&format!("/api/ui/{function}"), &options).await?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    JSON::parse(&text).ok()
}

/// What the server answers, whatever that is; nothing if it was not reached.
pub async fn fetch(address: &str, options: &RequestInit) -> Option<Response> {
    let promise = web_sys::window()?.fetch_with_str_and_init(address, options);
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// A text in an object.
pub fn text_of(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &JsValue::from_str(name)).ok()?.as_string()
}
