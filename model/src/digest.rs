//! Hash algorithms, digests of exact length, and nonces.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::bytes::{Bytes, to_hex};

/// A hash algorithm that a TPM 2.0 PCR bank can use (TCG Algorithm Registry, `TPM_ALG_ID`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HashAlg {
    /// `TPM_ALG_SHA1` 0x0004
    Sha1,
    /// `TPM_ALG_SHA256` 0x000B
    Sha256,
    /// `TPM_ALG_SHA384` 0x000C
    Sha384,
    /// `TPM_ALG_SHA512` 0x000D
    Sha512,
    /// `TPM_ALG_SM3_256` 0x0012
    #[serde(rename = "sm3-256")]
    Sm3_256,
}

impl HashAlg {
    /// Every algorithm known here, weakest first.
    pub const ALL: [Self; 5] =
        [Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512, Self::Sm3_256];

    /// The length of a digest, in bytes.
    #[expect(clippy::len_without_is_empty, reason = "a digest is never empty")]
    pub const fn len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 | Self::Sm3_256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The `TPM_ALG_ID`.
    pub const fn tpm_id(self) -> u16 {
        match self {
            Self::Sha1 => 0x0004,
            Self::Sha256 => 0x000B,
            Self::Sha384 => 0x000C,
            Self::Sha512 => 0x000D,
            Self::Sm3_256 => 0x0012,
        }
    }

    /// The algorithm with this `TPM_ALG_ID`, if it is one that a PCR bank can use.
    pub fn from_tpm_id(id: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|alg| alg.tpm_id() == id)
    }

    /// The name that operators know: `SHA-256`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
            Self::Sm3_256 => "SM3-256",
        }
    }
}

impl fmt::Display for HashAlg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A digest whose length is that of its algorithm.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest {
    alg: HashAlg,
    bytes: Vec<u8>,
}

/// A digest of the wrong length for its algorithm.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a {alg} digest has {} bytes, not {found}", alg.len())]
pub struct WrongDigestLength {
    /// The algorithm.
    pub alg: HashAlg,
    /// The number of bytes found.
    pub found: usize,
}

impl Digest {
    /// A digest from exactly as many bytes as the algorithm gives.
    pub fn new(alg: HashAlg, bytes: impl Into<Vec<u8>>) -> Result<Self, WrongDigestLength> {
        let bytes = bytes.into();
        if bytes.len() == alg.len() {
            Ok(Self { alg, bytes })
        } else {
            Err(WrongDigestLength { alg, found: bytes.len() })
        }
    }

    /// All bytes zero or all bytes 0xFF: the two reset values of PCRs (PTP 4.6.2).
    pub fn filled(alg: HashAlg, byte: u8) -> Self {
        Self { alg, bytes: vec![byte; alg.len()] }
    }

    /// The algorithm.
    pub fn alg(&self) -> HashAlg {
        self.alg
    }

    /// The bytes, `self.alg().len()` of them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Lower-case hex without the algorithm.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.bytes))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{self}", self.alg.name())
    }
}

#[derive(Serialize, Deserialize)]
struct RawDigest {
    alg: HashAlg,
    value: Bytes,
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawDigest { alg: self.alg, value: Bytes(self.bytes.clone()) }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawDigest::deserialize(deserializer)?;
        Digest::new(raw.alg, raw.value.0).map_err(serde::de::Error::custom)
    }
}

/// SHA-256 of something that is stored or named by its content: a log, a certificate, a key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

/// 32 bytes that the server drew at random for one challenge.
///
/// 32 bytes is the longest `qualifyingData` that every TPM 2.0 accepts (the size of a digest of
/// its smallest mandatory nameAlg, SHA-256).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nonce(pub [u8; 32]);

macro_rules! sized_bytes {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&to_hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Bytes(self.0.to_vec()).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let bytes = Bytes::deserialize(deserializer)?;
                <[u8; 32]>::try_from(&bytes.0[..]).map(Self).map_err(|_| {
                    serde::de::Error::custom(format!("expected 32 bytes, found {}", bytes.len()))
                })
            }
        }
    )*};
}

sized_bytes!(Sha256, Nonce);
