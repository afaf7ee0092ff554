//! Certificates and revocation lists in PEM (RFC 7468) or as bare DER.

use rustls_pki_types::pem::{PemObject, SectionKind};

/// One item of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Section {
    Certificate(Vec<u8>),
    RevocationList(Vec<u8>),
}

/// The certificates and revocation lists of a file. What is not PEM is one DER certificate.
pub(crate) fn sections(file: &[u8]) -> Result<Vec<Section>, String> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    if !file.windows(BEGIN.len()).any(|window| window == BEGIN) {
        return Ok(vec![Section::Certificate(file.to_vec())]);
    }
    let mut sections = Vec::new();
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(file) {
        match section.map_err(|error| format!("not readable as PEM: {error:?}"))? {
            (SectionKind::Certificate, der) => sections.push(Section::Certificate(der)),
            (SectionKind::Crl, der) => sections.push(Section::RevocationList(der)),
            // Keys and requests have no business here; skipped as other text is.
            _ => {}
        }
    }
    Ok(sections)
}
