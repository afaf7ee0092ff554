//! TPMT_SIGNATURE and its verification by the scheme that the key prescribes.

use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P256_SHA512_ASN1,
    ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ECDSA_P384_SHA512_ASN1,
    EcdsaVerificationAlgorithm, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, RsaParameters, RsaPssSaltLength, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use trustboard_model::digest::HashAlg;
use trustboard_model::protocol::limit;

use super::public::uncompressed_point;
use super::{Curve, Key, Public, Scheme, alg};
use crate::reader::Reader;
use crate::{Error, budget};

/// A TPMT_SIGNATURE (Part 2, 11.3.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    scheme: Scheme,
    value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Rsa(Vec<u8>),
    Ecdsa { r: Vec<u8>, s: Vec<u8> },
}

/// Why a signature is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureRefusal {
    /// It does not verify.
    Invalid,
    /// Its scheme is not the key's, or not one that is accepted.
    Scheme {
        /// The key's scheme.
        key: Scheme,
        /// The signature's.
        signature: Scheme,
    },
}

impl Signature {
    /// Reads one TPMT_SIGNATURE.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("signature", bytes);
        if bytes.len() > limit::QUOTE_BYTES {
            let problem = format!("{} bytes; limit {}", bytes.len(), limit::QUOTE_BYTES);
            return Err(reader.error(problem));
        }
        let scheme = reader.u16_be("sigAlg")?;
        let value = match scheme {
            alg::RSASSA | alg::RSAPSS | alg::ECDSA => {
                let hash = Some(reader.u16_be("hash")?);
                let scheme = Scheme { scheme, hash };
                let value = if scheme.scheme == alg::ECDSA {
                    let r = reader.tpm2b("signatureR", budget::TPM2B_BYTES)?.to_vec();
                    let s = reader.tpm2b("signatureS", budget::TPM2B_BYTES)?.to_vec();
                    Value::Ecdsa { r, s }
                } else {
                    Value::Rsa(reader.tpm2b("sig", budget::TPM2B_BYTES)?.to_vec())
                };
                Self { scheme, value }
            }
            other => return Err(reader.error(format!("sigAlg {} is not known", alg::name(other)))),
        };
        reader.finish()?;
        Ok(value)
    }

    pub(super) fn value(&self) -> &Value {
        &self.value
    }

    /// The scheme that it claims.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Verifies it over exactly these bytes. The key decides the scheme: one that differs, is
    /// null or weak (SHA-1, RSA below 2048 bits, another curve) is refused, never fallen back to.
    pub fn verify(&self, key: &Public, message: &[u8]) -> Result<HashAlg, SignatureRefusal> {
        let refusal = SignatureRefusal::Scheme { key: key.scheme(), signature: self.scheme };
        if key.scheme() != self.scheme {
            return Err(refusal);
        }
        let Some(hash) = self.scheme.hash_alg() else { return Err(refusal) };
        let verified = match (&self.value, key.key()) {
            (Value::Rsa(value), Key::Rsa { exponent, modulus, .. }) => {
                let accepted = rsa_parameters(self.scheme.scheme, hash);
                if accepted.is_empty() {
                    return Err(refusal);
                }
                let exponent = exponent.to_be_bytes();
                accepted.iter().any(|form| verify_rsa(form, modulus, &exponent, message, value))
            }
            (Value::Ecdsa { r, s }, Key::Ecc { curve, x, y }) => {
                let (Some(algorithm), Some(point)) =
                    (ecdsa_algorithm(*curve, hash), uncompressed_point(*curve, x, y))
                else {
                    return Err(refusal);
                };
                verify_ecdsa(algorithm, &point, message, &ecdsa_der(r, s))
            }
            _ => return Err(refusal),
        };
        if verified { Ok(hash) } else { Err(SignatureRefusal::Invalid) }
    }
}

/// RSASSA or RSAPSS with 2048 to 8192 bits; none for anything else. TPMs salt PSS with as many
/// bytes as the hash has, older ones with as many as fit (Part 1, B.7): both are accepted.
fn rsa_parameters(scheme: u16, hash: HashAlg) -> Vec<RsaParameters> {
    use RsaPssSaltLength::{Digest, Max};
    let salted = |form: fn() -> RsaParameters| {
        [Digest, Max].map(|salt| form().with_pss_salt_length(salt)).into()
    };
    match (scheme, hash) {
        (alg::RSASSA, HashAlg::Sha256) => vec![RSA_PKCS1_2048_8192_SHA256],
        (alg::RSASSA, HashAlg::Sha384) => vec![RSA_PKCS1_2048_8192_SHA384],
        (alg::RSASSA, HashAlg::Sha512) => vec![RSA_PKCS1_2048_8192_SHA512],
        (alg::RSAPSS, HashAlg::Sha256) => salted(|| RSA_PSS_2048_8192_SHA256),
        (alg::RSAPSS, HashAlg::Sha384) => salted(|| RSA_PSS_2048_8192_SHA384),
        (alg::RSAPSS, HashAlg::Sha512) => salted(|| RSA_PSS_2048_8192_SHA512),
        _ => Vec::new(),
    }
}

/// ECDSA over P-256 or P-384 with a hash of the SHA-2 family.
pub(crate) fn ecdsa_algorithm(
    curve: Curve,
    hash: HashAlg,
) -> Option<&'static EcdsaVerificationAlgorithm> {
    match (curve, hash) {
        (Curve::P256, HashAlg::Sha256) => Some(&ECDSA_P256_SHA256_ASN1),
        (Curve::P256, HashAlg::Sha384) => Some(&ECDSA_P256_SHA384_ASN1),
        (Curve::P256, HashAlg::Sha512) => Some(&ECDSA_P256_SHA512_ASN1),
        (Curve::P384, HashAlg::Sha256) => Some(&ECDSA_P384_SHA256_ASN1),
        (Curve::P384, HashAlg::Sha384) => Some(&ECDSA_P384_SHA384_ASN1),
        (Curve::P384, HashAlg::Sha512) => Some(&ECDSA_P384_SHA512_ASN1),
        _ => None,
    }
}

pub(crate) fn verify_rsa(
    parameters: &RsaParameters,
    modulus: &[u8],
    exponent: &[u8],
    message: &[u8],
    value: &[u8],
) -> bool {
    let key = RsaPublicKeyComponents { n: without_zeros(modulus), e: without_zeros(exponent) };
    key.verify(parameters, message, value).is_ok()
}

pub(crate) fn verify_ecdsa(
    algorithm: &'static dyn signature::VerificationAlgorithm,
    point: &[u8],
    message: &[u8],
    value: &[u8],
) -> bool {
    UnparsedPublicKey::new(algorithm, point).verify(message, value).is_ok()
}

/// A number without leading zeros, as the library wants it.
pub(super) fn without_zeros(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().skip_while(|&byte| byte == 0).collect()
}

/// Ecdsa-Sig-Value (RFC 3279, 2.2.3): the library takes every pairing of curve and hash only in
/// this form.
pub(super) fn ecdsa_der(r: &[u8], s: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for number in [r, s] {
        let digits = without_zeros(number);
        let pad = digits.first().is_none_or(|first| first & 0x80 != 0);
        put_der(&mut body, 0x02, &[if pad { &[0][..] } else { &[] }, &digits].concat());
    }
    let mut der = Vec::new();
    put_der(&mut der, 0x30, &body);
    der
}

fn put_der(out: &mut Vec<u8>, tag: u8, value: &[u8]) {
    out.push(tag);
    // At most 2 × (512 + 4) bytes: TPM2Bs are bounded where they are read.
    match u16::try_from(value.len()).unwrap_or(u16::MAX).to_be_bytes() {
        [0, short] if short < 0x80 => out.push(short),
        [0, long] => out.extend([0x81, long]),
        [high, low] => out.extend([0x82, high, low]),
    }
    out.extend_from_slice(value);
}
