//! The library alone, with nothing of ours around it.

use std::hint::black_box;

use aws_lc_rs::digest::{self, Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
};
use trustboard_attest::eventlog::EventLog;
use trustboard_attest::tpm::{Key, Public};
use trustboard_model::digest::HashAlg;
use trustboard_model::protocol::EvidenceMessage;

/// One signature over one quote, and its key, ready.
pub struct Bare {
    key: ParsedPublicKey,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl Bare {
    pub fn of(message: &EvidenceMessage) -> Self {
        let quoted = message.quoted.as_ref().unwrap();
        let ak = Public::parse("AK public area", &quoted.ak_public).unwrap();
        let (key, signature) = match ak.key() {
            Key::Rsa { exponent, modulus, .. } => {
                let components =
                    RsaPublicKeyComponents { n: &modulus[..], e: &exponent.to_be_bytes()[1..] };
                let key = components.to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256).unwrap();
                (key, quoted.signature[6..].to_vec())
            }
            Key::Ecc { x, y, .. } => {
                let point = [&[4][..], x, y].concat();
                let key = ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).unwrap();
                (key, der(&quoted.signature[6..38], &quoted.signature[40..]))
            }
        };
        Self { key, message: quoted.attest.0.clone(), signature }
    }

    pub fn verify(&self) -> bool {
        self.key.verify_sig(black_box(&self.message), &self.signature).is_ok()
    }
}

/// Ecdsa-Sig-Value (RFC 3279, 2.2.3)
fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
    let number = |bytes: &[u8]| {
        let digits: Vec<u8> = bytes.iter().copied().skip_while(|&byte| byte == 0).collect();
        let pad = if digits[0] & 0x80 == 0 { vec![] } else { vec![0] };
        let content = [pad, digits].concat();
        [vec![2, u8::try_from(content.len()).unwrap()], content].concat()
    };
    let body = [number(r), number(s)].concat();
    [vec![0x30, u8::try_from(body.len()).unwrap()], body].concat()
}

/// What must be hashed, cut out beforehand.
pub struct Hashing {
    whole: Vec<Vec<u8>>,
    data: Vec<Vec<u8>>,
    extends: Vec<(&'static Algorithm, Vec<u8>)>,
}

impl Hashing {
    pub fn of(log: &[u8], message: &EvidenceMessage) -> Self {
        let events = EventLog::parse(log).unwrap();
        let quoted = message.quoted.as_ref().unwrap();
        let values = quoted.pcrs.iter().flat_map(|bank| &bank.values);
        let values: Vec<u8> = values.flat_map(|(_, value)| value.as_bytes().to_vec()).collect();
        let mut data = Vec::new();
        let mut extends = Vec::new();
        for event in events.insecure_events().iter().filter(|event| event.extends()) {
            data.push(event.data.to_vec());
            for (alg, digest) in event.digests() {
                extends.push((library(alg), [digest, digest].concat()));
            }
        }
        Self { whole: vec![log.to_vec(), message.claims.0.clone(), values], data, extends }
    }

    pub fn hash(&self) -> bool {
        for bytes in self.whole.iter().chain(&self.data) {
            black_box(digest::digest(&SHA256, black_box(bytes)));
        }
        for (algorithm, both) in &self.extends {
            black_box(digest::digest(algorithm, black_box(both)));
        }
        true
    }
}

fn library(alg: HashAlg) -> &'static Algorithm {
    match alg {
        HashAlg::Sha1 => &SHA1_FOR_LEGACY_USE_ONLY,
        HashAlg::Sha256 => &SHA256,
        HashAlg::Sha384 => &SHA384,
        HashAlg::Sha512 | HashAlg::Sm3_256 => unreachable!("the scenes have three banks"),
    }
}
