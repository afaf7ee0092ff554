//! Reading pages from the server.

use trustboard_dom::request::fetch;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, UrlSearchParams};

use crate::bulk;

/// A page that was answered.
pub struct Answer {
    /// Its address, past all that led on.
    pub url: String,
    /// The status.
    pub status: u16,
    /// The document.
    pub html: String,
    /// The least time until it may be read again without being asked for, in milliseconds.
    pub apart: Option<i64>,
}

/// Reads a page, or posts a form and reads the page that it leads to; nothing if the server was not
/// reached.
pub async fn read(address: &str, form: Option<&UrlSearchParams>) -> Option<Answer> {
    let options = RequestInit::new();
    let headers = Headers::new().ok()?;
    headers.set("accept", "text/html").ok()?;
    headers.set("trustboard-exchange", "1").ok()?;
    if let Some(job) = bulk::watched() {
        headers.set("trustboard-job", &job).ok()?;
    }
    options.set_headers(&headers);
    if let Some(form) = form {
        options.set_method("POST");
        options.set_body(form);
    }
    let response = fetch(address, &options).await?;
    let apart = response.headers().get("trustboard-apart").ok().flatten();
    let apart = apart.and_then(|apart| apart.parse().ok());
    let html = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Some(Answer { url: response.url(), status: response.status(), html, apart })
}
