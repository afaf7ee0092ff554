//! Distinguished names.

use std::fmt;

use super::der::{Der, OID, SEQUENCE, SET, oid_text};
use crate::{Error, budget};

/// id-at-commonName
const COMMON_NAME: &[u8] = &[0x55, 4, 3];
/// id-at-organizationName
const ORGANISATION: &[u8] = &[0x55, 4, 10];

/// A Name (RFC 5280, 4.1.2.4), decoded for comparison and for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// Type (content of the OID) and value, in order.
    attributes: Vec<(Vec<u8>, String)>,
    /// The same for comparison: caseless, spaces folded, sorted.
    folded: Vec<(Vec<u8>, String)>,
}

impl Name {
    /// Whether it has no attribute at all.
    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty()
    }

    /// The values of attributes of one type, given as the content of its OID.
    pub(crate) fn values<'n>(&'n self, oid: &'n [u8]) -> impl Iterator<Item = &'n str> {
        self.attributes.iter().filter(move |(found, _)| found == oid).map(|(_, value)| &value[..])
    }

    /// The organisation; the common name of one without; or all of it.
    pub fn organisation(&self) -> String {
        let first = |oid: &'static [u8]| self.values(oid).next().map(str::to_owned);
        first(ORGANISATION).or_else(|| first(COMMON_NAME)).unwrap_or_else(|| self.to_string())
    }

    /// Whether both name the same organisation.
    pub(crate) fn shares_organisation(&self, other: &Self) -> bool {
        let mut organisations = self.folded.iter().filter(|(oid, _)| oid == ORGANISATION);
        organisations.any(|organisation| other.folded.contains(organisation))
    }

    /// Whether two names are the same under caseless comparison and folded spaces (RFC 5280,
    /// 7.1). Attribute order within a set does not matter: Nuvoton's sets are unsorted.
    pub(crate) fn matches(&self, other: &Self) -> bool {
        self.folded == other.folded
    }

    /// Reads a Name from `der`, which stands before its SEQUENCE.
    pub(crate) fn read(der: &mut Der<'_>, field: &str) -> Result<Self, Error> {
        let mut attributes = Vec::new();
        let mut sets = der.enter(SEQUENCE, field)?;
        while !sets.is_empty() {
            let mut set = sets.enter(SET, field)?;
            while !set.is_empty() {
                let mut attribute = set.enter(SEQUENCE, field)?;
                let oid = attribute.expect(OID, field)?.content.to_vec();
                let value = attribute.next()?;
                attribute.finish(field)?;
                attributes.push((oid, decode(value.tag, value.content)));
                if attributes.len() > budget::DER_ITEMS {
                    let limit = budget::DER_ITEMS;
                    return Err(der.error(format!("{field} has more than {limit} attributes")));
                }
            }
        }
        let fold =
            |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let mut folded: Vec<_> =
            attributes.iter().map(|(oid, value)| (oid.clone(), fold(value))).collect();
        folded.sort();
        Ok(Self { attributes, folded })
    }
}

/// Text of a DirectoryString. Only for people and for comparison: what has no text form shows as
/// replacement characters.
fn decode(tag: u8, content: &[u8]) -> String {
    const BMP_STRING: u8 = 0x1E;
    const TELETEX_STRING: u8 = 0x14;
    match tag {
        BMP_STRING => {
            let units: Vec<u16> = content
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        // In practice Latin-1.
        TELETEX_STRING => content.iter().map(|&byte| char::from(byte)).collect(),
        _ => String::from_utf8_lossy(content).into_owned(),
    }
}

/// `CN=Nuvoton TPM Root CA 2111, O=Nuvoton Technology Corporation, C=TW`
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("(empty)");
        }
        for (i, (oid, value)) in self.attributes.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            match &oid[..] {
                [0x55, 4, 3] => write!(f, "CN={value}")?,
                [0x55, 4, 5] => write!(f, "serialNumber={value}")?,
                [0x55, 4, 6] => write!(f, "C={value}")?,
                [0x55, 4, 7] => write!(f, "L={value}")?,
                [0x55, 4, 8] => write!(f, "ST={value}")?,
                [0x55, 4, 10] => write!(f, "O={value}")?,
                [0x55, 4, 11] => write!(f, "OU={value}")?,
                other => write!(f, "{}={value}", oid_text(other))?,
            }
        }
        Ok(())
    }
}
