//! Opens the WebSocket.

use http::{HeaderValue, Request, StatusCode, header};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use trustboard_model::protocol::SESSION_PATH;

use crate::refusal_words::refusal_words;
use crate::server_address::ServerAddress;
use crate::state::Enrolment;
use crate::tls::{self, CONNECT_TIMEOUT, ConnectError};
use crate::worker::WorkError;

/// Bytes of a message from the server: a credential blob is below 1 KiB.
const MESSAGE_BYTES: usize = 64 * 1024;

/// Bytes that are read at a time: most messages of the server are shorter, and an open session
/// keeps this buffer for as long as it waits.
const READ_BYTES: usize = 4 * 1024;

pub(super) type Socket = WebSocketStream<TlsStream<TcpStream>>;

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// No connection.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// 401.
    #[error(
        "the server does not know this host's credential (401): the host was removed there or \
         enrolled anew; enrol it again"
    )]
    UnknownHost,
    /// Another answer than a WebSocket.
    #[error("the server refused the session ({status}): {problem}")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// The server's words.
        problem: String,
    },
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Broken(String),
    /// Nothing arrived any more.
    #[error("nothing came from the server for {seconds} s")]
    Silent {
        /// How long.
        seconds: u64,
    },
    /// The server sent something that is no message of the protocol.
    #[error("a message from the server cannot be read: {0}")]
    Unreadable(String),
    /// The TPM's thread.
    #[error(transparent)]
    Work(#[from] WorkError),
}

/// Opens the WebSocket.
pub(super) async fn connect(
    enrolment: &Enrolment,
    server: &ServerAddress,
) -> Result<Socket, SessionError> {
    let stream = tls::connect(server, enrolment.fingerprint).await?;
    let request =
        request(enrolment, server).map_err(|error| SessionError::Broken(error.to_string()))?;
    let limits = WebSocketConfig::default()
        .read_buffer_size(READ_BYTES)
        .max_message_size(Some(MESSAGE_BYTES))
        .max_frame_size(Some(MESSAGE_BYTES));
    let upgrade = tokio_tungstenite::client_async_with_config(request, stream, Some(limits));
    match timeout(CONNECT_TIMEOUT, upgrade).await {
        Err(_) => {
            let server = server.to_string();
            Err(ConnectError::TimedOut { server }.into())
        }
        Ok(Ok((socket, _response))) => Ok(socket),
        Ok(Err(Error::Http(response))) => Err(match response.status() {
            StatusCode::UNAUTHORIZED => SessionError::UnknownHost,
            status => SessionError::Refused {
                status,
                problem: refusal_words(response.body().as_deref().unwrap_or_default())
                    .unwrap_or_else(|| "the server gave no reason".to_owned()),
            },
        }),
        Ok(Err(error)) => Err(SessionError::Broken(error.to_string())),
    }
}

fn request(enrolment: &Enrolment, server: &ServerAddress) -> Result<Request<()>, http::Error> {
    // The credential goes into a header that is marked as sensitive and never into a URL.
    let mut bearer = HeaderValue::try_from(format!("Bearer {}", enrolment.credential))?;
    bearer.set_sensitive(true);
    let authority = server.authority();
    Request::builder()
        .uri(format!("wss://{authority}{SESSION_PATH}"))
        .header(header::HOST, authority)
        .header(header::AUTHORIZATION, bearer)
        .header(header::USER_AGENT, concat!("trustboard-agent/", env!("CARGO_PKG_VERSION")))
        .header(header::CONNECTION, "Upgrade")
        .header(header::UPGRADE, "websocket")
        .header(header::SEC_WEBSOCKET_VERSION, "13")
        .header(header::SEC_WEBSOCKET_KEY, generate_key())
        .body(())
}
