//! Hashes by the names that TPM structures use.

use aws_lc_rs::digest;
use trustboard_model::digest::{Digest, HashAlg, Sha256};

/// The implementation of an algorithm; nothing for SM3, which the library does not have. What
/// needs SM3 is then not evaluated, never passed.
pub(crate) fn algorithm(alg: HashAlg) -> Option<&'static digest::Algorithm> {
    match alg {
        HashAlg::Sha1 => Some(&digest::SHA1_FOR_LEGACY_USE_ONLY),
        HashAlg::Sha256 => Some(&digest::SHA256),
        HashAlg::Sha384 => Some(&digest::SHA384),
        HashAlg::Sha512 => Some(&digest::SHA512),
        HashAlg::Sm3_256 => None,
    }
}

/// The hash over `parts`, one after the other.
pub(crate) fn hash(alg: HashAlg, parts: &[&[u8]]) -> Option<digest::Digest> {
    let algorithm = algorithm(alg)?;
    if let [whole] = parts {
        return Some(digest::digest(algorithm, whole));
    }
    let mut context = digest::Context::new(algorithm);
    for part in parts {
        context.update(part);
    }
    Some(context.finish())
}

/// One PCR extend: the hash over the old value and the event's digest. In one call of the
/// library, without a context on the heap: a replay makes some hundred of them.
pub(crate) fn extend(alg: HashAlg, value: &[u8], event: &[u8]) -> Option<digest::Digest> {
    let mut both = [0; 2 * digest::MAX_OUTPUT_LEN];
    let (old, rest) = both.split_at_mut_checked(value.len())?;
    old.copy_from_slice(value);
    rest.get_mut(..event.len())?.copy_from_slice(event);
    Some(digest::digest(algorithm(alg)?, both.get(..value.len() + event.len())?))
}

/// SHA-256 over `parts`, one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> Sha256 {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    let mut bytes = [0; 32];
    bytes.copy_from_slice(context.finish().as_ref());
    Sha256(bytes)
}

/// A digest as the model writes it.
pub(crate) fn to_model(alg: HashAlg, bytes: &[u8]) -> Digest {
    // The slice was cut to the length of `alg` by whoever calls; a wrong one shows as zeros.
    Digest::new(alg, bytes).unwrap_or_else(|_| Digest::filled(alg, 0))
}

/// Whether an algorithm is strong enough to rest a verdict on (CHECKS D29).
pub(crate) fn is_strong(alg: HashAlg) -> bool {
    matches!(alg, HashAlg::Sha256 | HashAlg::Sha384 | HashAlg::Sha512)
}
