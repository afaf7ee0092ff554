//! `GET /agent/v1/session`: the WebSocket that an agent keeps open.

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::response::Response;
use trustboard_model::protocol::limit;

use super::AgentRefusal;
use crate::auth::agent::AgentHost;
use crate::session;
use crate::state::AppState;

/// Bytes that are read at a time. An open session keeps this buffer for as long as it waits; what it
/// reads lies decrypted in memory already, so that reading it in pieces costs no system call. The
/// usual evidence, whose log is known, has about 4 KiB.
const READ_BYTES: usize = 2 * 1024;

/// Opens the session of the host whose credential the request carries.
pub async fn session(
    State(state): State<AppState>,
    AgentHost(host): AgentHost,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, AgentRefusal> {
    state.limits.sessions.take(host, state.ctx.clock.uptime())?;
    let upgrade = upgrade.map_err(|rejection| {
        AgentRefusal::new(426, "upgrade", format!("expected a WebSocket: {rejection}"))
    })?;
    Ok(upgrade
        .read_buffer_size(READ_BYTES)
        .max_message_size(limit::MESSAGE_BYTES)
        .max_frame_size(limit::MESSAGE_BYTES)
        .on_upgrade(move |socket| session::run(state, host, socket)))
}
