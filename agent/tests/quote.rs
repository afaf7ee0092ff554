//! Quotes of a software TPM.

#![expect(clippy::unwrap_used, reason = "a test")]

mod soft_tpm;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use soft_tpm::{Make, SoftTpm};
use trustboard_agent::ak_store::AkPreference;
use trustboard_agent::attester::{Attester as _, Challenge, binding};
use trustboard_agent::hash::sha256;
use trustboard_agent::tpm::KeyKind;
use trustboard_model::digest::{HashAlg, Nonce};
use trustboard_model::id::ChallengeId;
use trustboard_model::protocol::{Claims, Quoted};
use tss_esapi::structures::{Attest, AttestInfo, Public, Signature};
use tss_esapi::traits::UnMarshall as _;

fn challenge() -> Challenge {
    Challenge {
        id: ChallengeId::from_random([7; 16]),
        nonce: Nonce([9; 32]),
        known_log: None,
        known_systemd_log: None,
        known_ima: None,
    }
}

/// Panics unless the AK signed exactly these bytes.
fn assert_signed(quoted: &Quoted) {
    let public = Public::unmarshall(&quoted.ak_public).unwrap();
    match (public, Signature::unmarshall(&quoted.signature).unwrap()) {
        (Public::Rsa { unique, .. }, Signature::RsaSsa(signature)) => {
            let key = RsaPublicKeyComponents { n: unique.value().to_vec(), e: vec![1, 0, 1] };
            let signature = signature.signature().value().to_vec();
            key.verify(&RSA_PKCS1_2048_8192_SHA256, &quoted.attest, &signature).unwrap();
        }
        (Public::Ecc { unique, .. }, Signature::EcDsa(signature)) => {
            let point = [&[4][..], &padded(unique.x().value()), &padded(unique.y().value())];
            let (r, s) = (signature.signature_r().value(), signature.signature_s().value());
            let body = [der_integer(r), der_integer(s)].concat();
            let der = [&[0x30, u8::try_from(body.len()).unwrap()][..], &body].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point.concat())
                .verify(&quoted.attest, &der)
                .unwrap();
        }
        (_, signature) => panic!("key and signature do not belong together: {signature:?}"),
    }
}

fn padded(number: &[u8]) -> Vec<u8> {
    [&vec![0; 32 - number.len()][..], number].concat()
}

fn der_integer(number: &[u8]) -> Vec<u8> {
    let number = &number[number.iter().take_while(|byte| **byte == 0).count()..];
    let sign = if number[0] >= 0x80 { &[0][..] } else { &[] };
    let body = [sign, number].concat();
    [&[2, u8::try_from(body.len()).unwrap()][..], &body].concat()
}

fn assert_quote(tpm: &SoftTpm, preference: AkPreference, banks: &[HashAlg]) {
    let mut host = tpm.host();
    host.ak = preference;
    let evidence = host.evidence(&challenge()).unwrap();
    let quoted = evidence.quoted.unwrap();
    assert_signed(&quoted);
    let attest = Attest::unmarshall(&quoted.attest).unwrap();
    assert_eq!(attest.extra_data().value(), binding(&challenge().nonce, &evidence.claims));
    assert_eq!(quoted.banks, banks);
    let values: Vec<u8> = quoted
        .pcrs
        .iter()
        .flat_map(|bank| {
            assert_eq!(bank.values.len(), 24);
            assert!(bank.values.is_sorted_by_key(|(pcr, _)| *pcr));
            bank.values.iter().flat_map(|(_, value)| value.as_bytes().to_vec())
        })
        .collect();
    let AttestInfo::Quote { info } = attest.attested() else { panic!("expected a quote") };
    assert_eq!(info.pcr_digest().value(), sha256(&values).0);
    let claims: Claims = ciborium::from_reader(&evidence.claims[..]).unwrap();
    assert_eq!(claims.facts.tpm.unwrap().active_banks, banks);
}

#[test]
fn every_active_bank_is_quoted_and_the_signature_verifies() {
    let tpm = SoftTpm::start(&Make { banks: "sha1,sha256,sha384,sha512", ..Make::default() });
    let banks = [HashAlg::Sha1, HashAlg::Sha256, HashAlg::Sha384, HashAlg::Sha512];
    assert_quote(&tpm, AkPreference::LikeEk, &banks);
}

#[test]
fn an_ecc_key_quotes_as_well() {
    let tpm = SoftTpm::start(&Make::default());
    assert_quote(&tpm, AkPreference::Kind(KeyKind::EccP256), &[HashAlg::Sha256]);
}

#[test]
fn a_tpm_with_nothing_but_sha1_is_quoted_as_such() {
    let tpm = SoftTpm::start(&Make { banks: "sha1", ..Make::default() });
    assert_quote(&tpm, AkPreference::LikeEk, &[HashAlg::Sha1]);
}
