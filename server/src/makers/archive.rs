//! Archives of makers' certificates: zip, tar, gzip, one inside another once. Nothing is ever
//! written to a disk, so that names inside an archive are only names.

use std::io::{Cursor, Read};

use trustboard_model::maker::MakerProblem;
use trustboard_model::reason::bounded;

/// Bytes of a file that is read, packed or not: the largest published bundle of all makers' roots
/// and intermediates is below 2 MiB.
pub const FILE_BYTES: usize = 8 * 1024 * 1024;

/// Bytes of everything that an import unpacks.
const UNPACKED_BYTES: u64 = 32 * 1024 * 1024;

/// How much more than its packed size a file may have. Certificates hardly shrink; a tar of small
/// ones, padded to blocks, shrinks to a tenth.
const RATIO: u64 = 100;

/// What is unpacked whatever the ratio: a few empty blocks.
const ALWAYS_BYTES: u64 = 64 * 1024;

/// Files in an archive: the largest public collection has 358.
const FILES: usize = 4096;

/// Archives inside archives that are opened.
const DEPTH: u32 = 1;

/// A file that came out of an archive, or the archive itself where it could not be opened.
#[derive(Debug)]
pub struct Unpacked {
    /// `makers.zip/roots/a.crt`
    pub name: String,
    /// Its bytes, or why there are none.
    pub content: Result<Vec<u8>, MakerProblem>,
}

/// The files in `bytes`: what is inside if it is an archive, else the file itself. Directories and
/// hidden files (`.name`, `__MACOSX`) are left out.
pub fn unpack(name: &str, bytes: Vec<u8>) -> Vec<Unpacked> {
    let mut unpacking = Unpacking { files: Vec::new(), left: UNPACKED_BYTES };
    unpacking.open(bounded(name), bytes, 0);
    unpacking.files
}

struct Unpacking {
    files: Vec<Unpacked>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// What a file is, by its first bytes.
enum Kind {
    Zip,
    Gzip,
    Tar,
    /// Known, and not opened.
    Foreign(&'static str),
    Plain,
}

fn kind(bytes: &[u8]) -> Kind {
    // The magic of POSIX and GNU tar stands at the end of the first header (POSIX.1-2017, pax).
    let is_tar = bytes.get(257..262) == Some(b"ustar");
    match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Kind::Zip,
        [0x1F, 0x8B, ..] => Kind::Gzip,
        [b'M', b'S', b'C', b'F', ..] => Kind::Foreign("a cabinet (.cab)"),
        [b'7', b'z', 0xBC, 0xAF, ..] => Kind::Foreign("7-Zip"),
        [0xFD, b'7', b'z', b'X', b'Z', ..] => Kind::Foreign("xz"),
        [b'B', b'Z', b'h', ..] => Kind::Foreign("bzip2"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Kind::Foreign("zstd"),
        _ if is_tar => Kind::Tar,
        _ => Kind::Plain,
    }
}

impl Unpacking {
    fn put(&mut self, name: String, content: Result<Vec<u8>, MakerProblem>) {
        self.files.push(Unpacked { name, content });
    }

    fn open(&mut self, name: String, bytes: Vec<u8>, depth: u32) {
        let kind = kind(&bytes);
        if depth > DEPTH && matches!(kind, Kind::Zip | Kind::Gzip | Kind::Tar) {
            return self.put(name, Err(MakerProblem::TooDeep { limit: DEPTH.into() }));
        }
        match kind {
            Kind::Plain => self.put(name, Ok(bytes)),
            Kind::Foreign(what) => {
                let detail = format!("{what} is not opened: unpack it, or pack it as zip or tar");
                self.put(name, Err(MakerProblem::Archive { detail }));
            }
            Kind::Zip => self.open_zip(&name, &bytes, depth),
            Kind::Tar => self.open_tar(&name, &bytes, depth),
            Kind::Gzip => self.open_gzip(name, &bytes, depth),
        }
    }

    /// A gzip holds one file; a tar in it counts as the same archive.
    fn open_gzip(&mut self, name: String, bytes: &[u8], depth: u32) {
        let packed = bytes.len() as u64;
        match self.read(flate2::read::MultiGzDecoder::new(bytes), packed) {
            Err(problem) => self.put(name, Err(problem)),
            Ok(inside) if matches!(kind(&inside), Kind::Tar) => {
                self.open_tar(&name, &inside, depth);
            }
            Ok(inside) => self.open(name, inside, depth + 1),
        }
    }

    fn open_zip(&mut self, name: &str, bytes: &[u8], depth: u32) {
        let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => archive,
            Err(error) => return self.put(name.to_owned(), Err(broken(&error))),
        };
        for index in 0..archive.len() {
            if self.is_full(name) {
                return;
            }
            let mut entry = match archive.by_index(index) {
                Ok(entry) => entry,
                Err(error) => {
                    let name = format!("{name}/{}", index + 1);
                    self.put(name, Err(broken(&error)));
                    continue;
                }
            };
            let inside = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if entry.is_dir() || is_hidden(&inside) {
                continue;
            }
            let name = bounded(&format!("{name}/{inside}"));
            let packed = entry.compressed_size();
            match self.read(&mut entry, packed) {
                Ok(inside) => {
                    drop(entry);
                    self.open(name, inside, depth + 1);
                }
                Err(problem) => self.put(name, Err(problem)),
            }
        }
    }

    fn open_tar(&mut self, name: &str, bytes: &[u8], depth: u32) {
        let mut archive = tar::Archive::new(bytes);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.put(name.to_owned(), Err(broken(&error))),
        };
        for entry in entries {
            if self.is_full(name) {
                return;
            }
            let mut entry = match entry {
                Ok(entry) => entry,
                // What follows cannot be found.
                Err(error) => return self.put(name.to_owned(), Err(broken(&error))),
            };
            let inside = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if !entry.header().entry_type().is_file() || is_hidden(&inside) {
                continue;
            }
            let name = bounded(&format!("{name}/{}", inside.trim_start_matches("./")));
            let size = entry.size();
            match self.read(&mut entry, size) {
                Ok(inside) => self.open(name, inside, depth + 1),
                Err(problem) => self.put(name, Err(problem)),
            }
        }
    }

    /// Whether an archive has had as many files as are read; says so in the place of the rest.
    fn is_full(&mut self, name: &str) -> bool {
        let full = self.files.len() >= FILES;
        if full {
            self.put(name.to_owned(), Err(MakerProblem::TooMany { limit: FILES as u64 }));
        }
        full
    }

    /// Unpacks one file of `packed` bytes. Sizes that an archive states are not relied upon.
    fn read(&mut self, from: impl Read, packed: u64) -> Result<Vec<u8>, MakerProblem> {
        let by_ratio = packed.saturating_mul(RATIO).max(ALWAYS_BYTES);
        let limit = (FILE_BYTES as u64).min(self.left).min(by_ratio);
        let mut bytes = Vec::new();
        let read = from.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| broken(&error))?;
        let found = bytes.len() as u64;
        if found <= limit {
            self.left -= found;
            return Ok(bytes);
        }
        Err(if limit == by_ratio {
            MakerProblem::Bomb { limit: RATIO }
        } else {
            MakerProblem::TooLong { bytes: found, limit }
        })
    }
}

fn broken(error: &dyn std::fmt::Display) -> MakerProblem {
    MakerProblem::Archive { detail: bounded(&error.to_string()) }
}

/// Editors', version control's and Finder's own files.
fn is_hidden(path: &str) -> bool {
    path.split(['/', '\\'])
        .any(|part| part == "__MACOSX" || (part.starts_with('.') && part.len() > 2))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, bytes) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            builder.append_data(&mut header, name, *bytes).unwrap();
        }
        builder.into_inner().unwrap()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// Names, and contents or problems.
    fn seen(name: &str, bytes: Vec<u8>) -> Vec<(String, Result<Vec<u8>, MakerProblem>)> {
        unpack(name, bytes).into_iter().map(|file| (file.name, file.content)).collect()
    }

    #[test]
    fn files_come_out_of_every_kind_of_archive() {
        let files: [(&str, &[u8]); 2] = [("roots/a.crt", b"one"), ("b.crt", b"two")];
        for (name, bytes) in
            [("m.zip", zip(&files)), ("m.tar", tar(&files)), ("m.tgz", gzip(&tar(&files)))]
        {
            let expected = [
                (format!("{name}/roots/a.crt"), Ok(b"one".to_vec())),
                (format!("{name}/b.crt"), Ok(b"two".to_vec())),
            ];
            assert_eq!(seen(name, bytes), expected);
        }
        assert_eq!(seen("a.crt", b"0".to_vec()), [("a.crt".to_owned(), Ok(b"0".to_vec()))]);
        let packed = gzip(b"0123");
        assert_eq!(seen("a.crt.gz", packed), [("a.crt.gz".to_owned(), Ok(b"0123".to_vec()))]);
        assert_eq!(seen("empty.zip", zip(&[])), []);
    }

    #[test]
    fn archives_are_opened_one_inside_another_and_no_deeper() {
        let inner = zip(&[("a.crt", b"one")]);
        let middle = tar(&[("inner.zip", &inner)]);
        let name = "m.tar/inner.zip/a.crt".to_owned();
        assert_eq!(seen("m.tar", middle.clone()), [(name, Ok(b"one".to_vec()))]);
        let name = "o.zip/m.tar/inner.zip".to_owned();
        assert_eq!(
            seen("o.zip", zip(&[("m.tar", &middle)])),
            [(name, Err(MakerProblem::TooDeep { limit: 1 }))]
        );
    }

    #[test]
    fn hidden_files_are_left_out_and_names_are_only_names() {
        let bytes =
            zip(&[("__MACOSX/._a.crt", b"x"), (".DS_Store", b"x"), ("../../etc/a.crt", b"one")]);
        assert_eq!(
            seen("m.zip", bytes),
            [("m.zip/../../etc/a.crt".to_owned(), Ok(b"one".to_vec()))]
        );
    }

    #[test]
    fn what_unpacks_to_far_more_is_not_unpacked() {
        let zeros = vec![0; 4 * 1024 * 1024];
        for bytes in [zip(&[("a.crt", &zeros)]), gzip(&zeros)] {
            let seen = seen("bomb", bytes);
            assert!(
                matches!(&seen[..], [(_, Err(MakerProblem::Bomb { limit: RATIO }))]),
                "{}",
                seen.len()
            );
        }
        // A size that an archive only states means nothing.
        let mut lying = zip(&[("a.crt", b"one")]);
        let at = lying.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        lying[at + 24..at + 28].copy_from_slice(&0xFFFF_FFF0u32.to_le_bytes());
        for (_, content) in seen("lying.zip", lying) {
            assert!(content.is_err() || content == Ok(b"one".to_vec()));
        }
    }

    #[test]
    fn what_is_too_much_altogether_ends_the_import() {
        // Random enough not to shrink: a multiplicative generator, as reproducible as needed.
        let mut state = 1u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(7 * 1024 * 1024)
        .collect();
        let files: Vec<(&str, &[u8])> = ["a", "b", "c", "d", "e"].map(|n| (n, &noise[..])).into();
        let seen = seen("m.tar", tar(&files));
        assert_eq!(seen.iter().filter(|(_, content)| content.is_ok()).count(), 4);
        assert!(matches!(seen[4].1, Err(MakerProblem::TooLong { .. })));
    }

    #[test]
    fn thousands_of_files_are_cut_off_and_said_so() {
        let names: Vec<String> = (0..FILES + 5).map(|n| format!("{n}.crt")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (&name[..], &b"0"[..])).collect();
        let seen = seen("m.zip", zip(&files));
        assert_eq!(seen.len(), FILES + 1);
        assert_eq!(seen[FILES].1, Err(MakerProblem::TooMany { limit: 4096 }));
    }

    #[test]
    fn damaged_and_foreign_archives_say_so() {
        let whole = zip(&[("a.crt", b"one")]);
        for bytes in [
            whole[..whole.len() - 10].to_vec(),
            gzip(b"0123")[..12].to_vec(),
            b"MSCF\0\0\0\0".to_vec(),
            b"BZh9".to_vec(),
        ] {
            let seen = seen("x", bytes);
            let [(_, Err(MakerProblem::Archive { detail }))] = &seen[..] else {
                panic!("{seen:?}")
            };
            assert!(!detail.is_empty());
        }
    }
}
