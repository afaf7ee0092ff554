//! HTTPS requests with a CBOR body, and their answers.

use std::time::Duration;

use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::task::JoinHandle;
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

/// Requests to one server, over a connection that stays open from one to the next.
pub(super) struct Requests<'s> {
    server: &'s ServerAddress,
    fingerprint: Sha256,
    open: Option<Open>,
}

/// A connection, and the task that works for it.
struct Open {
    sender: SendRequest<Full<Bytes>>,
    connection: JoinHandle<hyper::Result<()>>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

impl<'s> Requests<'s> {
    /// To the server with this certificate; nothing is sent yet.
    pub(super) fn to(server: &'s ServerAddress, fingerprint: Sha256) -> Self {
        Self { server, fingerprint, open: None }
    }

    /// Where they go.
    pub(super) fn server(&self) -> &'s ServerAddress {
        self.server
    }

    /// Posts `body` and reads the answer.
    pub(super) async fn post<Q: Serialize, R: DeserializeOwned>(
        &mut self,
        path: &str,
        body: &Q,
    ) -> Result<R, RequestError> {
        let server = self.server;
        timeout(ANSWER_TIMEOUT, self.post_unhurried(path, body)).await.unwrap_or_else(|_| {
            Err(RequestError::Broken {
                server: server.to_string(),
                problem: format!("no answer within {} s", ANSWER_TIMEOUT.as_secs()),
            })
        })
    }

    async fn post_unhurried<Q: Serialize, R: DeserializeOwned>(
        &mut self,
        path: &str,
        body: &Q,
    ) -> Result<R, RequestError> {
        let mut bytes = Vec::new();
        ciborium::into_writer(body, &mut bytes).map_err(|error| self.broken(error.to_string()))?;
        let bytes = Bytes::from(bytes);
        let kept = match self.open.take() {
            Some(open) => self.send(open, path, bytes.clone()).await.ok(),
            None => None,
        };
        let answer = if let Some(answer) = kept {
            answer
        } else {
            // None was open, or the server closed it while the TPM was at work: asked anew then,
            // which gives the same answer.
            let open = self.connect().await?;
            self.send(open, path, bytes).await?
        };
        let status = answer.status();
        let retry_s = answer.headers().get(header::RETRY_AFTER);
        let retry_s = retry_s.and_then(|value| value.to_str().ok()?.parse().ok());
        let body = Limited::new(answer.into_body(), ANSWER_BYTES)
            .collect()
            .await
            .map_err(|error| self.broken(error.to_string()))?
            .to_bytes();
        if !status.is_success() {
            let problem = refusal_words(&body).unwrap_or_else(|| meaning(status).to_owned());
            return Err(RequestError::Refused { status, problem, retry_s });
        }
        ciborium::from_reader(&body[..])
            .map_err(|error| RequestError::Unreadable(error.to_string()))
    }

    async fn connect(&self) -> Result<Open, RequestError> {
        let stream = tls::connect(self.server, self.fingerprint).await?;
        let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|error| self.broken(error.to_string()))?;
        Ok(Open { sender, connection: tokio::spawn(connection) })
    }

    /// Sends a request, and keeps the connection for the next one.
    async fn send(
        &mut self,
        mut open: Open,
        path: &str,
        bytes: Bytes,
    ) -> Result<Response<Incoming>, RequestError> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, self.server.authority())
            .header(header::CONTENT_TYPE, "application/cbor")
            .header(header::ACCEPT, "application/cbor")
            .header(header::USER_AGENT, concat!("trustboard-agent/", env!("CARGO_PKG_VERSION")))
            .body(Full::new(bytes))
            .map_err(|error| self.broken(error.to_string()))?;
        let sent = async {
            open.sender.ready().await?;
            open.sender.send_request(request).await
        };
        let answer = sent.await.map_err(|error| self.broken(error.to_string()))?;
        self.open = Some(open);
        Ok(answer)
    }

    fn broken(&self, problem: String) -> RequestError {
        RequestError::Broken { server: self.server.to_string(), problem }
    }
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
