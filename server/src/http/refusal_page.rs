//! A refusal as a page, for a browser that asked for one: what can be said without the database.

use axum::body::Body;
use http::header::{CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderValue, Response};
use trustboard_app::text::{self, Language, Ui};
use trustboard_model::refusal::Refusal;

use crate::assets;

/// Only the style is loaded.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'self'; frame-ancestors 'none'");

/// Puts the page in the place of the refusal's JSON.
pub(super) fn write(response: &mut Response<Body>, refusal: &Refusal, language: Language) {
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    *response.body_mut() = Body::from(page(refusal, language));
}

fn page(refusal: &Refusal, language: Language) -> String {
    let say = |word| escaped(text::ui(language, word));
    let (title, again) = (say(Ui::LoadFailed), say(Ui::TryAgain));
    let words = escaped(&text::refusal(language, refusal));
    let style = assets::addresses().css.unwrap_or_default();
    let code = language.code();
    // The same address again: an empty reference.
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} · Trustboard</title>\
         <link rel=\"stylesheet\" href=\"{style}\"></head>\
         <body><main><section class=\"blank failure\" data-blank=\"failed\" role=\"alert\">\
         <h1>{title}</h1><p>{words}</p><a class=\"button\" href=\"\">{again}</a>\
         </section></main></body></html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_happened_in_each_language_and_nothing_that_was_sent() {
        let refusal = Refusal::Unavailable { trace: "<b>27dd".to_owned() };
        for language in Language::offered() {
            let page = page(&refusal, *language);
            assert!(page.contains(&format!("lang=\"{}\"", language.code())), "{page}");
            assert!(page.contains("&lt;b&gt;27dd") && !page.contains("<b>"), "{page}");
        }
    }
}
