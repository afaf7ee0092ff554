//! One HTTPS request with a CBOR body, and its answer.

use std::time::Duration;

use http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::timeout;
use trustboard_model::digest::Sha256;

use crate::refusal_words::refusal_words;
use crate::server_address::ServerAddress;
use crate::tls::{self, ConnectError};

/// Bytes of an answer that are read at most: a credential blob is below 1 KiB.
const ANSWER_BYTES: usize = 64 * 1024;

/// How long the server may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_mins(1);

/// A request that came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// No connection.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The server refused.
    #[error("the server refused ({status}): {problem}")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// The server's words, or what the status means.
        problem: String,
        /// When it makes sense to ask again, in seconds, if the server says so.
        retry_s: Option<u64>,
    },
    /// The connection broke.
    #[error("the connection to {server} broke: {problem}")]
    Broken {
        /// Where.
        server: String,
        /// How.
        problem: String,
    },
    /// The answer is not one of the protocol.
    #[error("the server's answer cannot be read: {0}")]
    Unreadable(String),
}

/// Posts `body` and reads the answer.
pub(super) async fn post<Q: Serialize, R: DeserializeOwned>(
    server: &ServerAddress,
    fingerprint: Sha256,
    path: &str,
    body: &Q,
) -> Result<R, RequestError> {
    timeout(ANSWER_TIMEOUT, post_unhurried(server, fingerprint, path, body)).await.unwrap_or_else(
        |_| {
            Err(RequestError::Broken {
                server: server.to_string(),
                problem: format!("no answer within {} s", ANSWER_TIMEOUT.as_secs()),
            })
        },
    )
}

async fn post_unhurried<Q: Serialize, R: DeserializeOwned>(
    server: &ServerAddress,
    fingerprint: Sha256,
    path: &str,
    body: &Q,
) -> Result<R, RequestError> {
    let broken = |problem: String| RequestError::Broken { server: server.to_string(), problem };
    let mut bytes = Vec::new();
    ciborium::into_writer(body, &mut bytes).map_err(|error| broken(error.to_string()))?;
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::HOST, server.authority())
        .header(header::CONTENT_TYPE, "application/cbor")
        .header(header::ACCEPT, "application/cbor")
        .header(header::USER_AGENT, concat!("trustboard-agent/", env!("CARGO_PKG_VERSION")))
        .body(Full::new(Bytes::from(bytes)))
        .map_err(|error| broken(error.to_string()))?;

    let stream = tls::connect(server, fingerprint).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| broken(error.to_string()))?;
    // Ends by itself once the sender and the answer's body are gone.
    let connection = tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(|error| broken(error.to_string()))?;
    let status = answer.status();
    let retry_s = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_s = retry_s.and_then(|value| value.parse().ok());
    let body = Limited::new(answer.into_body(), ANSWER_BYTES)
        .collect()
        .await
        .map_err(|error| broken(error.to_string()))?
        .to_bytes();
    connection.abort();
    if !status.is_success() {
        let problem = refusal_words(&body).unwrap_or_else(|| meaning(status).to_owned());
        return Err(RequestError::Refused { status, problem, retry_s });
    }
    ciborium::from_reader(&body[..]).map_err(|error| RequestError::Unreadable(error.to_string()))
}

/// What a refusal without words means.
fn meaning(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            "the enrolment token is unknown, used up or expired"
        }
        StatusCode::NOT_FOUND => "no agent endpoint answers there; is it the agents' port?",
        _ => "the server gave no reason",
    }
}
