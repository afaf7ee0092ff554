//! The firmware's event log, as the kernel shows it in securityfs.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use trustboard_model::digest::Sha256;
use trustboard_model::protocol::limit;

use crate::hash::sha256;
use crate::text_file::under;

/// Where the kernel shows the log of the first TPM.
pub const PATH: &str = "/sys/kernel/security/tpm0/binary_bios_measurements";

/// The log, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventLog {
    /// There is one.
    Present {
        /// All of it.
        bytes: Vec<u8>,
        /// Its SHA-256.
        digest: Sha256,
    },
    /// There is none that could be sent.
    Absent {
        /// Why, in words for an operator.
        reason: String,
    },
}

impl EventLog {
    /// Reads the log of the host at `sysroot`.
    pub fn read(sysroot: &Path) -> Self {
        Self::read_at_most(sysroot, limit::LOG_BYTES)
    }

    fn read_at_most(sysroot: &Path, limit: usize) -> Self {
        let absent = |reason| Self::Absent { reason };
        let mut bytes = Vec::new();
        // The length of a file in securityfs is not known before it is read.
        let read = File::open(under(sysroot, PATH))
            .and_then(|file| file.take(limit as u64 + 1).read_to_end(&mut bytes));
        match read {
            Ok(0) => absent(format!("{PATH} is empty")),
            Ok(_) if bytes.len() > limit => {
                absent(format!("{PATH} is larger than {limit} bytes, which is the limit"))
            }
            Ok(_) => {
                let digest = sha256(&bytes);
                Self::Present { bytes, digest }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => absent(format!(
                "{PATH} does not exist: the kernel got no log from the firmware, or securityfs \
                 is not mounted"
            )),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => absent(format!(
                "the agent may not read {PATH}: it needs root or CAP_DAC_READ_SEARCH"
            )),
            Err(error) => absent(format!("{PATH} cannot be read: {error}")),
        }
    }

    /// The digest, if there is a log.
    pub fn digest(&self) -> Option<Sha256> {
        match self {
            Self::Present { digest, .. } => Some(*digest),
            Self::Absent { .. } => None,
        }
    }

    /// Why there is none, if there is none.
    pub fn absent(&self) -> Option<&str> {
        match self {
            Self::Present { .. } => None,
            Self::Absent { reason } => Some(reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn host_with(log: &[u8]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let path = under(root.path(), PATH);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, log).unwrap();
        root
    }

    #[test]
    fn a_log_is_read_whole_up_to_the_limit() {
        let root = host_with(&[7; 100]);
        let EventLog::Present { bytes, digest } = EventLog::read_at_most(root.path(), 100) else {
            panic!("expected a log")
        };
        assert_eq!((bytes.len(), digest), (100, sha256(&[7; 100])));
    }

    #[test]
    fn each_reason_for_no_log_has_its_words() {
        let reason = |root: &Path, limit| {
            EventLog::read_at_most(root, limit).absent().map(str::to_owned).unwrap()
        };
        let larger = host_with(&[7; 101]);
        assert!(reason(larger.path(), 100).contains("larger than 100 bytes"));
        let empty = host_with(&[]);
        assert!(reason(empty.path(), 100).contains("is empty"));
        let bare = tempfile::tempdir().unwrap();
        assert!(reason(bare.path(), 100).contains("does not exist"));
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir_all(under(directory.path(), PATH)).unwrap();
        assert!(reason(directory.path(), 100).contains("cannot be read"));
    }
}
