//! What appraisals remember of one another changes no result: each thing that a result depends on is
//! changed alone, beside a memory that knows the result of before.

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::sync::Arc;

use support::boot::Boot;
use support::maker::Maker;
use support::{NOW, Scene, assert_trusted, failed};
use trustboard_attest::{
    Appraisal, Evidence, Input, Log, Memory, Standards, Steady, appraise, appraise_and_remember,
    appraise_with,
};
use trustboard_model::digest::HashAlg;
use trustboard_model::reason::ReasonCode;
use trustboard_model::time::Timestamp;

const ROOM: u64 = 1024 * 1024;

/// The certificates of the scene are of 2020 to 2099: their first and last moment.
const FIRST: i64 = 1_577_836_800_000;
const LAST: i64 = 4_102_444_799_000;

/// A host whose certificate has the same bytes at every look.
fn scene() -> Scene {
    let mut scene = Scene::genuine();
    scene.ek_certificate_bytes = scene.identity().ek_certificate.map(|bytes| bytes.0);
    scene
}

/// Appraises the scene by itself and with `memory`, by these standards or its own.
fn appraised(
    scene: &Scene,
    standards: Option<&Arc<Standards>>,
    memory: &Memory,
) -> (Appraisal, Arc<Standards>) {
    let (message, log) = scene.evidence();
    let systemd = scene.system.as_ref().and_then(|system| system.log(&scene.banks));
    let systemd_log = systemd.as_deref().map_or(Log::Absent, Log::Bytes);
    let log = Log::Bytes(&log);
    let prepared = scene.prepare(Evidence::Sent { message: &message, log, systemd_log });
    let own = prepared.input();
    let input = Input { standards: standards.unwrap_or(own.standards), ..own };
    let alone = appraise(&input);
    let with = appraise_with(&input, memory);
    assert_eq!(with, alone, "what was remembered changed the result");
    (alone, Arc::clone(input.standards))
}

/// What is refused after a change of a host whose every result is remembered. It is judged by the
/// very standards of before.
fn refused_after(change: impl FnOnce(&mut Scene)) -> Vec<ReasonCode> {
    let (mut scene, memory) = (scene(), Memory::of_bytes(ROOM));
    let (before, standards) = appraised(&scene, None, &memory);
    assert_trusted(before.report());
    assert!(memory.bytes() > 0);
    change(&mut scene);
    let (after, _) = appraised(&scene, Some(&standards), &memory);
    failed(after.report())
}

#[test]
fn the_same_again_takes_no_more_room_and_says_the_same() {
    for scene in [scene(), Scene { system: None, ..Scene::with_system() }] {
        let memory = Memory::of_bytes(ROOM);
        let (first, standards) = appraised(&scene, None, &memory);
        let taken = memory.bytes();
        for _ in 0..5 {
            let (again, _) = appraised(&scene, Some(&standards), &memory);
            assert_eq!(again.report().checks, first.report().checks);
        }
        assert!(memory.bytes() >= taken && taken > 0);
    }
}

#[test]
fn another_certificate_another_key_and_another_maker_are_seen() {
    let other_key = |scene: &mut Scene| {
        scene.ek_public = support::keys::ek_ecc();
        scene.presented = None;
    };
    assert_eq!(refused_after(other_key), [ReasonCode::EkCertificateWrongKey]);
    let impostor = |scene: &mut Scene| {
        let spec = scene.ek_certificate.as_ref().unwrap();
        scene.ek_certificate_bytes = Some(spec.sign(&Maker::impostor().issuer));
    };
    assert_eq!(refused_after(impostor), [ReasonCode::EkCertificateBadSignature]);
    let changed = |scene: &mut Scene| {
        let bytes = scene.ek_certificate_bytes.as_mut().unwrap();
        *bytes.last_mut().unwrap() ^= 1;
    };
    assert_eq!(refused_after(changed), [ReasonCode::EkCertificateBadSignature]);
    let maker = |scene: &mut Scene| {
        scene.facts.tpm.as_mut().unwrap().manufacturer = "IFX".to_owned();
    };
    assert_eq!(refused_after(maker), [ReasonCode::EkCertificateOtherMaker]);
    let gone = |scene: &mut Scene| {
        (scene.ek_certificate, scene.ek_certificate_bytes) = (None, None);
    };
    assert_eq!(refused_after(gone), [ReasonCode::EkNotEndorsed]);
}

#[test]
fn an_approval_is_no_certificate_and_a_certificate_no_approval() {
    let (mut scene, memory) = (scene(), Memory::of_bytes(ROOM));
    let foreign = scene.ek_certificate.as_ref().unwrap().sign(&Maker::impostor().issuer);
    scene.ek_certificate_bytes = Some(foreign);
    scene.approved = true;
    let (approved, standards) = appraised(&scene, None, &memory);
    assert_eq!(failed(approved.report()), []);
    scene.approved = false;
    let (not_approved, _) = appraised(&scene, Some(&standards), &memory);
    assert_eq!(failed(not_approved.report()), [ReasonCode::EkCertificateBadSignature]);
}

#[test]
fn no_result_outlives_a_certificate_or_precedes_it() {
    let at = |moment: i64| {
        refused_after(move |scene| {
            scene.now = Timestamp(moment);
            scene.challenge.expires_at = scene.now.plus_seconds(60);
        })
    };
    assert_eq!(at(LAST), []);
    assert_eq!(at(LAST + 1), [ReasonCode::EkCertificateExpired]);
    assert_eq!(at(FIRST), []);
    assert_eq!(at(FIRST - 1), [ReasonCode::EkCertificateExpired]);
}

#[test]
fn a_result_ends_with_the_revocation_list_that_it_rests_on() {
    let (mut scene, memory) = (scene(), Memory::of_bytes(ROOM));
    let maker = Maker::genuine();
    let list = Maker::revocation_list(&maker.issuer, &maker.issuer_name, &[&[0x77]]);
    scene.makers.add(&list).unwrap();
    scene.makers.add(&Maker::revocation_list(&maker.root, &maker.root_name, &[])).unwrap();
    let (before, standards) = appraised(&scene, None, &memory);
    assert_trusted(before.report());
    // The lists promise the next ones for 2099, before the certificates end.
    scene.now = Timestamp(4_070_908_800_001);
    scene.challenge.expires_at = scene.now.plus_seconds(60);
    let (after, _) = appraised(&scene, Some(&standards), &memory);
    assert_eq!(failed(after.report()), []);
    assert_ne!(after.report().checks, before.report().checks, "the lists are out of date now");
}

#[test]
fn what_is_trusted_now_counts_and_not_what_was() {
    let (mut scene, memory) = (scene(), Memory::of_bytes(ROOM));
    assert_trusted(appraised(&scene, None, &memory).0.report());
    let serial = scene.ek_certificate.as_ref().unwrap().certificate.serial.clone();
    let genuine = scene.makers.clone();

    scene.makers = Maker::genuine().root_only();
    let (missing, _) = appraised(&scene, None, &memory);
    assert_eq!(failed(missing.report()), [ReasonCode::EkCertificateUnknownIssuer]);

    scene.makers = genuine;
    let maker = Maker::genuine();
    let list = Maker::revocation_list(&maker.issuer, &maker.issuer_name, &[&serial]);
    scene.makers.add(&list).unwrap();
    let (revoked, _) = appraised(&scene, None, &memory);
    assert_eq!(failed(revoked.report()), [ReasonCode::EkCertificateRevoked]);
}

#[test]
fn another_log_other_values_and_another_boot_are_seen() {
    let other_log = |scene: &mut Scene| scene.boot = Boot::with_events(60);
    assert_eq!(refused_after(other_log), []);
    // The same log beside other values, and other values beside the same log.
    let later = |scene: &mut Scene| scene.later.push((4, b"another application".to_vec()));
    let mismatch = [ReasonCode::ReplayMismatch, ReasonCode::ReplayMismatchOtherBank];
    assert!(refused_after(later).contains(&mismatch[0]));
    let cut = |scene: &mut Scene| {
        scene.edit_log = |mut log| {
            log.pop();
            log
        };
    };
    assert_eq!(refused_after(cut), [ReasonCode::LogTruncated]);
    let off = |scene: &mut Scene| scene.boot = Boot::with_secure_boot(&[0]);
    assert!(refused_after(off).contains(&ReasonCode::SecureBootDisabled));
    let fewer = |scene: &mut Scene| scene.set_banks(&[HashAlg::Sha256]);
    assert_eq!(refused_after(fewer), []);
}

#[test]
fn what_is_approved_and_revoked_now_counts_and_not_what_was() {
    let (mut scene, memory) = (scene(), Memory::of_bytes(ROOM));
    scene.approve();
    assert_trusted(appraised(&scene, None, &memory).0.report());
    let mut other = Scene::genuine();
    other.boot.events.retain(|event| event.kind != support::boot::APPLICATION);
    scene.configurations = vec![other.reference()];
    let (differs, _) = appraised(&scene, None, &memory);
    assert!(!failed(differs.report()).is_empty());
    scene.configurations = Vec::new();
    let (none, _) = appraised(&scene, None, &memory);
    assert!(none.report().comparison.is_none());
    scene.revocations = None;
    let (unknown, _) = appraised(&scene, None, &memory);
    assert_ne!(unknown.report().checks, none.report().checks);
}

#[test]
fn a_refusal_is_found_anew_with_the_words_of_its_moment() {
    let (mut scene, memory) = (scene(), Memory::of_bytes(ROOM));
    scene.boot = Boot::with_secure_boot(&[0]);
    let last_on = |appraisal: &Appraisal| {
        let report = appraisal.report();
        let all = report.checks.iter().map(|check| serde_json::to_string(check).unwrap());
        all.filter(|json| json.contains("last_on")).count()
    };
    let (first, standards) = appraised(&scene, None, &memory);
    assert_eq!(last_on(&first), 0);
    scene.history.secure_boot_on_at = Some(NOW);
    let (second, _) = appraised(&scene, Some(&standards), &memory);
    assert_eq!(last_on(&second), 1);
}

#[test]
fn a_host_is_recognised_as_steady_whichever_way_it_was_appraised() {
    let (scene, memory) = (scene(), Memory::of_bytes(ROOM));
    let (message, log) = scene.evidence();
    let log = Log::Bytes(&log);
    let prepared =
        scene.prepare(Evidence::Sent { message: &message, log, systemd_log: Log::Absent });
    let input = prepared.input();
    let (alone, one) = appraise_and_remember(&input, &Memory::none());
    for _ in 0..2 {
        let (with, other) = appraise_and_remember(&input, &memory);
        assert_eq!(with, alone);
        assert_eq!(other.as_ref().map(Steady::until), one.as_ref().map(Steady::until));
    }
}
