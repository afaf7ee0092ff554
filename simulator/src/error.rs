//! What can go wrong with a simulated host.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// A failure, in words for whoever runs the simulator.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or socket.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What happened.
        source: std::io::Error,
    },
    /// A program could not be started, or ended with an error.
    #[error("{program}: {problem}")]
    Program {
        /// Which.
        program: String,
        /// Its exit status and the end of its output.
        problem: String,
    },
    /// The TPM refused a command.
    #[error("{command}: TPM response code {code:#05x}")]
    Tpm {
        /// Which command (TPM 2.0 Part 3).
        command: &'static str,
        /// `TPM_RC` (TPM 2.0 Part 2, 6.6).
        code: u32,
    },
    /// A TPM response that is not one.
    #[error("{command}: the response breaks off or is longer than 4 KiB")]
    TpmResponse {
        /// The command that it answers.
        command: &'static str,
    },
    /// Something did not happen in time.
    #[error("{what} after {} s", .limit.as_secs())]
    Timeout {
        /// What was waited for: `db-prod-01 did not answer a challenge`.
        what: String,
        /// How long.
        limit: Duration,
    },
    /// A certificate could not be made.
    #[error("a certificate could not be made: {0}")]
    Certificate(rcgen::Error),
    /// What is asked for cannot be done with this host now.
    #[error("{0}")]
    Refused(String),
}

/// Names the path in an error.
pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io { path, source }
}
