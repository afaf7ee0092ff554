//! EFI_SIGNATURE_LIST (UEFI 2.10, 32.4.1): the content of PK, KEK, db and dbx.

use super::Guid;
use crate::reader::Reader;
use crate::{Error, budget};

/// What kind of signatures a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureKind {
    /// `EFI_CERT_X509_GUID`: a DER certificate.
    X509,
    /// `EFI_CERT_SHA256_GUID`: the SHA-256 of an image.
    Sha256,
    /// `EFI_CERT_X509_SHA256_GUID`: the SHA-256 of a certificate's TBS part, and a time of
    /// revocation.
    X509Hash,
    /// Another kind, by its GUID.
    Other(Guid),
}

impl SignatureKind {
    const X509_GUID: Guid = Guid::from_fields(
        0xa5c0_59a1,
        0x94e4,
        0x4aa7,
        [0x87, 0xb5, 0xab, 0x15, 0x5c, 0x2b, 0xf0, 0x72],
    );
    const SHA256_GUID: Guid = Guid::from_fields(
        0xc1c4_1626,
        0x504c,
        0x4092,
        [0xac, 0xa9, 0x41, 0xf9, 0x36, 0x93, 0x43, 0x28],
    );
    const X509_SHA256_GUID: Guid = Guid::from_fields(
        0x3bd2_a492,
        0x96c0,
        0x4079,
        [0xb4, 0x20, 0xfc, 0xf9, 0x8e, 0xf1, 0x03, 0xed],
    );

    fn of(guid: Guid) -> Self {
        match guid {
            Self::X509_GUID => Self::X509,
            Self::SHA256_GUID => Self::Sha256,
            Self::X509_SHA256_GUID => Self::X509Hash,
            other => Self::Other(other),
        }
    }

    /// The size of one signature after its owner, where the kind fixes it.
    const fn fixed_size(self) -> Option<usize> {
        match self {
            Self::Sha256 => Some(32),
            // EFI_CERT_X509_SHA256: the hash and an EFI_TIME.
            Self::X509Hash => Some(32 + 16),
            Self::X509 | Self::Other(_) => None,
        }
    }
}

/// One EFI_SIGNATURE_DATA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EfiSignature<'a> {
    /// The kind of its list.
    pub kind: SignatureKind,
    /// The structure as it stands: owner and signature. An authority event repeats it.
    pub whole: &'a [u8],
    /// The signature alone: a certificate or a hash.
    pub signature: &'a [u8],
}

/// The signatures of one variable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignatureList<'a> {
    entries: Vec<EfiSignature<'a>>,
}

impl<'a> SignatureList<'a> {
    /// Reads all EFI_SIGNATURE_LISTs of a variable's data. No data is no list.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("EFI signature list", bytes);
        let mut entries = Vec::new();
        while !reader.is_empty() {
            read_list(&mut reader, &mut entries)?;
        }
        Ok(Self { entries })
    }

    /// The signatures.
    pub fn entries(&self) -> &[EfiSignature<'a>] {
        &self.entries
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether `data` is one of the signatures, with its owner (as firmware measures an
    /// authority) or without (as shim does).
    pub fn contains(&self, data: &[u8]) -> bool {
        self.entries.iter().any(|entry| entry.whole == data || entry.signature == data)
    }
}

fn read_list<'a>(
    reader: &mut Reader<'a>,
    entries: &mut Vec<EfiSignature<'a>>,
) -> Result<(), Error> {
    const OWNER: usize = 16;
    const HEADER: usize = 16 + 4 + 4 + 4;
    let start = reader.at();
    let kind = SignatureKind::of(Guid(reader.array("SignatureType")?));
    let list_size = reader.u32_le("SignatureListSize")? as usize;
    let header_size = reader.u32_le("SignatureHeaderSize")? as usize;
    let signature_size = reader.u32_le("SignatureSize")? as usize;
    // No kind that is defined has a header of its own (32.4.1: "if any"); one that is not
    // understood could hide signatures.
    if header_size != 0 {
        let problem = format!("list at {start} has a header of {header_size} bytes");
        return Err(reader.error(problem));
    }
    let Some(size) = signature_size.checked_sub(OWNER).filter(|size| *size > 0) else {
        let problem = format!("list at {start} has signatures of {signature_size} bytes");
        return Err(reader.error(problem));
    };
    if kind.fixed_size().is_some_and(|fixed| fixed != size) {
        let problem = format!("list at {start}: {size} bytes is no size of {kind:?}");
        return Err(reader.error(problem));
    }
    let Some(body) = list_size.checked_sub(HEADER).filter(|body| body % signature_size == 0) else {
        let problem =
            format!("list at {start}: {list_size} bytes do not fit signatures of {signature_size}");
        return Err(reader.error(problem));
    };
    for _ in 0..body / signature_size {
        if entries.len() >= budget::SIGNATURES {
            return Err(reader.error(format!("more than {} signatures", budget::SIGNATURES)));
        }
        let whole = reader.take(signature_size, "SignatureData")?;
        let signature = whole.get(OWNER..).unwrap_or_default();
        entries.push(EfiSignature { kind, whole, signature });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(size: u32, header: u32, signature: u32, body: &[u8]) -> Vec<u8> {
        let mut bytes = SignatureKind::SHA256_GUID.0.to_vec();
        for field in [size, header, signature] {
            bytes.extend(field.to_le_bytes());
        }
        bytes.extend(body);
        bytes
    }

    #[test]
    fn two_hashes_are_read_and_found() {
        let mut body = [1; 96];
        body[64..].fill(2);
        let bytes = list(28 + 96, 0, 48, &body);
        let parsed = SignatureList::parse(&bytes).unwrap();
        assert_eq!(parsed.entries().len(), 2);
        assert!(parsed.contains(&[1; 32]) && parsed.contains(&[2; 32]));
        assert!(SignatureList::parse(&[]).unwrap().is_empty());
    }

    #[test]
    fn sizes_that_contradict_each_other_are_refused() {
        let body = [0; 48];
        for (size, header, signature) in [
            (28 + 48, 0, 0),
            (28 + 48, 0, 16),
            (27, 0, 48),
            (28 + 47, 0, 48),
            (28 + 48, 16, 48),
            (28 + 48, 0, 47),
            (u32::MAX, 0, 48),
            (28 + 96, 0, 48),
        ] {
            let bytes = list(size, header, signature, &body);
            assert!(SignatureList::parse(&bytes).is_err(), "{size} {header} {signature}");
        }
    }
}
