//! The official list of revocations, as the UEFI Forum and Microsoft publish it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;

use super::{SignatureKind, SignatureList};
use crate::reader::Reader;
use crate::{Error, budget, hash};

/// What dbx should revoke at least.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficialRevocations {
    published: Option<String>,
    entries: BTreeSet<(u8, Bytes)>,
}

impl OfficialRevocations {
    /// Reads `dbxupdate_*.bin`: EFI_VARIABLE_AUTHENTICATION_2 (UEFI 2.10, 8.2.2) and EFI signature
    /// lists; or the lists alone, as the content of a variable.
    ///
    /// The signature is not verified: the file is the server's own, and an operator's choice. Its
    /// time is a placeholder in all published files (2010-03-06), so the date of the list is taken
    /// from the file's `name` (`dbxupdate_x64-2021-04-29.bin`) where it has one.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let (time, lists) = match after_authentication(bytes) {
            Some((time, lists)) => (time, lists),
            None => (None, bytes),
        };
        let lists = SignatureList::parse(lists)?;
        if lists.is_empty() {
            let (part, problem) = ("list of revocations", "it revokes nothing".to_owned());
            return Err(Error { part, problem });
        }
        let entries = lists
            .entries()
            .iter()
            .filter_map(|entry| Some((kind(entry.kind)?, what(entry.kind, entry.signature))))
            .collect();
        Ok(Self { published: date_in(name).or(time), entries })
    }

    /// The date of the list, `2021-04-29`, if it is known.
    pub fn published(&self) -> Option<&str> {
        self.published.as_deref()
    }

    /// How many revocations there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Never: a list without entries is refused.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// SHA-256 over all of them and their date: another list has another.
    pub fn digest(&self) -> Sha256 {
        let mut parts: Vec<&[u8]> = vec![self.published.as_deref().unwrap_or_default().as_bytes()];
        for (kind, what) in &self.entries {
            parts.extend([std::slice::from_ref(kind), what]);
        }
        hash::sha256(&parts)
    }

    /// How many revocations `dbx` lacks.
    pub fn missing_in(&self, dbx: &SignatureList<'_>) -> usize {
        let present: BTreeSet<(u8, Bytes)> = dbx
            .entries()
            .iter()
            .filter_map(|entry| Some((kind(entry.kind)?, what(entry.kind, entry.signature))))
            .collect();
        self.entries.difference(&present).count()
    }
}

/// The kinds that dbx uses; others revoke nothing that can be compared.
fn kind(kind: SignatureKind) -> Option<u8> {
    match kind {
        SignatureKind::Sha256 => Some(0),
        SignatureKind::X509 => Some(1),
        SignatureKind::X509Hash => Some(2),
        SignatureKind::Other(_) => None,
    }
}

/// What is revoked, without since when.
fn what(kind: SignatureKind, signature: &[u8]) -> Bytes {
    const HASH: usize = 32;
    match kind {
        SignatureKind::X509Hash => signature.get(..HASH).unwrap_or(signature).into(),
        _ => signature.into(),
    }
}

/// The date and the rest after EFI_VARIABLE_AUTHENTICATION_2, if the bytes start with one.
fn after_authentication(bytes: &[u8]) -> Option<(Option<String>, &[u8])> {
    const REVISION: u16 = 0x0200;
    const EFI_GUID: u16 = 0x0EF1;
    const PLACEHOLDER: &str = "2010-03-06";
    let mut reader = Reader::new("list of revocations", bytes);
    let (year, month, day) =
        (reader.u16_le("Year").ok()?, reader.u8("Month").ok()?, reader.u8("Day").ok()?);
    reader.take(12, "EFI_TIME").ok()?;
    let length = usize::try_from(reader.u32_le("dwLength").ok()?).ok()?;
    let (revision, kind) =
        (reader.u16_le("wRevision").ok()?, reader.u16_le("wCertificateType").ok()?);
    if (revision, kind) != (REVISION, EFI_GUID) || length > budget::REVOCATIONS_BYTES {
        return None;
    }
    // The length counts itself, revision and type.
    reader.take(length.checked_sub(8)?, "certificate").ok()?;
    let date = format!("{year:04}-{month:02}-{day:02}");
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day) && date != PLACEHOLDER;
    Some((is_date.then_some(date), reader.rest()))
}

/// The first `YYYY-MM-DD` or `YYYYMMDD` in a name.
fn date_in(name: &str) -> Option<String> {
    let dashed = |from: usize| {
        let text = name.get(from..from + 10)?;
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        let right = text.char_indices().all(|(at, c)| (c == '-') == matches!(at, 4 | 7));
        (right && digits.len() == 8).then(|| text.to_owned())
    };
    let plain = |from: usize| {
        let text = name.get(from..from + 8)?;
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..)?);
        digits.then(|| format!("{year}-{month}-{day}"))
    };
    let date = (0..name.len()).find_map(|from| dashed(from).or_else(|| plain(from)))?;
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<u16>().ok();
    let right = (2000..=2200).contains(&number(0..4)?)
        && (1..=12).contains(&number(5..7)?)
        && (1..=31).contains(&number(8..10)?);
    right.then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An EFI signature list of SHA-256 hashes.
    fn list(hashes: &[[u8; 32]]) -> Vec<u8> {
        let mut bytes = vec![
            0x26, 0x16, 0xc4, 0xc1, 0x4c, 0x50, 0x92, 0x40, 0xac, 0xa9, 0x41, 0xf9, 0x36, 0x93,
            0x43, 0x28,
        ];
        bytes.extend(u32::try_from(28 + 48 * hashes.len()).unwrap().to_le_bytes());
        bytes.extend(0_u32.to_le_bytes());
        bytes.extend(48_u32.to_le_bytes());
        for hash in hashes {
            bytes.extend([9; 16]);
            bytes.extend(hash);
        }
        bytes
    }

    fn update(year: u16, lists: &[u8]) -> Vec<u8> {
        let mut bytes = year.to_le_bytes().to_vec();
        bytes.extend([3, 6, 19, 17, 21, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend(12_u32.to_le_bytes());
        bytes.extend([0, 2, 0xF1, 0x0E, 1, 2, 3, 4]);
        [&bytes, lists].concat()
    }

    #[test]
    fn a_list_is_read_with_and_without_its_signature() {
        let lists = list(&[[1; 32], [2; 32]]);
        let bare = OfficialRevocations::parse("dbx", &lists).unwrap();
        assert_eq!((bare.len(), bare.published()), (2, None));
        let signed = OfficialRevocations::parse("dbx.bin", &update(2010, &lists)).unwrap();
        assert_eq!(signed, bare);
        let dated = OfficialRevocations::parse("dbx.bin", &update(2025, &lists)).unwrap();
        assert_eq!(dated.published(), Some("2025-03-06"));
        let named = OfficialRevocations::parse("x64-20241101.bin", &update(2010, &lists)).unwrap();
        assert_eq!(named.published(), Some("2024-11-01"));
        assert_eq!(bare.digest(), signed.digest());
        assert_ne!(bare.digest(), named.digest());
        let dbx = list(&[[2; 32], [3; 32]]);
        assert_eq!(bare.missing_in(&SignatureList::parse(&dbx).unwrap()), 1);
    }

    #[test]
    fn a_file_that_revokes_nothing_or_is_no_list_is_refused() {
        assert!(OfficialRevocations::parse("dbx", &[]).is_err());
        assert!(OfficialRevocations::parse("dbx", b"<html>not found</html>").is_err());
        assert!(OfficialRevocations::parse("dbx", &update(2010, &[])).is_err());
        let mut cut = update(2010, &list(&[[1; 32]]));
        cut.truncate(cut.len() - 1);
        assert!(OfficialRevocations::parse("dbx", &cut).is_err());
    }

    #[test]
    fn dates_in_names_are_dates() {
        assert_eq!(date_in("dbxupdate_x64-2021-04-29.bin").as_deref(), Some("2021-04-29"));
        assert_eq!(date_in("DBXUpdate-20230509.bin").as_deref(), Some("2023-05-09"));
        for none in ["dbxupdate_x64.bin", "12345678", "2021-13-01", "é2021-04-2é"] {
            assert_eq!(date_in(none), None, "{none}");
        }
    }
}
