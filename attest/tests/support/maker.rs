//! A TPM maker's CA, EK certificates, and certificates of boot authorities.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::EcdsaKeyPair;
use trustboard_attest::Makers;
pub use trustboard_soft_tpm::certificate::{
    CertificateSpec, ECDSA_SHA256, EkCertificateSpec, ca_key as key, pem,
};

use super::der::{CN, bits, name, oid, seq, tlv};

/// The CA that issues EK certificates.
pub const ISSUER: &str = "Test TPM EK Issuer";

/// A root, and an intermediate that issues EK certificates.
pub struct Maker {
    pub root: EcdsaKeyPair,
    pub root_name: String,
    pub issuer: EcdsaKeyPair,
    pub issuer_name: String,
}

impl Maker {
    pub fn genuine() -> &'static Self {
        static MAKER: OnceLock<Maker> = OnceLock::new();
        MAKER.get_or_init(Self::new)
    }

    /// An impostor with the same names and other keys.
    pub fn impostor() -> &'static Self {
        static MAKER: OnceLock<Maker> = OnceLock::new();
        MAKER.get_or_init(Self::new)
    }

    fn new() -> Self {
        let root_name = "Test TPM Root".to_owned();
        let issuer_name = ISSUER.to_owned();
        Self { root: key(), root_name, issuer: key(), issuer_name }
    }

    pub fn root_certificate(&self) -> Vec<u8> {
        let spec = CertificateSpec::ca(&self.root_name, &self.root_name, &self.root);
        spec.sign(&self.root)
    }

    /// A root of this name with the genuine root's key.
    pub fn root_spec(&self, named: Vec<u8>) -> CertificateSpec {
        let spec = CertificateSpec::ca("", "", &self.root);
        CertificateSpec { issuer: named.clone(), subject: named, ..spec }
    }

    pub fn issuer_certificate(&self) -> Vec<u8> {
        CertificateSpec::ca(&self.root_name, &self.issuer_name, &self.issuer).sign(&self.root)
    }

    pub fn makers(&self) -> Makers {
        let mut makers = Makers::default();
        makers.add(&self.root_certificate()).unwrap();
        makers.add(&self.issuer_certificate()).unwrap();
        makers
    }

    /// The root alone: the intermediate is missing.
    pub fn root_only(&self) -> Makers {
        let mut makers = Makers::default();
        makers.add(&self.root_certificate()).unwrap();
        makers
    }

    /// A revocation list of `signer` with these serial numbers, in PEM.
    pub fn revocation_list(signer: &EcdsaKeyPair, issuer: &str, serials: &[&[u8]]) -> Vec<u8> {
        let entries: Vec<Vec<u8>> =
            serials.iter().map(|s| seq(&[tlv(2, s), tlv(0x17, b"260101000000Z")])).collect();
        let algorithm = seq(&[oid(ECDSA_SHA256)]);
        let mut fields = vec![
            tlv(2, &[1]),
            algorithm.clone(),
            name(&[(CN, issuer)]),
            tlv(0x17, b"260101000000Z"),
            tlv(0x18, b"20990101000000Z"),
        ];
        if !entries.is_empty() {
            fields.push(seq(&entries));
        }
        let tbs = seq(&fields);
        let signature = signer.sign(&SystemRandom::new(), &tbs).unwrap();
        pem("X509 CRL", &seq(&[tbs, algorithm, bits(signature.as_ref())]))
    }

    /// A self-signed certificate as UEFI variables hold them; the same for the same name.
    pub fn boot_certificate(subject: &str) -> Vec<u8> {
        static MADE: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());
        let mut made = MADE.lock().unwrap();
        let make = || {
            let key = key();
            CertificateSpec::ca(subject, subject, &key).sign(&key)
        };
        made.entry(subject.to_owned()).or_insert_with(make).clone()
    }
}
