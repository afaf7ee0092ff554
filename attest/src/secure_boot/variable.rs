//! UEFI_VARIABLE_DATA (PFP 1.06, 10.2.6).

use std::fmt;

use crate::reader::Reader;
use crate::{Error, budget};

/// An EFI_GUID as it stands in memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Guid(pub [u8; 16]);

impl Guid {
    /// `EFI_GLOBAL_VARIABLE` 8be4df61-93ca-11d2-aa0d-00e098032b8c: SecureBoot, PK, KEK.
    pub const GLOBAL: Self = Self::from_fields(
        0x8be4_df61,
        0x93ca,
        0x11d2,
        [0xaa, 0x0d, 0x00, 0xe0, 0x98, 0x03, 0x2b, 0x8c],
    );
    /// `EFI_IMAGE_SECURITY_DATABASE_GUID` d719b2cb-3d3a-4596-a3bc-dad00e67656f: db, dbx.
    pub const IMAGE_SECURITY: Self = Self::from_fields(
        0xd719_b2cb,
        0x3d3a,
        0x4596,
        [0xa3, 0xbc, 0xda, 0xd0, 0x0e, 0x67, 0x65, 0x6f],
    );
    /// `SHIM_LOCK_GUID` 605dab50-e046-4300-abb6-3dd810dd8b23 (shim's README.tpm).
    pub const SHIM: Self = Self::from_fields(
        0x605d_ab50,
        0xe046,
        0x4300,
        [0xab, 0xb6, 0x3d, 0xd8, 0x10, 0xdd, 0x8b, 0x23],
    );

    /// The GUID from the fields of its text form. The first three are little-endian in memory
    /// (UEFI 2.10, appendix A).
    pub const fn from_fields(a: u32, b: u16, c: u16, d: [u8; 8]) -> Self {
        let [a0, a1, a2, a3] = a.to_le_bytes();
        let [b0, b1] = b.to_le_bytes();
        let [c0, c1] = c.to_le_bytes();
        let [d0, d1, d2, d3, d4, d5, d6, d7] = d;
        Self([a0, a1, a2, a3, b0, b1, c0, c1, d0, d1, d2, d3, d4, d5, d6, d7])
    }
}

/// `8be4df61-93ca-11d2-aa0d-00e098032b8c`
impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a0, a1, a2, a3, b0, b1, c0, c1, d @ ..] = self.0;
        write!(f, "{:08x}-", u32::from_le_bytes([a0, a1, a2, a3]))?;
        write!(f, "{:04x}-{:04x}-", u16::from_le_bytes([b0, b1]), u16::from_le_bytes([c0, c1]))?;
        let [d0, d1, rest @ ..] = d;
        write!(f, "{d0:02x}{d1:02x}-")?;
        rest.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A measured UEFI variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable<'a> {
    /// The name space.
    pub guid: Guid,
    /// The name. Text from the log: bounded, may hold anything.
    pub name: String,
    /// The content.
    pub data: &'a [u8],
    /// Bytes after the structure: none, except for shim's historic padding.
    pub padding: &'a [u8],
}

impl<'a> Variable<'a> {
    /// Reads one UEFI_VARIABLE_DATA and keeps what follows it as padding, for the caller to judge.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("UEFI variable", bytes);
        let guid = Guid(reader.array("VariableName GUID")?);
        let name_chars = reader.u64_le("UnicodeNameLength")?;
        let data_bytes = reader.u64_le("VariableDataLength")?;
        if name_chars > budget::VARIABLE_NAME_CHARS {
            let limit = budget::VARIABLE_NAME_CHARS;
            return Err(reader.error(format!("name of {name_chars} characters; limit {limit}")));
        }
        let mut name = Vec::new();
        for _ in 0..name_chars {
            name.push(reader.u16_le("UnicodeName")?);
        }
        let name = String::from_utf16_lossy(&name);
        let data_bytes = usize::try_from(data_bytes).unwrap_or(usize::MAX);
        let data = reader.take(data_bytes, "VariableData")?;
        Ok(Self { guid, name, data, padding: reader.rest() })
    }

    /// The UEFI_VARIABLE_DATA of a variable: what a digest of it covers.
    pub(crate) fn marshal(guid: Guid, name: &str, data: &[u8]) -> Vec<u8> {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut bytes = guid.0.to_vec();
        bytes.extend((name.len() as u64 / 2).to_le_bytes());
        bytes.extend((data.len() as u64).to_le_bytes());
        bytes.extend(name);
        bytes.extend_from_slice(data);
        bytes
    }

    /// `db (d719b2cb-…)`
    pub fn describe(&self) -> String {
        format!("{} ({})", self.name, self.guid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_show_as_the_specification_writes_them() {
        assert_eq!(Guid::GLOBAL.to_string(), "8be4df61-93ca-11d2-aa0d-00e098032b8c");
        assert_eq!(Guid::SHIM.to_string(), "605dab50-e046-4300-abb6-3dd810dd8b23");
    }

    #[test]
    fn what_is_marshalled_reads_back() {
        let bytes = Variable::marshal(Guid::SHIM, "MokSBState", &[1]);
        let variable = Variable::parse(&bytes).unwrap();
        assert_eq!((&variable.name[..], variable.data), ("MokSBState", &[1][..]));
        assert!(variable.padding.is_empty());
    }

    #[test]
    fn a_name_as_long_as_the_universe_is_refused_without_reading_on() {
        let mut bytes = Guid::GLOBAL.0.to_vec();
        bytes.extend([0xFF; 16]);
        let error = Variable::parse(&bytes).unwrap_err();
        assert!(error.problem.contains("limit 128"), "{error}");
    }
}
