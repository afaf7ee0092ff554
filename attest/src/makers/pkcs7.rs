//! PKCS #7 files that only carry certificates (RFC 2315, 9; RFC 5652, 5.1): `.p7b`, `.p7c`. Their
//! own signatures, if any, mean nothing here.

use crate::Error;
use crate::budget;
use crate::endorsement::Der;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const OID: u8 = 0x06;

/// signedData, 1.2.840.113549.1.7.2
const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2];

/// The certificates and revocation lists in `der`, if it is signedData; nothing if it is something
/// else.
pub(super) fn certificates(der: &[u8]) -> Option<Result<Vec<&[u8]>, String>> {
    let mut content = Der::new("PKCS #7", der).enter(SEQUENCE, "ContentInfo").ok()?;
    let is_signed_data =
        content.expect(OID, "contentType").is_ok_and(|id| id.content == SIGNED_DATA);
    is_signed_data.then(|| inside(content).map_err(|error| error.problem))
}

fn inside(mut content: Der<'_>) -> Result<Vec<&[u8]>, Error> {
    let mut data = content.enter(0xA0, "content")?.enter(SEQUENCE, "SignedData")?;
    data.expect(INTEGER, "version")?;
    data.expect(SET, "digestAlgorithms")?;
    data.expect(SEQUENCE, "contentInfo")?;
    let mut found = Vec::new();
    // [0] certificates, [1] revocation lists; both are sets of whole structures.
    for tag in [0xA0, 0xA1] {
        let Some(set) = data.optional(tag)? else { continue };
        let mut set = data.inside(&set);
        while !set.is_empty() {
            found.push(set.next()?.whole);
            if found.len() > budget::MAKERS_ITEMS {
                return Err(set.error(format!("more than {} items", budget::MAKERS_ITEMS)));
            }
        }
    }
    Ok(found)
}
