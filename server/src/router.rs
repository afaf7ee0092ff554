//! Every route, by who calls it.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use trustboard_model::protocol::{ACTIVATE_PATH, ENROLL_PATH, SESSION_PATH, limit};

use crate::auth::csrf::same_site;
use crate::auth::operator::viewer;
use crate::http::{self, agent, api};
use crate::state::AppState;

/// How long an answer may take to begin. The slowest, a filtered table of a large datacenter, has
/// a budget far below.
const ANSWER: Duration = Duration::from_secs(30);

/// What agents call, on their own listener.
pub fn agents(state: AppState) -> Router {
    let routes = Router::new()
        .route(ENROLL_PATH, post(agent::enroll))
        .route(ACTIVATE_PATH, post(agent::activate))
        .route(SESSION_PATH, get(agent::session))
        .layer(DefaultBodyLimit::max(limit::ENROLL_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER));
    surrounded(routes, &state).with_state(state)
}

/// What Prometheus calls, on a listener that only this machine reaches.
pub fn metrics(state: AppState) -> Router {
    let routes = Router::new()
        .route("/metrics", get(http::local_metrics))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER));
    surrounded(routes, &state).with_state(state)
}

/// What browsers and programs call.
pub fn browsers(state: AppState) -> Router {
    let many_hosts = DefaultBodyLimit::max(api::BULK_BYTES);
    let makers_file = DefaultBodyLimit::max(api::MAKERS_BYTES);
    let api = Router::new()
        .route("/inventory", get(api::inventory))
        .route("/datacenters", post(api::create_datacenter))
        .route("/datacenters/{datacenter}/security", get(api::datacenter_security))
        .route("/datacenters/{datacenter}/security.csv", get(api::export_datacenter_security))
        .route("/datacenters/{datacenter}/security.jsonl", get(api::export_datacenter_security))
        .route("/security", get(api::security))
        .route("/summary", get(api::summary))
        .route("/causes/{cause}", get(api::cause))
        .route("/datacenters/{datacenter}/report", get(api::compliance))
        .route("/datacenters/{datacenter}/summary", get(api::datacenter_summary))
        .route("/security.csv", get(api::export_security))
        .route("/security.jsonl", get(api::export_security))
        .route("/views", get(api::views).post(api::change_table))
        .route("/arrange", post(api::arrange))
        .route("/arrange/impact", post(api::arrange_impact))
        .route("/datacenters/{datacenter}/hosts", get(api::host_list))
        .route("/datacenters/{datacenter}/settings", get(api::datacenter_settings))
        .route("/clusters", post(api::create_cluster))
        .route("/clusters/{cluster}/policy", get(api::policy).put(api::set_policy))
        .route("/clusters/{cluster}/policy/impact", post(api::policy_impact))
        .route("/profiles", get(api::profiles))
        .route("/configurations", get(api::configurations).post(api::change_configuration))
        .route("/configurations/impact", post(api::configuration_impact))
        .route(
            "/configurations/import",
            post(api::import_configuration).layer(DefaultBodyLimit::max(api::IMPORT_BYTES)),
        )
        .route("/configurations/{configuration}", get(api::configuration))
        .route("/exceptions/{exception}/revoke", post(api::revoke_exception))
        .route("/clusters/{cluster}/enrolment", get(api::enrolment))
        .route("/tokens", post(api::create_token))
        .route("/tokens/{token}/revoke", post(api::revoke_token))
        .route("/hosts/{host}", get(api::host))
        .route("/hosts/{host}/removed", get(api::removed_host))
        .route("/hosts/{host}/row", get(api::row))
        .route("/hosts/{host}/jobs/{job}", get(api::job))
        .route("/hosts/{host}/at", get(api::moment))
        .route("/hosts/{host}/evidence", get(api::evidence))
        .route("/hosts/{host}/evidence/{run}/{which}", get(api::kept_evidence))
        .route("/hosts/{host}/export", get(api::export_host))
        .route("/hosts/{host}/log", get(api::host_log))
        .route("/hosts/{host}/timeline", get(api::timeline))
        .route("/hosts/{host}/exceptions", get(api::exceptions).post(api::grant_exception))
        .route("/hosts/{host}/exceptions/impact", post(api::exception_impact))
        .route("/hosts/{host}/{action}", post(api::act))
        .route("/makers", get(api::makers))
        .route("/makers/import", post(api::import_makers).layer(makers_file))
        .route("/makers/imports/{import}", get(api::makers_import))
        .route("/makers/{fingerprint}/{action}", post(api::decide_on_maker))
        .route("/alarms", get(api::alarms))
        .route("/alarms/export", get(api::export_alarms))
        .route("/events", get(api::events))
        .route(
            "/datacenters/{datacenter}/alarm-settings",
            get(api::alarm_settings).put(api::set_alarm_settings),
        )
        .route("/bulk", post(api::start_bulk).layer(many_hosts))
        .route("/bulk/preview", post(api::bulk_preview).layer(many_hosts))
        .route("/bulk/{bulk}", get(api::bulk_job))
        .route("/bulk/{bulk}/cancel", post(api::cancel_bulk))
        .route("/audit", get(api::audit))
        .route("/audit/trail", get(api::audit_trail))
        .route("/audit/export", get(api::audit_export))
        .route("/audit/check", get(api::chain_check).post(api::verify_chain))
        .route("/health", get(api::health))
        .route("/metrics", get(http::metrics))
        .route("/live", get(api::live));
    let signed_in = Router::new()
        .merge(http::pages(&state))
        .nest("/api/v1", api)
        .route(
            "/configurations/import",
            post(http::import_form).layer(DefaultBodyLimit::max(api::IMPORT_BYTES)),
        )
        .route("/makers/import", post(http::import_makers).layer(makers_file))
        .route("/makers/{fingerprint}/{action}", post(http::decide_on_maker))
        .route("/setup", post(http::claim))
        .route("/sign-in", post(http::sign_in))
        .route("/sign-in/link", get(http::sign_in_link))
        .route("/sign-out", post(http::sign_out))
        .route("/language", post(http::choose_language))
        .layer(from_fn(http::signed_in_only))
        .layer(from_fn_with_state(state.clone(), http::first_run))
        .layer(from_fn_with_state(state.clone(), viewer))
        .layer(from_fn_with_state(state.clone(), same_site))
        .layer(http::compressed())
        .layer(from_fn_with_state(state.clone(), http::plain_for_others));
    let routes = Router::new()
        .merge(signed_in)
        .route("/pkg/{file}", get(http::static_file))
        .route("/healthz", get(http::healthz))
        .route("/readyz", get(http::readyz))
        .layer(DefaultBodyLimit::max(api::BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER))
        .layer(from_fn(http::in_their_language))
        .layer(from_fn_with_state(state.clone(), http::security_headers));
    surrounded(routes, &state).with_state(state)
}

/// What surrounds every request of both: a panic becomes a 500, a number, a log line.
fn surrounded(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    routes
        .layer(CatchPanicLayer::new())
        .layer(http::traced())
        .layer(from_fn_with_state(state.clone(), http::request_ids))
}
