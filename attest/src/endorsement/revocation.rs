//! Certificate revocation lists (RFC 5280, 5) that operators import with their makers.

use trustboard_model::digest::Sha256;
use trustboard_model::time::Timestamp;

use super::der::{BIT_STRING, Der, GENERALIZED_TIME, INTEGER, SEQUENCE, UTC_TIME, whole_bits};
use super::{Certificate, CertifiedKey, Name, SignatureAlgorithm, time};
use crate::{Error, hash};

/// A maker's list of certificates that are no longer good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevocationList {
    der: Vec<u8>,
    tbs: Vec<u8>,
    algorithm: SignatureAlgorithm,
    signature: Vec<u8>,
    /// Who made it.
    pub issuer: Name,
    /// When it was made.
    pub this_update: Timestamp,
    /// When the next one was promised for.
    pub next_update: Option<Timestamp>,
    /// Serial numbers without leading zeros, ascending.
    revoked: Vec<Vec<u8>>,
}

impl RevocationList {
    /// Reads exactly one CertificateList.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        const PART: &str = "revocation list";
        let mut outer = Der::new(PART, bytes);
        let mut list = outer.enter(SEQUENCE, "CertificateList")?;
        outer.finish("the revocation list")?;
        let tbs = list.expect(SEQUENCE, "tbsCertList")?;
        let outer_algorithm = list.expect(SEQUENCE, "signatureAlgorithm")?;
        let signature = list.expect(BIT_STRING, "signatureValue")?;
        let signature = whole_bits(&signature)
            .ok_or_else(|| list.error("signatureValue has unused bits"))?
            .to_vec();
        let mut fields = Der::new(PART, tbs.content);
        fields.optional(INTEGER)?;
        let algorithm = fields.expect(SEQUENCE, "signature")?;
        if algorithm.whole != outer_algorithm.whole {
            return Err(fields.error("the two signature algorithms differ"));
        }
        let algorithm = SignatureAlgorithm::of(&algorithm)?;
        let issuer = Name::read(&mut fields, "issuer")?;
        let this_update = time::read(&mut fields, "thisUpdate")?;
        let next_update = match fields.rest().first() {
            Some(&(UTC_TIME | GENERALIZED_TIME)) => Some(time::read(&mut fields, "nextUpdate")?),
            _ => None,
        };
        let mut revoked = Vec::new();
        if let Some(entries) = fields.optional(SEQUENCE)? {
            let mut entries = fields.inside(&entries);
            while !entries.is_empty() {
                let mut entry = entries.enter(SEQUENCE, "revokedCertificates")?;
                let serial = entry.expect(INTEGER, "userCertificate")?.content;
                time::read(&mut entry, "revocationDate")?;
                revoked.push(without_zeros(serial));
            }
        }
        revoked.sort_unstable();
        if let Some(extensions) = fields.optional(0xA0)? {
            refuse_partial(fields.inside(&extensions))?;
        }
        fields.finish("tbsCertList")?;
        let tbs = tbs.whole.to_vec();
        let der = bytes.to_vec();
        Ok(Self { der, tbs, algorithm, signature, issuer, this_update, next_update, revoked })
    }

    /// The bytes that it was read from.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the whole list.
    pub fn fingerprint(&self) -> Sha256 {
        hash::sha256(&[&self.der])
    }

    /// How many certificates it lists.
    pub fn count(&self) -> usize {
        self.revoked.len()
    }

    /// Whether `issuer` made it. SHA-1 is not accepted.
    pub(crate) fn is_signed_by(&self, issuer: &CertifiedKey) -> bool {
        !self.algorithm.is_sha1() && issuer.verify(&self.algorithm, &self.tbs, &self.signature)
    }

    /// Whether it lists a certificate of its issuer.
    pub(crate) fn lists(&self, certificate: &Certificate) -> bool {
        self.revoked.binary_search(&without_zeros(&certificate.serial)).is_ok()
    }
}

/// Lists that are not whole (deltas, indirect or partitioned ones) carry critical extensions
/// (RFC 5280, 5.2.4, 5.2.5): not lists to conclude "not revoked" from.
fn refuse_partial(mut der: Der<'_>) -> Result<(), Error> {
    let mut list = der.enter(SEQUENCE, "crlExtensions")?;
    while !list.is_empty() {
        let mut extension = list.enter(SEQUENCE, "extension")?;
        let id = extension.next()?;
        if extension.optional(super::der::BOOLEAN)?.is_some_and(|v| v.content != [0]) {
            let oid = super::der::oid_text(id.content);
            return Err(list.error(format!("critical extension {oid} is not understood")));
        }
    }
    Ok(())
}

fn without_zeros(serial: &[u8]) -> Vec<u8> {
    serial.iter().copied().skip_while(|&byte| byte == 0).collect()
}
