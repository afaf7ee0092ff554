//! Keys of a software TPM. Made once for each test program: RSA keys take time.

use std::sync::OnceLock;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize, PrivateDecryptingKey};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256,
};

use super::tpm::{AK_ATTRIBUTES, EK_ATTRIBUTES, PublicKey, PublicSpec};

/// A key that signs quotes.
#[derive(Clone, Copy)]
pub enum AkKey {
    Rsa(&'static RsaKeyPair),
    Ecc(&'static EcdsaKeyPair),
}

impl AkKey {
    pub fn rsa() -> Self {
        static KEY: OnceLock<RsaKeyPair> = OnceLock::new();
        Self::Rsa(KEY.get_or_init(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap()))
    }

    pub fn ecc() -> Self {
        static KEY: OnceLock<EcdsaKeyPair> = OnceLock::new();
        Self::Ecc(KEY.get_or_init(ecdsa))
    }

    /// Another one than `rsa`.
    pub fn other_rsa() -> Self {
        static KEY: OnceLock<RsaKeyPair> = OnceLock::new();
        Self::Rsa(KEY.get_or_init(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap()))
    }

    /// Another one than `ecc`.
    pub fn other_ecc() -> Self {
        static KEY: OnceLock<EcdsaKeyPair> = OnceLock::new();
        Self::Ecc(KEY.get_or_init(ecdsa))
    }

    pub fn public(self) -> PublicSpec {
        let key = match self {
            Self::Rsa(key) => PublicKey::Rsa { modulus: modulus(key.public_key().as_ref()) },
            Self::Ecc(key) => PublicKey::from_point(key.public_key().as_ref()),
        };
        PublicSpec::new(key, AK_ATTRIBUTES)
    }

    /// TPMT_SIGNATURE with the scheme that `public` names.
    pub fn sign(self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                let mut out = vec![0x00, 0x14, 0x00, 0x0B];
                out.extend(u16::try_from(signature.len()).unwrap().to_be_bytes());
                out.extend(signature);
                out
            }
            Self::Ecc(key) => {
                let signature = key.sign(&random, message).unwrap();
                let (r, s) = signature.as_ref().split_at(32);
                [&[0x00, 0x18, 0x00, 0x0B, 0, 32][..], r, &[0, 32], s].concat()
            }
        }
    }
}

fn ecdsa() -> EcdsaKeyPair {
    EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()
}

/// The private half of the RSA EK, for unwrapping credentials.
pub fn ek_rsa_private() -> &'static PrivateDecryptingKey {
    static KEY: OnceLock<PrivateDecryptingKey> = OnceLock::new();
    KEY.get_or_init(|| PrivateDecryptingKey::generate(KeySize::Rsa2048).unwrap())
}

pub fn ek_rsa() -> PublicSpec {
    let der = ek_rsa_private().public_key().as_der().unwrap();
    PublicSpec::new(PublicKey::Rsa { modulus: modulus(der.as_ref()) }, EK_ATTRIBUTES)
}

/// RSAPublicKey and SubjectPublicKeyInfo of RSA-2048 end with the modulus and 02 03 01 00 01.
fn modulus(der: &[u8]) -> Vec<u8> {
    der[der.len() - 5 - 256..der.len() - 5].to_vec()
}

/// The private half of the ECC EK, for unwrapping credentials.
pub fn ek_ecc_private() -> &'static aws_lc_rs::agreement::PrivateKey {
    use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
    static KEY: OnceLock<PrivateKey> = OnceLock::new();
    KEY.get_or_init(|| PrivateKey::generate(&ECDH_P256).unwrap())
}

pub fn ek_ecc() -> PublicSpec {
    let point = ek_ecc_private().compute_public_key().unwrap();
    PublicSpec::new(PublicKey::from_point(point.as_ref()), EK_ATTRIBUTES)
}

/// A public key as the library takes it, and its signature over `message`.
pub fn bare_rsa(message: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let AkKey::Rsa(key) = AkKey::rsa() else { unreachable!() };
    (key.public_key().as_ref().to_vec(), AkKey::rsa().sign(message)[6..].to_vec())
}

/// The same on P-256.
pub fn bare_p256(message: &[u8]) -> (Vec<u8>, Vec<u8>) {
    use aws_lc_rs::signature::ECDSA_P256_SHA256_ASN1_SIGNING;
    let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
    let signature = key.sign(&SystemRandom::new(), message).unwrap();
    (key.public_key().as_ref().to_vec(), signature.as_ref().to_vec())
}
