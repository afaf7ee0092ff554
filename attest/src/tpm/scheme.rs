//! The scheme that a key signs or decrypts with.

use trustboard_model::digest::HashAlg;

use super::alg;

/// A TPMT_RSA_SCHEME or TPMT_ECC_SCHEME (Part 2, 11.2.4.2, 11.2.5.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// `TPM_ALG_ID` of the scheme.
    pub scheme: u16,
    /// `TPM_ALG_ID` of its hash, if it has one.
    pub hash: Option<u16>,
}

impl Scheme {
    /// `RSASSA with SHA-256`.
    pub fn describe(self) -> String {
        let scheme = alg::name(self.scheme);
        match self.hash {
            None => scheme,
            Some(hash) => match HashAlg::from_tpm_id(hash) {
                Some(hash) => format!("{scheme} with {hash}"),
                None => format!("{scheme} with hash {hash:#06x}"),
            },
        }
    }

    /// The hash, if it is one that is known here.
    pub fn hash_alg(self) -> Option<HashAlg> {
        self.hash.and_then(HashAlg::from_tpm_id)
    }
}
