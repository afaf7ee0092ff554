//! An AK's public key, made ready once for many signatures.

use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents,
};
use trustboard_model::digest::HashAlg;

use super::signature::{Value, ecdsa_der, without_zeros};
use super::{Key, Public, Scheme, Signature, alg, ecdsa_algorithm, uncompressed_point};

/// A public key that need not be read again for each signature. Reading an RSA-2048 key takes a
/// third of the time of verifying with it.
#[derive(Debug, Clone)]
pub(crate) struct PreparedKey {
    scheme: Scheme,
    key: ParsedPublicKey,
}

impl PreparedKey {
    /// Prepares a key whose scheme is RSASSA or ECDSA; nothing for any other, which
    /// [`Signature::verify`] takes.
    pub(crate) fn new(ak: &Public) -> Option<Self> {
        let scheme = ak.scheme();
        let hash = scheme.hash_alg()?;
        let key = match ak.key() {
            Key::Rsa { exponent, modulus, .. } if scheme.scheme == alg::RSASSA => {
                let n = without_zeros(modulus);
                let e = without_zeros(&exponent.to_be_bytes());
                RsaPublicKeyComponents { n, e }.to_parsed_public_key(pkcs1(hash)?).ok()?
            }
            Key::Ecc { curve, x, y } if scheme.scheme == alg::ECDSA => {
                let point = uncompressed_point(*curve, x, y)?;
                ParsedPublicKey::new(ecdsa_algorithm(*curve, hash)?, point).ok()?
            }
            _ => return None,
        };
        Some(Self { scheme, key })
    }

    /// Verifies `signature` over exactly `message`, as [`Signature::verify`] does.
    pub(crate) fn verify(&self, signature: &Signature, message: &[u8]) -> bool {
        if self.scheme != signature.scheme() {
            return false;
        }
        match signature.value() {
            Value::Rsa(value) => self.key.verify_sig(message, value).is_ok(),
            Value::Ecdsa { r, s } => self.key.verify_sig(message, &ecdsa_der(r, s)).is_ok(),
        }
    }
}

/// RSASSA with a hash of the SHA-2 family.
fn pkcs1(hash: HashAlg) -> Option<&'static RsaParameters> {
    match hash {
        HashAlg::Sha256 => Some(&RSA_PKCS1_2048_8192_SHA256),
        HashAlg::Sha384 => Some(&RSA_PKCS1_2048_8192_SHA384),
        HashAlg::Sha512 => Some(&RSA_PKCS1_2048_8192_SHA512),
        HashAlg::Sha1 | HashAlg::Sm3_256 => None,
    }
}
