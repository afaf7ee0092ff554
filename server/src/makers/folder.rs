//! The server's folder of makers' certificates (`makers_dir`): what lies there counts, because
//! whoever can write there runs the server.

use std::path::Path;

use trustboard_attest::FileItem;
use trustboard_attest::endorsement::{Certificate, RevocationList};

use super::archive::FILE_BYTES;
use super::bundle;

/// What the folder holds, each with its file's name.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Certificates.
    pub(super) certificates: Vec<(Certificate, String)>,
    /// Revocation lists.
    pub(super) lists: Vec<(RevocationList, String)>,
}

impl Folder {
    /// Reads every file of `dir`. Files that cannot be used are named; the others count.
    pub fn read(dir: &Path) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let entries = match std::fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) => return (Self::default(), vec![format!("{}: {error}", dir.display())]),
        };
        let mut files = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => files.push(entry.path()),
                Err(error) => problems.push(format!("{}: {error}", dir.display())),
            }
        }
        // Hidden files are editors' and version control's; the order makes messages repeatable.
        files.retain(|file| {
            file.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.'))
                && !file.is_dir()
        });
        files.sort();
        let mut folder = Self::default();
        for file in files {
            if let Err(problem) = read(&file).and_then(|bytes| folder.add(&file, bytes)) {
                problems.push(format!("{}: {problem}", file.display()));
            }
        }
        let certificates = folder.certificates.len();
        tracing::info!(certificates, dir = %dir.display(), "read the makers' certificates");
        (folder, problems)
    }

    /// Adds what a file holds. A file with an error adds nothing: a folder is put in order by
    /// hand, and half a maker is no order.
    pub fn add(&mut self, file: &Path, bytes: Vec<u8>) -> Result<(), String> {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (mut certificates, mut lists) = (Vec::new(), Vec::new());
        for found in bundle::read(&name, bytes) {
            match found.item {
                FileItem::Certificate(usable) => {
                    certificates.push((usable.certificate, found.place));
                }
                FileItem::RevocationList(list) => lists.push((*list, found.place)),
                FileItem::Refused { problem, .. } => {
                    return Err(match found.number {
                        Some(number) => format!("certificate {number}: {problem}"),
                        None => problem.to_string(),
                    });
                }
            }
        }
        self.certificates.extend(certificates);
        self.lists.extend(lists);
        Ok(())
    }
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    let size = std::fs::metadata(file).map_err(|error| error.to_string())?.len();
    if size > FILE_BYTES as u64 {
        return Err(format!("{size} bytes are too many, at most {FILE_BYTES} are read"));
    }
    std::fs::read(file).map_err(|error| error.to_string())
}
