//! PCR banks that a software TPM can have, and their hash functions.

use aws_lc_rs::digest;
use serde::{Deserialize, Serialize};
use trustboard_model::digest::{Digest, HashAlg};

/// A PCR bank of swtpm (libtpms has no SM3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bank {
    /// SHA-1
    Sha1,
    /// SHA-256
    Sha256,
    /// SHA-384
    Sha384,
    /// SHA-512
    Sha512,
}

impl Bank {
    /// All four, ascending.
    pub const ALL: [Self; 4] = [Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512];

    /// The bank's algorithm in the words that every crate shares.
    pub const fn alg(self) -> HashAlg {
        match self {
            Self::Sha1 => HashAlg::Sha1,
            Self::Sha256 => HashAlg::Sha256,
            Self::Sha384 => HashAlg::Sha384,
            Self::Sha512 => HashAlg::Sha512,
        }
    }

    /// The name that `swtpm_setup --pcr-banks` takes.
    pub const fn swtpm_name(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// The digest of `parts`, one after the other.
    pub fn hash(self, parts: &[&[u8]]) -> Digest {
        let function = match self {
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        let mut context = digest::Context::new(function);
        for part in parts {
            context.update(part);
        }
        Digest::new(self.alg(), context.finish().as_ref())
            .expect("a hash function gives as many bytes as its algorithm says")
    }
}
