//! The agents' endpoints: CBOR in, CBOR out, refusals included.

mod activate;
mod enroll;
mod session;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::body::Bytes;
use axum::extract::ConnectInfo;
use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use trustboard_model::protocol::limit;
use trustboard_model::refusal::Refusal;

use crate::session::wire;

pub use activate::activate;
pub use enroll::enroll;
pub use session::session;

/// RFC 8949 9.5.
const CBOR: HeaderValue = HeaderValue::from_static("application/cbor");

/// What an agent is told when it does not get what it asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentRefusal {
    status: u16,
    code: String,
    problem: String,
    retry_s: Option<u32>,
}

/// A refusal as it goes over the wire.
#[derive(Serialize)]
struct Wire<'a> {
    code: &'a str,
    problem: &'a str,
}

impl AgentRefusal {
    /// A refusal with a stable code and words for the agent's log.
    pub fn new(status: u16, code: &str, problem: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), problem: problem.into(), retry_s: None }
    }
}

impl From<Refusal> for AgentRefusal {
    fn from(refusal: Refusal) -> Self {
        let code = match &refusal {
            Refusal::SignInRequired | Refusal::WrongCredentials | Refusal::KeyRefused => {
                "credential"
            }
            Refusal::Forbidden { .. } | Refusal::NotWithKey | Refusal::CrossSite => "forbidden",
            Refusal::NotFound { .. } => "not-found",
            Refusal::Stale { .. } | Refusal::Conflict { .. } => "conflict",
            Refusal::Invalid { .. } => "invalid",
            Refusal::TooMany { .. } => "too-many",
            Refusal::ReadOnly | Refusal::Unavailable { .. } => "unavailable",
        };
        let retry_s = match &refusal {
            Refusal::TooMany { retry_s } => Some(*retry_s),
            _ => None,
        };
        Self { retry_s, ..Self::new(refusal.status(), code, refusal.to_string()) }
    }
}

impl IntoResponse for AgentRefusal {
    fn into_response(self) -> Response {
        tracing::warn!(code = self.code, problem = self.problem, "refused a request of an agent");
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let body = wire::encode(&Wire { code: &self.code, problem: &self.problem });
        let mut response = (status, [(CONTENT_TYPE, CBOR)], body).into_response();
        if let Some(retry_s) = self.retry_s {
            response.headers_mut().insert(RETRY_AFTER, retry_s.into());
        }
        response
    }
}

/// A body that an agent is answered with.
struct Answer<T>(T);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, CBOR)], wire::encode(&self.0)).into_response()
    }
}

/// The message in a request's body.
fn message<T: DeserializeOwned>(body: Result<Bytes, BytesRejection>) -> Result<T, AgentRefusal> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => AgentRefusal::new(
            413,
            "too-large",
            format!("the request is longer than {} bytes", limit::ENROLL_BYTES),
        ),
        _ => AgentRefusal::new(400, "malformed", "the request's body did not arrive whole"),
    })?;
    wire::decode(&body).map_err(|problem| AgentRefusal::new(400, "malformed", problem))
}

/// The address that a request came from.
pub(crate) fn peer(parts: &Parts) -> IpAddr {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    // Both listeners provide it; without one everybody shares one bucket, which is the safe side.
    info.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip())
}
