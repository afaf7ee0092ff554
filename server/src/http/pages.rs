//! The screens: rendered here, taken over by the wasm in the browser. One closure gives pages and
//! server functions the same context.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::{FromRef, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, CONTENT_SECURITY_POLICY};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes as _, ResponseOptions, generate_route_list};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use trustboard_app::backend::{
    AccessHandle, AdministrationHandle, AdvisoriesHandle, AlarmsHandle, Arrangement as _,
    ArrangementHandle, BackendHandle, BulkActionsHandle, CausesHandle, ConfigurationsHandle,
    FinderHandle, HistoryHandle, HostTablesHandle, PoliciesHandle, TpmMakersHandle,
};
use trustboard_app::{App, shell};
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Viewer;

use super::Problem;
use super::first_run::Unclaimed;
use super::pace::pace;
use super::sign_in::see_other;
use crate::assets;
use crate::state::AppState;

/// The addresses of all pages, found out once in a process, before its first page is rendered.
///
/// `generate_route_list` renders the application to see its routes, and keeps it from loading
/// anything meanwhile by a switch of the whole process: a resource of another page that begins in
/// that moment waits for ever (`SuppressResourceLoad` in `leptos_server`), and its page with it.
/// Nothing renders before there is a router, and no router is there before this list is.
static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// The pages and server functions.
pub fn pages(state: &AppState) -> Router<AppState> {
    let context = context(state);
    let missing = leptos_axum::render_app_async_with_context(context.clone(), shell);
    let fallback = move |request: Request| {
        let missing = missing.clone();
        async move {
            if request.uri().path().starts_with("/api/") {
                return Problem(Refusal::not_found("endpoint")).into_response();
            }
            missing(request).await.into_response()
        }
    };
    Router::new()
        .leptos_routes_with_context(state, ROUTES.clone(), context, shell)
        .fallback(fallback)
        .layer(from_fn_with_state(state.clone(), lead_to_removed))
        .layer(from_fn_with_state(state.clone(), pace))
}

/// A host that was removed has a page of its own; whoever comes by an old link is led there.
async fn lead_to_removed(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let host = host_of(request.uri().path());
    let viewer = request.extensions().get::<Viewer>().cloned();
    let response = next.run(request).await;
    if let (StatusCode::NOT_FOUND, Some(host), Some(viewer)) = (response.status(), host, viewer)
        && state.removed_host(&viewer, host).await.is_ok()
    {
        return see_other(&format!("/hosts/{host}/removed"), HeaderMap::new());
    }
    response
}

/// The host whose page this path names.
fn host_of(path: &str) -> Option<HostId> {
    let mut segments = path.strip_prefix("/hosts/")?.split('/');
    let host = segments.next()?.parse().ok()?;
    (segments.next() != Some("removed")).then_some(host)
}

/// What every page and server function finds in its context.
fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let shared = Arc::new(state.clone());
    let access = AccessHandle(shared.clone());
    let backend = BackendHandle(shared.clone());
    let alarms = AlarmsHandle(shared.clone());
    let bulk = BulkActionsHandle(shared.clone());
    let causes = CausesHandle(shared.clone());
    let configurations = ConfigurationsHandle(shared.clone());
    let finder = FinderHandle(shared.clone());
    let history = HistoryHandle(shared.clone());
    let makers = TpmMakersHandle(shared.clone());
    let tables = HostTablesHandle(shared.clone());
    let arrangement = ArrangementHandle(shared.clone());
    let administration = AdministrationHandle(shared.clone());
    let policies = PoliciesHandle(shared);
    let addresses = assets::addresses();
    let advisories = AdvisoriesHandle(Arc::new(state.clone()));
    let state = state.clone();
    move || {
        provide_context(advisories.clone());
        provide_context(access.clone());
        provide_context(backend.clone());
        provide_context(alarms.clone());
        provide_context(bulk.clone());
        provide_context(causes.clone());
        provide_context(configurations.clone());
        provide_context(finder.clone());
        provide_context(history.clone());
        provide_context(makers.clone());
        provide_context(tables.clone());
        provide_context(policies.clone());
        provide_context(arrangement.clone());
        provide_context(administration.clone());
        provide_context(addresses.clone());
        provide_context(state.advisories());
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&content_policy(&nonce))
        {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// Only scripts with this response's nonce run, and what they load; nothing frames the page
/// (CSP level 3). `wasm-unsafe-eval` allows WebAssembly and nothing else.
fn content_policy(nonce: &impl std::fmt::Display) -> String {
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// Sends whoever is not signed in to the sign-in, and from there back to where they wanted.
pub async fn signed_in_only(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // Open to everybody for as long as there is nobody.
    let unclaimed = request.extensions().get::<Unclaimed>().is_some();
    let open = unclaimed
        || path == "/sign-in"
        || path.starts_with("/sign-in/")
        || path.starts_with("/api/");
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if open || !reads || request.extensions().get::<Viewer>().is_some() {
        return next.run(request).await;
    }
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
    if !accept.is_none_or(|types| types.contains("text/html") || types.contains("*/*")) {
        return Problem(Refusal::SignInRequired).into_response();
    }
    let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
    let address = match wanted {
        "/" => "/sign-in".to_owned(),
        wanted => format!("/sign-in?then={}", utf8_percent_encode(wanted, NON_ALPHANUMERIC)),
    };
    see_other(&address, HeaderMap::new())
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(_: &AppState) -> Self {
        // Addresses of the site come from its manifest; nothing of these options is used.
        Self::builder().output_name("trustboard").build()
    }
}
