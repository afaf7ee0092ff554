//! The hash functions of PCR banks.

use aws_lc_rs::digest;
use trustboard_model::digest::{HashAlg, Sha256};

/// The digest of `data`.
pub fn hash(alg: HashAlg, data: &[u8]) -> Vec<u8> {
    let algorithm = match alg {
        HashAlg::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        HashAlg::Sha256 => &digest::SHA256,
        HashAlg::Sha384 => &digest::SHA384,
        HashAlg::Sha512 => &digest::SHA512,
        HashAlg::Sm3_256 => unimplemented!("the library has no SM3"),
    };
    digest::digest(algorithm, data).as_ref().to_vec()
}

/// SHA-256 of `data`.
pub fn sha256(data: &[u8]) -> Sha256 {
    let mut out = [0; 32];
    // Both have the 32 bytes of SHA-256.
    out.copy_from_slice(digest::digest(&digest::SHA256, data).as_ref());
    Sha256(out)
}
