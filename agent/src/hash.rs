//! SHA-256.

use aws_lc_rs::digest;
use trustboard_model::digest::Sha256;

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> Sha256 {
    let mut out = [0; 32];
    // Both have the 32 bytes of SHA-256.
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    Sha256(out)
}
