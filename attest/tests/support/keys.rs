//! Keys of a software TPM. Made once for each test program: RSA keys take time.

use std::sync::OnceLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use trustboard_soft_tpm::{AttestationKey, EndorsementKey};

use super::tpm::PublicSpec;

/// A key that signs quotes.
#[derive(Clone, Copy)]
pub struct AkKey(pub &'static AttestationKey);

impl AkKey {
    pub fn rsa() -> Self {
        static KEY: OnceLock<AttestationKey> = OnceLock::new();
        Self(KEY.get_or_init(AttestationKey::generate_rsa))
    }

    pub fn ecc() -> Self {
        static KEY: OnceLock<AttestationKey> = OnceLock::new();
        Self(KEY.get_or_init(AttestationKey::generate_ecc))
    }

    /// Another one than `rsa`.
    pub fn other_rsa() -> Self {
        static KEY: OnceLock<AttestationKey> = OnceLock::new();
        Self(KEY.get_or_init(AttestationKey::generate_rsa))
    }

    /// Another one than `ecc`.
    pub fn other_ecc() -> Self {
        static KEY: OnceLock<AttestationKey> = OnceLock::new();
        Self(KEY.get_or_init(AttestationKey::generate_ecc))
    }

    pub fn public(self) -> PublicSpec {
        self.0.public()
    }

    /// TPMT_SIGNATURE with the scheme that `public` names.
    pub fn sign(self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message)
    }
}

/// The RSA EK, for unwrapping credentials.
pub fn ek_rsa_private() -> &'static EndorsementKey {
    static KEY: OnceLock<EndorsementKey> = OnceLock::new();
    KEY.get_or_init(EndorsementKey::generate_rsa)
}

pub fn ek_rsa() -> PublicSpec {
    ek_rsa_private().public()
}

/// The ECC EK, for unwrapping credentials.
pub fn ek_ecc_private() -> &'static EndorsementKey {
    static KEY: OnceLock<EndorsementKey> = OnceLock::new();
    KEY.get_or_init(EndorsementKey::generate_ecc)
}

pub fn ek_ecc() -> PublicSpec {
    ek_ecc_private().public()
}

/// A public key as the library takes it, and its signature over `message`.
pub fn bare_rsa(message: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let AttestationKey::Rsa(key) = AkKey::rsa().0 else { unreachable!() };
    (key.public_key().as_ref().to_vec(), AkKey::rsa().sign(message)[6..].to_vec())
}

/// The same on P-256.
pub fn bare_p256(message: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
    let signature = key.sign(&SystemRandom::new(), message).unwrap();
    (key.public_key().as_ref().to_vec(), signature.as_ref().to_vec())
}
