//! More RSA keys than anybody wants to wait for: any two of a few primes make another key.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{
    KeyPair as RsaKeyPair, KeyPairComponents, KeySize, PrivateDecryptingKey, PublicKeyComponents,
};
use num_bigint::BigUint;

use super::keys::{AttestationKey, EndorsementKey};

/// Bytes of each factor of an RSA 2048 key.
const BYTES: usize = 128;

/// The public exponent of every TPM's RSA key.
const EXPONENT: u32 = 65_537;

/// Primes of 1024 bits. `n` of them make `n(n-1)/2` distinct keys: 150 primes are enough for
/// 11,175. Keys that share a factor are no secret to anybody, which is why only simulated hosts
/// have such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Primes(Vec<[u8; BYTES]>);

impl Primes {
    /// As many as `keys` distinct keys take, made on `threads` threads: some tenths of a second
    /// for every two.
    pub fn generate(keys: usize, threads: usize) -> Self {
        let wanted = wanted(keys);
        let pairs = wanted.div_ceil(2);
        let threads = threads.clamp(1, pairs);
        let mut all = std::thread::scope(|scope| {
            let share = |thread| (pairs + threads - 1 - thread) / threads;
            let running: Vec<_> = (0..threads)
                .map(|thread| {
                    scope.spawn(move || (0..share(thread)).flat_map(|_| pair()).collect())
                })
                .collect();
            let done = running.into_iter().map(|thread| thread.join().expect("it does not panic"));
            done.flat_map(|primes: Vec<_>| primes).collect::<Vec<_>>()
        });
        all.truncate(wanted);
        Self(all)
    }

    /// Reads what [`Self::to_bytes`] gave; nothing if it cannot be that.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (primes, []) = bytes.as_chunks::<BYTES>() else { return None };
        Some(Self(primes.to_vec()))
    }

    /// One after the other, big endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.concat()
    }

    /// How many distinct keys these primes make.
    pub fn keys(&self) -> usize {
        self.0.len() * self.0.len().saturating_sub(1) / 2
    }

    /// The AK with this number; nothing if there are fewer.
    pub fn attestation_key(&self, number: usize) -> Option<AttestationKey> {
        self.key(number).map(AttestationKey::Rsa)
    }

    /// The EK with this number, which is the same key as the AK's.
    pub fn endorsement_key(&self, number: usize) -> Option<EndorsementKey> {
        let pair = self.key(number)?;
        let der: Pkcs8V1Der<'_> = pair.as_der().expect("a key pair has a DER form");
        let key = PrivateDecryptingKey::from_pkcs8(der.as_ref());
        Some(EndorsementKey::Rsa(key.expect("the DER form of a key pair")))
    }

    /// The key of the `number`th pair: (1, 0), (2, 0), (2, 1), (3, 0) and so on.
    fn key(&self, number: usize) -> Option<RsaKeyPair> {
        // The first pair of `larger` has the number larger(larger-1)/2.
        let mut larger = 1;
        let mut first = 0;
        while first + larger <= number {
            first += larger;
            larger += 1;
        }
        let (p, q) = (self.0.get(larger)?, self.0.get(number - first)?);
        Some(key_of(&BigUint::from_bytes_be(p), &BigUint::from_bytes_be(q)))
    }
}

/// The least `n` with `n(n-1)/2` at least `keys`.
fn wanted(keys: usize) -> usize {
    let mut primes = 2;
    while primes * (primes - 1) / 2 < keys {
        primes += 1;
    }
    primes
}

/// Two primes, out of a key made for it.
fn pair() -> [[u8; BYTES]; 2] {
    let key = RsaKeyPair::generate(KeySize::Rsa2048).expect("the machine has randomness");
    let der: Pkcs8V1Der<'_> = key.as_der().expect("a key pair has a DER form");
    factors(der.as_ref()).expect("a PKCS #8 key has its factors")
}

/// The factors in a PKCS #8 key: the fifth and sixth integer of its RSAPrivateKey (RFC 8017,
/// A.1.2), which is inside an OCTET STRING.
fn factors(pkcs8: &[u8]) -> Option<[[u8; BYTES]; 2]> {
    let (_, info, _) = element(pkcs8)?;
    let (_, _version, rest) = element(info)?;
    let (_, _algorithm, rest) = element(rest)?;
    let (_, inner, _) = element(rest)?;
    let (_, mut fields, _) = element(inner)?;
    let mut integers = Vec::new();
    for _ in 0..6 {
        let (_, integer, rest) = element(fields)?;
        integers.push(integer);
        fields = rest;
    }
    let prime = |integer: &[u8]| integer.get(integer.len().checked_sub(BYTES)?..)?.try_into().ok();
    Some([prime(integers.get(4)?)?, prime(integers.get(5)?)?])
}

/// Tag, content, and what follows.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, first], rest) = der.split_first_chunk::<2>()?;
    let (size, rest) = if first <= 0x7F {
        (usize::from(first), rest)
    } else {
        let (size, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
        (size.iter().fold(0, |size, &byte| size << 8 | usize::from(byte)), rest)
    };
    let (content, rest) = rest.split_at_checked(size)?;
    Some((tag, content, rest))
}

fn key_of(p: &BigUint, q: &BigUint) -> RsaKeyPair {
    let one = BigUint::from(1_u32);
    let (p1, q1) = (p - &one, q - &one);
    let e = BigUint::from(EXPONENT);
    let d = e.modinv(&(&p1 * &q1)).expect("the primes were made for this exponent");
    let bytes = |number: &BigUint| number.to_bytes_be();
    let components = KeyPairComponents {
        public_key: PublicKeyComponents { n: bytes(&(p * q)), e: bytes(&e) },
        p: bytes(p),
        q: bytes(q),
        dP: bytes(&(&d % &p1)),
        dQ: bytes(&(&d % &q1)),
        qInv: bytes(&q.modinv(p).expect("two different primes")),
        d: bytes(&d),
    };
    RsaKeyPair::from_components(&components).expect("computed as RFC 8017 says")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use trustboard_attest::{admit, make_credential};
    use trustboard_model::protocol::TpmIdentity;

    use super::*;

    #[test]
    fn every_pair_is_another_key_and_each_of_them_unwraps_its_own_credential() {
        let primes = Primes::generate(6, 2);
        assert_eq!((primes.0.len(), primes.keys()), (4, 6));
        assert_eq!(Primes::from_bytes(&primes.to_bytes()), Some(primes.clone()));
        assert_eq!(Primes::from_bytes(&[1; 129]), None);
        let ak = AttestationKey::generate_ecc().public().marshal();
        let secret = [7; 32];
        let mut publics = BTreeSet::new();
        for number in 0..6 {
            let ek = primes.endorsement_key(number).unwrap();
            let ek_public = ek.public().marshal();
            let tpm = TpmIdentity {
                ek_public: ek_public.clone().into(),
                ek_certificate: None,
                ak_public: ak.clone().into(),
            };
            let blob = make_credential(&admit(&tpm).unwrap(), &secret, &[9; 64]).unwrap();
            assert_eq!(ek.activate(&ak, &blob), Some(secret.to_vec()), "{number}");
            assert_eq!(ek.activate(b"another key", &blob), None);
            publics.insert(ek_public);
        }
        assert_eq!(publics.len(), 6);
        assert!(primes.endorsement_key(6).is_none() && primes.attestation_key(6).is_none());
    }

    #[test]
    fn p256_keys_of_the_same_scalar_are_the_same_and_unwrap_what_was_made_for_them() {
        let ek = EndorsementKey::ecc_from_scalar(&[5; 32]).unwrap();
        let again = EndorsementKey::ecc_from_scalar(&[5; 32]).unwrap();
        assert_eq!(ek.public().marshal(), again.public().marshal());
        let ak = AttestationKey::ecc_from_scalar(&[6; 32]).unwrap().public().marshal();
        let tpm = TpmIdentity {
            ek_public: ek.public().marshal().into(),
            ek_certificate: None,
            ak_public: ak.clone().into(),
        };
        let blob = make_credential(&admit(&tpm).unwrap(), &[1; 32], &[2; 64]).unwrap();
        assert_eq!(again.activate(&ak, &blob), Some(vec![1; 32]));
        assert!(EndorsementKey::ecc_from_scalar(&[0xFF; 32]).is_err());
    }
}
