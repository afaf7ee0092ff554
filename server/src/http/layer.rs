//! What surrounds every request: a number to search the log for, and a log line.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use tower_http::trace::TraceLayer;
use tracing::Span;
use trustboard_model::bytes::to_hex;

use crate::metrics::counted;
use crate::state::AppState;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The number of a request.
#[derive(Debug, Clone)]
struct RequestId(String);

/// Numbers the request. What the other side calls it is not taken over: it could repeat itself.
pub async fn request_ids(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let mut number = [0; 8];
    state.ctx.random.fill(&mut number);
    let id = to_hex(&number);
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// A span and a line for each request: the route, never the query, which is the other side's text.
#[expect(clippy::type_complexity, reason = "tower-http's own type, named once")]
pub fn traced() -> TraceLayer<
    tower_http::classify::SharedClassifier<tower_http::classify::ServerErrorsAsFailures>,
    fn(&http::Request<Body>) -> Span,
    (),
    fn(&http::Response<Body>, Duration, &Span),
    (),
    (),
    (),
> {
    TraceLayer::new_for_http()
        .make_span_with(span as fn(&http::Request<Body>) -> Span)
        .on_request(())
        .on_response(answered as fn(&http::Response<Body>, Duration, &Span))
        .on_body_chunk(())
        .on_eos(())
        .on_failure(())
}

fn span(request: &http::Request<Body>) -> Span {
    let id = request.extensions().get::<RequestId>().map_or("", |id| &id.0);
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    tracing::info_span!("request", request.id = id, method = %request.method(), route)
}

fn answered(response: &http::Response<Body>, took: Duration, _: &Span) {
    let (status, duration_ms) = (response.status().as_u16(), took.as_millis());
    counted().answered(status, took);
    if response.status().is_server_error() {
        tracing::error!(status, duration_ms, "answered");
    } else {
        tracing::debug!(status, duration_ms, "answered");
    }
}
