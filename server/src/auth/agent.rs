//! An agent's session credential: `Authorization: Bearer <64 hex digits>` (RFC 6750 2.1).

use axum::extract::FromRequestParts;
use http::header::AUTHORIZATION;
use http::request::Parts;
use trustboard_model::bytes::from_hex;
use trustboard_model::id::HostId;

use crate::http::agent::{AgentRefusal, peer};
use crate::job::arrivals;
use crate::query;
use crate::state::AppState;

/// The host whose credential a request carries.
#[derive(Debug, Clone, Copy)]
pub struct AgentHost(pub HostId);

impl FromRequestParts<AppState> for AgentHost {
    type Rejection = AgentRefusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AgentRefusal> {
        let turn = state.limits.arrival().await;
        let host = match credential(parts) {
            Some(credential) => arrivals::host_of(state, &credential)
                .await
                .map_err(|error| AgentRefusal::from(state.ctx.unavailable(&error)))?,
            None => None,
        };
        if let Some(host) = host {
            return Ok(Self(host));
        }
        drop(turn);
        // Whoever has the credential of a removed host was that host: it is told so.
        if let Some(credential) = credential(parts) {
            let removed = query::removed_by_credential(&state.ctx, &credential).await;
            let removed =
                removed.map_err(|error| AgentRefusal::from(state.ctx.unavailable(&error)))?;
            if let Some((name, at)) = removed {
                let problem = format!(
                    "the host {name} was removed from Trustboard at {at}; its credential is good \
                     for nothing any more; to take it back, enrol it with a new token"
                );
                return Err(AgentRefusal::new(410, "removed", problem));
            }
        }
        let peer = peer(parts);
        state.limits.credential.take(peer, state.ctx.clock.uptime())?;
        tracing::warn!(%peer, "refused a session credential");
        Err(AgentRefusal::new(
            401,
            "credential",
            "the session credential is missing or wrong; enrol this host again",
        ))
    }
}

fn credential(parts: &Parts) -> Option<Vec<u8>> {
    let header = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credential) = header.split_once(' ')?;
    // RFC 9110 11.1: the scheme's case does not matter.
    let bytes = scheme.eq_ignore_ascii_case("bearer").then(|| from_hex(credential.trim()))??;
    (bytes.len() == 32).then_some(bytes)
}
