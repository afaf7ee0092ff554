//! The directory of TPM makers' certificates.

use std::path::Path;

use trustboard_attest::Makers;

/// The longest file that is read, in bytes: the largest published bundle of all makers' roots and
/// intermediates is below 2 MiB.
const MAX_FILE: u64 = 8 * 1024 * 1024;

/// Reads every file of `dir`. Files that cannot be used are named; the others count.
pub fn read(dir: &Path) -> (Makers, Vec<String>) {
    let mut makers = Makers::default();
    let mut problems = Vec::new();
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => return (makers, vec![format!("{}: {error}", dir.display())]),
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
    let mut certificates = 0;
    for file in files {
        match add(&mut makers, &file) {
            Ok(added) => certificates += added,
            Err(problem) => problems.push(format!("{}: {problem}", file.display())),
        }
    }
    tracing::info!(certificates, dir = %dir.display(), "read the makers' certificates");
    (makers, problems)
}

fn add(makers: &mut Makers, file: &Path) -> Result<usize, String> {
    let size = std::fs::metadata(file).map_err(|error| error.to_string())?.len();
    if size > MAX_FILE {
        return Err(format!("{size} bytes are too many, at most {MAX_FILE} are read"));
    }
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    match makers.add(&bytes) {
        Ok(0) => Err("there is no certificate in it".to_owned()),
        Ok(added) => Ok(added),
        Err(error) => Err(error.to_string()),
    }
}
