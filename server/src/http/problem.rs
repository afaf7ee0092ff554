//! Refusals as responses: the one place that maps them to a status.

use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, CONTENT_LANGUAGE, CONTENT_LENGTH, RETRY_AFTER, VARY};
use http::{HeaderValue, Method, StatusCode};
use serde::Serialize;
use trustboard_app::text::{self, Language};
use trustboard_model::refusal::Refusal;

use super::refusal_page;
use crate::metrics::counted;

/// A refusal on its way to a browser or a program: its status, and JSON with its code, its facts
/// and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(pub Refusal);

#[derive(Serialize)]
struct Words<'a> {
    #[serde(flatten)]
    refusal: &'a Refusal,
    message: String,
}

impl<'a> Words<'a> {
    /// English as the log has it, which programs may know; other languages from the catalogue.
    fn of(refusal: &'a Refusal, language: Language) -> Self {
        let message = match language {
            Language::En => refusal.to_string(),
            language => text::refusal(language, refusal),
        };
        Self { refusal, message }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(refusal) = self;
        // The request's span says which; expected refusals are no warnings.
        tracing::info!(%refusal, "refused");
        counted().refused(code(&refusal));
        let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = (status, Json(Words::of(&refusal, Language::En))).into_response();
        if let Refusal::TooMany { retry_s } = refusal {
            response.headers_mut().insert(RETRY_AFTER, retry_s.into());
        }
        response.extensions_mut().insert(Said(refusal));
        response
    }
}

/// The refusal that a response says, for [`in_their_language`].
#[derive(Clone)]
struct Said(Refusal);

/// Says refusals in the language of the request, as the pages negotiate it.
pub async fn in_their_language(request: Request, next: Next) -> Response {
    let language = trustboard_app::language::of_headers(request.headers());
    let is_page = wants_page(&request);
    let mut response = next.run(request).await;
    let Some(Said(refusal)) = response.extensions_mut().remove() else { return response };
    let headers = response.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    headers.append(VARY, HeaderValue::from_static("accept-language, cookie"));
    if is_page && matches!(refusal, Refusal::Unavailable { .. } | Refusal::ReadOnly) {
        refusal_page::write(&mut response, &refusal, language);
    } else if language != Language::En
        && let Ok(json) = serde_json::to_vec(&Words::of(&refusal, language))
    {
        headers.remove(CONTENT_LENGTH);
        *response.body_mut() = Body::from(json);
    }
    response
}

/// Whether this is somebody who looks at a page, and not a program.
fn wants_page(request: &Request) -> bool {
    let accepts = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
    request.method() == Method::GET
        && !request.uri().path().starts_with("/api/")
        && accepts.is_some_and(|accepts| accepts.contains("text/html"))
}

/// The stable code of a refusal, as in its JSON: `wrong-credentials`.
pub fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::SignInRequired => "sign-in-required",
        Refusal::WrongCredentials => "wrong-credentials",
        Refusal::KeyRefused => "key-refused",
        Refusal::NotWithKey => "not-with-key",
        Refusal::Forbidden { .. } => "forbidden",
        Refusal::CrossSite => "cross-site",
        Refusal::NotFound { .. } => "not-found",
        Refusal::Stale { .. } => "stale",
        Refusal::Conflict { .. } => "conflict",
        Refusal::Invalid { .. } => "invalid",
        Refusal::TooMany { .. } => "too-many",
        Refusal::ReadOnly => "read-only",
        Refusal::Unavailable { .. } => "unavailable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_serialised_tags() {
        for refusal in [
            Refusal::SignInRequired,
            Refusal::WrongCredentials,
            Refusal::CrossSite,
            Refusal::KeyRefused,
            Refusal::NotWithKey,
            Refusal::ReadOnly,
            Refusal::not_found("host"),
            Refusal::TooMany { retry_s: 3 },
        ] {
            let json = serde_json::to_value(&refusal).unwrap();
            assert_eq!(json["refusal"], code(&refusal));
        }
        let words = Words { refusal: &Refusal::CrossSite, message: "words".into() };
        let json = serde_json::to_value(words).unwrap();
        assert_eq!(json, serde_json::json!({ "refusal": "cross-site", "message": "words" }));
    }
}
