//! The state directory: what an enrolment left behind.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, chown};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;

use crate::server_address::ServerAddress;

const ENROLMENT: &str = "enrolment.json";

/// Bytes of a state file that are read at most.
const LIMIT: u64 = 64 * 1024;

/// Who this host is, to which server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// The server.
    pub server: ServerAddress,
    /// Others that share the work with it, if the agent was told of any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<ServerAddress>,
    /// SHA-256 of the server's certificate (DER): the only one that is trusted.
    pub fingerprint: Sha256,
    /// The host's id.
    pub host: HostId,
    /// The session credential, 32 bytes. A secret.
    pub credential: Bytes,
}

impl Enrolment {
    /// All servers; at any of them the host is known.
    pub fn servers(&self) -> Vec<ServerAddress> {
        std::iter::once(&self.server).chain(&self.others).cloned().collect()
    }

    /// Adds servers that it does not name yet.
    pub fn add_servers(&mut self, servers: &[ServerAddress]) {
        for server in servers {
            if *server != self.server && !self.others.contains(server) {
                self.others.push(server.clone());
            }
        }
    }
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Enrolment(host {} at {}, credential hidden)", self.host, self.server)
    }
}

/// A state file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The operating system refused.
    #[error("cannot {doing} {}: {source}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
    /// The file holds something else.
    #[error("{} is damaged: {problem}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong, without repeating the file: it may hold a secret.
        problem: String,
    },
}

/// The directory in which the agent keeps what must survive it.
#[derive(Debug, Clone)]
pub struct StateDirectory {
    path: PathBuf,
}

impl StateDirectory {
    /// Names the directory; nothing is read or made yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The enrolment, if there was one.
    pub fn enrolment(&self) -> Result<Option<Enrolment>, StateError> {
        self.read(ENROLMENT)
    }

    /// Keeps an enrolment in place of any earlier one.
    pub fn keep_enrolment(&self, enrolment: &Enrolment) -> Result<(), StateError> {
        self.write(ENROLMENT, enrolment)
    }

    /// Makes the directory if it is missing, and proves that it can be written to: asked before an
    /// enrolment token is used up.
    pub fn prepare(&self) -> Result<(), StateError> {
        let probe = self.path.join(".probe");
        self.create()?;
        File::create(&probe)
            .and_then(|_| fs::remove_file(&probe))
            .map_err(|source| StateError::Io { doing: "write", path: probe, source })
    }

    /// Reads a JSON file; nothing if there is none.
    pub(crate) fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StateError> {
        let path = self.path.join(name);
        let io_error = |source| StateError::Io { doing: "read", path: path.clone(), source };
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io_error(error)),
        };
        let mut text = Vec::new();
        io::Read::read_to_end(&mut io::Read::take(file, LIMIT), &mut text).map_err(io_error)?;
        serde_json::from_slice(&text).map(Some).map_err(|error| StateError::Damaged {
            problem: format!("line {}, column {}", error.line(), error.column()),
            path: path.clone(),
        })
    }

    /// Writes a JSON file so that after a crash there is either the old one or the new one, and
    /// nobody else can read it.
    pub(crate) fn write<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StateError> {
        self.create()?;
        let path = self.path.join(name);
        let partial = self.path.join(format!("{name}.partial"));
        let write = || {
            let text = serde_json::to_vec_pretty(value).map_err(io::Error::other)?;
            // A partial file of a crash may be there, with whatever mode: start anew.
            match fs::remove_file(&partial) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file =
                OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
            file.write_all(&text)?;
            file.sync_all()?;
            self.hand_over(&partial)?;
            fs::rename(&partial, &path)?;
            // The rename itself lasts only once the directory is on disk.
            File::open(&self.path)?.sync_all()
        };
        write().map_err(|source| StateError::Io { doing: "write", path: path.clone(), source })
    }

    /// Gives a file to whom the directory belongs: `enroll` is typed by root, `run` is not.
    fn hand_over(&self, file: &Path) -> io::Result<()> {
        let directory = fs::metadata(&self.path)?;
        let meta = fs::metadata(file)?;
        if (meta.uid(), meta.gid()) == (directory.uid(), directory.gid()) || meta.uid() != 0 {
            return Ok(());
        }
        chown(file, Some(directory.uid()), Some(directory.gid()))
    }

    fn create(&self) -> Result<(), StateError> {
        use std::os::unix::fs::DirBuilderExt as _;
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.path).map_err(|source| {
            StateError::Io { doing: "create the directory", path: self.path.clone(), source }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn enrolment() -> Enrolment {
        Enrolment {
            server: "https://trustboard.example:8443".parse().unwrap(),
            others: Vec::new(),
            fingerprint: Sha256([1; 32]),
            host: HostId::from_random([2; 16]),
            credential: vec![0xC5; 32].into(),
        }
    }

    #[test]
    fn what_is_kept_is_found_again_and_private() {
        let root = tempfile::tempdir().unwrap();
        let state = StateDirectory::new(root.path().join("a/b"));
        assert!(state.enrolment().unwrap().is_none());
        // What a crash may have left behind is in nobody's way.
        state.prepare().unwrap();
        fs::write(state.path().join("enrolment.json.partial"), "{").unwrap();
        for _ in 0..2 {
            state.keep_enrolment(&enrolment()).unwrap();
            assert_eq!(state.enrolment().unwrap(), Some(enrolment()));
        }
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&state.path().join(ENROLMENT)), 0o600);
        assert_eq!(mode(state.path()), 0o700);
        assert_eq!(fs::read_dir(state.path()).unwrap().count(), 1, "no partial file is left");
    }

    #[test]
    fn other_servers_are_kept_once_and_what_knows_none_stays_as_it_was() {
        let before = serde_json::to_string(&enrolment()).unwrap();
        assert!(!before.contains("others"), "{before}");
        let mut known = enrolment();
        let more = ["https://trustboard.example:8443", "https://b:1", "https://b:1", "https://c:1"];
        known.add_servers(&more.map(|server| server.parse().unwrap()));
        let text = serde_json::to_string(&known).unwrap();
        let read: Enrolment = serde_json::from_str(&text).unwrap();
        let servers: Vec<_> = read.servers().iter().map(ToString::to_string).collect();
        assert_eq!(servers, ["https://trustboard.example:8443", "https://b:1", "https://c:1"]);
    }

    #[test]
    fn a_damaged_file_is_named_and_not_repeated() {
        let root = tempfile::tempdir().unwrap();
        let state = StateDirectory::new(root.path());
        fs::write(root.path().join(ENROLMENT), "{\"credential\": \"c5c5").unwrap();
        let text = state.enrolment().unwrap_err().to_string();
        assert!(text.contains(ENROLMENT) && !text.contains("c5c5"), "{text}");
    }

    #[test]
    fn a_directory_that_cannot_be_made_is_refused_before_anything_is_used_up() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(matches!(
            StateDirectory::new(file.join("state")).prepare(),
            Err(StateError::Io { .. })
        ));
    }

    #[test]
    fn debug_hides_the_credential() {
        assert!(!format!("{:?}", enrolment()).contains("c5c5"));
    }
}
