//! Certificates: of a TPM maker's CA, of endorsement keys, of whatever a test wants to be wrong.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

use super::der::{CN, bits, extension, name, oid, seq, tlv, unsigned};
use super::marshal::{PublicKey, PublicSpec};

/// `ecdsa-with-SHA256`, the content of its OBJECT IDENTIFIER.
pub const ECDSA_SHA256: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2];
const EC_KEY: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1];
const P256: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7];
const RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1];

/// A key of a certificate authority.
pub fn ca_key() -> EcdsaKeyPair {
    EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("the machine has randomness")
}

/// PEM (RFC 7468) with this label.
pub fn pem(label: &str, der: &[u8]) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in der.chunks(3) {
        let mut word = [0; 4];
        word[1..=chunk.len()].copy_from_slice(chunk);
        let word = u32::from_be_bytes(word);
        for i in 0..4 {
            let digit = (word >> (18 - 6 * i)) & 63;
            text.push(if i > chunk.len() { '=' } else { char::from(ALPHABET[digit as usize]) });
        }
        if text.len() % 65 == 64 {
            text.push('\n');
        }
    }
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n").into_bytes()
}

/// A certificate, open to change.
pub struct CertificateSpec {
    /// `v3` is 2.
    pub version: Option<u8>,
    /// The content of the serial number's INTEGER.
    pub serial: Vec<u8>,
    /// A Name.
    pub issuer: Vec<u8>,
    /// A Name.
    pub subject: Vec<u8>,
    /// GeneralizedTime.
    pub not_before: &'static str,
    /// GeneralizedTime.
    pub not_after: &'static str,
    /// SubjectPublicKeyInfo.
    pub spki: Vec<u8>,
    /// Extensions.
    pub extensions: Vec<Vec<u8>>,
}

impl CertificateSpec {
    /// A CA with these common names and this key.
    pub fn ca(issuer: &str, subject: &str, key: &EcdsaKeyPair) -> Self {
        Self {
            version: Some(2),
            serial: vec![1],
            issuer: name(&[(CN, issuer)]),
            subject: name(&[(CN, subject)]),
            not_before: "20200101000000Z",
            not_after: "20991231235959Z",
            spki: ec_spki(key.public_key().as_ref()),
            extensions: vec![
                extension(&[0x55, 0x1D, 19], true, &seq(&[tlv(1, &[0xFF])])),
                extension(&[0x55, 0x1D, 15], true, &tlv(3, &[1, 0x06])),
            ],
        }
    }

    /// The certificate, signed by this key.
    pub fn sign(&self, key: &EcdsaKeyPair) -> Vec<u8> {
        let sign = |tbs: &[u8]| {
            key.sign(&SystemRandom::new(), tbs).expect("a P-256 key signs").as_ref().to_vec()
        };
        self.sign_with(&seq(&[oid(ECDSA_SHA256)]), sign)
    }

    /// The certificate with this AlgorithmIdentifier and signature.
    pub fn sign_with(&self, algorithm: &[u8], sign: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
        let algorithm = algorithm.to_vec();
        let mut fields = Vec::new();
        if let Some(version) = self.version {
            fields.push(tlv(0xA0, &tlv(2, &[version])));
        }
        fields.extend([
            tlv(2, &self.serial),
            algorithm.clone(),
            self.issuer.clone(),
            seq(&[tlv(0x18, self.not_before.as_bytes()), tlv(0x18, self.not_after.as_bytes())]),
            self.subject.clone(),
            self.spki.clone(),
        ]);
        if !self.extensions.is_empty() {
            fields.push(tlv(0xA3, &seq(&self.extensions)));
        }
        let tbs = seq(&fields);
        let signature = sign(&tbs);
        seq(&[tbs, algorithm, bits(&signature)])
    }
}

fn ec_spki(point: &[u8]) -> Vec<u8> {
    seq(&[seq(&[oid(EC_KEY), oid(P256)]), bits(point)])
}

/// SubjectPublicKeyInfo of a public area.
pub fn spki(public: &PublicSpec) -> Vec<u8> {
    match &public.key {
        PublicKey::Rsa { modulus } => {
            let key = seq(&[unsigned(modulus), unsigned(&[1, 0, 1])]);
            seq(&[seq(&[oid(RSA), tlv(5, &[])]), bits(&key)])
        }
        PublicKey::P256 { x, y } => ec_spki(&[&[4], &x[..], y].concat()),
    }
}

/// An EK certificate, open to change.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that can be wrong")]
pub struct EkCertificateSpec {
    /// What is not an extension.
    pub certificate: CertificateSpec,
    /// tpmManufacturer, such as `id:53544D20`.
    pub manufacturer: String,
    /// tpmModel, such as `SLB9670`.
    pub model: String,
    /// Says that it is a CA.
    pub ca: bool,
    /// Has a subjectAltName with the TPM in it.
    pub alt_name: bool,
    /// Whether that is critical.
    pub alt_name_critical: bool,
    /// Content of keyUsage: unused bits and bits.
    pub key_usage: Option<[u8; 2]>,
    /// Last arc of the extended key usage 2.23.133.8.x.
    pub purpose: Option<u8>,
    /// Has a critical extension that nobody knows.
    pub unknown_critical: bool,
}

impl EkCertificateSpec {
    /// As makers issue it, by the CA with this common name.
    pub fn for_key(public: &PublicSpec, issuer: &str) -> Self {
        let key_usage = match public.key {
            PublicKey::Rsa { .. } => [5, 0x20],
            PublicKey::P256 { .. } => [3, 0x08],
        };
        Self {
            certificate: CertificateSpec {
                version: Some(2),
                serial: vec![0x12, 0x34],
                issuer: name(&[(CN, issuer)]),
                subject: seq(&[]),
                not_before: "20200101000000Z",
                not_after: "99991231235959Z",
                spki: spki(public),
                extensions: Vec::new(),
            },
            manufacturer: "id:53544D20".to_owned(),
            model: "Model".to_owned(),
            ca: false,
            alt_name: true,
            alt_name_critical: true,
            key_usage: Some(key_usage),
            purpose: Some(1),
            unknown_critical: false,
        }
    }

    /// The certificate, signed by its issuer's key.
    pub fn sign(&self, issuer: &EcdsaKeyPair) -> Vec<u8> {
        self.finished().sign(issuer)
    }

    /// With the extensions that the fields describe.
    pub fn finished(&self) -> CertificateSpec {
        let constraints = if self.ca { seq(&[tlv(1, &[0xFF])]) } else { seq(&[]) };
        let mut extensions = vec![extension(&[0x55, 0x1D, 19], true, &constraints)];
        if self.alt_name {
            let tpm = name(&[
                (&[0x67, 0x81, 5, 2, 1], &self.manufacturer),
                (&[0x67, 0x81, 5, 2, 2], &self.model),
                (&[0x67, 0x81, 5, 2, 3], "id:0001"),
            ]);
            extensions.push(extension(
                &[0x55, 0x1D, 17],
                self.alt_name_critical,
                &seq(&[tlv(0xA4, &tpm)]),
            ));
        }
        if let Some(usage) = self.key_usage {
            extensions.push(extension(&[0x55, 0x1D, 15], true, &tlv(3, &usage)));
        }
        if let Some(arc) = self.purpose {
            let purpose = oid(&[0x67, 0x81, 5, 8, arc]);
            extensions.push(extension(&[0x55, 0x1D, 37], false, &seq(&[purpose])));
        }
        if self.unknown_critical {
            extensions.push(extension(&[0x2A, 3, 4], true, &[5, 0]));
        }
        CertificateSpec {
            extensions,
            serial: self.certificate.serial.clone(),
            issuer: self.certificate.issuer.clone(),
            subject: self.certificate.subject.clone(),
            spki: self.certificate.spki.clone(),
            ..self.certificate
        }
    }
}
