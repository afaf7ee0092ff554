//! The two kinds of key that every PC Client TPM 2.0 can hold.

use serde::{Deserialize, Serialize};

/// A key's algorithm and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// RSA with 2048 bits; an AK signs RSASSA with SHA-256.
    Rsa2048,
    /// ECC on NIST P-256; an AK signs ECDSA with SHA-256.
    EccP256,
}

impl KeyKind {
    /// `RSA 2048` or `ECC P-256`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rsa2048 => "RSA 2048",
            Self::EccP256 => "ECC P-256",
        }
    }
}
