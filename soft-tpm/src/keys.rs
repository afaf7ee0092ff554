//! The two keys of an identity.

use aws_lc_rs::agreement::{self, ECDH_P256, UnparsedPublicKey};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{
    KeyPair as RsaKeyPair, KeySize, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey,
    PrivateDecryptingKey,
};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256,
};
use trustboard_model::protocol::CredentialBlob;

use super::credential::{sized, sized_first, unwrap_credential};
use super::hash::sha256;
use super::marshal::{AK_ATTRIBUTES, EK_ATTRIBUTES, PublicKey, PublicSpec};

/// What the shared secret of a credential is labelled with (Part 1, 24.2).
const LABEL: &[u8] = b"IDENTITY\0";

/// A key that signs quotes.
#[derive(Debug)]
pub enum AttestationKey {
    /// RSASSA with SHA-256.
    Rsa(RsaKeyPair),
    /// ECDSA on P-256 with SHA-256.
    Ecc(EcdsaKeyPair),
}

impl AttestationKey {
    /// Makes an RSA 2048 key, which takes some tenths of a second.
    pub fn generate_rsa() -> Self {
        Self::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).expect("the machine has randomness"))
    }

    /// Makes a P-256 key.
    pub fn generate_ecc() -> Self {
        let made = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING);
        Self::Ecc(made.expect("the machine has randomness"))
    }

    /// The P-256 key with this private scalar. Fails for the few numbers that are none.
    pub fn ecc_from_scalar(scalar: &[u8; 32]) -> Result<Self, Unspecified> {
        let point = agreement::PrivateKey::from_private_key(&ECDH_P256, scalar)
            .map_err(|_| Unspecified)?
            .compute_public_key()?;
        let pair = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            scalar,
            point.as_ref(),
        );
        pair.map(Self::Ecc).map_err(|_| Unspecified)
    }

    /// The public area of a restricted signing key.
    pub fn public(&self) -> PublicSpec {
        let key = match self {
            Self::Rsa(key) => PublicKey::Rsa { modulus: modulus(key.public_key().as_ref()) },
            Self::Ecc(key) => PublicKey::from_point(key.public_key().as_ref()),
        };
        PublicSpec::new(key, AK_ATTRIBUTES)
    }

    /// TPMT_SIGNATURE over `message` with the scheme that the public area names.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .expect("the room is as long as the modulus");
                let size = u16::try_from(signature.len()).expect("256 bytes").to_be_bytes();
                // TPM_ALG_RSASSA, TPM_ALG_SHA256
                [&[0x00, 0x14, 0x00, 0x0B][..], &size, &signature].concat()
            }
            Self::Ecc(key) => {
                let signature = key.sign(&random, message).expect("a P-256 key signs");
                let (r, s) = signature.as_ref().split_at(32);
                // TPM_ALG_ECDSA, TPM_ALG_SHA256
                [&[0x00, 0x18, 0x00, 0x0B, 0, 32][..], r, &[0, 32], s].concat()
            }
        }
    }
}

/// A key that unwraps credentials.
#[derive(Debug)]
pub enum EndorsementKey {
    /// Template L-1.
    Rsa(PrivateDecryptingKey),
    /// Template L-2.
    Ecc(agreement::PrivateKey),
}

impl EndorsementKey {
    /// Makes an RSA 2048 key, which takes some tenths of a second.
    pub fn generate_rsa() -> Self {
        let made = PrivateDecryptingKey::generate(KeySize::Rsa2048);
        Self::Rsa(made.expect("the machine has randomness"))
    }

    /// Makes a P-256 key.
    pub fn generate_ecc() -> Self {
        let made = agreement::PrivateKey::generate(&ECDH_P256);
        Self::Ecc(made.expect("the machine has randomness"))
    }

    /// The P-256 key with this private scalar. Fails for the few numbers that are none.
    pub fn ecc_from_scalar(scalar: &[u8; 32]) -> Result<Self, Unspecified> {
        let key = agreement::PrivateKey::from_private_key(&ECDH_P256, scalar);
        key.map(Self::Ecc).map_err(|_| Unspecified)
    }

    /// The public area, as the maker's template has it.
    pub fn public(&self) -> PublicSpec {
        let key = match self {
            Self::Rsa(key) => {
                let der = key.public_key().as_der().expect("a public key has a DER form");
                PublicKey::Rsa { modulus: modulus(der.as_ref()) }
            }
            Self::Ecc(key) => PublicKey::from_point(&point(key)),
        };
        PublicSpec::new(key, EK_ATTRIBUTES)
    }

    /// What `TPM2_ActivateCredential` gives with the AK of this TPMT_PUBLIC loaded; nothing if the
    /// credential is for another TPM or another AK.
    pub fn activate(&self, ak_public: &[u8], credential: &CredentialBlob) -> Option<Vec<u8>> {
        let sealed = sized(&credential.encrypted_secret)?;
        let seed = match self {
            Self::Rsa(key) => {
                let key = OaepPrivateDecryptingKey::new(key.clone()).ok()?;
                let mut room = vec![0; key.key_size_bytes()];
                let opened = key.decrypt(&OAEP_SHA256_MGF1SHA256, sealed, &mut room, Some(LABEL));
                opened.ok()?.to_vec()
            }
            Self::Ecc(key) => agreed(key, sealed)?,
        };
        unwrap_credential(&seed, ak_public, credential)
    }
}

/// The seed behind an ephemeral point: KDFe over the shared x coordinate (Part 1, C.6.1).
fn agreed(key: &agreement::PrivateKey, sealed: &[u8]) -> Option<Vec<u8>> {
    let (x, rest) = sized_first(sealed)?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, [&[4][..], x, sized(rest)?].concat());
    let own = point(key);
    let own_x = own.get(1..33)?;
    agreement::agree(key, theirs, Unspecified, |z| {
        let parts = [&1_u32.to_be_bytes()[..], z, LABEL, x, own_x].concat();
        Ok(sha256(&parts).0.to_vec())
    })
    .ok()
}

fn point(key: &agreement::PrivateKey) -> Vec<u8> {
    key.compute_public_key().expect("a private key has a public one").as_ref().to_vec()
}

/// RSAPublicKey and SubjectPublicKeyInfo of RSA-2048 end with the modulus and 02 03 01 00 01.
fn modulus(der: &[u8]) -> Vec<u8> {
    let end = der.len() - 5;
    der[end - 256..end].to_vec() // both are longer than that
}
