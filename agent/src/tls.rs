//! TLS to exactly one certificate.
//!
//! The enrolment token carries the fingerprint of the server's certificate, so no authority is
//! asked, and neither names nor dates matter: the certificate is the one, or it is not. That the
//! server holds its key is proven by the handshake's signature, which is verified as ever.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use trustboard_model::digest::Sha256;

use crate::hash::sha256;
use crate::server_address::ServerAddress;

/// How long connecting and the handshake may take together.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);

/// No connection to the server.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// TCP.
    #[error("cannot connect to {server}: {source}")]
    Tcp {
        /// Where.
        server: String,
        /// Why not.
        source: std::io::Error,
    },
    /// Another certificate.
    #[error(
        "the server at {server} shows a certificate with fingerprint {found}, not {expected}: \
         another server answers there, or its certificate was replaced"
    )]
    WrongCertificate {
        /// Where.
        server: String,
        /// The pinned fingerprint.
        expected: Sha256,
        /// The one shown.
        found: Sha256,
    },
    /// The handshake failed otherwise.
    #[error("TLS with {server} failed: {source}")]
    Tls {
        /// Where.
        server: String,
        /// Why.
        source: std::io::Error,
    },
    /// Nothing came back.
    #[error("{server} did not answer within {} s", CONNECT_TIMEOUT.as_secs())]
    TimedOut {
        /// Where.
        server: String,
    },
}

/// Connects to a server and makes sure that it shows the pinned certificate.
pub async fn connect(
    server: &ServerAddress,
    fingerprint: Sha256,
) -> Result<TlsStream<TcpStream>, ConnectError> {
    timeout(CONNECT_TIMEOUT, connect_unhurried(server, fingerprint))
        .await
        .unwrap_or_else(|_| Err(ConnectError::TimedOut { server: server.to_string() }))
}

async fn connect_unhurried(
    server: &ServerAddress,
    fingerprint: Sha256,
) -> Result<TlsStream<TcpStream>, ConnectError> {
    let tcp = TcpStream::connect((server.host(), server.port()))
        .await
        .map_err(|source| ConnectError::Tcp { server: server.to_string(), source })?;
    let tls_error = |source| ConnectError::Tls { server: server.to_string(), source };
    tcp.set_nodelay(true).map_err(tls_error)?;
    let pin = Arc::new(Pin::new(fingerprint));
    let config = config(Arc::clone(&pin)).map_err(|e| tls_error(std::io::Error::other(e)))?;
    let name = ServerName::try_from(server.host().to_owned())
        .map_err(|e| tls_error(std::io::Error::other(e)))?;
    TlsConnector::from(Arc::new(config)).connect(name, tcp).await.map_err(|source| {
        match pin.refused() {
            Some(found) => ConnectError::WrongCertificate {
                server: server.to_string(),
                expected: fingerprint,
                found,
            },
            None => tls_error(source),
        }
    })
}

fn config(pin: Arc<Pin>) -> Result<ClientConfig, rustls::Error> {
    let provider: Arc<CryptoProvider> = Arc::new(aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(pin)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A configuration serves one connection, so there is nothing to resume.
    config.resumption = rustls::client::Resumption::disabled();
    Ok(config)
}

/// Accepts one certificate.
#[derive(Debug)]
struct Pin {
    fingerprint: Sha256,
    algorithms: WebPkiSupportedAlgorithms,
    refused: Mutex<Option<Sha256>>,
}

impl Pin {
    fn new(fingerprint: Sha256) -> Self {
        let algorithms = aws_lc_rs::default_provider().signature_verification_algorithms;
        Self { fingerprint, algorithms, refused: Mutex::new(None) }
    }

    /// The fingerprint of a certificate that was refused.
    fn refused(&self) -> Option<Sha256> {
        *self.refused.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl ServerCertVerifier for Pin {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let found = sha256(end_entity);
        if found == self.fingerprint {
            return Ok(ServerCertVerified::assertion());
        }
        *self.refused.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(found);
        Err(rustls::CertificateError::ApplicationVerificationFailure.into())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
