//! A server that nobody has claimed shows one page: the one on which the first administrator is
//! made. `POST /setup` is that page's form.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, SET_COOKIE, USER_AGENT};
use http::{HeaderMap, Method};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use trustboard_model::refusal::Refusal;

use super::Problem;
use super::problem::code;
use super::sign_in::see_other;
use crate::auth::{cookie, password};
use crate::command;
use crate::query;
use crate::setup_code::SetupCode;
use crate::state::AppState;
use crate::store::StoreError;

/// The page.
const PAGE: &str = "/setup";

/// The longest name that is sent back to the form, in characters; operators' have at most 64.
const MAX_NAME: usize = 64;

/// Says that nobody has claimed this server: the page is open to everybody.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unclaimed;

/// Leads every page of an unclaimed server to the one page that it has.
pub async fn first_run(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    match is_claimed(&state).await {
        Ok(true) => next.run(request).await,
        Err(error) => Problem(state.ctx.unavailable(&error)).into_response(),
        Ok(false) => {
            let path = request.uri().path();
            let page = is_page(&request) && !path.starts_with("/api/");
            if page && path != PAGE {
                return see_other(PAGE, HeaderMap::new());
            }
            request.extensions_mut().insert(Unclaimed);
            next.run(request).await
        }
    }
}

fn is_page(request: &Request) -> bool {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
    reads && accept.is_none_or(|types| types.contains("text/html") || types.contains("*/*"))
}

/// Whether there is an operator. Once there is one there always is.
async fn is_claimed(state: &AppState) -> Result<bool, StoreError> {
    if state.claimed.load(Ordering::Relaxed) {
        return Ok(true);
    }
    let claimed = query::has_operators(&state.ctx).await?;
    state.claimed.fetch_or(claimed, Ordering::Relaxed);
    Ok(claimed)
}

/// What the form holds.
#[derive(Deserialize)]
pub struct Fields {
    #[serde(default)]
    code: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// Why the form is shown again.
enum Again {
    /// In the words of the form.
    Said(&'static str),
    /// In the words of a refusal.
    Refused(Refusal),
}

/// Makes the first administrator, signs them in and leads to the first steps; or back to the form,
/// saying why.
pub async fn claim(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(fields) = form.map_err(|_| Refusal::invalid("form", "cannot be read"))?;
    let device = request.get(USER_AGENT).and_then(|value| value.to_str().ok());
    let device = device.unwrap_or_default().to_owned();
    let from = command::From { device, address: peer.ip().to_string() };
    match try_claim(&state, peer, &from, &fields).await {
        Ok(signed_in) => {
            tracing::info!(operator = signed_in.viewer.name, %peer, "claimed the server");
            let mut headers = HeaderMap::new();
            if let Some(cookie) = cookie::set(&signed_in.secret, state.site.https) {
                headers.insert(SET_COOKIE, cookie);
            }
            Ok(see_other("/start", headers))
        }
        Err(Again::Refused(refusal @ Refusal::Unavailable { .. })) => Err(refusal.into()),
        Err(again) => {
            let (reason, retry) = match &again {
                Again::Said(reason) => (*reason, None),
                Again::Refused(Refusal::TooMany { retry_s }) => ("too-many", Some(*retry_s)),
                Again::Refused(Refusal::Conflict { .. }) => ("claimed", None),
                Again::Refused(Refusal::Invalid { .. }) => ("name", None),
                Again::Refused(refusal) => (code(refusal), None),
            };
            tracing::warn!(%peer, reason, "refused to make the first administrator");
            let name: String = fields.name.trim().chars().take(MAX_NAME).collect();
            let name = utf8_percent_encode(&name, NON_ALPHANUMERIC);
            let retry = retry.map(|retry| format!("&retry={retry}")).unwrap_or_default();
            let address = format!("{PAGE}?refused={reason}{retry}&name={name}");
            Ok(see_other(&address, HeaderMap::new()))
        }
    }
}

async fn try_claim(
    state: &AppState,
    peer: SocketAddr,
    from: &command::From,
    fields: &Fields,
) -> Result<command::SignedIn, Again> {
    // What is typed wrong costs nothing; only codes can be guessed.
    if fields.password.chars().count() < password::MIN || fields.password.len() > password::MAX {
        return Err(Again::Said("password"));
    }
    if fields.password != fields.again {
        return Err(Again::Said("again"));
    }
    let taken = state.limits.sign_in_address.take(peer.ip(), state.ctx.clock.uptime());
    taken.map_err(Again::Refused)?;
    let code = SetupCode::parse(&fields.code).ok_or(Again::Said("wrong-credentials"))?;
    let mut salt = [0; password::SALT];
    state.ctx.random.fill(&mut salt);
    // A hash takes 19 MiB and a core for a while: as many at a time as there are places.
    let place = state.limits.passwords.clone().acquire_owned().await.ok();
    let password = fields.password.clone();
    let hash = tokio::task::spawn_blocking(move || {
        let _place = place;
        password::hash(&password, &salt)
    })
    .await;
    let hash = hash.ok().and_then(Result::ok).ok_or_else(|| {
        tracing::error!("hashing a password broke off");
        Again::Refused(Refusal::Unavailable { trace: "password-hash".to_owned() })
    })?;
    let claimed = command::claim_server(&state.ctx, &code, fields.name.trim(), hash, from).await;
    claimed.map_err(Again::Refused)
}
