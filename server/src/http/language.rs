//! `POST /language`: keeps the language that a visitor chose, and leads back to the page.

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use axum::{Extension, Form};
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use serde::Deserialize;
use trustboard_app::notice::page_of;
use trustboard_app::text::Language;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Viewer;

use super::Problem;
use super::sign_in::see_other;
use crate::command;
use crate::state::AppState;

/// What the form holds.
#[derive(Deserialize)]
pub struct Fields {
    language: String,
}

/// Sets the cookie, and keeps the choice in the record of whoever is signed in. Nobody has to be:
/// the sign-in speaks the language, too.
pub async fn choose_language(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    request: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(fields) = form.map_err(|_| Refusal::invalid("form", "cannot be read"))?;
    let chosen = Language::from_code(&fields.language)
        .ok_or_else(|| Refusal::invalid("language", "expected en, de or fr"))?;
    if let Some(Extension(viewer)) = viewer {
        let kept = command::choose_language(&state.ctx, &viewer, chosen.code()).await;
        kept.map_err(|error| state.ctx.unavailable(&error))?;
    }
    let mut headers = HeaderMap::new();
    let cookie = trustboard_app::language::cookie(chosen, state.site.https);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.insert(SET_COOKIE, cookie);
    }
    Ok(see_other(&page_of(&request).unwrap_or_else(|| "/".to_owned()), headers))
}
