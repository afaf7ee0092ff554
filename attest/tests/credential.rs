//! MakeCredential against a TPM's ActivateCredential (TPM 2.0 Part 1, 24), which `trustboard-soft-tpm` has
//! anew from the receiving side, and which keys are admitted at all.

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use support::Scene;
use support::keys::{ek_ecc_private, ek_rsa_private};
use trustboard_attest::{AdmitError, admit, make_credential};
use trustboard_model::reason::ReasonCode;

const SECRET: [u8; 32] = [0xA5; 32];

#[test]
fn an_rsa_ek_unwraps_what_was_made_for_its_ak_and_no_other() {
    let identity = Scene::genuine().identity();
    let blob = make_credential(&admit(&identity).unwrap(), &SECRET, &[7; 64]).unwrap();
    let ek = ek_rsa_private();
    assert_eq!(ek.activate(&identity.ak_public, &blob).unwrap(), SECRET);
    assert_eq!(ek.activate(b"another key", &blob), None);
}

#[test]
fn a_p256_ek_unwraps_what_was_made_for_its_ak_and_no_other() {
    let identity = Scene::genuine_ecc().identity();
    let blob = make_credential(&admit(&identity).unwrap(), &SECRET, &[7; 64]).unwrap();
    let ek = ek_ecc_private();
    assert_eq!(ek.activate(&identity.ak_public, &blob).unwrap(), SECRET);
    assert_eq!(ek.activate(b"another key", &blob), None);
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
