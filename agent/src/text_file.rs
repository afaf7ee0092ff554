//! Small text files of the host, read with a limit and under a sysroot.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use trustboard_model::facts::HostFacts;

/// Bytes of a text file that are read at most. os-release files stay below 1 KiB.
const LIMIT: u64 = 16 * 1024;

/// Where an absolute path of the host is when the host's root is seen at `sysroot`.
pub fn under(sysroot: &Path, path: &str) -> PathBuf {
    sysroot.join(path.trim_start_matches('/'))
}

/// The first [`LIMIT`] bytes of a file as text; bytes that are no UTF-8 are replaced.
pub fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LIMIT).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The first line of a file as a fact; nothing if the file is missing, unreadable or empty.
pub fn first_line(path: &Path) -> Option<String> {
    let text = read(path).ok()?;
    fact(text.lines().next()?)
}

/// Text as it may stand in a fact: trimmed, without control characters, within the limit; nothing
/// if nothing is left.
pub fn fact(text: &str) -> Option<String> {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    let clean = clean.trim();
    let end = clean.floor_char_boundary(HostFacts::MAX_TEXT);
    (end > 0).then(|| clean[..end].to_owned()) // a char boundary within the text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_bounded_and_clean() {
        assert_eq!(fact("  a\u{1b}[31mb\n"), Some("a[31mb".into()));
        assert_eq!(fact(" \t "), None);
        let long = "é".repeat(300);
        let short = fact(&long).unwrap();
        assert_eq!(short.len(), 256);
        assert!(long.starts_with(&short));
        assert_eq!(fact(&format!("x{long}")).unwrap().len(), 255);
    }

    #[test]
    fn absolute_paths_stay_under_the_sysroot() {
        assert_eq!(under(Path::new("/host"), "/proc/version"), Path::new("/host/proc/version"));
        assert_eq!(under(Path::new("/"), "/proc/version"), Path::new("/proc/version"));
    }
}
