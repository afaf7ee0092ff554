//! The fingerprint of RSA keys made by Infineon's faulty library (CVE-2017-15361, "ROCA").

use num_bigint::BigUint;

/// Moduli of these keys are powers of 65537 modulo every small prime (Nemec et al., "The Return
/// of Coppersmith's Attack", CCS 2017, section 3). A sound 2048-bit key shows that pattern for all
/// of these primes with a probability below 2^-27.
const PRIMES: [u32; 17] =
    [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

/// Whether an RSA modulus has the fingerprint.
pub(crate) fn has_roca_fingerprint(modulus: &[u8]) -> bool {
    let modulus = BigUint::from_bytes_be(modulus);
    PRIMES.iter().all(|&prime| {
        let remainder = u32::try_from(&modulus % prime).unwrap_or(0);
        let mut power = 1;
        (0..prime).any(|_| {
            let found = power == remainder;
            power = power * (65537 % prime) % prime;
            found
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_65537_are_found_and_other_numbers_are_not() {
        // 65537^n for a large n is congruent to a power of 65537 modulo everything.
        let weak = BigUint::from(65537u32).pow(128);
        assert!(has_roca_fingerprint(&weak.to_bytes_be()));
        let sound = (weak << 1u32) + 1u32;
        assert!(!has_roca_fingerprint(&sound.to_bytes_be()));
    }
}
