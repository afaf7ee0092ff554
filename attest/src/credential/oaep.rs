//! EME-OAEP (RFC 8017, 7.1.1) and the RSA public operation, with the salt as an argument.

use num_bigint::BigUint;
use trustboard_model::digest::HashAlg;

use crate::hash;

/// RSAES-OAEP of `message` with MGF1 over the same hash. `label` includes its terminating zero,
/// as TPMs use it (Part 1, B.4). `salt` has the length of the hash. Nothing if the message is too
/// long for the key.
///
/// The public operation works on a secret without being constant in time. It runs once for each
/// fresh random secret, and what could be timed is a network away.
pub(crate) fn encrypt(
    alg: HashAlg,
    modulus: &[u8],
    exponent: u32,
    label: &[u8],
    message: &[u8],
    salt: &[u8],
) -> Option<Vec<u8>> {
    let size = modulus.len();
    let padding = size.checked_sub(message.len() + 2 * alg.len() + 2)?;
    let mut block = hash::hash(alg, &[label])?.as_ref().to_vec();
    block.extend(std::iter::repeat_n(0, padding));
    block.push(1);
    block.extend_from_slice(message);
    xor(&mut block, &mgf1(alg, salt, size - alg.len() - 1)?);
    let mut seed = salt.to_vec();
    xor(&mut seed, &mgf1(alg, &block, alg.len())?);
    let encoded = BigUint::from_bytes_be(&[&seed[..], &block].concat());
    let modulus = BigUint::from_bytes_be(modulus);
    let encrypted = encoded.modpow(&BigUint::from(exponent), &modulus).to_bytes_be();
    let mut out = vec![0; size.checked_sub(encrypted.len())?];
    out.extend(encrypted);
    Some(out)
}

fn mgf1(alg: HashAlg, seed: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut mask = Vec::new();
    for counter in 0u32.. {
        if mask.len() >= length {
            break;
        }
        mask.extend_from_slice(hash::hash(alg, &[seed, &counter.to_be_bytes()])?.as_ref());
    }
    mask.truncate(length);
    Some(mask)
}

fn xor(bytes: &mut [u8], mask: &[u8]) {
    for (byte, mask) in bytes.iter_mut().zip(mask) {
        *byte ^= mask;
    }
}
