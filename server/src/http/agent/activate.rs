//! `POST /agent/v1/activate`: the unwrapped secret, which proves the TPM and becomes the host's
//! session credential.

use std::net::SocketAddr;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, State};
use axum::response::{IntoResponse, Response};
use trustboard_model::protocol::{ActivateRequest, Enrolled};

use super::{AgentRefusal, Answer, message};
use crate::command::Unwrapped;
use crate::job::enrol;
use crate::state::AppState;

/// Enrols the host whose TPM unwrapped the secret.
pub async fn activate(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, AgentRefusal> {
    state.limits.enrol.take(peer.ip(), state.ctx.clock.uptime())?;
    let request: ActivateRequest = message(body)?;
    let turn = state.limits.arrival().await;
    let host = enrol::finish(&state, Unwrapped::new(request.enrolment, &request.secret)).await?;
    drop(turn);
    // As many as the token is good for: see where the enrolment began.
    state.limits.enrol.give_back(&peer.ip());
    tracing::info!(host.id = %host, "enrolled; the TPM proved its keys");
    Ok(Answer(Enrolled { host }).into_response())
}
