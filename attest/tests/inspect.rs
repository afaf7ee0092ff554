//! Single pieces of evidence, looked at without a server.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use support::boot::{Boot, BootEvent, SEPARATOR};
use support::keys;
use support::maker::{EkCertificateSpec, ISSUER, Maker, pem};
use support::tpm::sized;
use support::{NOW, Scene};
use trustboard_attest::Makers;
use trustboard_attest::eventlog::EventLog;
use trustboard_attest::inspect::{
    LogInspection, QuoteInspection, QuoteParts, Weight, inspect_ek, inspect_log, inspect_quote,
    is_refused, weight,
};
use trustboard_model::appraisal::{PcrState, SecureBoot};
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrBankValues;
use trustboard_model::protocol::Quoted;
use trustboard_model::reason::ReasonCode;
use trustboard_soft_tpm::certificate::spki;

fn refused(checks: &[(CheckId, Outcome)]) -> Vec<ReasonCode> {
    let reasons = checks.iter().filter_map(|(_, outcome)| match outcome {
        Outcome::Failed(reason) => Some(reason.code),
        _ => None,
    });
    reasons.collect()
}

fn outcome(checks: &[(CheckId, Outcome)], of: CheckId) -> &Outcome {
    &checks.iter().find(|(check, _)| *check == of).unwrap().1
}

fn log(scene: &Scene, values: Option<&[PcrBankValues]>) -> LogInspection {
    let (_, bytes) = scene.evidence();
    inspect_log(&EventLog::parse(&bytes).unwrap(), values)
}

#[test]
fn a_log_alone_is_consistent_and_compared_with_nothing() {
    let found = log(&Scene::genuine(), None);
    assert_eq!(refused(&found.checks), []);
    assert_eq!(found.secure_boot, SecureBoot::On);
    assert!(!found.booted.is_empty());
    let of_values = outcome(&found.checks, CheckId::ReplayPolicyBank);
    assert!(matches!(of_values, Outcome::NotApplicable(_)), "{of_values:?}");
}

#[test]
fn a_log_beside_its_values_is_explained_and_beside_others_refused() {
    let mut scene = Scene::genuine();
    let found = log(&scene, Some(&scene.pcrs()));
    assert_eq!(refused(&found.checks), []);
    assert!(matches!(outcome(&found.checks, CheckId::ReplayPolicyBank), Outcome::Passed(_)));
    scene.later = vec![(4, b"another boot loader".to_vec())];
    let found = log(&scene, Some(&scene.pcrs()));
    assert!(refused(&found.checks).contains(&ReasonCode::ReplayMismatch));
    assert!(is_refused(&found.checks));
    let sha256_pcr4 = |row: &&trustboard_model::appraisal::PcrRow| {
        row.bank == HashAlg::Sha256 && row.pcr.as_usize() == 4
    };
    let row = found.pcrs.iter().find(sha256_pcr4).unwrap();
    assert_eq!(row.state, PcrState::Mismatch);
}

#[test]
fn secure_boot_off_is_a_finding_and_a_forged_log_is_refused() {
    let mut scene = Scene::genuine();
    scene.boot = Boot::with_secure_boot(&[0]);
    let found = log(&scene, None);
    assert_eq!(refused(&found.checks), [ReasonCode::SecureBootDisabled]);
    assert_eq!(found.secure_boot, SecureBoot::Off);
    assert!(!is_refused(&found.checks));
    scene.boot.events.push(BootEvent::new(3, SEPARATOR, &[0; 4]));
    assert!(is_refused(&log(&scene, None).checks));
}

#[test]
fn a_sha1_log_is_inspected_in_its_only_bank() {
    let mut scene = Scene::genuine();
    scene.set_banks(&[HashAlg::Sha1]);
    let found = log(&scene, Some(&scene.pcrs()));
    assert_eq!(refused(&found.checks), []);
    assert_eq!(found.secure_boot, SecureBoot::On);
}

fn quote_of(scene: &Scene) -> Quoted {
    scene.evidence().0.quoted.unwrap()
}

fn look(quoted: &Quoted, extra_data: Option<&[u8]>) -> QuoteInspection {
    inspect_quote(&QuoteParts {
        attest: &quoted.attest,
        signature: &quoted.signature,
        key: &quoted.ak_public,
        pcrs: Some(&quoted.pcrs),
        extra_data,
    })
    .unwrap()
}

#[test]
fn a_quote_verifies_with_its_key_and_values_in_every_wrapping() {
    for scene in [Scene::genuine(), Scene::genuine_ecc()] {
        let quoted = quote_of(&scene);
        let found = look(&quoted, None);
        assert_eq!(refused(&found.checks), []);
        for passed in [CheckId::QuoteSignature, CheckId::QuoteDigest, CheckId::AkAttributes] {
            assert!(matches!(outcome(&found.checks, passed), Outcome::Passed(_)), "{passed}");
        }
        let info = found.info.unwrap();
        let bound = outcome(&found.checks, CheckId::NonceBinding);
        assert!(matches!(bound, Outcome::NotEvaluated(_)), "{bound:?}");
        // As tpm2-tools write them, with their size before them.
        let mut sized_quote = quoted.clone();
        sized_quote.attest = sized(&quoted.attest).into();
        sized_quote.ak_public = sized(&quoted.ak_public).into();
        assert_eq!(refused(&look(&sized_quote, None).checks), []);
        let given = look(&quoted, Some(&info.extra_data));
        assert!(matches!(outcome(&given.checks, CheckId::NonceBinding), Outcome::Passed(_)));
        let other = look(&quoted, Some(b"another"));
        assert_eq!(refused(&other.checks), [ReasonCode::NonceMismatch]);
    }
}

#[test]
fn what_is_wrong_with_a_quote_is_named() {
    let scene = Scene::genuine();
    let quoted = quote_of(&scene);
    let mut forged = quoted.clone();
    *forged.signature.0.last_mut().unwrap() ^= 1;
    let found = look(&forged, None);
    assert_eq!(refused(&found.checks), [ReasonCode::QuoteSignatureInvalid]);
    assert_eq!(found.info, None);

    let mut values = quoted.clone();
    values.pcrs[1].values[7].1 = Digest::filled(HashAlg::Sha256, 1);
    let found = look(&values, None);
    assert_eq!(refused(&found.checks), [ReasonCode::QuoteDigestMismatch]);
    values.pcrs.remove(1);
    let found = look(&values, None);
    assert_eq!(refused(&found.checks), [ReasonCode::QuoteSelectionMismatch]);

    let mut empty = Scene::genuine();
    empty.attest.extra_data = Some(Vec::new());
    assert_eq!(refused(&look(&quote_of(&empty), None).checks), [ReasonCode::NonceEmpty]);
    let mut certify = Scene::genuine();
    certify.attest.kind = 0x8017;
    assert_eq!(refused(&look(&quote_of(&certify), None).checks), [ReasonCode::QuoteWrongType]);
    let mut loose = Scene::genuine();
    loose.ak_public.attributes &= !(1 << 16);
    let codes = refused(&look(&quote_of(&loose), None).checks);
    assert_eq!(codes, [ReasonCode::AkAttributesWrong]);
}

#[test]
fn a_bare_key_verifies_and_says_nothing_of_its_attributes() {
    for scene in [Scene::genuine(), Scene::genuine_ecc()] {
        let quoted = quote_of(&scene);
        let der = spki(&scene.ak_public);
        for key in [der.clone(), pem("PUBLIC KEY", &der)] {
            let found = look(&Quoted { ak_public: key.into(), ..quoted.clone() }, None);
            assert_eq!(refused(&found.checks), []);
            assert!(matches!(outcome(&found.checks, CheckId::QuoteSignature), Outcome::Passed(_)));
            let attributes = outcome(&found.checks, CheckId::AkAttributes);
            assert!(matches!(attributes, Outcome::NotEvaluated(_)), "{attributes:?}");
        }
        let other = spki(&keys::AkKey::other_rsa().public());
        let found = look(&Quoted { ak_public: other.into(), ..quoted.clone() }, None);
        assert!(is_refused(&found.checks));
    }
}

#[test]
fn parts_that_cannot_be_read_are_errors() {
    let quoted = quote_of(&Scene::genuine());
    let parts = QuoteParts {
        attest: &quoted.attest,
        signature: &quoted.signature,
        key: &quoted.ak_public,
        pcrs: None,
        extra_data: None,
    };
    let part = |parts: &QuoteParts<'_>| inspect_quote(parts).unwrap_err().part;
    let short = &quoted.attest[..quoted.attest.len() - 1];
    assert_eq!(part(&QuoteParts { attest: short, ..parts }), "quote");
    assert_eq!(part(&QuoteParts { signature: &[], ..parts }), "signature");
    for key in [&b"-----BEGIN PUBLIC KEY-----\n!!"[..], b"\x30\x03\x02\x01\x01", b"", b"\0"] {
        assert_eq!(part(&QuoteParts { key, ..parts }), "attestation key");
    }
}

#[test]
fn an_ek_certificate_is_judged_by_the_roots_at_hand() {
    let scene = Scene::genuine();
    let spec = EkCertificateSpec::for_key(&scene.ek_public, ISSUER);
    let bytes = spec.sign(&Maker::genuine().issuer);
    let found = inspect_ek(&bytes, &scene.makers, NOW).unwrap();
    assert_eq!(refused(&found.checks), []);
    assert!(matches!(outcome(&found.checks, CheckId::EkCertificateChain), Outcome::Passed(_)));
    let of_key = outcome(&found.checks, CheckId::EkCertificateKey);
    assert!(matches!(of_key, Outcome::NotEvaluated(_)), "{of_key:?}");
    let found = inspect_ek(&bytes, &Makers::default(), NOW).unwrap();
    assert_eq!(refused(&found.checks), [ReasonCode::EkCertificateUnknownIssuer]);
    assert!(is_refused(&found.checks));
    let late = NOW.plus_seconds(100 * 365 * 86_400);
    let found = inspect_ek(&bytes, &scene.makers, late).unwrap();
    assert!(refused(&found.checks).contains(&ReasonCode::EkCertificateExpired));
    assert!(inspect_ek(&bytes[1..], &scene.makers, NOW).is_err());
}

#[test]
fn what_a_policy_only_warns_of_refuses_nothing() {
    assert_eq!(weight(CheckId::EkCertificateUsage), Weight::Finding);
    assert_eq!(weight(CheckId::SecureBootEnabled), Weight::Finding);
    assert_eq!(weight(CheckId::SecureBootVariables), Weight::Refused);
    assert_eq!(weight(CheckId::QuoteSignature), Weight::Refused);
}
