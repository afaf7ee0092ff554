//! Extensions of an EK certificate (EKP 2.6, 3.5; RFC 5280, 4.2).

use super::Name;
use super::der::{BIT_STRING, BOOLEAN, Der, INTEGER, OCTET_STRING, OID, SEQUENCE, oid_text, small};
use crate::{Error, budget};

/// authorityInfoAccess (RFC 5280, 4.2.2.1).
const AUTHORITY_INFO_ACCESS: &[u8] = &[0x2B, 6, 1, 5, 5, 7, 1, 1];

/// What the extensions say, each with whether it was marked critical where that matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extensions {
    /// basicConstraints: whether it is a CA, and how many CAs may follow below it.
    pub basic_constraints: Option<BasicConstraints>,
    /// keyUsage, as its bits: bit 0 (digitalSignature) is the highest of the first byte.
    pub key_usage: Option<KeyUsage>,
    /// extendedKeyUsage, as dotted OIDs.
    pub extended_key_usage: Option<Vec<String>>,
    /// Whether extendedKeyUsage was critical: a deviation of old STMicroelectronics certificates.
    pub extended_key_usage_critical: bool,
    /// The directory names of subjectAltName, and whether it was critical.
    pub subject_alt_name: Option<AltName>,
    /// subjectKeyIdentifier
    pub subject_key_id: Option<Vec<u8>>,
    /// keyIdentifier of authorityKeyIdentifier
    pub authority_key_id: Option<Vec<u8>>,
    /// Where the issuer's certificate can be had, as authorityInfoAccess says: `http` addresses.
    /// Only for people; nothing is fetched.
    pub ca_issuers: Vec<String>,
    /// Critical extensions that are not processed here, as dotted OIDs.
    pub unknown_critical: Vec<String>,
}

/// basicConstraints (RFC 5280, 4.2.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicConstraints {
    /// cA
    pub ca: bool,
    /// pathLenConstraint
    pub path_len: Option<u32>,
}

/// keyUsage (RFC 5280, 4.2.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// keyEncipherment, bit 2
    pub const KEY_ENCIPHERMENT: u8 = 2;
    /// keyAgreement, bit 4
    pub const KEY_AGREEMENT: u8 = 4;
    /// keyCertSign, bit 5
    pub const KEY_CERT_SIGN: u8 = 5;

    /// Whether a bit, counted as RFC 5280 does, is set.
    pub fn has(self, bit: u8) -> bool {
        self.0 & (0x8000 >> bit.min(15)) != 0
    }
}

/// subjectAltName (RFC 5280, 4.2.1.6), as far as EK certificates use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AltName {
    /// Whether it was critical.
    pub critical: bool,
    /// Its directory names.
    pub directory_names: Vec<Name>,
}

/// The TPM's name in subjectAltName (EKP 2.6, 3.2.9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TpmName {
    /// tpmManufacturer 2.23.133.2.1: `id:53544D20`.
    pub manufacturer: String,
    /// tpmModel 2.23.133.2.2
    pub model: String,
    /// tpmVersion 2.23.133.2.3
    pub version: String,
}

impl TpmName {
    /// The manufacturer as the TPM reports it: `id:53544D20` is `STM`. Nothing if the text has
    /// another form.
    pub fn manufacturer_text(&self) -> Option<String> {
        let hex = self.manufacturer.strip_prefix("id:")?;
        let id = trustboard_model::bytes::from_hex(hex).filter(|id| id.len() == 4)?;
        let text: String = id.iter().map(|&byte| char::from(byte)).collect();
        Some(text.trim_matches(['\0', ' ']).to_owned())
    }
}

impl Extensions {
    /// The TPM's name: one directory name holds all three attributes, once each.
    pub fn tpm_name(&self) -> Option<TpmName> {
        const MANUFACTURER: &[u8] = &[0x67, 0x81, 5, 2, 1];
        const MODEL: &[u8] = &[0x67, 0x81, 5, 2, 2];
        const VERSION: &[u8] = &[0x67, 0x81, 5, 2, 3];
        let [name] = &self.subject_alt_name.as_ref()?.directory_names[..] else { return None };
        let only = |oid: &'static [u8]| {
            let mut values = name.values(oid);
            values.next().filter(|_| values.next().is_none()).map(str::to_owned)
        };
        let (manufacturer, model, version) = (only(MANUFACTURER)?, only(MODEL)?, only(VERSION)?);
        Some(TpmName { manufacturer, model, version })
    }

    /// Reads Extensions from the content of their SEQUENCE.
    pub(crate) fn read(mut list: Der<'_>) -> Result<Self, Error> {
        let mut extensions = Self::default();
        let mut seen: Vec<&[u8]> = Vec::new();
        while !list.is_empty() {
            let mut extension = list.enter(SEQUENCE, "extension")?;
            let id = extension.expect(OID, "extension id")?.content;
            let critical = match extension.optional(BOOLEAN)? {
                None => false,
                // DER has 0xFF for true; old certificates have 0x01.
                Some(value) => value.content.iter().any(|&byte| byte != 0),
            };
            let content = extension.expect(OCTET_STRING, "extension value")?;
            if seen.contains(&id) {
                return Err(list.error(format!("extension {} twice", oid_text(id))));
            }
            seen.push(id);
            if seen.len() > budget::DER_ITEMS {
                return Err(list.error(format!("more than {} extensions", budget::DER_ITEMS)));
            }
            extensions.read_one(id, critical, extension.inside(&content))?;
        }
        Ok(extensions)
    }

    fn read_one(&mut self, id: &[u8], critical: bool, mut der: Der<'_>) -> Result<(), Error> {
        match id {
            [0x55, 0x1D, 14] => {
                let id = der.expect(OCTET_STRING, "subjectKeyIdentifier")?;
                self.subject_key_id = Some(id.content.to_vec());
            }
            [0x55, 0x1D, 15] => {
                let bits = der.expect(BIT_STRING, "keyUsage")?;
                let (high, low) = match bits.content {
                    [_, high] => (*high, 0),
                    [_, high, low] => (*high, *low),
                    _ => return Err(der.error("keyUsage has no bits")),
                };
                self.key_usage = Some(KeyUsage(u16::from_be_bytes([high, low])));
            }
            [0x55, 0x1D, 17] => {
                let directory_names = read_directory_names(&mut der)?;
                self.subject_alt_name = Some(AltName { critical, directory_names });
            }
            [0x55, 0x1D, 19] => self.basic_constraints = Some(read_constraints(&mut der)?),
            [0x55, 0x1D, 35] => {
                let mut fields = der.enter(SEQUENCE, "authorityKeyIdentifier")?;
                self.authority_key_id = fields.optional(0x80)?.map(|id| id.content.to_vec());
            }
            [0x55, 0x1D, 37] => {
                let mut purposes = der.enter(SEQUENCE, "extendedKeyUsage")?;
                let mut list = Vec::new();
                while !purposes.is_empty() && list.len() < budget::DER_ITEMS {
                    list.push(oid_text(purposes.expect(OID, "key purpose")?.content));
                }
                self.extended_key_usage = Some(list);
                self.extended_key_usage_critical = critical;
            }
            AUTHORITY_INFO_ACCESS if !critical => {
                // Nothing depends on it: what cannot be read of it says nothing.
                self.ca_issuers = read_ca_issuers(&mut der).unwrap_or_default();
            }
            // certificatePolicies: no policy is demanded, so any is acceptable (RFC 5280, 6.1.1).
            [0x55, 0x1D, 32] => {}
            other if critical => self.unknown_critical.push(oid_text(other)),
            _ => {}
        }
        Ok(())
    }
}

/// authorityInfoAccess (RFC 5280, 4.2.2.1): the addresses of caIssuers.
fn read_ca_issuers(der: &mut Der<'_>) -> Result<Vec<String>, Error> {
    const CA_ISSUERS: &[u8] = &[0x2B, 6, 1, 5, 5, 7, 0x30, 2];
    const URI: u8 = 0x86;
    let mut descriptions = der.enter(SEQUENCE, "authorityInfoAccess")?;
    let mut addresses = Vec::new();
    while !descriptions.is_empty() && addresses.len() < budget::ADDRESSES {
        let mut description = descriptions.enter(SEQUENCE, "accessDescription")?;
        let method = description.expect(OID, "accessMethod")?.content;
        let place = description.next()?;
        let address = std::str::from_utf8(place.content).unwrap_or_default();
        let is_web = address.starts_with("http://") || address.starts_with("https://");
        let is_plain = address.len() <= budget::ADDRESS_BYTES
            && address.bytes().all(|byte| byte.is_ascii_graphic());
        if method == CA_ISSUERS && place.tag == URI && is_web && is_plain {
            addresses.push(address.to_owned());
        }
    }
    Ok(addresses)
}

fn read_constraints(der: &mut Der<'_>) -> Result<BasicConstraints, Error> {
    let mut fields = der.enter(SEQUENCE, "basicConstraints")?;
    let ca = fields.optional(BOOLEAN)?.is_some_and(|v| v.content.iter().any(|&byte| byte != 0));
    let path_len = match fields.optional(INTEGER)? {
        None => None,
        Some(value) => {
            Some(small(&value).ok_or_else(|| fields.error("pathLenConstraint is no number"))?)
        }
    };
    Ok(BasicConstraints { ca, path_len })
}

/// GeneralNames: the directory names, `[4] EXPLICIT Name`; other forms are skipped.
fn read_directory_names(der: &mut Der<'_>) -> Result<Vec<Name>, Error> {
    const DIRECTORY_NAME: u8 = 0xA4;
    let mut names = der.enter(SEQUENCE, "subjectAltName")?;
    let mut directory_names = Vec::new();
    while !names.is_empty() {
        let value = names.next()?;
        if value.tag == DIRECTORY_NAME {
            let mut inside = names.inside(&value);
            directory_names.push(Name::read(&mut inside, "directoryName")?);
        }
        if directory_names.len() > budget::DER_ITEMS {
            return Err(names.error(format!("more than {} names", budget::DER_ITEMS)));
        }
    }
    Ok(directory_names)
}
