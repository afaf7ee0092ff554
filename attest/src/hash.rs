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

/// What fits here is put together before it is hashed: names of keys and digests, and bindings.
const SHORT: usize = 128;

/// SHA-256 over `parts`, one after the other. Short ones, and one alone, in one call of the library,
/// without a context on the heap: a steady answer has half a dozen of them.
pub(crate) fn sha256(parts: &[&[u8]]) -> Sha256 {
    let mut short = [0; SHORT];
    let whole = match parts {
        [whole] => Some(*whole),
        _ => put_together(parts, &mut short),
    };
    let hashed = if let Some(whole) = whole {
        digest::digest(&digest::SHA256, whole)
    } else {
        let mut context = digest::Context::new(&digest::SHA256);
        for part in parts {
            context.update(part);
        }
        context.finish()
    };
    let mut bytes = [0; 32];
    bytes.copy_from_slice(hashed.as_ref());
    Sha256(bytes)
}

/// `parts` one after the other, if there is room for them.
fn put_together<'r>(parts: &[&[u8]], room: &'r mut [u8; SHORT]) -> Option<&'r [u8]> {
    let mut length = 0;
    for part in parts {
        room.get_mut(length..)?.get_mut(..part.len())?.copy_from_slice(part);
        length += part.len();
    }
    room.get(..length)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_makes_no_difference_how_what_is_hashed_is_cut() {
        let bytes: Vec<u8> = (0..=255).collect();
        for length in [0, 1, SHORT - 1, SHORT, SHORT + 1, 256] {
            let whole = sha256(&[&bytes[..length]]);
            for cut in [0, length / 3, length] {
                let (one, other) = bytes[..length].split_at(cut);
                assert_eq!(sha256(&[one, other]), whole, "{length} cut at {cut}");
                assert_eq!(sha256(&[one, &[], other]), whole, "{length} cut at {cut}");
            }
        }
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(&[]).to_string(), nothing);
    }
}
