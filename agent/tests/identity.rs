//! Who a software TPM is: EK, certificate, AK, activation.

#![expect(clippy::unwrap_used, reason = "a test")]

mod soft_tpm;

use std::fs;

use soft_tpm::{Make, SoftTpm, loaded, make_credential};
use trustboard_agent::attester::{AttestError, Attester as _, Challenge};
use trustboard_agent::tpm::{KeyKind, TpmError};
use trustboard_agent::tpm_choice::TpmChoice;
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Nonce;
use trustboard_model::id::ChallengeId;
use trustboard_model::protocol::{Claims, CredentialBlob, TpmIdentity};
use trustboard_model::tpm_problem::TpmProblemKind;
use tss_esapi::structures::Public;
use tss_esapi::traits::UnMarshall as _;

const SECRET: [u8; 32] = [0x5E; 32];

fn identity(tpm: &SoftTpm) -> TpmIdentity {
    tpm.host().identity().unwrap().unwrap()
}

#[test]
fn ek_and_certificate_are_read_as_they_are() {
    let tpm = SoftTpm::start(&Make::default());
    let found = identity(&tpm);
    let certificate = tpm.folder().join("nv");
    let file = certificate.to_str().unwrap();
    tpm.tool("tpm2_nvread", &["-C", "o", "-o", file, "0x01c00002"]);
    let certificate = fs::read(certificate).unwrap();
    assert!(certificate.len() > 512, "read in more than one part");
    assert_eq!(found.ek_certificate.unwrap().0, certificate);

    // The certificate's key is the EK: its modulus stands in the certificate.
    let Public::Rsa { unique, .. } = Public::unmarshall(&found.ek_public).unwrap() else {
        panic!("expected an RSA EK")
    };
    let modulus = unique.value();
    assert!(certificate.windows(modulus.len()).any(|window| window == modulus));

    // Without the persistent one, the template makes the same key.
    tpm.tool("tpm2_evictcontrol", &["-C", "o", "-c", "0x81010001"]);
    assert_eq!(identity(&tpm).ek_public, found.ek_public);
}

#[test]
fn another_key_where_the_ek_should_be_is_not_taken_for_it() {
    let tpm = SoftTpm::start(&Make::default());
    let found = identity(&tpm);
    tpm.tool("tpm2_evictcontrol", &["-C", "o", "-c", "0x81010001"]);
    let context = tpm.folder().join("other.ctx");
    let context = context.to_str().unwrap();
    tpm.tool("tpm2_createprimary", &["-C", "o", "-G", "rsa2048", "-c", context]);
    tpm.tool("tpm2_evictcontrol", &["-C", "o", "-c", context, "0x81010001"]);
    tpm.tool("tpm2_flushcontext", &["-t"]);
    assert_eq!(identity(&tpm).ek_public, found.ek_public);
}

#[test]
fn an_ecc_certificate_makes_the_ecc_key_the_ek() {
    let tpm = SoftTpm::start(&Make::default());
    tpm.tool("tpm2_nvundefine", &["-C", "p", "0x01c00002"]);
    let ek = tpm.open().endorsement(Some(KeyKind::EccP256)).unwrap();
    let Public::Ecc { unique, .. } = Public::unmarshall(&ek.public).unwrap() else {
        panic!("expected an ECC EK")
    };
    let hex = |number: &[u8]| format!("{:0>64}", Bytes(number.to_vec()).to_string());
    let file = tpm.certify_ecc(&hex(unique.x().value()), &hex(unique.y().value()));
    // As some makers do: the index is larger than the certificate, the rest is filled.
    let mut certificate = fs::read(&file).unwrap();
    certificate.resize(1500, 0xFF);
    fs::write(&file, &certificate).unwrap();
    let attributes = "ppwrite|ppread|ownerread|authread|policyread|platformcreate|no_da";
    tpm.tool("tpm2_nvdefine", &["-C", "p", "-s", "1500", "-a", attributes, "0x01c0000a"]);
    tpm.tool("tpm2_nvwrite", &["-C", "p", "-i", file.to_str().unwrap(), "0x01c0000a"]);

    let found = identity(&tpm);
    assert_eq!(found.ek_public, ek.public);
    assert_eq!(found.ek_certificate.unwrap().0, certificate, "padding and all");
    assert!(matches!(Public::unmarshall(&found.ak_public).unwrap(), Public::Ecc { .. }));
    activates(&tpm);
}

#[test]
fn a_tpm_without_a_certificate_has_an_identity_all_the_same() {
    let tpm = SoftTpm::start(&Make { certificate: false, ..Make::default() });
    assert_eq!(identity(&tpm).ek_certificate, None);
    activates(&tpm);
}

#[test]
fn a_certificate_that_was_never_written_is_none() {
    let tpm = SoftTpm::start(&Make { certificate: false, ..Make::default() });
    let attributes = "ppwrite|ppread|ownerread|authread|platformcreate|no_da";
    tpm.tool("tpm2_nvdefine", &["-C", "p", "-s", "100", "-a", attributes, "0x01c00002"]);
    assert_eq!(identity(&tpm).ek_certificate, None);
}

#[test]
fn hierarchies_with_passwords_are_named() {
    for (hierarchy, words) in [("owner", "owner hierarchy"), ("endorsement", "endorsement hier")] {
        let tpm = SoftTpm::start(&Make { certificate: false, ..Make::default() });
        tpm.tool("tpm2_changeauth", &["-c", hierarchy, "secret"]);
        let error = tpm.host().identity().unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_tpm_that_cannot_be_used_says_in_the_evidence_what_stands_in_the_way() {
    let challenge = Challenge {
        id: ChallengeId::from_random([0; 16]),
        nonce: Nonce([0; 32]),
        known_log: None,
        known_systemd_log: None,
        known_ima: None,
    };
    for (tool, arguments, kind) in [
        ("tpm2_changeauth", &["-c", "owner", "secret"][..], TpmProblemKind::Owned),
        ("tpm2_changeauth", &["-c", "endorsement", "secret"], TpmProblemKind::Owned),
        (
            "tpm2_hierarchycontrol",
            &["-C", "p", "shEnable", "clear"],
            TpmProblemKind::HierarchyDisabled,
        ),
        (
            "tpm2_hierarchycontrol",
            &["-C", "p", "ehEnable", "clear"],
            TpmProblemKind::HierarchyDisabled,
        ),
    ] {
        let tpm = SoftTpm::start(&Make { certificate: false, ..Make::default() });
        tpm.tool(tool, arguments);
        let mut host = tpm.host();
        let found = host.identity().unwrap_err().tpm_problem().unwrap();
        assert_eq!(found.kind, kind, "{tool} {arguments:?}");
        let evidence = host.evidence(&challenge).unwrap();
        assert_eq!(evidence.quoted, None);
        let claims: Claims = ciborium::from_reader(&evidence.claims[..]).unwrap();
        assert_eq!(claims.facts.tpm_problem, Some(found));
        assert_eq!(claims.facts.tpm.unwrap().family, "2.0", "what it says of itself is still said");
    }
}

#[test]
fn the_ak_outlives_agent_and_reboot() {
    let mut tpm = SoftTpm::start(&Make::default());
    let before = identity(&tpm);
    assert_eq!(identity(&tpm), before);
    tpm.restart();
    assert_eq!(identity(&tpm), before);
    activates(&tpm);
}

#[test]
fn the_ak_lives_under_a_persistent_srk_if_there_is_one() {
    let tpm = SoftTpm::start(&Make::default());
    let context = tpm.folder().join("srk.ctx");
    let context = context.to_str().unwrap();
    tpm.tool("tpm2_createprimary", &["-C", "o", "-G", "rsa2048", "-c", context]);
    tpm.tool("tpm2_evictcontrol", &["-C", "o", "-c", context, "0x81000001"]);
    tpm.tool("tpm2_flushcontext", &["-t"]);
    let first = identity(&tpm);
    assert_eq!(identity(&tpm), first);
    activates(&tpm);
    // Gone with its parent: a new one.
    tpm.tool("tpm2_evictcontrol", &["-C", "o", "-c", "0x81000001"]);
    assert_ne!(identity(&tpm).ak_public, first.ak_public);
}

#[test]
fn an_ak_made_before_a_persistent_srk_is_still_found() {
    let tpm = SoftTpm::start(&Make::default());
    let before = identity(&tpm);
    let context = tpm.folder().join("srk.ctx");
    let context = context.to_str().unwrap();
    tpm.tool("tpm2_createprimary", &["-C", "o", "-G", "rsa2048", "-c", context]);
    tpm.tool("tpm2_evictcontrol", &["-C", "o", "-c", context, "0x81000001"]);
    tpm.tool("tpm2_flushcontext", &["-t"]);
    assert_eq!(identity(&tpm), before);
}

#[test]
fn another_tpm_gets_another_ak_and_the_first_finds_its_own_again() {
    let first = SoftTpm::start(&Make::default());
    let second = SoftTpm::start(&Make::default());
    let mut host = first.host();
    let before = host.identity().unwrap().unwrap();
    host.tpm = TpmChoice::Tcti(second.tcti());
    let other = host.identity().unwrap().unwrap();
    assert_ne!(other.ak_public, before.ak_public);
    assert_ne!(other.ek_public, before.ek_public);
    assert_eq!(host.identity().unwrap().unwrap(), other, "kept");
    host.tpm = TpmChoice::Tcti(first.tcti());
    assert_eq!(host.identity().unwrap().unwrap(), before);
}

#[test]
fn a_cleared_tpm_gets_another_ak_under_the_same_ek() {
    let tpm = SoftTpm::start(&Make::default());
    let before = identity(&tpm);
    tpm.tool("tpm2_clear", &["-c", "p"]);
    let after = identity(&tpm);
    assert_eq!(after.ek_public, before.ek_public);
    assert_ne!(after.ak_public, before.ak_public);
}

#[test]
fn a_damaged_ak_is_replaced() {
    let tpm = SoftTpm::start(&Make::default());
    let before = identity(&tpm);
    let file = tpm.host().state.path().join("attestation-keys.json");
    let mut kept: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    // One byte of what the TPM wrapped, behind its integrity value.
    let private = kept[0]["private"].as_str().unwrap().to_owned();
    let flipped = if private.ends_with('0') { "1" } else { "0" };
    kept[0]["private"] = format!("{}{flipped}", &private[..private.len() - 1]).into();
    fs::write(&file, kept.to_string()).unwrap();
    assert_ne!(identity(&tpm).ak_public, before.ak_public);
}

#[test]
fn only_the_right_credential_is_unwrapped() {
    let tpm = SoftTpm::start(&Make::default());
    activates(&tpm);

    let keys = identity(&tpm);
    let mut credential = make_credential(&keys, &SECRET);
    *credential.id_object.0.last_mut().unwrap() ^= 1;
    let error = tpm.host().activate(&credential).unwrap_err().to_string();
    assert!(error.contains("TPM2_ActivateCredential"), "{error}");

    // For another AK of the same TPM.
    let other = tpm.open().create_ak(KeyKind::EccP256, KeyKind::Rsa2048).unwrap();
    let foreign = TpmIdentity { ak_public: other.public, ..keys };
    assert!(tpm.host().activate(&make_credential(&foreign, &SECRET)).is_err());

    let nonsense = CredentialBlob { id_object: vec![9].into(), encrypted_secret: vec![].into() };
    let error = tpm.host().activate(&nonsense).unwrap_err().to_string();
    assert!(error.contains("cannot be read"), "{error}");
}

fn activates(tpm: &SoftTpm) {
    let credential = make_credential(&identity(tpm), &SECRET);
    assert_eq!(tpm.host().activate(&credential).unwrap(), SECRET);
}

#[test]
fn fifty_rounds_leave_nothing_loaded() {
    let tpm = SoftTpm::start(&Make::default());
    let mut open = tpm.open();
    // The ECC keys are quick to make, and none of them is persistent: all are loaded each time.
    let ek = open.endorsement(Some(KeyKind::EccP256)).unwrap();
    let ak = open.create_ak(KeyKind::EccP256, ek.kind).unwrap();
    let keys = TpmIdentity {
        ek_public: ek.public,
        ek_certificate: ek.certificate,
        ak_public: ak.public.clone(),
    };
    let good = make_credential(&keys, &SECRET);
    let mut bad = good.clone();
    *bad.id_object.0.last_mut().unwrap() ^= 1;
    assert_eq!(loaded(&mut open), 0);
    for round in 0..50 {
        open.quote(&ak, &[round; 32]).unwrap();
        assert_eq!(open.activate(&ak, &good).unwrap(), SECRET);
        open.activate(&ak, &bad).unwrap_err();
        assert_eq!(loaded(&mut open), 0, "round {round}");
    }
    let foreign = trustboard_agent::tpm::AkBlob { parent: vec![0; 34].into(), ..ak };
    assert!(matches!(open.quote(&foreign, &[0; 32]), Err(TpmError::ForeignAk)));
    assert_eq!(loaded(&mut open), 0);
}

#[test]
fn a_tpm_that_goes_away_is_a_problem_and_comes_back() {
    let mut tpm = SoftTpm::start(&Make::default());
    let mut host = tpm.host();
    assert!(host.facts().tpm.is_some());
    tpm.stop();
    let facts = host.facts();
    assert_eq!(facts.tpm, None);
    assert!(facts.tpm_problem.unwrap().text.contains("cannot open the TPM"));
    let challenge = Challenge {
        id: ChallengeId::from_random([0; 16]),
        nonce: Nonce([0; 32]),
        known_log: None,
        known_systemd_log: None,
        known_ima: None,
    };
    assert_eq!(host.evidence(&challenge).unwrap().quoted, None);
    assert!(matches!(
        host.activate(&CredentialBlob {
            id_object: Bytes::default(),
            encrypted_secret: Bytes::default()
        }),
        Err(AttestError::NoTpm { problem: Some(_) })
    ));
    tpm.restart();
    assert!(tpm.host().evidence(&challenge).unwrap().quoted.is_some());
}

#[test]
fn facts_say_what_the_tpm_says_of_itself() {
    let tpm = SoftTpm::start(&Make { banks: "sha256,sha384", ..Make::default() });
    let facts = tpm.host().facts().tpm.unwrap();
    assert_eq!((facts.family.as_str(), facts.manufacturer.as_str()), ("2.0", "IBM"));
    assert_eq!(facts.model, "SW   TPM");
    assert_eq!(facts.firmware.split('.').count(), 4);
}
