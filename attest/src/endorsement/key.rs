//! Keys and signature algorithms of certificates.

use aws_lc_rs::signature::{
    ECDSA_P521_SHA256_ASN1, ECDSA_P521_SHA384_ASN1, ECDSA_P521_SHA512_ASN1,
    EcdsaVerificationAlgorithm, RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters,
    RsaPssSaltLength,
};
use trustboard_model::digest::HashAlg;

use super::der::{
    BIT_STRING, Der, INTEGER, OID, SEQUENCE, Value, oid_text, small, unsigned, whole_bits,
};
use crate::Error;
use crate::tpm::{
    Curve, Key, Public, ecdsa_algorithm, uncompressed_point, verify_ecdsa, verify_rsa,
};

/// Contents of OBJECT IDENTIFIERs (RFC 3279, 4055, 5480, 5758).
mod oid {
    pub const RSA_ENCRYPTION: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1];
    pub const SHA1_WITH_RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 5];
    pub const RSAES_OAEP: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 7];
    pub const MGF1: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 8];
    pub const RSASSA_PSS: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 10];
    pub const SHA256_WITH_RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 11];
    pub const SHA384_WITH_RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 12];
    pub const SHA512_WITH_RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 13];
    pub const EC_PUBLIC_KEY: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1];
    pub const ECDSA_WITH_SHA256: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2];
    pub const ECDSA_WITH_SHA384: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 3];
    pub const ECDSA_WITH_SHA512: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 4];
    pub const P256: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7];
    pub const P384: &[u8] = &[0x2B, 0x81, 4, 0, 34];
    pub const P521: &[u8] = &[0x2B, 0x81, 4, 0, 35];
    pub const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
    pub const SHA384: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2];
    pub const SHA512: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3];
}

/// NIST P-521 (Part 2, 6.4): the curve of makers' CAs only, never of a key in a TPM here.
const P521: Curve = Curve::Other(0x0005);

/// The key of a SubjectPublicKeyInfo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertifiedKey {
    /// RSA, as rsaEncryption or, in STMicroelectronics' EK certificates, as id-RSAES-OAEP.
    Rsa {
        /// Big-endian, without a sign byte.
        modulus: Vec<u8>,
        /// Big-endian, without a sign byte.
        exponent: Vec<u8>,
    },
    /// Elliptic curve.
    Ec {
        /// The curve.
        curve: Curve,
        /// The uncompressed point.
        point: Vec<u8>,
    },
    /// Another algorithm, by its OID.
    Other(String),
}

/// How a certificate is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5
    RsaPkcs1(HashAlg),
    /// RSASSA-PSS with the hash also in MGF1
    RsaPss {
        /// The hash.
        hash: HashAlg,
        /// Bytes of salt.
        salt: u16,
    },
    /// ECDSA
    Ecdsa(HashAlg),
    /// Another one, by its OID.
    Other(String),
}

impl CertifiedKey {
    /// Reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).
    pub(crate) fn read(der: &mut Der<'_>) -> Result<Self, Error> {
        const FIELD: &str = "subjectPublicKeyInfo";
        let mut info = der.enter(SEQUENCE, FIELD)?;
        let mut algorithm = info.enter(SEQUENCE, "public key algorithm")?;
        let id = algorithm.expect(OID, "public key algorithm")?.content;
        let bits = info.expect(BIT_STRING, "subjectPublicKey")?;
        let bits =
            whole_bits(&bits).ok_or_else(|| info.error("subjectPublicKey has unused bits"))?;
        info.finish(FIELD)?;
        match id {
            // id-RSAES-OAEP only restricts the use of the key; its parameters are those of the
            // TPM's own OAEP.
            oid::RSA_ENCRYPTION | oid::RSAES_OAEP => read_rsa(bits),
            oid::EC_PUBLIC_KEY => {
                let curve = match algorithm.expect(OID, "named curve")?.content {
                    oid::P256 => Curve::P256,
                    oid::P384 => Curve::P384,
                    oid::P521 => P521,
                    other => return Ok(Self::Other(oid_text(other))),
                };
                Ok(Self::Ec { curve, point: bits.to_vec() })
            }
            other => Ok(Self::Other(oid_text(other))),
        }
    }

    /// Whether this is the key of a TPM's public area.
    pub fn is_key_of(&self, public: &Public) -> bool {
        match (self, public.key()) {
            (Self::Rsa { modulus, exponent }, Key::Rsa { modulus: n, exponent: e, .. }) => {
                let e = e.to_be_bytes();
                let digits: &[u8] = &e[e.iter().take_while(|&&byte| byte == 0).count()..];
                modulus == n && exponent == digits
            }
            (Self::Ec { curve, point }, Key::Ecc { curve: c, x, y }) => {
                curve == c && uncompressed_point(*c, x, y).as_ref() == Some(point)
            }
            _ => false,
        }
    }

    /// `RSA 2048`, `NIST P-256` or the OID.
    pub fn describe(&self) -> String {
        match self {
            Self::Rsa { modulus, .. } => format!("RSA {}", modulus.len() * 8),
            Self::Ec { curve: P521, .. } => "NIST P-521".to_owned(),
            Self::Ec { curve, .. } => curve.name(),
            Self::Other(oid) => format!("key of algorithm {oid}"),
        }
    }

    /// Whether `signature` is this key's over `message`.
    pub(crate) fn verify(
        &self,
        algorithm: &SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        match (self, algorithm) {
            (Self::Rsa { modulus, exponent }, SignatureAlgorithm::RsaPkcs1(hash)) => pkcs1(*hash)
                .is_some_and(|form| verify_rsa(form, modulus, exponent, message, signature)),
            (Self::Rsa { modulus, exponent }, SignatureAlgorithm::RsaPss { hash, salt }) => {
                pss(*hash).is_some_and(|form| {
                    let form = form.with_pss_salt_length(RsaPssSaltLength::Custom(*salt));
                    verify_rsa(&form, modulus, exponent, message, signature)
                })
            }
            (Self::Ec { curve, point }, SignatureAlgorithm::Ecdsa(hash)) => ecdsa(*curve, *hash)
                .is_some_and(|form| verify_ecdsa(form, point, message, signature)),
            _ => false,
        }
    }
}

/// What makers sign certificates with: one curve more than TPMs sign quotes with.
fn ecdsa(curve: Curve, hash: HashAlg) -> Option<&'static EcdsaVerificationAlgorithm> {
    match (curve, hash) {
        (P521, HashAlg::Sha256) => Some(&ECDSA_P521_SHA256_ASN1),
        (P521, HashAlg::Sha384) => Some(&ECDSA_P521_SHA384_ASN1),
        (P521, HashAlg::Sha512) => Some(&ECDSA_P521_SHA512_ASN1),
        _ => ecdsa_algorithm(curve, hash),
    }
}

fn pkcs1(hash: HashAlg) -> Option<&'static RsaParameters> {
    match hash {
        HashAlg::Sha1 => Some(&RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY),
        HashAlg::Sha256 => Some(&RSA_PKCS1_2048_8192_SHA256),
        HashAlg::Sha384 => Some(&RSA_PKCS1_2048_8192_SHA384),
        HashAlg::Sha512 => Some(&RSA_PKCS1_2048_8192_SHA512),
        HashAlg::Sm3_256 => None,
    }
}

fn pss(hash: HashAlg) -> Option<RsaParameters> {
    match hash {
        HashAlg::Sha256 => Some(RSA_PSS_2048_8192_SHA256),
        HashAlg::Sha384 => Some(RSA_PSS_2048_8192_SHA384),
        HashAlg::Sha512 => Some(RSA_PSS_2048_8192_SHA512),
        HashAlg::Sha1 | HashAlg::Sm3_256 => None,
    }
}

/// RSAPublicKey (RFC 8017, A.1.1)
fn read_rsa(bits: &[u8]) -> Result<CertifiedKey, Error> {
    let mut outer = Der::new("certificate", bits);
    let mut key = outer.enter(SEQUENCE, "RSAPublicKey")?;
    let mut number = |field: &'static str| {
        let value = key.expect(INTEGER, field)?;
        let digits = unsigned(&value).ok_or_else(|| key.error(format!("{field} is negative")))?;
        Ok::<_, Error>(digits.to_vec())
    };
    let modulus = number("modulus")?;
    let exponent = number("publicExponent")?;
    key.finish("RSAPublicKey")?;
    outer.finish("subjectPublicKey")?;
    Ok(CertifiedKey::Rsa { modulus, exponent })
}

impl SignatureAlgorithm {
    /// Reads an AlgorithmIdentifier from its value.
    pub(crate) fn of(value: &Value<'_>) -> Result<Self, Error> {
        let mut der = Der::new("certificate", value.content);
        let id = der.expect(OID, "signature algorithm")?.content;
        Ok(match id {
            oid::SHA1_WITH_RSA => Self::RsaPkcs1(HashAlg::Sha1),
            oid::SHA256_WITH_RSA => Self::RsaPkcs1(HashAlg::Sha256),
            oid::SHA384_WITH_RSA => Self::RsaPkcs1(HashAlg::Sha384),
            oid::SHA512_WITH_RSA => Self::RsaPkcs1(HashAlg::Sha512),
            oid::ECDSA_WITH_SHA256 => Self::Ecdsa(HashAlg::Sha256),
            oid::ECDSA_WITH_SHA384 => Self::Ecdsa(HashAlg::Sha384),
            oid::ECDSA_WITH_SHA512 => Self::Ecdsa(HashAlg::Sha512),
            oid::RSASSA_PSS => read_pss(der)?,
            other => Self::Other(oid_text(other)),
        })
    }

    /// `RSA with SHA-256`, `ECDSA with SHA-384` or the OID.
    pub fn describe(&self) -> String {
        match self {
            Self::RsaPkcs1(hash) => format!("RSA with {hash}"),
            Self::RsaPss { hash, .. } => format!("RSA-PSS with {hash}"),
            Self::Ecdsa(hash) => format!("ECDSA with {hash}"),
            Self::Other(oid) => oid.clone(),
        }
    }

    /// Whether it rests on SHA-1.
    pub fn is_sha1(&self) -> bool {
        matches!(self, Self::RsaPkcs1(HashAlg::Sha1))
    }
}

/// RSASSA-PSS-params (RFC 4055, 3.1). Its defaults are SHA-1, which is not accepted, so hash and
/// MGF1 must be named, and be the same.
fn read_pss(mut der: Der<'_>) -> Result<SignatureAlgorithm, Error> {
    let unusable = || SignatureAlgorithm::Other("RSASSA-PSS with SHA-1 or mixed hashes".to_owned());
    let mut parameters = der.enter(SEQUENCE, "RSASSA-PSS-params")?;
    let Some(hash) = parameters.optional(0xA0)? else { return Ok(unusable()) };
    let hash = parameters.inside(&hash).enter(SEQUENCE, "hashAlgorithm")?;
    let hash = hash_of(hash)?;
    let Some(mask) = parameters.optional(0xA1)? else { return Ok(unusable()) };
    let mut mask = parameters.inside(&mask).enter(SEQUENCE, "maskGenAlgorithm")?;
    let mgf1 = mask.expect(OID, "maskGenAlgorithm")?.content == oid::MGF1;
    let mask_hash = hash_of(mask.enter(SEQUENCE, "maskGenAlgorithm hash")?)?;
    let salt = match parameters.optional(0xA2)? {
        None => 20,
        Some(salt) => {
            let value = parameters.inside(&salt).expect(INTEGER, "saltLength")?;
            small(&value).unwrap_or(u32::MAX)
        }
    };
    match (hash, u16::try_from(salt)) {
        (Some(hash), Ok(salt)) if mgf1 && mask_hash == Some(hash) => {
            Ok(SignatureAlgorithm::RsaPss { hash, salt })
        }
        _ => Ok(unusable()),
    }
}

fn hash_of(mut algorithm: Der<'_>) -> Result<Option<HashAlg>, Error> {
    Ok(match algorithm.expect(OID, "hash algorithm")?.content {
        oid::SHA256 => Some(HashAlg::Sha256),
        oid::SHA384 => Some(HashAlg::Sha384),
        oid::SHA512 => Some(HashAlg::Sha512),
        _ => None,
    })
}
