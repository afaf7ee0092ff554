//! `POST /sign-in`: a form with name and password, or with the code of a sign-in link.

use std::fmt::Write as _;
use std::net::SocketAddr;

use axum::Extension;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, State};
use axum::response::{IntoResponse, Response};
use http::header::{LOCATION, SET_COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use trustboard_app::language;
use trustboard_app::text::Language;
use trustboard_model::bytes::from_hex;
use trustboard_model::refusal::Refusal;

use super::Problem;
use super::problem::code;
use crate::auth::operator::SessionSecret;
use crate::auth::{cookie, password};
use crate::command::{self, SignedIn};
use crate::metrics::counted;
use crate::query;
use crate::state::AppState;

/// The longest name that is looked up, in characters; operators' names have at most 64.
const MAX_NAME: usize = 64;

/// The longest address that is led back to, in bytes.
const MAX_THEN: usize = 2048;

/// What the form holds.
#[derive(Deserialize)]
pub struct Fields {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    then: String,
}

/// Signs in and leads back to where the browser came from; or back to the form, saying why.
pub async fn sign_in(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    before: Option<Extension<SessionSecret>>,
    headers: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, Problem> {
    let device = headers.get(USER_AGENT).map(|name| String::from_utf8_lossy(name.as_bytes()));
    let device = device.unwrap_or_default().into_owned();
    let from = command::From { device, address: peer.ip().to_string() };
    let Form(fields) = form.map_err(|_| Refusal::invalid("form", "cannot be read"))?;
    let then = if is_own_page(&fields.then) { &fields.then } else { "/" };
    let by_code = !fields.code.is_empty();
    let signed_in = if by_code {
        with_code(&state, peer, &fields.code, &from).await
    } else {
        with_password(&state, peer, &fields, &from).await
    };
    match signed_in {
        Ok(SignedIn { secret, viewer }) => {
            tracing::info!(operator = viewer.name, %peer, "signed in");
            if let Some(Extension(SessionSecret(before))) = before {
                // This browser holds one session: the one before is not left lying about.
                command::sign_out(&state.ctx, &before).await?;
            }
            let mut headers = HeaderMap::new();
            if let Some(cookie) = cookie::set(&secret, state.site.https) {
                headers.insert(SET_COOKIE, cookie);
            }
            let chosen = viewer.language.as_deref().and_then(Language::from_code);
            if let Some(cookie) = chosen.map(|chosen| language::cookie(chosen, state.site.https))
                && let Ok(cookie) = HeaderValue::from_str(&cookie)
            {
                headers.append(SET_COOKIE, cookie);
            }
            Ok(see_other(then, headers))
        }
        Err(refusal @ Refusal::Unavailable { .. }) => Err(refusal.into()),
        Err(refusal) => {
            tracing::warn!(%peer, code = code(&refusal), "refused a sign-in");
            counted().sign_in_refused(code(&refusal));
            let link_used = by_code && refusal == Refusal::WrongCredentials;
            let reason = if link_used { "link-used" } else { code(&refusal) };
            Ok(see_other(&form_again(&refusal, reason, &fields, then), HeaderMap::new()))
        }
    }
}

async fn with_password(
    state: &AppState,
    peer: SocketAddr,
    fields: &Fields,
    from: &command::From,
) -> Result<SignedIn, Refusal> {
    let name = fields.name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(Refusal::WrongCredentials);
    }
    let now = state.ctx.clock.uptime();
    state.limits.sign_in_address.take(peer.ip(), now)?;
    let caller = (peer.ip(), name.to_owned());
    state.limits.sign_in.take(caller.clone(), now)?;
    let hash = query::password_hash(&state.ctx, name).await;
    let hash = hash.map_err(|error| state.ctx.unavailable(&error))?;
    // A hash takes 19 MiB and a core for a while: as many at a time as there are places.
    let place = state.limits.passwords.clone().acquire_owned().await.ok();
    let password = fields.password.clone();
    let verified = tokio::task::spawn_blocking(move || {
        let _place = place;
        password::verify(&password, hash.as_deref())
    })
    .await
    .unwrap_or_else(|error| {
        tracing::error!(%error, "verifying a password broke off");
        false
    });
    if verified {
        // Only guessing is limited: whoever knows the password may sign in as often as they like.
        state.limits.sign_in.give_back(&caller);
    }
    command::sign_in(&state.ctx, name, verified, from).await
}

async fn with_code(
    state: &AppState,
    peer: SocketAddr,
    code: &str,
    from: &command::From,
) -> Result<SignedIn, Refusal> {
    state.limits.sign_in_address.take(peer.ip(), state.ctx.clock.uptime())?;
    let code = from_hex(code.trim()).filter(|code| code.len() == 32);
    let code = code.ok_or(Refusal::WrongCredentials)?;
    command::sign_in_with_code(&state.ctx, &code, from).await
}

/// The address of the form, with what it should say.
fn form_again(refusal: &Refusal, reason: &str, fields: &Fields, then: &str) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let mut address = format!("/sign-in?refused={reason}");
    if let Refusal::TooMany { retry_s } = refusal {
        // Writing to a string cannot fail.
        let _ = write!(address, "&retry={retry_s}");
    }
    let name: String = fields.name.trim().chars().take(MAX_NAME).collect();
    for (key, value) in [("name", &*name), ("then", then)] {
        if !value.is_empty() && value != "/" {
            let _ = write!(address, "&{key}={}", encoded(value));
        }
    }
    address
}

/// Whether an address is a path on this server: not another site's, nor something that a browser
/// takes for one (`//host`, `/\host`).
fn is_own_page(address: &str) -> bool {
    let mut characters = address.chars();
    address.len() <= MAX_THEN
        && characters.next() == Some('/')
        && !matches!(characters.next(), Some('/' | '\\'))
        && !address.chars().any(char::is_control)
}

/// 303: whatever was posted, the next page is read.
pub(super) fn see_other(address: &str, mut headers: HeaderMap) -> Response {
    let address = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    headers.insert(LOCATION, address);
    (StatusCode::SEE_OTHER, headers).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_back_to_own_pages_only() {
        assert!(is_own_page("/hosts/1?x=//y"));
        for other in ["", "//evil.example", "/\\evil.example", "https://e.example", "/\n/x"] {
            assert!(!is_own_page(other), "{other}");
        }
        assert!(!is_own_page(&format!("/{}", "x".repeat(MAX_THEN))));
    }

    #[test]
    fn the_form_comes_back_with_what_was_typed_but_the_password() {
        let fields = Fields {
            name: " a&b ".into(),
            password: "secret".into(),
            code: String::new(),
            then: String::new(),
        };
        let address = form_again(&Refusal::TooMany { retry_s: 9 }, "too-many", &fields, "/h?a=b");
        assert_eq!(address, "/sign-in?refused=too-many&retry=9&name=a%26b&then=%2Fh%3Fa%3Db");
    }
}
