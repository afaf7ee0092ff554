//! SHA-256 of bytes that the server holds.

use aws_lc_rs::digest::{SHA256, SHA256_OUTPUT_LEN, digest};
use trustboard_model::digest::Sha256;

/// SHA-256 (FIPS 180-4) of `bytes`.
pub fn sha256(bytes: &[u8]) -> Sha256 {
    let mut value = [0; SHA256_OUTPUT_LEN];
    value.copy_from_slice(digest(&SHA256, bytes).as_ref());
    Sha256(value)
}
