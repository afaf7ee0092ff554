//! MakeCredential against a TPM's ActivateCredential (TPM 2.0 Part 1, 24), written here anew from
//! the receiving side, and which keys are admitted at all.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use aws_lc_rs::agreement::{ECDH_P256, UnparsedPublicKey, agree};
use aws_lc_rs::cipher::{AES_128, DecryptingKey, DecryptionContext, UnboundCipherKey};
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey};
use support::Scene;
use support::keys::{ek_ecc_private, ek_rsa_private};
use support::tpm::PublicKey;
use trustboard_attest::{AdmitError, admit, make_credential};
use trustboard_model::protocol::CredentialBlob;
use trustboard_model::reason::ReasonCode;

const SECRET: [u8; 32] = [0xA5; 32];

/// KDFa with SHA-256 for at most one block.
fn kdfa(key: &[u8], label: &str, context: &[u8], bits: u32) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let parts = [&1u32.to_be_bytes()[..], label.as_bytes(), &[0], context, &bits.to_be_bytes()];
    hmac::sign(&key, &parts.concat()).as_ref()[..bits as usize / 8].to_vec()
}

/// What a TPM does with the blob once it has the shared secret: the secret, or nothing if the
/// outer HMAC is not for this name.
fn unwrap(shared: &[u8], name: &[u8], blob: &CredentialBlob) -> Option<Vec<u8>> {
    let object = &blob.id_object.0[2..];
    let (outer, identity) = (&object[2..34], &object[34..]);
    let key = hmac::Key::new(hmac::HMAC_SHA256, &kdfa(shared, "INTEGRITY", &[], 256));
    hmac::verify(&key, &[identity, name].concat(), outer).ok()?;
    let key = kdfa(shared, "STORAGE", name, 128);
    let key = DecryptingKey::cfb128(UnboundCipherKey::new(&AES_128, &key).unwrap()).unwrap();
    let mut identity = identity.to_vec();
    let iv = DecryptionContext::Iv128(FixedLength::from([0; 16]));
    let plain = key.decrypt(&mut identity, iv).unwrap();
    assert_eq!(plain[..2], [0, 32]);
    Some(plain[2..].to_vec())
}

fn name(public: &[u8]) -> Vec<u8> {
    [&[0x00, 0x0B][..], &support::sha256(public).0].concat()
}

#[test]
fn an_rsa_ek_unwraps_what_was_made_for_its_ak_and_no_other() {
    let scene = Scene::genuine();
    let identity = scene.identity();
    let blob = make_credential(&admit(&identity).unwrap(), &SECRET, &[7; 64]).unwrap();
    let key = OaepPrivateDecryptingKey::new(ek_rsa_private().clone()).unwrap();
    let mut shared = vec![0; 256];
    let sealed = &blob.encrypted_secret.0[2..];
    let label = Some(&b"IDENTITY\0"[..]);
    let shared = key.decrypt(&OAEP_SHA256_MGF1SHA256, sealed, &mut shared, label).unwrap().to_vec();
    assert_eq!(unwrap(&shared, &name(&identity.ak_public), &blob).unwrap(), SECRET);
    assert_eq!(unwrap(&shared, &name(b"another key"), &blob), None);
}

#[test]
fn a_p256_ek_unwraps_what_was_made_for_its_ak_and_no_other() {
    let scene = Scene::genuine_ecc();
    let identity = scene.identity();
    let blob = make_credential(&admit(&identity).unwrap(), &SECRET, &[7; 64]).unwrap();
    let point = &blob.encrypted_secret.0[2..];
    let (x, y) = (&point[2..34], &point[36..68]);
    let theirs = UnparsedPublicKey::new(&ECDH_P256, [&[4][..], x, y].concat());
    let PublicKey::P256 { x: ours, .. } = &scene.ek_public.key else { panic!() };
    let shared = agree(ek_ecc_private(), theirs, (), |z| {
        let parts = [&1u32.to_be_bytes()[..], z, b"IDENTITY\0", x, ours].concat();
        Ok(support::sha256(&parts).0)
    })
    .unwrap();
    assert_eq!(unwrap(&shared, &name(&identity.ak_public), &blob).unwrap(), SECRET);
    assert_eq!(unwrap(&shared, &name(b"another key"), &blob), None);
}

#[test]
fn the_same_seed_makes_the_same_credential_and_another_one_another() {
    let keys = admit(&Scene::genuine().identity()).unwrap();
    let make = |seed| make_credential(&keys, &SECRET, &[seed; 64]).unwrap();
    assert_eq!(make(1), make(1));
    assert_ne!(make(1).encrypted_secret, make(2).encrypted_secret);
    assert_ne!(make(1).id_object, make(2).id_object);
}

#[test]
fn keys_that_prove_nothing_are_not_admitted() {
    let refused = |edit: fn(&mut Scene)| {
        let mut scene = Scene::genuine();
        edit(&mut scene);
        match admit(&scene.identity()) {
            Err(AdmitError::Refused(reason)) => reason.code,
            other => panic!("{other:?}"),
        }
    };
    // restricted, fixedTPM; decrypt set
    for bit in [1 << 16, 1 << 1, 1 << 4, 1 << 5, 1 << 18, 1 << 17, 1 << 11] {
        let mut scene = Scene::genuine();
        scene.ak_public.attributes ^= bit;
        let Err(AdmitError::Refused(reason)) = admit(&scene.identity()) else { panic!("{bit:#x}") };
        assert_eq!(reason.code, ReasonCode::AkAttributesWrong, "{bit:#x}");
    }
    assert_eq!(refused(|s| s.ak_public.scheme = None), ReasonCode::AkSchemeWeak);
    let sha1 = |s: &mut Scene| s.ak_public.scheme = Some((0x0014, 0x0004));
    assert_eq!(refused(sha1), ReasonCode::AkSchemeWeak);
    assert_eq!(refused(|s| s.ek_public.symmetric = None), ReasonCode::EkTemplateUnexpected);
    assert_eq!(refused(|s| s.ek_public.attributes ^= 1 << 16), ReasonCode::EkTemplateUnexpected);
}

#[test]
fn keys_that_cannot_be_read_are_malformed_not_refused() {
    let mut identity = Scene::genuine().identity();
    identity.ak_public.0.push(0);
    let Err(AdmitError::Malformed(error)) = admit(&identity) else { panic!() };
    assert_eq!(error.part, "AK public area");
}
