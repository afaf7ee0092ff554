//! A genuine host is trusted, whatever genuine form its evidence has.

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use support::{Scene, assert_trusted, outcome};
use trustboard_model::appraisal::{PcrState, SecureBoot};
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::digest::HashAlg;

#[test]
fn an_rsa_host_with_secure_boot_is_trusted() {
    let report = Scene::genuine().appraise();
    assert_trusted(&report);
    assert_eq!(report.secure_boot, SecureBoot::On);
    assert_eq!(report.pcrs.len(), 3 * 24);
    assert!(
        report
            .pcrs
            .iter()
            .filter(|row| u8::from(row.pcr) < 8)
            .all(|row| row.state == PcrState::Explained)
    );
    assert_eq!(report.clock.unwrap().reset_count, 7);
}

#[test]
fn a_p256_host_is_trusted() {
    assert_trusted(&Scene::genuine_ecc().appraise());
}

#[test]
fn a_startup_locality_before_the_first_event_is_replayed() {
    let mut scene = Scene::genuine();
    scene.boot.locality = Some(3);
    assert_trusted(&scene.appraise());
}

#[test]
fn registers_that_the_system_extends_after_boot_are_not_evaluated_and_do_not_spoil_the_verdict() {
    let mut scene = Scene::genuine();
    scene.later = vec![(10, b"ima".to_vec()), (8, b"later".to_vec()), (23, b"x".to_vec())];
    let report = scene.appraise();
    assert_eq!(report.verdict, trustboard_model::verdict::Verdict::Trusted);
    let Outcome::NotEvaluated(why) = outcome(&report, CheckId::ReplayOsPcrs) else { panic!() };
    assert!(why.contains("PCRs 8, 10, 23"), "{why}");
}

#[test]
fn a_bank_quoted_without_registers_is_proven_inactive() {
    let mut scene = Scene::genuine();
    scene.set_banks(&[HashAlg::Sha256]);
    scene.attest.selection =
        Some(vec![(HashAlg::Sha1, vec![]), (HashAlg::Sha256, (0..24).collect())]);
    assert_trusted(&scene.appraise());
}
