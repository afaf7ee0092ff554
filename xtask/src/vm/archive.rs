//! A cpio archive in the one format that the kernel unpacks ("newc": the kernel's
//! Documentation/driver-api/early-userspace/buffer-format.rst), the same bytes for the same files.

use std::collections::BTreeSet;

const FOLDER: u32 = 0o040_755;
const FILE: u32 = 0o100_644;
const PROGRAM: u32 = 0o100_755;

/// An archive that grows file by file.
#[derive(Default)]
pub struct Archive {
    bytes: Vec<u8>,
    entries: u32,
    folders: BTreeSet<String>,
}

impl Archive {
    /// Adds an empty folder, and those above it. Paths have no slash in front.
    pub fn folder(&mut self, path: &str) {
        if path.is_empty() || self.folders.contains(path) {
            return;
        }
        self.folder_of(path);
        self.folders.insert(path.to_owned());
        self.entry(path, FOLDER, &[]);
    }

    /// Adds a file, and the folders above it.
    pub fn file(&mut self, path: &str, content: &[u8]) {
        self.folder_of(path);
        self.entry(path, FILE, content);
    }

    /// Adds a file that can be run, and the folders above it.
    pub fn program(&mut self, path: &str, content: &[u8]) {
        self.folder_of(path);
        self.entry(path, PROGRAM, content);
    }

    /// The whole archive.
    pub fn finish(mut self) -> Vec<u8> {
        self.entry("TRAILER!!!", 0, &[]);
        self.bytes
    }

    fn folder_of(&mut self, path: &str) {
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.folder(folder);
        }
    }

    fn entry(&mut self, path: &str, mode: u32, content: &[u8]) {
        let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        self.entries += 1;
        // Inode, mode, owner, group, links, time, size, four device numbers, length of the name
        // with its NUL, checksum (of another format).
        let fields = [
            self.entries,
            mode,
            0,
            0,
            1,
            0,
            size(content.len()),
            0,
            0,
            0,
            0,
            size(path.len() + 1),
            0,
        ];
        self.bytes.extend_from_slice(b"070701");
        for field in fields {
            self.bytes.extend_from_slice(format!("{field:08x}").as_bytes());
        }
        self.bytes.extend_from_slice(path.as_bytes());
        self.bytes.push(0);
        self.pad();
        self.bytes.extend_from_slice(content);
        self.pad();
    }

    /// Names and contents end at a multiple of four.
    fn pad(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names, modes and contents, read back as the kernel does.
    fn unpack(mut bytes: &[u8]) -> Vec<(String, u32, Vec<u8>)> {
        let mut entries = Vec::new();
        loop {
            let (header, rest) = bytes.split_at(110);
            assert_eq!(&header[..6], b"070701");
            let field = |index: usize| {
                let digits = std::str::from_utf8(&header[6 + index * 8..][..8]).unwrap();
                u32::from_str_radix(digits, 16).unwrap()
            };
            let (length, size) = (field(11) as usize, field(6) as usize);
            let name = std::str::from_utf8(&rest[..length - 1]).unwrap().to_owned();
            if name == "TRAILER!!!" {
                return entries;
            }
            let start = (110 + length).next_multiple_of(4);
            entries.push((name, field(1), bytes[start..start + size].to_vec()));
            bytes = &bytes[(start + size).next_multiple_of(4)..];
        }
    }

    #[test]
    fn files_come_back_with_the_folders_above_them_once() {
        let mut archive = Archive::default();
        archive.program("bin/busybox", b"\x7fELF");
        archive.file("bin/other", b"12345");
        archive.folder("proc");
        let entries = unpack(&archive.finish());
        let expected = [
            ("bin", FOLDER, &b""[..]),
            ("bin/busybox", PROGRAM, b"\x7fELF"),
            ("bin/other", FILE, b"12345"),
            ("proc", FOLDER, b""),
        ];
        let expected = expected.map(|(name, mode, data)| (name.to_owned(), mode, data.to_vec()));
        assert_eq!(entries, expected);
    }
}
