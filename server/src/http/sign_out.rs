//! `POST /sign-out`: ends the session and leads to the sign-in.

use axum::extract::State;
use axum::response::Response;
use axum::{Extension, extract::rejection::ExtensionRejection};
use http::HeaderMap;
use http::header::SET_COOKIE;

use super::Problem;
use super::sign_in::see_other;
use crate::auth::cookie;
use crate::auth::operator::SessionSecret;
use crate::command;
use crate::state::AppState;

/// Ends the session, if there is one.
pub async fn sign_out(
    State(state): State<AppState>,
    session: Result<Extension<SessionSecret>, ExtensionRejection>,
) -> Result<Response, Problem> {
    if let Ok(Extension(SessionSecret(secret))) = session {
        command::sign_out(&state.ctx, &secret).await?;
    }
    let mut headers = HeaderMap::new();
    if let Some(cookie) = cookie::clear(state.site.https) {
        headers.insert(SET_COOKIE, cookie);
    }
    Ok(see_other("/sign-in", headers))
}
