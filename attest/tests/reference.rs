//! Reference values: learned from a boot, checked, and made anew from what was reviewed.

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use support::boot::SEPARATOR;
use support::linux::{command_line, grub, linux, pcr};
use support::{Scene, assert_trusted, failed};
use trustboard_attest::reference::{
    LearnError, ReferenceError, differences, learn_from_log, learn_from_report, validate,
};
use trustboard_model::boot::Topic;
use trustboard_model::comparison::Change;
use trustboard_model::configuration::Reference;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::reason::ReasonCode;

#[test]
fn learns_only_what_the_log_explains() {
    let mut scene = linux();
    scene.later = vec![(8, b"by the kernel".to_vec()), (11, b"a phase".to_vec())];
    let report = scene.appraise();
    let (_, log) = scene.evidence();
    let learned = learn_from_report(&log, &report.pcrs).unwrap();
    assert_eq!(learned.bank, HashAlg::Sha256);
    let offered: Vec<u8> = learned.pcrs.keys().map(|pcr| u8::from(*pcr)).collect();
    // 12 to 14 are at their reset value, which is something to hold a host to.
    assert_eq!(offered, [0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 13, 14]);
    let usual: Vec<u8> = learned.clone().usual().pcrs.keys().map(|pcr| u8::from(*pcr)).collect();
    assert_eq!(usual, [0, 2, 3, 4, 7, 9, 12, 13, 14]);
    assert_eq!(learned.clone().only(&[pcr(8)]), Err(LearnError::NotOffered(pcr(8))));
    assert_eq!(learned.only(&[pcr(4)]).unwrap().pcrs.len(), 1);
}

#[test]
fn what_was_learned_from_a_host_matches_it() {
    let mut scene = linux();
    let (_, log) = scene.evidence();
    let learned = learn_from_report(&log, &scene.appraise().pcrs).unwrap();
    let reference = learned.into_reference(scene.configurations[0].configuration.clone());
    assert_eq!(validate(&reference), Ok(()));
    scene.configurations = vec![reference];
    assert_trusted(&scene.appraise());
}

#[test]
fn a_log_without_strong_digests_or_without_sense_teaches_nothing() {
    let scene = linux();
    let weak = scene.boot.log(&[HashAlg::Sha1]);
    assert_eq!(learn_from_log(&weak), Err(LearnError::NoStrongBank));
    assert!(matches!(learn_from_log(&weak[..100]), Err(LearnError::Log(_))));
    let (_, log) = scene.evidence();
    assert_eq!(learn_from_report(&log, &[]), Err(LearnError::NoStrongBank));
    let mut long = Scene::genuine();
    for n in 0..4_100 {
        long.boot.events.push(grub("grub_cmd: ", &n.to_string()));
    }
    let long = long.boot.log(&[HashAlg::Sha256]);
    assert!(matches!(learn_from_log(&long), Err(LearnError::TooManyEvents { found: 4_100.. })));
}

#[test]
fn reference_values_from_anywhere_are_checked() {
    let good = linux().configurations.remove(0);
    assert_eq!(validate(&good), Ok(()));
    let refused = |change: fn(&mut Reference)| {
        let mut reference = good.clone();
        change(&mut reference);
        validate(&reference).unwrap_err()
    };
    assert_eq!(refused(|r| r.bank = HashAlg::Sha1), ReferenceError::WeakBank(HashAlg::Sha1));
    assert_eq!(refused(|r| r.pcrs.clear()), ReferenceError::Empty);
    for index in [10, 15, 16, 23] {
        let mut reference = good.clone();
        let register = reference.pcrs.remove(&pcr(8)).unwrap();
        reference.pcrs.insert(pcr(index), register);
        assert_eq!(validate(&reference), Err(ReferenceError::Register(pcr(index))));
    }
    assert_eq!(
        refused(|r| r.pcrs.get_mut(&pcr(8)).unwrap().value = Digest::filled(HashAlg::Sha384, 0)),
        ReferenceError::OtherBank(pcr(8))
    );
    assert_eq!(
        refused(|r| r.pcrs.get_mut(&pcr(8)).unwrap().value = Digest::filled(HashAlg::Sha256, 0)),
        ReferenceError::Replay(pcr(8))
    );
    assert_eq!(
        refused(|r| r.pcrs.get_mut(&pcr(8)).unwrap().events.swap(0, 1)),
        ReferenceError::Order(pcr(8))
    );
    assert_eq!(
        refused(|r| drop(r.pcrs.get_mut(&pcr(8)).unwrap().events.pop())),
        ReferenceError::Replay(pcr(8))
    );
}

#[test]
fn a_start_from_another_locality_is_a_valid_reference() {
    let mut scene = linux();
    scene.boot.locality = Some(3);
    scene.approve();
    assert_eq!(validate(&scene.configurations[0]), Ok(()));
    assert_trusted(&scene.appraise());
    scene.boot.locality = None;
    let codes = failed(&scene.appraise());
    assert_eq!(codes, [ReasonCode::ConfigurationNotApproved]);
}

#[test]
fn the_next_version_keeps_registers_and_what_varies() {
    let mut scene = linux();
    let mut before = scene.configurations[0].clone();
    before.pcrs.remove(&pcr(9));
    before.pcrs.remove(&pcr(2));
    let events = &mut before.pcrs.get_mut(&pcr(8)).unwrap().events;
    let of_line = events.iter().position(|e| e.topic == Topic::KernelCommandLine).unwrap();
    events[of_line].varies = true;
    scene.boot.events.insert(0, grub("grub_cmd: ", "earlier"));
    *command_line(&mut scene) = grub("kernel_cmdline: ", "another");
    let (_, log) = scene.evidence();
    let learned = learn_from_report(&log, &scene.appraise().pcrs).unwrap().following(&before);
    assert!(learned.pcrs.keys().eq(before.pcrs.keys()));
    let varying: Vec<_> =
        learned.pcrs[&pcr(8)].events.iter().filter(|event| event.varies).collect();
    assert_eq!(varying.len(), 1);
    assert_eq!(varying[0].topic, Topic::KernelCommandLine);
    let now = learned.into_reference(before.configuration.clone());
    let between = differences(&before, &now);
    // The command line may vary; the new command is what differs.
    assert_eq!(between.len(), 1);
    assert!(matches!(between[0].change, Change::Added { .. }));
    assert_eq!(differences(&now, &now), []);
}

#[test]
fn separators_are_events_like_others() {
    let scene = linux();
    let of_pcr_0 = &scene.configurations[0].pcrs[&pcr(0)].events;
    assert!(of_pcr_0.iter().any(|event| event.event_type == SEPARATOR));
}
