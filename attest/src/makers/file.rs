//! One file of makers' certificates: PEM, DER or PKCS #7; each certificate is reported by itself.

use trustboard_model::maker::{CertificateFacts, MakerProblem, MakerRepair};
use trustboard_model::reason::bounded;

use super::{pkcs7, sound};
use crate::budget;
use crate::endorsement::{
    Certificate, RevocationList, certificate_label, first_value, pem_sections,
};

/// One thing that a file holds.
#[derive(Debug, Clone)]
pub enum FileItem {
    /// A certificate that can be used.
    Certificate(Box<Usable>),
    /// A maker's revocation list. Whose it is shows when its issuer's key verifies it.
    RevocationList(Box<RevocationList>),
    /// Something that cannot.
    Refused {
        /// What it says about itself, if that could be read.
        facts: Option<Box<CertificateFacts>>,
        /// Why not.
        problem: MakerProblem,
    },
}

/// A maker's certificate that can be used, if it is trusted or leads to one that is.
#[derive(Debug, Clone)]
pub struct Usable {
    /// The certificate.
    pub certificate: Certificate,
    /// What was mended to read it.
    pub repairs: Vec<MakerRepair>,
}

/// Reads a file. What cannot be used is reported in its place and spoils nothing else. Never
/// empty: a file without anything in it has one item that says so.
///
/// Stricter than for EK certificates: a certificate whose serial number is not proper DER is
/// refused as malformed. An operator can get the right file; a TPM cannot get another certificate.
pub fn read_makers_file(file: &[u8]) -> Vec<FileItem> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    let mut items = Vec::new();
    if file.windows(BEGIN.len()).any(|window| window == BEGIN) {
        for section in pem_sections(file) {
            match section {
                Ok((label, der)) if certificate_label(&label) => read_der(&der, &mut items),
                Ok((label, _)) => {
                    let what = bounded(&label);
                    items.push(refused(MakerProblem::SomethingElse { what }));
                }
                Err(detail) => items.push(refused(MakerProblem::Unreadable { detail })),
            }
            if items.len() > budget::MAKERS_ITEMS {
                break;
            }
        }
    } else if file.first() == Some(&0x30) {
        read_der(file, &mut items);
    } else if file.is_empty() {
        items.push(refused(MakerProblem::Empty));
    } else {
        items.push(refused(MakerProblem::NotACertificate));
    }
    if items.len() > budget::MAKERS_ITEMS {
        items.truncate(budget::MAKERS_ITEMS);
        items.push(too_many());
    }
    items
}

fn too_many() -> FileItem {
    refused(MakerProblem::TooMany { limit: budget::MAKERS_ITEMS as u64 })
}

fn refused(problem: MakerProblem) -> FileItem {
    FileItem::Refused { facts: None, problem }
}

/// One value of DER after the other: makers publish several certificates in a row, too.
fn read_der(mut bytes: &[u8], items: &mut Vec<FileItem>) {
    loop {
        let value = match first_value(bytes) {
            Ok(value) => value,
            Err(detail) => return items.push(refused(MakerProblem::Unreadable { detail })),
        };
        let rest = bytes.get(value.len()..).unwrap_or_default();
        let follows = rest.first() == Some(&0x30) && first_value(rest).is_ok();
        let repair = match rest {
            [] => None,
            _ if follows => None,
            [byte, more @ ..] if more.iter().all(|other| other == byte) => {
                Some(MakerRepair::Padding { bytes: rest.len() as u64, byte: *byte })
            }
            _ => Some(MakerRepair::TrailingBytes { bytes: rest.len() as u64 }),
        };
        if items.len() >= budget::MAKERS_ITEMS {
            return items.push(too_many());
        }
        match pkcs7::certificates(value) {
            Some(Ok(inside)) if inside.is_empty() => items.push(refused(MakerProblem::Empty)),
            Some(Ok(inside)) => items.extend(inside.into_iter().map(|der| read_one(der, None))),
            Some(Err(detail)) => items.push(refused(MakerProblem::Unreadable { detail })),
            None => items.push(read_one(value, repair)),
        }
        if !follows {
            return;
        }
        bytes = rest;
    }
}

/// One certificate or revocation list.
fn read_one(der: &[u8], repair: Option<MakerRepair>) -> FileItem {
    if der.len() > budget::MAKERS_ITEM_BYTES {
        let (bytes, limit) = (der.len() as u64, budget::MAKERS_ITEM_BYTES as u64);
        return refused(MakerProblem::TooLong { bytes, limit });
    }
    let certificate = match Certificate::parse("certificate", der) {
        Ok(certificate) => certificate,
        Err(error) => {
            return match RevocationList::parse(der) {
                Ok(list) => FileItem::RevocationList(Box::new(list)),
                Err(_) => refused(MakerProblem::Unreadable { detail: bounded(&error.problem) }),
            };
        }
    };
    if let Some(problem) = sound::problem(&certificate) {
        return FileItem::Refused { facts: Some(Box::new(certificate.facts())), problem };
    }
    let repairs = repair.into_iter().collect();
    FileItem::Certificate(Box::new(Usable { certificate, repairs }))
}
