//! The operating system's own logs: IMA's measurement list and systemd's measurement log.
//!
//! Both are read before the quote, for the claims that it binds, and once more after it, so that
//! what is sent holds at least what was quoted.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use aws_lc_rs::digest::{Context, SHA256};
use trustboard_model::digest::{HashAlg, Sha256};
use trustboard_model::protocol::{Claimed, ImaPart, KnownIma, LogPart, OsLogClaims, OsLogs, limit};

use crate::hash::sha256;
use crate::text_file::{fact, under};

/// IMA's list. The plain name is that of the list with SHA-1 template digests, which kernels have
/// had from the start; the others have it beside one for each bank since 6.10.
const IMA_LISTS: [(&str, HashAlg); 4] = [
    ("/sys/kernel/security/ima/binary_runtime_measurements", HashAlg::Sha1),
    ("/sys/kernel/security/ima/binary_runtime_measurements_sha256", HashAlg::Sha256),
    ("/sys/kernel/security/ima/binary_runtime_measurements_sha384", HashAlg::Sha384),
    ("/sys/kernel/security/ima/binary_runtime_measurements_sha512", HashAlg::Sha512),
];

/// systemd's log.
const SYSTEMD_LOG: &str = "/run/log/systemd/tpm2-measure.log";

/// The logs at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OsLogsNow {
    ima: Result<Ima, String>,
    systemd: Result<Vec<u8>, String>,
}

/// A part of IMA's list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ima {
    digests: HashAlg,
    from: u64,
    bytes: Vec<u8>,
    more: bool,
}

impl OsLogsNow {
    /// Reads the logs of the host at `sysroot`; of IMA's list only what follows `known`, if the
    /// list still has those bytes there.
    pub fn read(sysroot: &Path, known: Option<&KnownIma>) -> Self {
        Self {
            ima: read_ima(sysroot, known, limit::IMA_BYTES),
            systemd: read_systemd(sysroot, limit::SYSTEMD_LOG_BYTES),
        }
    }

    /// What the claims say of them before the quote is made.
    pub fn claims(&self) -> OsLogClaims {
        let absent = |why: &String| Claimed::Absent { why: fact(why).unwrap_or_default() };
        let present = |from, bytes: &[u8]| Claimed::Present {
            from,
            bytes: bytes.len() as u64,
            digest: sha256(bytes),
        };
        OsLogClaims {
            ima: match &self.ima {
                Ok(ima) => present(ima.from, &ima.bytes),
                Err(why) => absent(why),
            },
            systemd: match &self.systemd {
                Ok(bytes) => present(0, bytes),
                Err(why) => absent(why),
            },
        }
    }

    /// Whether `after` is the same, or has grown: then it is what these claims speak of.
    pub fn goes_on_in(&self, after: &Self) -> bool {
        let ima = match (&self.ima, &after.ima) {
            (Ok(before), Ok(after)) => {
                before.from == after.from
                    && before.digests == after.digests
                    && after.bytes.starts_with(&before.bytes)
            }
            (Err(_), Err(_)) => true,
            _ => false,
        };
        let systemd = match (&self.systemd, &after.systemd) {
            (Ok(before), Ok(after)) => after.starts_with(before),
            (Err(_), Err(_)) => true,
            _ => false,
        };
        ima && systemd
    }

    /// What is sent, without the log that the server has.
    pub fn into_parts(self, known_systemd_log: Option<Sha256>) -> OsLogs {
        OsLogs {
            ima: match self.ima {
                Ok(Ima { digests, from, bytes, more }) => {
                    ImaPart::Part { digests, from, bytes: bytes.into(), more }
                }
                Err(_) => ImaPart::Absent,
            },
            systemd: match self.systemd {
                Ok(bytes) if known_systemd_log == Some(sha256(&bytes)) => LogPart::Known,
                Ok(bytes) => LogPart::Full { bytes: bytes.into() },
                Err(_) => LogPart::Absent,
            },
        }
    }
}

fn read_systemd(sysroot: &Path, limit: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    File::open(under(sysroot, SYSTEMD_LOG))
        .and_then(|file| file.take(limit as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| why(SYSTEMD_LOG, "systemd measures nothing on this host", &error))?;
    if bytes.len() > limit {
        return Err(format!("{SYSTEMD_LOG} is larger than {limit} bytes, which is the limit"));
    }
    Ok(bytes)
}

fn read_ima(sysroot: &Path, known: Option<&KnownIma>, limit: usize) -> Result<Ima, String> {
    let (first, _) = IMA_LISTS[0]; // there are four
    let open = |(path, digests): &(&str, HashAlg)| match File::open(under(sysroot, path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        opened => Some(opened.map(|file| (file, *digests))),
    };
    let open = || match IMA_LISTS.iter().find_map(open) {
        None => Err(io::ErrorKind::NotFound.into()),
        Some(opened) => opened,
    };
    let explain = |error: io::Error| {
        why(first, "the kernel has no IMA, or securityfs is not mounted", &error)
    };
    if let Some(known) = known {
        let (mut file, digests) = open().map_err(explain)?;
        if skip_known(&mut file, known).map_err(explain)? {
            return read_part(file, digests, known.to, limit).map_err(explain);
        }
    }
    let (file, digests) = open().map_err(explain)?;
    read_part(file, digests, 0, limit).map_err(explain)
}

fn read_part(file: File, digests: HashAlg, from: u64, limit: usize) -> io::Result<Ima> {
    let mut bytes = Vec::new();
    // The length of a file in securityfs is not known before it is read.
    file.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    let more = bytes.len() > limit;
    bytes.truncate(limit);
    Ok(Ima { digests, from, bytes, more })
}

/// Reads up to where `known` ends. Whether the list has these bytes there.
fn skip_known(file: &mut File, known: &KnownIma) -> io::Result<bool> {
    let Some(length) = known.to.checked_sub(known.from) else { return Ok(false) };
    if io::copy(&mut file.take(known.from), &mut io::sink())? != known.from {
        return Ok(false);
    }
    let mut context = Context::new(&SHA256);
    let mut left = length;
    let mut buffer = [0; 16 * 1024];
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = file.read(&mut buffer[..most])?; // at most its length
        if read == 0 {
            return Ok(false);
        }
        context.update(&buffer[..read]); // `read` gives at most what it was given
        left -= read as u64;
    }
    Ok(context.finish().as_ref() == known.digest.0)
}

fn why(path: &str, missing: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("{path} does not exist: {missing}"),
        io::ErrorKind::PermissionDenied => {
            format!("the agent may not read {path}: it needs root or CAP_DAC_READ_SEARCH")
        }
        _ => format!("{path} cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn write(root: &Path, path: &str, bytes: &[u8]) {
        let file = under(root, path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    fn known(list: &[u8], from: usize, to: usize) -> KnownIma {
        let digest = sha256(&list[from..to]);
        KnownIma { reset_count: 1, from: from as u64, to: to as u64, digest }
    }

    #[test]
    fn only_what_follows_the_known_part_is_read() {
        let root = tempfile::tempdir().unwrap();
        let list: Vec<u8> = (0..=255).cycle().take(50_000).collect();
        write(root.path(), IMA_LISTS[0].0, &list);
        let ima = read_ima(root.path(), Some(&known(&list, 1_000, 40_000)), 1 << 20).unwrap();
        assert_eq!((ima.from, &ima.bytes[..], ima.more), (40_000, &list[40_000..], false));
        // A part of the list that is not in it, or lies beyond its end: the list from its start.
        let other = KnownIma { digest: sha256(b"other"), ..known(&list, 0, 10) };
        let beyond = KnownIma { to: 60_000, ..known(&list, 0, 10) };
        let backwards = KnownIma { from: 20, ..known(&list, 0, 10) };
        let after_the_end = KnownIma { from: 55_000, to: 60_000, ..known(&list, 0, 10) };
        for known in [other, beyond, backwards, after_the_end] {
            let ima = read_ima(root.path(), Some(&known), 1 << 20).unwrap();
            assert_eq!((ima.from, &ima.bytes[..]), (0, &list[..]));
        }
        let ima = read_ima(root.path(), None, 100).unwrap();
        assert_eq!((&ima.bytes[..], ima.more), (&list[..100], true));
    }

    #[test]
    fn the_list_of_another_bank_is_read_where_there_is_no_other() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), IMA_LISTS[1].0, b"list");
        assert_eq!(read_ima(root.path(), None, 10).unwrap().digests, HashAlg::Sha256);
    }

    #[test]
    fn growth_is_what_the_claims_speak_of_and_anything_else_is_not() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), IMA_LISTS[0].0, b"one");
        write(root.path(), SYSTEMD_LOG, b"record");
        let before = OsLogsNow::read(root.path(), None);
        let Claimed::Present { from: 0, bytes: 3, digest } = before.claims().ima else { panic!() };
        assert_eq!(digest, sha256(b"one"));
        write(root.path(), IMA_LISTS[0].0, b"one two");
        let after = OsLogsNow::read(root.path(), None);
        assert!(before.goes_on_in(&after) && !after.goes_on_in(&before));
        let parts = after.into_parts(Some(sha256(b"record")));
        assert_eq!(parts.systemd, LogPart::Known);
        let ImaPart::Part { bytes, .. } = parts.ima else { panic!() };
        assert_eq!(&bytes[..], b"one two");
        fs::remove_file(under(root.path(), SYSTEMD_LOG)).unwrap();
        assert!(!before.goes_on_in(&OsLogsNow::read(root.path(), None)));
    }

    #[test]
    fn each_reason_for_no_log_has_its_words() {
        let root = tempfile::tempdir().unwrap();
        let now = OsLogsNow::read(root.path(), None);
        let Claimed::Absent { why } = now.claims().ima else { panic!() };
        assert!(why.contains("the kernel has no IMA"), "{why}");
        let Claimed::Absent { why } = now.claims().systemd else { panic!() };
        assert!(why.contains("does not exist"), "{why}");
        write(root.path(), SYSTEMD_LOG, &[b'x'; 11]);
        assert!(read_systemd(root.path(), 10).unwrap_err().contains("larger than 10 bytes"));
        fs::create_dir_all(under(root.path(), IMA_LISTS[0].0)).unwrap();
        assert!(read_ima(root.path(), None, 10).unwrap_err().contains("cannot be read"));
    }
}
