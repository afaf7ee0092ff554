//! MakeCredential's parts against vectors that other implementations made and real TPMs validated.
//! The files are not part of this repository: without the folder the tests say so and pass.

use std::path::PathBuf;

use aws_lc_rs::agreement::{ECDH_P256, ECDH_P384, PrivateKey};
use serde_json::Value;
use trustboard_model::bytes::from_hex;
use trustboard_model::digest::HashAlg;

use super::kdf::{kdfa, kdfe};
use super::{make, oaep};
use crate::tpm::{Curve, Key, Public};

fn vectors(name: &str) -> Vec<Value> {
    const USUAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors");
    let folder = std::env::var_os("TRUSTBOARD_VECTORS").map_or(USUAL.into(), PathBuf::from);
    let file = folder.join("go-tpm").join(name).with_extension("json");
    let Ok(file) = std::fs::read(&file) else {
        eprintln!("skipped: {} is absent", file.display());
        return Vec::new();
    };
    serde_json::from_slice(&file).unwrap()
}

fn bytes(vector: &Value, field: &str) -> Vec<u8> {
    from_hex(vector[field].as_str().unwrap()).unwrap()
}

fn text<'a>(vector: &'a Value, field: &str) -> &'a str {
    vector[field].as_str().unwrap()
}

/// The algorithm of a KDF vector. The files also cover SHA-512/256 and SHA-3, which no EK has.
fn alg(vector: &Value) -> Option<HashAlg> {
    HashAlg::from_tpm_id(u16::try_from(vector["HashAlg"].as_u64().unwrap()).unwrap())
}

fn bits(vector: &Value) -> u32 {
    u32::try_from(vector["Bits"].as_u64().unwrap()).unwrap()
}

#[test]
fn kdfa_gives_what_others_computed() {
    for v in vectors("kdfa") {
        let (u, w) = (bytes(&v, "ContextU"), bytes(&v, "ContextV"));
        let Some(alg) = alg(&v) else { continue };
        let made = kdfa(alg, &bytes(&v, "Key"), text(&v, "Label"), &u, &w, bits(&v));
        assert_eq!(made.unwrap(), bytes(&v, "Result"), "{}", v["Name"]);
    }
}

#[test]
fn kdfe_gives_what_others_computed() {
    for v in vectors("kdfe") {
        let (u, w) = (bytes(&v, "ContextU"), bytes(&v, "ContextV"));
        let Some(alg) = alg(&v) else { continue };
        let made = kdfe(alg, &bytes(&v, "Z"), text(&v, "Label"), &u, &w, bits(&v));
        assert_eq!(made.unwrap(), bytes(&v, "Result"), "{}", v["Name"]);
    }
}

#[test]
fn rsa_seeds_are_encrypted_as_tpms_decrypt_them() {
    for v in vectors("rsa_labeled_encaps") {
        let public = Public::parse("EK public area", &bytes(&v, "PublicKey")).unwrap();
        let Key::Rsa { modulus, exponent, .. } = public.key() else { panic!() };
        let label = [text(&v, "Label").as_bytes(), &[0]].concat();
        let (secret, salt) = (bytes(&v, "Secret"), bytes(&v, "OAEPSalt"));
        // Unrestricted keys name their own OAEP hash; an EK is restricted and has none.
        let alg = public.scheme().hash_alg().or(public.name_alg()).unwrap();
        let made = oaep::encrypt(alg, modulus, *exponent, &label, &secret, &salt).unwrap();
        assert_eq!(made, bytes(&v, "Ciphertext"), "{}", v["Name"]);
    }
}

#[test]
fn ecc_seeds_are_agreed_on_as_tpms_agree() {
    for v in vectors("ecc_labeled_encaps") {
        let public = Public::parse("EK public area", &bytes(&v, "PublicKey")).unwrap();
        let Key::Ecc { curve, x, y } = public.key() else { panic!() };
        let algorithm = match curve {
            Curve::P256 => &ECDH_P256,
            Curve::P384 => &ECDH_P384,
            Curve::Other(_) => continue,
        };
        let ephemeral = PrivateKey::from_private_key(algorithm, &bytes(&v, "EphemeralPrivate"));
        let label = text(&v, "Label");
        let alg = public.name_alg().unwrap();
        let (secret, sealed) =
            make::share_ecc_with(alg, *curve, x, y, label, &ephemeral.unwrap()).unwrap();
        assert_eq!(secret, bytes(&v, "Secret"), "{}", v["Name"]);
        // TPM2B_ENCRYPTED_SECRET has a size in front.
        assert_eq!(sealed[2..], bytes(&v, "Ciphertext"), "{}", v["Name"]);
    }
}
