//! Sections of PEM (RFC 7468), one by one: a damaged one spoils no other.

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

const BEGIN: &[u8] = b"-----BEGIN ";
const DASHES: &[u8] = b"-----";
const END: &[u8] = b"-----END ";

/// The longest label that is shown, in bytes; the longest registered one has 21.
const LABEL_BYTES: usize = 64;

/// Whether a section of this label holds certificates or revocation lists. Those of OpenSSL's
/// making carry more behind the certificate.
pub(crate) fn certificate_label(label: &str) -> bool {
    let known =
        ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CRL", "PKCS7", "CMS"];
    known.contains(&label)
}

/// The sections of a file: the label, and what is inside if the label is that of certificates.
/// Keys and the like are never decoded.
pub(crate) fn pem_sections(file: &[u8]) -> impl Iterator<Item = Result<(String, Vec<u8>), String>> {
    let mut rest = file;
    std::iter::from_fn(move || {
        let (_, after) = split(rest, BEGIN)?;
        let (label, body) = split(after, DASHES).unwrap_or((after, &[]));
        let label = String::from_utf8_lossy(label.get(..LABEL_BYTES).unwrap_or(label)).into_owned();
        // A section ends with its END line, or where the next one begins.
        let next = find(body, BEGIN).unwrap_or(body.len());
        let (body, following) = body.split_at_checked(next).unwrap_or((body, &[]));
        rest = following;
        let Some((inside, _)) = split(body, END) else {
            return Some(Err(format!("the PEM section {label:?} does not end")));
        };
        if !certificate_label(&label) {
            return Some(Ok((label, Vec::new())));
        }
        Some(decode(inside).map(|der| (label, der)))
    })
}

/// The library decodes sections of labels that it knows: all are given to it under one.
fn decode(inside: &[u8]) -> Result<Vec<u8>, String> {
    let section =
        [b"-----BEGIN CERTIFICATE-----\n", inside, b"\n-----END CERTIFICATE-----\n"].concat();
    let der = CertificateDer::from_pem_slice(&section);
    der.map(|der| der.to_vec()).map_err(|error| format!("not readable as PEM: {error}"))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// What stands before and after the first `at`.
fn split<'b>(bytes: &'b [u8], at: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let start = find(bytes, at)?;
    Some((bytes.get(..start)?, bytes.get(start + at.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_read_one_by_one() {
        let file = b"\xEF\xBB\xBF Root of somebody\r\n-----BEGIN CERTIFICATE-----\r\nMAA=\r\n-----END CERTIFICATE-----\r\n\
            -----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n\
            -----BEGIN X509 CRL-----\nMAMBAQ==\n\
            -----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n\
            -----BEGIN PKCS7-----\n  MAM\n  CAQE=\n-----END PKCS7-----";
        let found: Vec<_> = pem_sections(file).collect();
        assert_eq!(found.len(), 5);
        assert_eq!(found[0], Ok(("CERTIFICATE".to_owned(), vec![0x30, 0])));
        assert!(found[1].as_ref().unwrap_err().contains("PEM"), "{:?}", found[1]);
        assert!(found[2].as_ref().unwrap_err().contains("does not end"), "{:?}", found[2]);
        assert_eq!(found[3], Ok(("RSA PRIVATE KEY".to_owned(), Vec::new())));
        assert_eq!(found[4], Ok(("PKCS7".to_owned(), vec![0x30, 3, 2, 1, 1])));
        assert_eq!(pem_sections(b"-----BEGIN ").count(), 1);
        assert_eq!(pem_sections(b"nothing").count(), 0);
    }
}
