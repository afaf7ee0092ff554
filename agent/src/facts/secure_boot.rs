//! The firmware variable `SecureBoot` (UEFI 2.10, 3.3), through efivarfs.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::text_file::under;

const PATH: &str = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

/// Whether the firmware claims that Secure Boot is on; nothing if it says nothing, or something
/// that is neither 0 nor 1.
pub fn read(sysroot: &Path) -> Option<bool> {
    let mut bytes = Vec::new();
    // Four bytes of attributes, then the variable: one byte. One more would be another variable.
    File::open(under(sysroot, PATH)).ok()?.take(6).read_to_end(&mut bytes).ok()?;
    match bytes[..] {
        [_, _, _, _, 0] => Some(false),
        [_, _, _, _, 1] => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_zero_and_one_mean_something() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(read(root.path()), None);
        let path = under(root.path(), PATH);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        for (bytes, expected) in [
            (&[6, 0, 0, 0, 1][..], Some(true)),
            (&[6, 0, 0, 0, 0], Some(false)),
            (&[6, 0, 0, 0, 2], None),
            (&[6, 0, 0, 0], None),
            (&[6, 0, 0, 0, 1, 1], None),
            (&[], None),
        ] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(read(root.path()), expected, "{bytes:?}");
        }
    }
}
