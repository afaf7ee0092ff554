//! An attacker on the host after boot: genuine quotes, honest replay, and a log that lies. Types
//! and undigested data are covered by nothing (CHECKS 46), so these must be refused by rule.

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use support::boot::{self, ACTION, AUTHORITY, Boot, BootEvent, SEPARATOR, VARIABLE};
use support::{Scene, assert_trusted, failed};
use trustboard_model::appraisal::SecureBoot;
use trustboard_model::digest::HashAlg;
use trustboard_model::reason::ReasonCode;

/// Secure Boot was off; software then extended PCR 7 with everything a Secure Boot boot measures.
fn forged_second_run() -> Scene {
    let mut scene = Scene::genuine();
    let forged = scene.boot.events.iter().filter(|event| event.pcr == 7).cloned();
    let forged: Vec<BootEvent> = forged.collect();
    scene.boot = Boot::with_secure_boot(&[0]);
    scene.boot.events.extend(forged);
    scene
}

#[test]
fn genuine_events_of_pcr_7_cannot_be_hidden_behind_another_type() {
    for hidden in [0, 2, 0x8000_0008, 0xDEAD] {
        let mut scene = forged_second_run();
        let genuine = scene.boot.events.iter_mut().filter(|event| event.pcr == 7).take(7);
        genuine.for_each(|event| event.kind = hidden);
        let report = scene.appraise();
        assert_eq!(failed(&report), [ReasonCode::EventTypeNotAllowed]);
        assert_ne!(report.secure_boot, SecureBoot::On);
    }
}

#[test]
fn genuine_events_cannot_be_hidden_as_informational_ones() {
    let mut scene = forged_second_run();
    let mut hidden = 0;
    for event in scene.boot.events.iter_mut().filter(|event| event.pcr == 7).take(7) {
        event.kind = 3;
        hidden += 1;
    }
    assert_eq!(hidden, 7);
    let report = scene.appraise();
    let codes = failed(&report);
    assert!(codes.contains(&ReasonCode::NoActionExtends), "{codes:?}");
    assert!(codes.contains(&ReasonCode::ReplayMismatch), "{codes:?}");
    assert_ne!(report.secure_boot, SecureBoot::On);
}

#[test]
fn a_second_run_without_hiding_the_first_is_refused() {
    let report = forged_second_run().appraise();
    assert!(failed(&report).contains(&ReasonCode::SeparatorDuplicate));
    assert_ne!(report.secure_boot, SecureBoot::On);
}

#[test]
fn a_second_run_without_a_second_separator_is_refused() {
    let mut scene = forged_second_run();
    let last = scene.boot.events.iter().rposition(|e| e.pcr == 7 && e.kind == SEPARATOR).unwrap();
    scene.boot.events.remove(last);
    let report = scene.appraise();
    assert!(failed(&report).contains(&ReasonCode::SecureBootVariableMisplaced));
    assert_ne!(report.secure_boot, SecureBoot::On);
}

#[test]
fn the_real_boot_loader_cannot_be_hidden_behind_another_type() {
    let mut scene = Scene::genuine();
    let loader = scene.boot.position(4, 0x8000_0003);
    scene.boot.events[loader].kind = 0x8000_0008;
    scene.boot.events.push(BootEvent::new(4, 0x8000_0003, b"a nicer one"));
    assert_eq!(failed(&scene.appraise()), [ReasonCode::EventTypeNotAllowed]);
}

#[test]
fn an_action_in_pcr_7_whose_digest_covers_something_else_is_refused() {
    let mut scene = Scene::genuine();
    let mut action = BootEvent::new(7, ACTION, b"UEFI Debug Mode");
    action.data = b"DMA Protection Disabled".to_vec();
    scene.boot.events.insert(0, action);
    assert_eq!(failed(&scene.appraise()), [ReasonCode::SecureBootDebugMode]);
}

#[test]
fn a_separator_whose_digest_covers_something_else_is_refused() {
    let mut scene = Scene::genuine();
    let separator = scene.boot.position(7, SEPARATOR);
    scene.boot.events[separator].hashed = b"SecureBoot off, or anything".to_vec();
    assert_eq!(failed(&scene.appraise()), [ReasonCode::SeparatorError]);
}

#[test]
fn names_without_their_name_space_are_not_believed() {
    let mut scene = Scene::genuine();
    let db = scene.boot.variable("db");
    *db = BootEvent::new(7, VARIABLE, &boot::variable(boot::GLOBAL, "db", &[]));
    assert_eq!(failed(&scene.appraise()), [ReasonCode::SecureBootVariableMisplaced]);
    let mut twice = Scene::genuine();
    let again = twice.boot.variable("SecureBoot").clone();
    twice.boot.events.insert(0, again);
    assert_eq!(failed(&twice.appraise()), [ReasonCode::SecureBootVariableMisplaced]);
}

#[test]
fn shims_historic_padding_is_accepted_and_nothing_like_it() {
    let shim = |padding: usize, hashed_less: usize| {
        let mut scene = Scene::genuine();
        let content = boot::variable(boot::SHIM, "Shim", b"shim's certificate");
        let mut event = BootEvent::new(7, AUTHORITY, &content);
        event.data.extend(std::iter::repeat_n(0, padding));
        event.hashed = event.data[..event.data.len() - hashed_less].to_vec();
        scene.boot.events.push(event);
        scene.appraise()
    };
    assert_trusted(&shim(0, 0));
    assert_trusted(&shim(6, 1));
    for (padding, hashed_less) in [(6, 0), (6, 2), (1, 1), (5, 1), (7, 1)] {
        let report = shim(padding, hashed_less);
        assert_eq!(failed(&report), [ReasonCode::SecureBootDataForged], "{padding} {hashed_less}");
    }
}

#[test]
fn what_shim_verified_with_its_own_lists_is_known_by_its_name_and_guid() {
    let measured = |guid, name: &str| {
        let mut scene = Scene::genuine();
        let content = boot::variable(guid, name, b"a certificate of shim's");
        scene.boot.events.push(BootEvent::new(7, AUTHORITY, &content));
        scene.appraise()
    };
    // Shim 16 names the list in which it found the certificate: MokListRT.
    for name in ["Shim", "MokList", "MokListRT", "SbatLevel"] {
        assert_trusted(&measured(boot::SHIM, name));
        let other = measured(boot::IMAGE_SECURITY, name);
        assert_eq!(failed(&other), [ReasonCode::SecureBootAuthorityUnknown], "{name}");
    }
}

#[test]
fn a_crowd_of_authorities_is_refused_without_reading_it() {
    let mut scene = Scene::genuine();
    let authority = scene.boot.position(7, AUTHORITY);
    let again = scene.boot.events[authority].clone();
    scene.boot.events.extend(std::iter::repeat_n(again, 256));
    assert_eq!(failed(&scene.appraise()), [ReasonCode::SecureBootAuthorityUnknown]);
}

#[test]
fn events_for_no_register_are_refused() {
    for pcr in [24, 255, 256, u32::MAX] {
        let mut scene = Scene::genuine();
        scene.boot.events.push(BootEvent::new(pcr, 4, &[0; 4]));
        assert_eq!(failed(&scene.appraise()), [ReasonCode::EventTypeNotAllowed], "{pcr}");
    }
}

#[test]
fn a_startup_locality_that_was_not_is_refused() {
    let mut scene = Scene::genuine();
    scene.boot.locality = Some(3);
    // The log says 0 where the TPM started at 3.
    scene.edit_log = |mut log| {
        let at = log.windows(16).position(|w| w == b"StartupLocality\0").unwrap();
        log[at + 16] = 0;
        log
    };
    let codes = failed(&scene.appraise());
    assert_eq!(codes, [ReasonCode::ReplayMismatch, ReasonCode::ReplayMismatchOtherBank]);
    scene.edit_log = |log| log;
    scene.boot.locality = Some(1);
    assert_eq!(failed(&scene.appraise()), [ReasonCode::StartupLocalityMisplaced]);
}

#[test]
fn events_that_extend_only_another_bank_are_not_believed() {
    let mut scene = Scene::genuine();
    scene.boot = Boot::with_secure_boot(&[0]);
    scene.set_banks(&[HashAlg::Sha1, HashAlg::Sha256]);
    // SecureBoot 01 in PCR 7, before everything else, but with a SHA-1 digest alone.
    scene.edit_log = |log| {
        let data = boot::variable(boot::GLOBAL, "SecureBoot", &[1]);
        let spec_id = 32 + 37;
        let mut event = Vec::new();
        for field in [7, VARIABLE, 1] {
            event.extend(field.to_le_bytes());
        }
        event.extend(HashAlg::Sha1.tpm_id().to_le_bytes());
        event.extend(boot::digest_of(HashAlg::Sha1, &data));
        event.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
        event.extend(data);
        [&log[..spec_id], &event, &log[spec_id..]].concat()
    };
    let report = scene.appraise();
    let expected = [ReasonCode::SecureBootDisabled, ReasonCode::ReplayMismatchOtherBank];
    assert_eq!(failed(&report), expected);
    assert_eq!(report.secure_boot, SecureBoot::Off);
}

/// shim measures into PCR 7 that it was told to verify nothing.
fn insecure_shim() -> BootEvent {
    BootEvent::new(7, AUTHORITY, &boot::variable(boot::SHIM, "MokSBState", &[1]))
}

#[test]
fn a_shim_that_verifies_nothing_cannot_be_hidden_behind_another_type_or_other_words() {
    let mut scene = Scene::genuine();
    scene.boot.events.push(insecure_shim());
    assert_eq!(failed(&scene.appraise()), [ReasonCode::ShimValidationDisabled]);
    // EV_EFI_SPDM_DEVICE_POLICY and EV_EFI_SPDM_DEVICE_AUTHORITY, which may stand in PCR 7.
    for kind in [0x8000_00E3, 0x8000_00E4] {
        let mut scene = Scene::genuine();
        scene.boot.events.push(BootEvent { kind, ..insecure_shim() });
        assert_eq!(failed(&scene.appraise()), [ReasonCode::ShimValidationDisabled]);
        let policy = boot::variable(boot::GLOBAL, "a policy of a device", &[0]);
        let last = scene.boot.events.last_mut().unwrap();
        last.data = policy;
        assert_eq!(failed(&scene.appraise()), [ReasonCode::SecureBootDataForged]);
    }
}

#[test]
fn a_boot_option_that_gave_up_cannot_be_hidden_behind_another_type() {
    let mut scene = Scene::genuine();
    let returning = b"Returning from EFI Application from Boot Option";
    scene.boot.events.push(BootEvent::new(4, 0x0D, returning));
    scene.boot.events.last_mut().unwrap().data = b"grub".to_vec();
    assert_eq!(failed(&scene.appraise()), [ReasonCode::BootOptionFailed]);
}
