//! A bounded cursor: every length check of the crate's binary parsers lives here.

use crate::Error;

/// Reads forward through bytes from outside. Never reads past the end, never allocates.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'a> {
    part: &'static str,
    bytes: &'a [u8],
    at: usize,
}

/// Fewer bytes than a field needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Short {
    part: &'static str,
    /// Where the field starts.
    pub at: usize,
    /// The field.
    pub field: &'static str,
    needed: usize,
    left: usize,
}

impl Short {
    pub(crate) fn problem(&self) -> String {
        let Self { at, field, needed, left, .. } = self;
        format!("{field} at offset {at} needs {needed} bytes, {left} are left")
    }
}

impl From<Short> for Error {
    fn from(short: Short) -> Self {
        Self { part: short.part, problem: short.problem() }
    }
}

impl<'a> Reader<'a> {
    /// `part` names the structure in errors.
    pub(crate) fn new(part: &'static str, bytes: &'a [u8]) -> Self {
        Self { part, bytes, at: 0 }
    }

    /// The offset of the next byte.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// All bytes that were not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn take(&mut self, needed: usize, field: &'static str) -> Result<&'a [u8], Short> {
        let left = self.rest();
        let Some(taken) = left.get(..needed) else {
            return Err(Short { part: self.part, at: self.at, field, needed, left: left.len() });
        };
        self.at += needed;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], Short> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N, field)?);
        Ok(array)
    }

    pub(crate) fn u8(&mut self, field: &'static str) -> Result<u8, Short> {
        self.array(field).map(|[byte]| byte)
    }

    pub(crate) fn u16_be(&mut self, field: &'static str) -> Result<u16, Short> {
        self.array(field).map(u16::from_be_bytes)
    }

    pub(crate) fn u32_be(&mut self, field: &'static str) -> Result<u32, Short> {
        self.array(field).map(u32::from_be_bytes)
    }

    pub(crate) fn u64_be(&mut self, field: &'static str) -> Result<u64, Short> {
        self.array(field).map(u64::from_be_bytes)
    }

    pub(crate) fn u16_le(&mut self, field: &'static str) -> Result<u16, Short> {
        self.array(field).map(u16::from_le_bytes)
    }

    pub(crate) fn u32_le(&mut self, field: &'static str) -> Result<u32, Short> {
        self.array(field).map(u32::from_le_bytes)
    }

    pub(crate) fn u64_le(&mut self, field: &'static str) -> Result<u64, Short> {
        self.array(field).map(u64::from_le_bytes)
    }

    /// A TPM2B: a big-endian 16-bit size and as many bytes, at most `max`.
    pub(crate) fn tpm2b(&mut self, field: &'static str, max: u16) -> Result<&'a [u8], Error> {
        let at = self.at;
        let size = self.u16_be(field)?;
        if size > max {
            return Err(self.error(format!("{field} at offset {at} has {size} bytes; limit {max}")));
        }
        Ok(self.take(usize::from(size), field)?)
    }

    /// Refuses bytes after the end of the structure.
    pub(crate) fn finish(self) -> Result<(), Error> {
        if self.is_empty() {
            return Ok(());
        }
        let left = self.rest().len();
        Err(self.error(format!("{left} bytes follow the end of the structure at {}", self.at)))
    }

    /// An error about this structure.
    pub(crate) fn error(&self, problem: impl Into<String>) -> Error {
        Error { part: self.part, problem: problem.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_field_names_itself_and_moves_nothing() {
        let mut reader = Reader::new("quote", &[0, 5, 1]);
        let short = reader.clone().tpm2b("nonce", 8).unwrap_err();
        assert_eq!(short.to_string(), "quote: nonce at offset 2 needs 5 bytes, 1 are left");
        assert!(reader.tpm2b("nonce", 4).unwrap_err().problem.contains("limit 4"));
        assert_eq!(Reader::new("quote", &[1]).finish().unwrap_err().part, "quote");
    }

    #[test]
    fn a_length_near_the_largest_number_does_not_overflow() {
        let mut reader = Reader::new("log", &[1, 2]);
        reader.u8("x").unwrap();
        assert!(reader.take(usize::MAX, "y").is_err());
    }
}
