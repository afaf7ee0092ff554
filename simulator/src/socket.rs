//! Unix sockets under long paths.

use std::fs::File;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

use crate::error::{Error, io};

/// A short name for a socket, valid as long as this value lives: a socket's address has room for
/// 107 bytes (unix(7)), which a folder somewhere below a home directory easily exceeds.
#[derive(Debug)]
pub struct ShortPath {
    _folder: File,
    path: PathBuf,
}

impl ShortPath {
    /// Opens the socket's folder.
    pub fn open(socket: &Path) -> Result<Self, Error> {
        let folder = socket.parent().unwrap_or(Path::new("."));
        let name = socket.file_name().unwrap_or_default();
        let folder = File::open(folder).map_err(io(folder))?;
        let path = Path::new("/proc/self/fd").join(folder.as_raw_fd().to_string()).join(name);
        Ok(Self { _folder: folder, path })
    }

    /// The name.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
