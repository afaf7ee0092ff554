//! Every route, by who calls it.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use trustboard_model::protocol::{ACTIVATE_PATH, ENROLL_PATH, SESSION_PATH, limit};

use crate::http::{self, agent};
use crate::state::AppState;

/// What agents call, on their own listener.
pub fn agents(state: AppState) -> Router {
    let routes = Router::new()
        .route(ENROLL_PATH, post(agent::enroll))
        .route(ACTIVATE_PATH, post(agent::activate))
        .route(SESSION_PATH, get(agent::session))
        .layer(DefaultBodyLimit::max(limit::ENROLL_BYTES));
    surrounded(routes, &state).with_state(state)
}

/// What browsers and programs call.
pub fn browsers(state: AppState) -> Router {
    let routes =
        Router::new().route("/healthz", get(http::healthz)).route("/readyz", get(http::readyz));
    surrounded(routes, &state).with_state(state)
}

/// What surrounds every request of both: a panic becomes a 500, a number, a log line.
fn surrounded(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    routes
        .layer(CatchPanicLayer::new())
        .layer(http::traced())
        .layer(from_fn_with_state(state.clone(), http::request_ids))
}
