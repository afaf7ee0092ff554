//! EK certificates and chains that are odd in one way, made for the purpose.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::RSA_PSS_SHA256;
use support::der::{CN, extension, name, oid, seq, tlv};
use support::keys::AkKey;
use support::maker::{CertificateSpec, EkCertificateSpec, Maker, key};
use support::{Scene, assert_trusted, failed, outcome};
use trustboard_attest::endorsement::Certificate;
use trustboard_attest::{Idle, Makers};
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_soft_tpm::AttestationKey;
use trustboard_soft_tpm::certificate::spki;

fn scene(edit: impl Fn(&mut EkCertificateSpec)) -> Scene {
    let mut scene = Scene::genuine();
    edit(scene.ek_certificate.as_mut().unwrap());
    scene
}

fn codes(edit: impl Fn(&mut EkCertificateSpec)) -> Vec<ReasonCode> {
    failed(&scene(edit).appraise())
}

fn chain_reason(scene: &Scene) -> Reason {
    match outcome(&scene.appraise(), CheckId::EkCertificateChain) {
        Outcome::Failed(reason) => reason.clone(),
        other => panic!("{other:?}"),
    }
}

fn passed(scene: &Scene, check: CheckId) -> String {
    match outcome(&scene.appraise(), check) {
        Outcome::Passed(Some(text)) => text.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_profile_is_kept() {
    use ReasonCode::{EkCertificateNoTpmName, EkCertificateProfile, EkCertificateUsage};
    let profile = [EkCertificateProfile];
    assert_eq!(codes(|c| c.certificate.version = Some(1)), profile);
    assert_eq!(codes(|c| c.certificate.serial = vec![0x80]), profile);
    assert_eq!(codes(|c| c.certificate.serial = vec![0]), profile);
    assert_eq!(codes(|c| c.unknown_critical = true), profile);
    assert_eq!(codes(|c| c.ca = true), profile);
    assert_eq!(codes(|c| c.alt_name_critical = false), [EkCertificateNoTpmName]);
    assert_eq!(codes(|c| c.key_usage = None), [EkCertificateUsage]);
    assert_eq!(codes(|c| c.key_usage = Some([7, 0x80])), [EkCertificateUsage]);
    assert_eq!(codes(|c| c.purpose = Some(3)), [EkCertificateUsage]);
    assert_eq!(codes(|c| c.purpose = None), []);
    let with_subject = |c: &mut EkCertificateSpec| {
        c.alt_name_critical = false;
        c.certificate.subject = name(&[(CN, "a TPM")]);
    };
    assert_eq!(codes(with_subject), []);
}

#[test]
fn the_software_tpms_vendor_id_is_that_of_its_maker() {
    let mut scene = scene(|c| c.manufacturer = "id:00001014".to_owned());
    scene.facts.tpm.as_mut().unwrap().manufacturer = "IBM".to_owned();
    assert_trusted(&scene.appraise());
    scene.facts.tpm.as_mut().unwrap().manufacturer = "IFX".to_owned();
    assert_eq!(failed(&scene.appraise()), [ReasonCode::EkCertificateOtherMaker]);
}

#[test]
fn what_surrounds_the_certificate_in_nv_memory_is_cut_off_and_named() {
    let plain = Scene::genuine().identity().ek_certificate.unwrap().0;
    let with = |bytes: Vec<u8>| {
        let mut scene = Scene::genuine();
        scene.ek_certificate_bytes = Some(bytes);
        scene
    };
    let size = u16::try_from(plain.len()).unwrap();
    let header = |size: u16| [&[0x10, 0x01, 0x00][..], &size.to_be_bytes()].concat();
    for (bytes, expected) in [
        ([&plain[..], &[0xFF; 40]].concat(), "40 bytes of 0xff padding removed"),
        ([&plain[..], &[0; 3]].concat(), "3 bytes of 0x00 padding removed"),
        ([&header(size)[..], &plain].concat(), "TCG NV header removed"),
        ([&header(size + 2)[..], &[0x10, 0x02], &plain].concat(), "TCG NV header removed"),
    ] {
        let scene = with(bytes);
        assert_trusted(&scene.appraise());
        assert_eq!(passed(&scene, CheckId::EkCertificateEncoding), expected);
    }
    for bytes in [
        [&plain[..], &[0xFF, 0x00]].concat(),
        [&plain[..], &plain].concat(),
        [&header(size + 1)[..], &plain].concat(),
        Vec::new(),
    ] {
        let report = with(bytes).appraise();
        assert_eq!(failed(&report), [ReasonCode::EkCertificateMalformed]);
    }
    let leading_zeros = scene(|c| c.certificate.serial = vec![0, 0, 5]);
    assert_trusted(&leading_zeros.appraise());
    let said = passed(&leading_zeros, CheckId::EkCertificateEncoding);
    assert!(said.contains("superfluous leading zeros"), "{said}");
}

/// A CA certificate between the root and the EK certificate's issuer, with these extensions.
fn intermediate(extensions: Vec<Vec<u8>>) -> Makers {
    let maker = Maker::genuine();
    let spec = CertificateSpec::ca(&maker.root_name, &maker.issuer_name, &maker.issuer);
    let mut makers = maker.root_only();
    let der = CertificateSpec { extensions, ..spec }.sign(&maker.root);
    makers.follow(Certificate::parse("certificate", &der).unwrap());
    makers
}

#[test]
fn intermediates_that_may_not_issue_do_not_help() {
    let ca = || extension(&[0x55, 0x1D, 19], true, &seq(&[tlv(1, &[0xFF])]));
    let no_cert_sign = extension(&[0x55, 0x1D, 15], true, &tlv(3, &[7, 0x80]));
    let unknown = extension(&[0x2A, 3, 4], true, &[5, 0]);
    for (extensions, problem) in [
        (vec![], "not a CA"),
        (vec![ca(), no_cert_sign], "key usage"),
        (vec![ca(), unknown], "1.2.3.4 is not understood"),
    ] {
        let mut scene = Scene::genuine();
        scene.makers = intermediate(extensions);
        let reason = chain_reason(&scene);
        assert_eq!(reason.code, ReasonCode::EkCertificateUnknownIssuer);
        assert!(reason.found.as_ref().unwrap().contains(problem), "{reason:?}");
    }
    let mut scene = Scene::genuine();
    scene.makers = intermediate(vec![ca()]);
    assert_trusted(&scene.appraise());
}

#[test]
fn a_missing_issuer_is_named_with_its_key_and_where_it_is_to_be_had() {
    const ORGANISATION: &[u8] = &[0x55, 4, 10];
    let of_maker = |common: &str| name(&[(ORGANISATION, "Test Maker"), (CN, common)]);
    let maker = Maker::genuine();
    let mut scene = Scene::genuine();
    let spec = scene.ek_certificate.as_mut().unwrap();
    spec.certificate.issuer = of_maker("Issuing CA 7");
    let mut spec = spec.finished();
    let address = |method: u8, text: &str| {
        seq(&[oid(&[0x2B, 6, 1, 5, 5, 7, 0x30, method]), tlv(0x86, text.as_bytes())])
    };
    let places = seq(&[
        address(1, "http://ocsp.maker.example"),
        address(2, "ldap://maker.example"),
        address(2, "https://maker.example/7.crt"),
    ]);
    spec.extensions.push(extension(&[0x2B, 6, 1, 5, 5, 7, 1, 1], false, &places));
    spec.extensions.push(extension(&[0x55, 0x1D, 35], false, &seq(&[tlv(0x80, &[0xAB, 0xCD])])));
    scene.ek_certificate_bytes = Some(spec.sign(&maker.issuer));
    let fact = |reason: &Reason, name: &str| reason.facts.get(name).cloned();

    // Nothing of this maker is trusted: the issuer is unknown.
    let reason = chain_reason(&scene);
    assert_eq!(reason.code, ReasonCode::EkCertificateUnknownIssuer);
    assert_eq!(fact(&reason, "issuer").unwrap(), "O=Test Maker, CN=Issuing CA 7");
    assert_eq!(fact(&reason, "key-id").unwrap(), "abcd");
    assert_eq!(fact(&reason, "address").unwrap(), "https://maker.example/7.crt");

    // Its root is: what lies between is missing.
    let root = maker.root_spec(of_maker("Root")).sign(&maker.root);
    scene.makers.add(&root).unwrap();
    let reason = chain_reason(&scene);
    assert_eq!(reason.code, ReasonCode::EkCertificateIntermediateMissing);
    assert_eq!(fact(&reason, "root").unwrap(), "O=Test Maker, CN=Root");

    // One step up: the intermediate's own issuer is missing.
    let issuing = CertificateSpec {
        issuer: of_maker("Upper CA"),
        ..CertificateSpec {
            subject: of_maker("Issuing CA 7"),
            ..CertificateSpec::ca("", "", &maker.issuer)
        }
    };
    scene.makers.add(&issuing.sign(&key())).unwrap();
    let reason = chain_reason(&scene);
    assert_eq!(reason.code, ReasonCode::EkCertificateIntermediateMissing);
    assert_eq!(fact(&reason, "issuer").unwrap(), "O=Test Maker, CN=Upper CA");
    assert_eq!(reason.place.unwrap(), "certificate of O=Test Maker, CN=Issuing CA 7");

    // What is on record, but counts for nothing, is not missing: it awaits a decision.
    let upper =
        CertificateSpec { subject: of_maker("Upper CA"), ..maker.root_spec(of_maker("Root")) };
    let upper = Certificate::parse("certificate", &upper.sign(&maker.root)).unwrap();
    for (why, found) in
        [(Idle::Awaiting, "awaits confirmation"), (Idle::Distrusted, "is distrusted")]
    {
        let without = scene.makers.clone();
        scene.makers.set_aside(upper.clone(), why);
        let reason = chain_reason(&scene);
        scene.makers = without;
        assert_eq!(reason.code, ReasonCode::EkCertificateUnknownIssuer);
        assert!(reason.found.unwrap().ends_with(found));
    }
}

#[test]
fn a_path_length_constraint_counts_the_cas_below() {
    let maker = Maker::genuine();
    let constrained = |limit: u8| {
        // root → upper (constrained) → issuer → EK
        let upper = key();
        let constraints = seq(&[tlv(1, &[0xFF]), tlv(2, &[limit])]);
        let extensions = vec![extension(&[0x55, 0x1D, 19], true, &constraints)];
        let spec = CertificateSpec::ca(&maker.root_name, "Upper CA", &upper);
        let mut makers = maker.root_only();
        makers.add(&CertificateSpec { extensions, ..spec }.sign(&maker.root)).unwrap();
        let issuer = CertificateSpec::ca("Upper CA", &maker.issuer_name, &maker.issuer);
        makers.add(&issuer.sign(&upper)).unwrap();
        let mut scene = Scene::genuine();
        scene.makers = makers;
        scene
    };
    assert_trusted(&constrained(1).appraise());
    let reason = chain_reason(&constrained(0));
    assert!(reason.found.unwrap().contains("path length"));
}

#[test]
fn circles_and_crowds_of_issuers_end() {
    let maker = Maker::genuine();
    // Two CAs that certify each other, and no root.
    let other = key();
    let mut makers = Makers::default();
    let issuer = CertificateSpec::ca("Other CA", &maker.issuer_name, &maker.issuer);
    makers.add(&issuer.sign(&other)).unwrap();
    let back = CertificateSpec::ca(&maker.issuer_name, "Other CA", &other);
    makers.add(&back.sign(&maker.issuer)).unwrap();
    let mut scene = Scene::genuine();
    scene.makers = makers;
    assert_eq!(chain_reason(&scene).code, ReasonCode::EkCertificateUnknownIssuer);
    // A hundred CAs of one name, none of which signed.
    let mut makers = Maker::genuine().root_only();
    for _ in 0..100 {
        let wrong = key();
        let spec = CertificateSpec::ca(&maker.root_name, &maker.issuer_name, &wrong);
        makers.add(&spec.sign(&maker.root)).unwrap();
    }
    scene.makers = makers;
    let reason = chain_reason(&scene);
    assert_eq!(reason.found.as_deref(), Some("no path of reasonable length"));
}

#[test]
fn a_name_alone_makes_no_issuer_and_a_good_one_is_found_beside_a_bad_one() {
    let mut scene = Scene::genuine();
    scene.makers = Maker::impostor().makers();
    assert_eq!(chain_reason(&scene).code, ReasonCode::EkCertificateBadSignature);
    for file in [Maker::genuine().root_certificate(), Maker::genuine().issuer_certificate()] {
        scene.makers.add(&file).unwrap();
    }
    assert_trusted(&scene.appraise());
}

#[test]
fn issuers_that_sign_with_pss_are_verified_with_its_parameters() {
    let AttestationKey::Rsa(rsa) = AkKey::rsa().0 else { panic!() };
    let sign = |tbs: &[u8]| {
        let mut signature = vec![0; 256];
        rsa.sign(&RSA_PSS_SHA256, &SystemRandom::new(), tbs, &mut signature).unwrap();
        signature
    };
    let pss = |salt: u8| {
        const PSS: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 10];
        const MGF1: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 8];
        const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
        let hash = || seq(&[oid(SHA256)]);
        let parameters = seq(&[
            tlv(0xA0, &hash()),
            tlv(0xA1, &seq(&[oid(MGF1), hash()])),
            tlv(0xA2, &tlv(2, &[salt])),
        ]);
        seq(&[oid(PSS), parameters])
    };
    let root = CertificateSpec {
        spki: spki(&AkKey::rsa().public()),
        ..CertificateSpec::ca("PSS root", "PSS root", &key())
    };
    let mut makers = Makers::default();
    makers.add(&root.sign_with(&pss(32), sign)).unwrap();
    let issued = |salt: u8| {
        let mut scene = Scene::genuine();
        let spec = scene.ek_certificate.as_mut().unwrap();
        spec.certificate.issuer = name(&[(CN, "PSS root")]);
        scene.ek_certificate_bytes = Some(spec.finished().sign_with(&pss(salt), sign));
        scene.makers = makers.clone();
        scene
    };
    assert_trusted(&issued(32).appraise());
    assert_eq!(chain_reason(&issued(20)).code, ReasonCode::EkCertificateBadSignature);
}
