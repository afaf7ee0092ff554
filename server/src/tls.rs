//! Certificates: files for browsers, and for agents a certificate that the server makes itself,
//! trusted through the fingerprint in the enrolment token.

use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use trustboard_attest::endorsement::Certificate;
use trustboard_model::digest::Sha256;
use trustboard_model::time::Timestamp;

use crate::config::{Config, TlsFiles};

/// The file in the data directory with the certificate and the key for agents.
const AGENT_FILE: &str = "agent-tls.pem";

/// A certificate chain with its key.
#[derive(Debug)]
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

/// A certificate or key that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct TlsError {
    file: String,
    problem: String,
}

impl TlsError {
    fn new(file: &Path, problem: impl ToString) -> Self {
        Self { file: file.display().to_string(), problem: problem.to_string() }
    }
}

/// Which protocols a listener offers (RFC 7301).
#[derive(Debug, Clone, Copy)]
pub enum Alpn {
    /// Browsers: HTTP/2 and HTTP/1.1.
    Browsers,
    /// Agents: HTTP/1.1, which a WebSocket upgrade needs (RFC 6455).
    Agents,
}

impl Identity {
    /// Reads a chain and its key.
    pub fn read(files: &TlsFiles) -> Result<Self, TlsError> {
        Self::read_pem(&files.certificate, &files.key)
    }

    fn read_pem(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let chain = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| TlsError::new(certificate, error))?;
        if chain.is_empty() {
            return Err(TlsError::new(certificate, "there is no PEM certificate in it"));
        }
        let key = PrivateKeyDer::from_pem_file(key).map_err(|error| TlsError::new(key, error))?;
        Ok(Self { chain, key })
    }

    /// The identity for agents: the configured one, else the one in the data directory, which is
    /// made on first use.
    pub fn for_agents(config: &Config) -> Result<Self, TlsError> {
        if let Some(files) = &config.agent_tls {
            return Self::read(files);
        }
        let file = config.data_dir.join(AGENT_FILE);
        if !file.exists() {
            make(&config.data_dir, &file)?;
        }
        Self::read_pem(&file, &file)
    }

    /// SHA-256 of the server's own certificate (DER), as enrolment tokens carry it.
    pub fn fingerprint(&self) -> Sha256 {
        // `read_pem` refuses an empty chain.
        crate::hash::sha256(&self.chain[0])
    }

    /// Until when the server's own certificate is valid; nothing if it is of a kind that we cannot
    /// read.
    pub fn expires_at(&self) -> Option<Timestamp> {
        let own = Certificate::parse("server", self.chain.first()?).ok()?;
        Some(own.facts().not_after)
    }

    /// The TLS configuration of a listener.
    pub fn server_config(&self, alpn: Alpn) -> Result<Arc<ServerConfig>, rustls::Error> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), self.key.clone_key())?;
        config.alpn_protocols = match alpn {
            Alpn::Browsers => vec![b"h2".to_vec(), b"http/1.1".to_vec()],
            Alpn::Agents => vec![b"http/1.1".to_vec()],
        };
        if matches!(alpn, Alpn::Agents) {
            // An agent keeps its one connection, and nothing for resuming it.
            config.send_tls13_tickets = 0;
        }
        Ok(Arc::new(config))
    }
}

/// Makes a self-signed certificate and keeps it with its key in `file`, readable by the owner
/// alone. If another process was faster, its file stands.
fn make(data_dir: &Path, file: &Path) -> Result<(), TlsError> {
    let fail = |problem: &dyn ToString| TlsError::new(file, problem.to_string());
    let names = vec!["trustboard".to_owned(), "localhost".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).map_err(|error| fail(&error))?;
    let fresh = data_dir.join(format!("{AGENT_FILE}.{}", std::process::id()));
    let written = std::fs::create_dir_all(data_dir)
        .and_then(|()| {
            std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)
        })
        .and_then(|mut out| {
            out.write_all(made.cert.pem().as_bytes())?;
            out.write_all(made.signing_key.serialize_pem().as_bytes())?;
            out.sync_all()
        })
        // A link does not replace: tokens that carry the first fingerprint stay good.
        .and_then(|()| std::fs::hard_link(&fresh, file));
    let _ = std::fs::remove_file(&fresh);
    match written {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(fail(&error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn config(dir: &Path) -> Config {
        let data_dir = Some(dir.join("data").display().to_string());
        Settings { data_dir, ..Settings::default() }.resolve().unwrap()
    }

    #[test]
    fn the_certificate_for_agents_is_made_once_and_kept_private() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let config = config(dir.path());
        let first = Identity::for_agents(&config).unwrap();
        let again = Identity::for_agents(&config).unwrap();
        assert_eq!(first.fingerprint(), again.fingerprint());
        let mode = std::fs::metadata(config.data_dir.join(AGENT_FILE)).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
        first.server_config(Alpn::Agents).unwrap();
        assert!(first.expires_at() > Some(Timestamp(0)));
    }

    #[test]
    fn files_that_are_no_certificates_are_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("empty.pem");
        std::fs::write(&path, "nothing").unwrap();
        let files = TlsFiles { certificate: path.clone(), key: path };
        assert!(Identity::read(&files).unwrap_err().to_string().contains("empty.pem"));
    }
}
