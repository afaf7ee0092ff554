//! The official list of revocations, as a file.

use std::path::Path;

use trustboard_attest::secure_boot::OfficialRevocations;

/// The longest file that is read, in bytes: the published ones have 25 KiB.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Reads `dbxupdate_*.bin`.
pub fn read(file: &Path) -> Result<OfficialRevocations, String> {
    let problem = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let size = std::fs::metadata(file).map_err(|error| problem(&error))?.len();
    if size > MAX_FILE {
        return Err(problem(&format!("{size} bytes are too many, at most {MAX_FILE} are read")));
    }
    let bytes = std::fs::read(file).map_err(|error| problem(&error))?;
    let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let list = OfficialRevocations::parse(&name, &bytes).map_err(|error| problem(&error))?;
    let published = list.published().unwrap_or("unknown");
    tracing::info!(
        revocations = list.len(),
        published,
        file = %file.display(),
        "read the official list of revocations"
    );
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_list_is_refused_with_the_name_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("dbxupdate.bin");
        assert!(read(&file).unwrap_err().contains("dbxupdate.bin: "));
        std::fs::write(&file, "<html>not found</html>").unwrap();
        assert!(read(&file).unwrap_err().contains("EFI signature list"));
        std::fs::File::create(&file).unwrap().set_len(MAX_FILE + 1).unwrap();
        assert!(read(&file).unwrap_err().contains("too many"));
    }
}
