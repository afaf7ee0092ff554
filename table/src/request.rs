//! Requests to the server of the page.

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response, UrlSearchParams};

/// A page that was answered.
pub struct Answer {
    /// Its address, past all that led on.
    pub url: String,
    /// The status.
    pub status: u16,
    /// The document.
    pub html: String,
}

/// Reads a page, or posts a form and reads the page that it leads to; nothing if the server was not
/// reached.
pub async fn read(address: &str, form: Option<&UrlSearchParams>) -> Option<Answer> {
    let options = RequestInit::new();
    let headers = Headers::new().ok()?;
    headers.set("accept", "text/html").ok()?;
    headers.set("trustboard-exchange", "1").ok()?;
    options.set_headers(&headers);
    if let Some(form) = form {
        options.set_method("POST");
        options.set_body(form);
    }
    let response = fetch(address, &options).await?;
    let html = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Some(Answer { url: response.url(), status: response.status(), html })
}

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

async fn fetch(address: &str, options: &RequestInit) -> Option<Response> {
    let promise = web_sys::window()?.fetch_with_str_and_init(address, options);
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// A text in an object.
pub fn text_of(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &JsValue::from_str(name)).ok()?.as_string()
}
