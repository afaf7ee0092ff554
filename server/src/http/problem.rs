//! Refusals as responses: the one place that maps them to a status.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::RETRY_AFTER;
use serde::Serialize;
use trustboard_model::refusal::Refusal;

/// A refusal on its way to a browser or a program: its status, and JSON with its code, its facts
/// and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(pub Refusal);

#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    refusal: &'a Refusal,
    message: String,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(refusal) = &self;
        // The request's span says which; expected refusals are no warnings.
        tracing::info!(%refusal, "refused");
        let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let body = Body { refusal, message: refusal.to_string() };
        let mut response = (status, Json(body)).into_response();
        if let Refusal::TooMany { retry_s } = refusal {
            response.headers_mut().insert(RETRY_AFTER, (*retry_s).into());
        }
        response
    }
}

/// The stable code of a refusal, as in its JSON: `wrong-credentials`.
pub fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::SignInRequired => "sign-in-required",
        Refusal::WrongCredentials => "wrong-credentials",
        Refusal::Forbidden { .. } => "forbidden",
        Refusal::CrossSite => "cross-site",
        Refusal::NotFound { .. } => "not-found",
        Refusal::Stale { .. } => "stale",
        Refusal::Conflict { .. } => "conflict",
        Refusal::Invalid { .. } => "invalid",
        Refusal::TooMany { .. } => "too-many",
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
            Refusal::not_found("host"),
            Refusal::TooMany { retry_s: 3 },
        ] {
            let json = serde_json::to_value(&refusal).unwrap();
            assert_eq!(json["refusal"], code(&refusal));
        }
        let body = Body { refusal: &Refusal::CrossSite, message: "words".into() };
        let json = serde_json::to_value(body).unwrap();
        assert_eq!(json, serde_json::json!({ "refusal": "cross-site", "message": "words" }));
    }
}
