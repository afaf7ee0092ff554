//! One X.509 certificate (RFC 5280, 4.1).

use trustboard_model::bytes::to_hex;
use trustboard_model::digest::Sha256;
use trustboard_model::maker::{CertificateFacts, MakerKind, MakerNote};
use trustboard_model::reason::bounded;
use trustboard_model::time::Timestamp;

use super::der::{BIT_STRING, Der, INTEGER, SEQUENCE, small, whole_bits};
use super::{CertifiedKey, Extensions, Name, SignatureAlgorithm, time};
use crate::{Error, hash};

/// A certificate that was read. Nothing of it is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    tbs: Vec<u8>,
    /// 1, 2 or 3.
    pub version: u32,
    /// The content of the serial number's INTEGER, as it stands.
    pub serial: Vec<u8>,
    /// How it is signed.
    pub algorithm: SignatureAlgorithm,
    /// Who signed it, as it says.
    pub issuer: Name,
    /// The first moment at which it is valid.
    pub not_before: Timestamp,
    /// The last one.
    pub not_after: Timestamp,
    /// Whom it is about.
    pub subject: Name,
    /// The certified key.
    pub key: CertifiedKey,
    /// What else it says.
    pub extensions: Extensions,
    signature: Vec<u8>,
}

impl Certificate {
    /// Reads exactly one certificate.
    pub fn parse(part: &'static str, bytes: &[u8]) -> Result<Self, Error> {
        let mut outer = Der::new(part, bytes);
        let mut certificate = outer.enter(SEQUENCE, "Certificate")?;
        outer.finish("the certificate")?;
        let tbs = certificate.expect(SEQUENCE, "tbsCertificate")?;
        let outer_algorithm = certificate.expect(SEQUENCE, "signatureAlgorithm")?;
        let signature = certificate.expect(BIT_STRING, "signatureValue")?;
        let signature = whole_bits(&signature)
            .ok_or_else(|| certificate.error("signatureValue has unused bits"))?
            .to_vec();
        certificate.finish("Certificate")?;

        let mut fields = Der::new(part, tbs.content);
        let version = match fields.optional(0xA0)? {
            None => 1,
            Some(value) => {
                let number = fields.inside(&value).expect(INTEGER, "version")?;
                small(&number)
                    .and_then(|number| number.checked_add(1))
                    .ok_or_else(|| fields.error("version is no small number"))?
            }
        };
        let serial = fields.expect(INTEGER, "serialNumber")?.content.to_vec();
        let algorithm = fields.expect(SEQUENCE, "signature")?;
        // RFC 5280, 4.1.1.2: both name the same algorithm; only the inner one is signed.
        if algorithm.whole != outer_algorithm.whole {
            return Err(fields.error("the two signature algorithms differ"));
        }
        let algorithm = SignatureAlgorithm::of(&algorithm)?;
        let issuer = Name::read(&mut fields, "issuer")?;
        let mut validity = fields.enter(SEQUENCE, "validity")?;
        let not_before = time::read(&mut validity, "notBefore")?;
        let not_after = time::read(&mut validity, "notAfter")?;
        let subject = Name::read(&mut fields, "subject")?;
        let key = CertifiedKey::read(&mut fields)?;
        // issuerUniqueID, subjectUniqueID: read over.
        fields.optional(0x81)?;
        fields.optional(0x82)?;
        let extensions = match fields.optional(0xA3)? {
            None => Extensions::default(),
            Some(value) => Extensions::read(fields.inside(&value).enter(SEQUENCE, "extensions")?)?,
        };
        fields.finish("tbsCertificate")?;
        Ok(Self {
            der: bytes.to_vec(),
            tbs: tbs.whole.to_vec(),
            version,
            serial,
            algorithm,
            issuer,
            not_before,
            not_after,
            subject,
            key,
            extensions,
            signature,
        })
    }

    /// The bytes that it was read from.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the whole certificate: the fingerprint that people compare.
    pub fn fingerprint(&self) -> Sha256 {
        hash::sha256(&[&self.der])
    }

    /// What it says about itself, for people.
    pub fn facts(&self) -> CertificateFacts {
        let self_signed = self.is_self_signed();
        CertificateFacts {
            fingerprint: self.fingerprint(),
            subject: bounded(&self.subject.to_string()),
            maker: bounded(&self.subject.organisation()),
            issuer: bounded(&self.issuer.to_string()),
            serial: bounded(&self.serial_text()),
            not_before: self.not_before,
            not_after: self.not_after,
            key: self.key.describe(),
            kind: if self_signed { MakerKind::Root } else { MakerKind::Intermediate },
        }
    }

    /// What is worth knowing of it as a maker's certificate at this moment.
    pub fn notes(&self, now: Timestamp) -> Vec<MakerNote> {
        let notes = [
            (now > self.not_after, MakerNote::Expired),
            (now < self.not_before, MakerNote::NotYetValid),
            (self.algorithm.is_sha1(), MakerNote::Sha1Signature),
            (self.version < 3, MakerNote::Version1),
        ];
        notes.into_iter().filter_map(|(holds, note)| holds.then_some(note)).collect()
    }

    /// SHA-256 of the signed part, as dbx lists certificates.
    pub(crate) fn tbs_sha256(&self) -> Sha256 {
        hash::sha256(&[&self.tbs])
    }

    /// Whether `issuer`'s key signed it. Names are compared elsewhere.
    pub(crate) fn is_signed_by(&self, issuer: &CertifiedKey) -> bool {
        issuer.verify(&self.algorithm, &self.tbs, &self.signature)
    }

    /// Whether it names itself as its issuer and its own key signed it.
    pub(crate) fn is_self_signed(&self) -> bool {
        self.issuer.matches(&self.subject) && self.is_signed_by(&self.key)
    }

    /// What is wrong with the serial number, if anything (X.690, 8.3.2; RFC 5280, 4.1.2.2).
    pub fn serial_problem(&self) -> Option<SerialProblem> {
        match self.serial[..] {
            [] => Some(SerialProblem::Empty),
            [0] => Some(SerialProblem::Zero),
            [0, second, ..] if second & 0x80 == 0 => Some(SerialProblem::NotMinimal),
            [first, ..] if first & 0x80 != 0 => Some(SerialProblem::Negative),
            _ => None,
        }
    }

    /// The serial number in hex.
    pub fn serial_text(&self) -> String {
        to_hex(&self.serial)
    }
}

/// A serial number that breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SerialProblem {
    /// No digits.
    #[error("the serial number is empty")]
    Empty,
    /// Zero.
    #[error("the serial number is zero")]
    Zero,
    /// Negative.
    #[error("the serial number is negative")]
    Negative,
    /// More zeros in front than DER allows.
    #[error("the serial number has superfluous leading zeros")]
    NotMinimal,
}
