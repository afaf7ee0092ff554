//! What is no refusal: unreadable evidence, missing parts, hosts without a TPM, approvals. None of
//! it is ever a pass by itself.

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use std::collections::BTreeMap;

use support::maker::{EkCertificateSpec, ISSUER, Maker};
use support::{NOW, Scene, assert_trusted, failed, outcome};
use trustboard_attest::{Evidence, Makers};
use trustboard_model::appraisal::SecureBoot;
use trustboard_model::check::{CheckId, Outcome, Strictness};
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::verdict::{Cause, Verdict};

fn reason(scene: &Scene, check: CheckId) -> Reason {
    match outcome(&scene.appraise(), check) {
        Outcome::Failed(reason) => reason.clone(),
        other => panic!("{other:?}"),
    }
}

fn fact<'a>(reason: &'a Reason, name: &str) -> &'a str {
    reason.facts.get(name).map_or("(missing)", |value| value)
}

#[test]
fn a_host_without_a_tpm_is_neither_good_nor_bad() {
    let mut scene = Scene::genuine();
    scene.has_quote = false;
    scene.facts.tpm = None;
    scene.enrolled = false;
    let report = scene.appraise();
    assert_eq!(report.verdict, Verdict::Unknown(Cause::NoTpm));
    assert_eq!(report.secure_boot, SecureBoot::Unknown);
}

#[test]
fn a_tpm_that_sends_no_quote_concludes_nothing() {
    let mut scene = Scene::genuine();
    scene.has_quote = false;
    let report = scene.appraise();
    assert!(matches!(report.verdict, Verdict::Unknown(Cause::NotEvaluated { .. })), "{report:?}");
}

#[test]
fn a_tpm_that_was_added_later_fails_although_it_sends_no_quote() {
    let mut scene = Scene::genuine();
    scene.has_quote = false;
    scene.enrolled = false;
    assert_eq!(failed(&scene.appraise()), [ReasonCode::NoCachedIdentity]);
}

#[test]
fn evidence_that_cannot_be_read_says_which_part() {
    type Edit = fn(&mut Scene);
    let edits: [(Edit, &str); 4] = [
        (|s| s.edit_message = |m| m.quoted.as_mut().unwrap().attest.0.truncate(40), "quote"),
        (|s| s.edit_message = |m| m.quoted.as_mut().unwrap().signature.0.push(0), "signature"),
        (|s| s.edit_message = |m| m.quoted.as_mut().unwrap().attest.0.push(0), "quote"),
        (|s| s.facts.hostname = "x".repeat(300), "claims"),
    ];
    for (edit, expected) in edits {
        let mut scene = Scene::genuine();
        edit(&mut scene);
        let report = scene.appraise();
        match report.verdict {
            Verdict::Unknown(Cause::Malformed { part, .. }) => assert_eq!(part, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
    let scene = Scene::genuine();
    let report = scene.appraise_evidence(Evidence::Unreadable { problem: "not CBOR" });
    assert!(matches!(report.verdict, Verdict::Unknown(Cause::Malformed { .. })));
    let report = scene.appraise_evidence(Evidence::Refused { problem: "TPM is busy" });
    let Verdict::Unknown(Cause::HostRefused { problem }) = report.verdict else { panic!() };
    assert_eq!(problem, "TPM is busy");
}

#[test]
fn claims_of_a_host_without_a_tpm_are_read_with_the_same_limits() {
    let mut scene = Scene::genuine();
    scene.has_quote = false;
    scene.edit_message = |message| message.claims.0.push(0);
    let verdict = scene.appraise().verdict;
    assert!(matches!(verdict, Verdict::Unknown(Cause::Malformed { .. })), "{verdict:?}");
}

#[test]
fn a_log_that_is_no_longer_stored_is_asked_for_again_and_never_passes() {
    let mut scene = Scene::genuine();
    scene.not_kept = true;
    match scene.appraise().verdict {
        Verdict::Unknown(Cause::NotEvaluated { check, .. }) => {
            assert_eq!(check, CheckId::LogPresent);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_log_that_is_not_the_signed_one_breaks_the_binding() {
    let mut scene = Scene::genuine();
    scene.edit_sent_log = |mut log| {
        *log.last_mut().unwrap() ^= 1;
        log
    };
    let reason = reason(&scene, CheckId::NonceBinding);
    assert_eq!(reason.code, ReasonCode::NonceMismatch);
    assert_eq!(reason.place.as_deref(), Some("event log"));
    let mut absent = Scene::genuine();
    absent.edit_message = |_| {};
    let (message, _) = absent.evidence();
    absent.log_absent = true;
    assert_eq!(failed(&absent.appraise_sent(&message, &[])), [ReasonCode::NonceMismatch]);
}

#[test]
fn a_policy_that_relaxes_everything_still_demands_a_verified_quote() {
    let mut scene = Scene::genuine();
    scene.policy.strictness =
        CheckId::ALL.iter().map(|&check| (check, Strictness::Ignore)).collect::<BTreeMap<_, _>>();
    assert_eq!(scene.appraise().verdict, Verdict::Trusted);
    scene.edit_message = |message| {
        let signature = &mut message.quoted.as_mut().unwrap().signature.0;
        *signature.last_mut().unwrap() ^= 1;
    };
    assert!(matches!(scene.appraise().verdict, Verdict::Untrusted(_)));
}

#[test]
fn an_unverified_quote_says_nothing_about_secure_boot() {
    let mut scene = Scene::genuine();
    scene.edit_message = |message| {
        *message.quoted.as_mut().unwrap().signature.0.last_mut().unwrap() ^= 1;
    };
    let report = scene.appraise();
    assert_eq!(report.secure_boot, SecureBoot::Unknown);
    assert!(report.pcrs.is_empty() && report.clock.is_none());
    assert!(matches!(outcome(&report, CheckId::QuoteDigest), Outcome::NotEvaluated(_)));
}

#[test]
fn a_mismatch_says_which_register_what_for_and_how_far_the_log_agrees() {
    let mut scene = Scene::genuine();
    scene.set_banks(&[trustboard_model::digest::HashAlg::Sha256]);
    scene.later = vec![(4, b"another boot loader".to_vec())];
    let changed = reason(&scene, CheckId::ReplayPolicyBank);
    assert_eq!(fact(&changed, "pcr"), "4");
    assert_eq!(fact(&changed, "bank"), "SHA-256");
    assert_eq!(fact(&changed, "purpose"), "boot loader code");
    assert_eq!(fact(&changed, "events"), "3");
    assert_eq!(fact(&changed, "prefix_events"), "(missing)");
    assert_eq!(fact(&changed, "explained"), "0-3, 5-8");
    // Secure Boot is still proven: PCR 7 is explained.
    assert_eq!(scene.appraise().secure_boot, SecureBoot::On);

    // A log that is newer than the quote.
    let mut newer = Scene::genuine();
    newer.set_banks(&[trustboard_model::digest::HashAlg::Sha256]);
    let loader = newer.boot.position(4, 0x8000_0003);
    newer.boot.events[loader].extends = false;
    let newer = reason(&newer, CheckId::ReplayPolicyBank);
    assert_eq!(fact(&newer, "prefix_events"), "2");
}

#[test]
fn secure_boot_off_says_since_when_and_where() {
    let mut scene = Scene::genuine();
    scene.boot = support::boot::Boot::with_secure_boot(&[0]);
    scene.history.secure_boot_on_at = Some(NOW.plus_seconds(-3600));
    let reason = reason(&scene, CheckId::SecureBootEnabled);
    assert_eq!(reason.place.as_deref(), Some("PCR 7, event 4 (SecureBoot)"));
    assert_eq!(fact(&reason, "last_on"), NOW.plus_seconds(-3600).to_string());
    assert_eq!(scene.appraise().secure_boot, SecureBoot::Off);
}

#[test]
fn a_log_that_went_away_with_secure_boot_says_so() {
    let mut scene = Scene::genuine();
    scene.log_absent = true;
    scene.facts.log_absent = Some("the kernel has none".to_owned());
    for (variable, code) in [
        (None, ReasonCode::LogMissing),
        (Some(true), ReasonCode::LogMissing),
        (Some(false), ReasonCode::LogMissingSecureBootOff),
    ] {
        scene.facts.secure_boot_variable = variable;
        let reason = reason(&scene, CheckId::LogPresent);
        assert_eq!((reason.code, reason.found.as_deref()), (code, Some("the kernel has none")));
        assert_eq!(scene.appraise().secure_boot, SecureBoot::Unknown, "a claim proves nothing");
    }
    scene.history.secure_boot_on_at = Some(NOW.plus_seconds(-3600));
    let reason = reason(&scene, CheckId::LogPresent);
    assert_eq!(fact(&reason, "last_on"), NOW.plus_seconds(-3600).to_string());
}

#[test]
fn a_missing_issuer_is_named() {
    let mut scene = Scene::genuine();
    scene.makers = Makers::default();
    let reason = reason(&scene, CheckId::EkCertificateChain);
    assert_eq!(fact(&reason, "issuer"), "CN=Test TPM EK Issuer");
}

#[test]
fn an_operators_approval_stands_for_a_chain_but_not_for_another_key() {
    let mut scene = Scene::genuine();
    scene.makers = Makers::default();
    scene.approved = true;
    assert_trusted(&scene.appraise());
    scene.ek_certificate_bytes = Some(vec![0x30, 3, 1]);
    assert_trusted(&scene.appraise());
    scene.ek_certificate_bytes = None;
    scene.ek_certificate = None;
    assert_trusted(&scene.appraise());
    let other = support::keys::AkKey::other_rsa().public();
    scene.ek_certificate = Some(EkCertificateSpec::for_key(&other, ISSUER));
    assert_eq!(failed(&scene.appraise()), [ReasonCode::EkCertificateWrongKey]);
}

#[test]
fn revocation_is_checked_only_against_lists_of_the_whole_chain() {
    let maker = Maker::genuine();
    let list = Maker::revocation_list(&maker.issuer, &maker.issuer_name, &[&[0x77]]);
    let root_list = Maker::revocation_list(&maker.root, &maker.root_name, &[]);
    let forged =
        Maker::revocation_list(&Maker::impostor().issuer, &maker.issuer_name, &[&[0x12, 0x34]]);
    let check = |lists: &[&[u8]]| {
        let mut scene = Scene::genuine();
        for list in lists {
            scene.makers.add(list).unwrap();
        }
        outcome(&scene.appraise(), CheckId::EkCertificateRevocation).clone()
    };
    assert!(matches!(check(&[&list, &root_list]), Outcome::Passed(_)));
    assert!(matches!(check(&[&list]), Outcome::NotEvaluated(_)));
    assert!(matches!(check(&[&forged, &root_list]), Outcome::NotEvaluated(_)));
}

#[test]
fn counters_go_round_and_reboots_are_told_from_going_back() {
    use trustboard_model::appraisal::ClockInfo;
    let mut scene = Scene::genuine();
    let mut before = ClockInfo {
        clock: scene.attest.clock,
        reset_count: u32::MAX,
        restart_count: 5,
        safe: true,
        firmware_version: u64::MAX,
    };
    // The TPM adds secret constants for keys outside the endorsement hierarchy: 7 follows MAX.
    scene.history.clock = Some(before);
    let report = scene.appraise();
    assert_trusted(&report);
    let Outcome::Passed(Some(text)) = outcome(&report, CheckId::TpmClock) else { panic!() };
    assert_eq!(text, "8 reboots since");
    before.reset_count = scene.attest.reset_count;
    before.restart_count = scene.attest.restart_count + 1;
    scene.history.clock = Some(before);
    assert_eq!(failed(&scene.appraise()), [ReasonCode::ClockWentBack]);
    before.restart_count = scene.attest.restart_count;
    before.clock = scene.attest.clock + 1;
    scene.history.clock = Some(before);
    assert_eq!(failed(&scene.appraise()), [ReasonCode::ClockWentBack]);
}

#[test]
fn an_empty_qualified_signer_is_refused_even_when_none_is_recorded() {
    let mut scene = Scene::genuine();
    scene.attest.qualified_signer = Vec::new();
    assert_eq!(failed(&scene.appraise()), [ReasonCode::QualifiedSignerChanged]);
}
