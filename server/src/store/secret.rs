//! Secrets at rest: only their SHA-256 is stored and looked up.
//!
//! Tokens, sessions, codes and credentials are 32 random bytes, so a plain hash is enough: there
//! is nothing to guess. (Passwords are hashed slowly, elsewhere.)

use std::fmt;

use aws_lc_rs::{constant_time, digest};
use trustboard_model::digest::Sha256;

/// The hash of a secret; not the secret.
#[derive(Clone, Copy)]
pub(crate) struct SecretHash([u8; 32]);

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash")
    }
}

impl SecretHash {
    /// The hash of `secret`.
    pub(crate) fn of(secret: &[u8]) -> Self {
        Self(sha256(&[secret]).0)
    }

    /// The column's value.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// A stored hash.
    pub(crate) fn stored(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Whether both are of the same secret; takes as long whether or not.
    pub(crate) fn matches(&self, other: &Self) -> bool {
        constant_time::verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

/// SHA-256 over the parts, one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> Sha256 {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    let mut bytes = [0; digest::SHA256_OUTPUT_LEN];
    bytes.copy_from_slice(context.finish().as_ref());
    Sha256(bytes)
}

#[cfg(test)]
mod tests {
    use trustboard_model::bytes::to_hex;

    use super::*;

    #[test]
    fn hashes_as_fips_180_4_says() {
        // FIPS 180-4's example "abc", in two parts.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(to_hex(&sha256(&[b"a", b"bc"]).0), abc);
    }

    #[test]
    fn only_the_same_secret_matches() {
        assert!(SecretHash::of(b"a").matches(&SecretHash::of(b"a")));
        assert!(!SecretHash::of(b"a").matches(&SecretHash::of(b"b")));
    }
}
