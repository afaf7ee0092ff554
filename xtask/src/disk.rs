//! What a disk was sent.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// Bytes that the disk under this folder was sent since the machine started, by whomever: sectors of 512
/// bytes in /sys/dev/block/MAJOR:MINOR/stat (Documentation/block/stat.rst of Linux). Nothing if the
/// folder is on no such disk.
pub fn written_bytes(folder: &Path) -> Option<u64> {
    let device = fs::metadata(folder).ok()?.dev();
    // As glibc's gnu_dev_major and gnu_dev_minor take them apart.
    let major = ((device >> 8) & 0xfff) | ((device >> 32) & 0xffff_f000);
    let minor = (device & 0xff) | ((device >> 12) & 0xffff_ff00);
    sent(&fs::read_to_string(format!("/sys/dev/block/{major}:{minor}/stat")).ok()?)
}

/// The seventh number of a disk's counts.
fn sent(stat: &str) -> Option<u64> {
    Some(stat.split_whitespace().nth(6)?.parse::<u64>().ok()? * 512)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sectors_that_were_written_are_counted() {
        let stat = "  112 0 8960 70 2500 300 40000 900 0 1200 970 0 0 0 0 5 6\n";
        assert_eq!(sent(stat), Some(40_000 * 512));
        assert_eq!(sent("112 0"), None);
        assert_eq!(written_bytes(Path::new("/nowhere")), None);
    }
}
