//! A reader of DER (X.690): one value after the other, no recursion, no copies.

use crate::Error;
use crate::reader::Reader;

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// One value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Value<'a> {
    pub tag: u8,
    /// Tag, length and content, as they stand.
    pub whole: &'a [u8],
    pub content: &'a [u8],
}

/// Reads values from the content of one.
#[derive(Debug, Clone)]
pub(crate) struct Der<'a> {
    part: &'static str,
    bytes: &'a [u8],
    reader: Reader<'a>,
}

impl<'a> Der<'a> {
    pub(crate) fn new(part: &'static str, bytes: &'a [u8]) -> Self {
        Self { part, bytes, reader: Reader::new(part, bytes) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.reader.is_empty()
    }

    /// What was not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.reader.rest()
    }

    pub(crate) fn error(&self, problem: impl Into<String>) -> Error {
        self.reader.error(problem)
    }

    /// The next value, whatever its tag. Lengths are definite and minimal (X.690, 10.1).
    pub(crate) fn next(&mut self) -> Result<Value<'a>, Error> {
        let start = self.reader.at();
        let tag = self.reader.u8("tag")?;
        if tag & 0x1F == 0x1F {
            return Err(self.error(format!("tag of more than one byte at offset {start}")));
        }
        let length = match self.reader.u8("length")? {
            short @ 0..=0x7F => usize::from(short),
            0x81 => usize::from(self.reader.u8("length")?),
            0x82 => usize::from(self.reader.u16_be("length")?),
            0x83 => {
                let [a, b, c] = self.reader.array("length")?;
                u32::from_be_bytes([0, a, b, c]) as usize
            }
            other => {
                return Err(self.error(format!("length byte {other:#04x} at offset {start}")));
            }
        };
        let header = self.reader.at() - start;
        let minimal = match header {
            2 => true,
            3 => length >= 0x80,
            4 => length >= 0x100,
            _ => length >= 0x1_0000,
        };
        if !minimal {
            return Err(self.error(format!("length is not minimal at offset {start}")));
        }
        let content = self.reader.take(length, "value")?;
        let whole = self.bytes.get(start..self.reader.at()).unwrap_or_default();
        Ok(Value { tag, whole, content })
    }

    /// The next value, which must have this tag. `field` names it in the error.
    pub(crate) fn expect(&mut self, tag: u8, field: &str) -> Result<Value<'a>, Error> {
        if self.is_empty() {
            return Err(self.error(format!("{field} is missing")));
        }
        let value = self.next()?;
        if value.tag == tag {
            Ok(value)
        } else {
            Err(self.error(format!("{field} has tag {:#04x}, not {tag:#04x}", value.tag)))
        }
    }

    /// The next value, if it has this tag.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Value<'a>>, Error> {
        if self.rest().first() == Some(&tag) { self.next().map(Some) } else { Ok(None) }
    }

    /// A reader of a value's content.
    pub(crate) fn inside(&self, value: &Value<'a>) -> Der<'a> {
        Self::new(self.part, value.content)
    }

    /// Reads a value with this tag and gives a reader of its content.
    pub(crate) fn enter(&mut self, tag: u8, field: &str) -> Result<Der<'a>, Error> {
        let value = self.expect(tag, field)?;
        Ok(self.inside(&value))
    }

    /// Refuses values after the last one.
    pub(crate) fn finish(self, field: &str) -> Result<(), Error> {
        if self.is_empty() {
            return Ok(());
        }
        Err(self.error(format!("{} bytes follow the end of {field}", self.rest().len())))
    }
}

/// The first value of `bytes`, whole; what follows it is left alone.
pub(crate) fn first_value(bytes: &[u8]) -> Result<&[u8], String> {
    let value = Der::new("file", bytes).next().map_err(|error| error.problem)?;
    Ok(value.whole)
}

/// The content of a BIT STRING without unused bits, as keys and signatures are.
pub(crate) fn whole_bits<'a>(value: &Value<'a>) -> Option<&'a [u8]> {
    value.content.strip_prefix(&[0])
}

/// The digits of a non-negative INTEGER without its sign byte.
pub(crate) fn unsigned<'a>(value: &Value<'a>) -> Option<&'a [u8]> {
    match value.content {
        [] => None,
        [0, rest @ ..] if !rest.is_empty() => Some(rest),
        [first, ..] if first & 0x80 != 0 => None,
        digits => Some(digits),
    }
}

/// A small non-negative INTEGER.
pub(crate) fn small(value: &Value<'_>) -> Option<u32> {
    let digits = unsigned(value)?;
    (digits.len() <= 4).then(|| digits.iter().fold(0, |n, &digit| n << 8 | u32::from(digit)))
}

/// `2.23.133.8.1` from the content of an OBJECT IDENTIFIER; the bytes in hex if it is none.
pub(crate) fn oid_text(content: &[u8]) -> String {
    let mut arcs: Vec<u64> = Vec::new();
    let mut arc = 0u64;
    for byte in content {
        arc = match arc.checked_mul(128) {
            Some(arc) => arc | u64::from(byte & 0x7F),
            None => return trustboard_model::bytes::to_hex(content),
        };
        if byte & 0x80 == 0 {
            if arcs.is_empty() {
                let first = (arc / 40).min(2);
                arcs.push(first);
                arc -= first * 40;
            }
            arcs.push(arc);
            arc = 0;
        }
    }
    arcs.iter().map(u64::to_string).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_must_be_definite_and_minimal() {
        for bad in
            [&[0x30, 0x80, 0, 0][..], &[0x30, 0x81, 1, 0], &[0x30, 0x82, 0, 1, 0], &[4, 5, 1]]
        {
            assert!(Der::new("x", bad).next().is_err(), "{bad:02x?}");
        }
        assert_eq!(Der::new("x", &[4, 1, 9]).next().unwrap().content, [9]);
    }

    #[test]
    fn oids_show_as_people_write_them() {
        assert_eq!(oid_text(&[0x67, 0x81, 0x05, 0x08, 0x01]), "2.23.133.8.1");
        assert_eq!(oid_text(&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D]), "1.2.840.113549");
    }

    #[test]
    fn numbers_have_a_sign() {
        let number = |content| Value { tag: INTEGER, whole: &[], content };
        assert_eq!(small(&number(&[0, 0x80])), Some(128));
        assert_eq!(small(&number(&[0x80])), None);
        assert_eq!(small(&number(&[])), None);
    }
}
