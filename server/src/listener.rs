//! A listener: where it is bound, with TLS or without, and what a client may do before any endpoint
//! sees it.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;

use crate::connection::{Clients, Limited};

/// How long a client may take to send a request's head, and how long a connection may be idle
/// between two requests.
const HEADER: Duration = Duration::from_secs(15);

/// Binds `address`.
pub(crate) fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Answers connections until `handle` ends it.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    routes: Router,
    clients: Clients,
    handle: Handle<SocketAddr>,
) -> std::io::Result<()> {
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    match tls {
        None => {
            let mut server = axum_server::from_tcp(listener)?
                .map(|inner| Limited::new(inner, clients))
                .handle(handle);
            limit(server.http_builder());
            server.serve(service).await
        }
        Some(tls) => {
            let server = axum_server::from_tcp_rustls(listener, tls)?;
            let mut server = server.map(|inner| Limited::new(inner, clients)).handle(handle);
            limit(server.http_builder());
            server.serve(service).await
        }
    }
}

/// Limits on what a client may do before any endpoint sees it.
fn limit(builder: &mut Builder<TokioExecutor>) {
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER).max_buf_size(64 * 1024);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(64 * 1024)
        .max_concurrent_streams(100)
        .keep_alive_interval(Duration::from_secs(30));
}
