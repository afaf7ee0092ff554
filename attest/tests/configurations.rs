//! Approved configurations: what matches, what differs and how a difference is told.

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use support::boot::BootEvent;
use support::linux::{LINE, command_line, grub, linux, pcr};
use support::{Scene, assert_trusted, failed, outcome};
use trustboard_attest::reference::is_usual;
use trustboard_model::appraisal::Report;
use trustboard_model::boot::Topic;
use trustboard_model::check::{CheckId, Outcome, Strictness};
use trustboard_model::comparison::{Change, Comparison, Difference};
use trustboard_model::configuration::{Reference, ReferencePcr};
use trustboard_model::digest::{HashAlg, Sha256};
use trustboard_model::id::ConfigurationId;
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::verdict::Verdict;

fn differing(report: &Report) -> (u32, Vec<Difference>, Sha256) {
    match &report.comparison {
        Some(Comparison::Differs { count, differences, fingerprint, .. }) => {
            (*count, differences.clone(), *fingerprint)
        }
        other => panic!("{other:?}"),
    }
}

fn reason(report: &Report) -> Reason {
    match outcome(report, CheckId::ApprovedConfiguration) {
        Outcome::Failed(reason) => reason.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_approved_passes_and_is_named() {
    let scene = linux();
    let report = scene.appraise();
    assert_trusted(&report);
    let configuration = scene.configurations[0].configuration.clone();
    assert_eq!(report.comparison, Some(Comparison::Matched { configuration }));
    let seen = Outcome::Passed(Some("Debian 12, version 1".to_owned()));
    assert_eq!(outcome(&report, CheckId::ApprovedConfiguration), &seen);
}

#[test]
fn without_an_approved_configuration_the_check_does_not_apply() {
    let report = Scene::genuine().appraise();
    assert_trusted(&report);
    assert_eq!(report.comparison, None);
    let of_it = outcome(&report, CheckId::ApprovedConfiguration);
    assert!(matches!(of_it, Outcome::NotApplicable(_)), "{of_it:?}");
}

#[test]
fn a_changed_command_line_is_told_in_its_words() {
    let mut scene = linux();
    *command_line(&mut scene) = grub("kernel_cmdline: ", &format!("{LINE} init=/bin/sh"));
    let report = scene.appraise();
    assert_eq!(failed(&report), [ReasonCode::ConfigurationKernelCommandLineChanged]);
    let (count, differences, fingerprint) = differing(&report);
    assert_eq!((count, differences.len()), (1, 1));
    assert_eq!(differences[0].topic, Topic::KernelCommandLine);
    let reason = reason(&report);
    let event = scene.boot.events.iter().position(|e| e.data.starts_with(b"kernel_cmdl")).unwrap();
    // The Spec ID event is the log's first.
    assert_eq!(reason.place, Some(format!("PCR 8, event {}", event + 2)));
    assert_eq!(reason.expected.as_deref(), Some(LINE));
    assert_eq!(reason.found, Some(format!("{LINE} init=/bin/sh")));
    let fact = |name: &str| reason.facts.get(name).map(String::as_str);
    assert_eq!(fact("added"), Some("init=/bin/sh"));
    assert_eq!(fact("removed"), None);
    assert_eq!(fact("configuration"), Some("Debian 12"));
    assert_eq!(fact("version"), Some("1"));
    assert_eq!(fact("count"), Some("1"));
    assert_eq!(fact("fingerprint"), Some(&*fingerprint.to_string()));
}

#[test]
fn a_kernel_update_is_told_as_the_kernel_although_its_path_stands_in_the_command_line() {
    let mut scene = linux();
    let newer = LINE.replace("6.1.0-27", "6.1.0-28");
    *command_line(&mut scene) = grub("kernel_cmdline: ", &newer);
    assert_eq!(failed(&scene.appraise()), [ReasonCode::ConfigurationKernelChanged]);
    *command_line(&mut scene) = grub("kernel_cmdline: ", &format!("{newer} rd.break"));
    let codes = failed(&scene.appraise());
    assert_eq!(codes, [ReasonCode::ConfigurationKernelCommandLineChanged]);
}

#[test]
fn one_inserted_event_is_one_difference() {
    let mut scene = linux();
    let at = scene.boot.events.len() - 30;
    scene.boot.events.insert(at, grub("grub_cmd: ", "insmod something"));
    let report = scene.appraise();
    assert_eq!(failed(&report), [ReasonCode::ConfigurationLoaderCommandChanged]);
    let (count, differences, _) = differing(&report);
    assert_eq!(count, 1);
    let Change::Added { found } = &differences[0].change else { panic!("{differences:?}") };
    assert!(found.said.as_ref().unwrap().text.contains("insmod something"));
    assert_eq!(reason(&report).expected, None);
}

#[test]
fn one_removed_event_is_one_difference() {
    let mut scene = linux();
    let at = scene.boot.events.iter().position(|e| e.data.ends_with(b"set n=7\0")).unwrap();
    scene.boot.events.remove(at);
    let report = scene.appraise();
    assert_eq!(failed(&report), [ReasonCode::ConfigurationLoaderCommandChanged]);
    let (count, differences, _) = differing(&report);
    assert_eq!(count, 1);
    assert!(matches!(differences[0].change, Change::Missing { .. }), "{differences:?}");
    assert_eq!(reason(&report).found.as_deref(), Some("nothing"));
}

#[test]
fn another_order_is_a_difference() {
    let mut scene = linux();
    let last = scene.boot.events.len() - 1;
    scene.boot.events.swap(last, last - 1);
    assert_eq!(failed(&scene.appraise()), [ReasonCode::ConfigurationLoaderCommandChanged]);
}

#[test]
fn an_event_behind_another_type_differs_all_the_same() {
    // The command line is not the approved one; its type and words say that it is none.
    let mut scene = linux();
    let line = command_line(&mut scene);
    line.hashed = b"init=/bin/sh".to_vec();
    line.data = b"grub_cmd: set color=blue\0".to_vec();
    line.kind = 0x0000_000E;
    let report = scene.appraise();
    // What it is about is what the reviewer knew, and no word of the log is believed.
    let told = reason(&report);
    assert_eq!(told.code, ReasonCode::ConfigurationKernelCommandLineChanged);
    assert!(!told.found.unwrap().contains("color=blue") || !told.facts.contains_key("added"));
}

#[test]
fn another_type_on_the_same_digest_decides_nothing() {
    let mut scene = linux();
    command_line(&mut scene).kind = 0x0000_000E;
    assert!(matches!(scene.appraise().comparison, Some(Comparison::Matched { .. })));
}

#[test]
fn an_approved_digest_under_other_words_matches_and_the_words_are_not_believed() {
    let mut scene = linux();
    command_line(&mut scene).data = b"kernel_cmdline: anything\0".to_vec();
    assert!(matches!(scene.appraise().comparison, Some(Comparison::Matched { .. })));
}

#[test]
fn words_that_no_digest_covers_are_marked() {
    let mut scene = linux();
    let loader = scene.boot.position(4, 0x8000_0003);
    scene.boot.events[loader].hashed = b"another boot loader".to_vec();
    let report = scene.appraise();
    assert_eq!(failed(&report), [ReasonCode::ConfigurationBootLoaderChanged]);
    let reason = reason(&report);
    let (expected, found) = (reason.expected.unwrap(), reason.found.unwrap());
    assert_ne!(expected, found);
    for side in [expected, found] {
        assert!(side.len() == 64 || side.contains(" (unproven: "), "{side}");
    }
}

#[test]
fn events_that_may_vary_match_with_any_digest_but_not_without_an_event() {
    let mut scene = linux();
    let line = command_line(&mut scene);
    *line = grub("kernel_cmdline: ", &LINE.replace("sda1", "nvme0n1p2"));
    let mut reference = scene.configurations[0].clone();
    let events = &mut reference.pcrs.get_mut(&pcr(8)).unwrap().events;
    let of_line = |topic: Topic| topic == Topic::KernelCommandLine;
    events.iter_mut().find(|event| of_line(event.topic)).unwrap().varies = true;
    scene.configurations = vec![reference];
    assert_trusted(&scene.appraise());
    // Any other event must still be the approved one, in its place.
    let at = scene.boot.events.iter().position(|e| e.data.starts_with(b"kernel_cmdl")).unwrap();
    let line = scene.boot.events.remove(at);
    let report = scene.appraise();
    assert_eq!(failed(&report), [ReasonCode::ConfigurationKernelCommandLineChanged]);
    scene.boot.events.insert(at, line.clone());
    scene.boot.events.insert(at, line);
    assert_eq!(differing(&scene.appraise()).0, 1);
}

#[test]
fn the_locality_of_the_start_is_compared_where_events_vary() {
    let mut scene = linux();
    let events = &mut scene.configurations[0].pcrs.get_mut(&pcr(0)).unwrap().events;
    events[0].varies = true;
    scene.boot.events[0].hashed = b"another version".to_vec();
    assert_trusted(&scene.appraise());
    scene.boot.locality = Some(3);
    assert_eq!(failed(&scene.appraise()), [ReasonCode::ConfigurationNotApproved]);
}

#[test]
fn any_approved_configuration_will_do_and_the_closest_explains() {
    let mut scene = linux();
    let old = scene.configurations[0].clone();
    *command_line(&mut scene) = grub("kernel_cmdline: ", "another");
    for n in 0..5 {
        scene.boot.events.push(grub("grub_cmd: ", &format!("more {n}")));
    }
    let mut new = scene.reference();
    new.configuration.id = ConfigurationId::from_random([4; 16]);
    new.configuration.version = 2;
    scene.configurations = vec![old.clone(), new.clone()];
    assert_trusted(&scene.appraise());
    scene.boot.events.push(grub("grub_cmd: ", "one more"));
    for configurations in [vec![old.clone(), new.clone()], vec![new.clone(), old]] {
        scene.configurations = configurations;
        let report = scene.appraise();
        assert_eq!(differing(&report).0, 1);
        assert_eq!(reason(&report).facts["version"], "2");
    }
}

#[test]
fn equal_values_pass_without_a_log() {
    let mut scene = linux();
    scene.log_absent = true;
    scene.facts.log_absent = Some("the kernel has none".to_owned());
    let report = scene.appraise();
    assert!(matches!(report.comparison, Some(Comparison::Matched { .. })));
    assert!(failed(&report).contains(&ReasonCode::LogMissing));
}

#[test]
fn other_values_without_a_log_that_explains_them_are_not_evaluated() {
    let mut absent = linux();
    *command_line(&mut absent) = grub("kernel_cmdline: ", "another");
    absent.log_absent = true;
    absent.facts.log_absent = Some("the kernel has none".to_owned());
    let mut mismatch = linux();
    mismatch.later = vec![(4, b"another boot loader".to_vec())];
    for scene in [absent, mismatch] {
        let mut scene = scene;
        let report = scene.appraise();
        let of_it = outcome(&report, CheckId::ApprovedConfiguration);
        assert!(matches!(of_it, Outcome::NotEvaluated(_)), "{of_it:?}");
        assert_eq!(report.comparison, None);
        // And a policy that puts up with the log does not turn that into a pass.
        let relaxed = CheckId::ALL.iter().filter(|id| **id != CheckId::ApprovedConfiguration);
        scene.policy.strictness = relaxed.map(|&id| (id, Strictness::Warn)).collect();
        assert!(matches!(scene.appraise().verdict, Verdict::Unknown(_)));
    }
}

#[test]
fn a_register_that_the_operating_system_extended_differs_by_value() {
    let mut scene = linux();
    scene.later = vec![(8, b"by the kernel".to_vec())];
    let report = scene.appraise();
    let told = reason(&report);
    assert_eq!(told.code, ReasonCode::ConfigurationNotApproved);
    assert!(told.place.unwrap().starts_with("PCR 8 ("));
    let (_, differences, _) = differing(&report);
    assert!(matches!(differences[0].change, Change::Value { .. }));
}

#[test]
fn a_value_that_no_log_explains_matches_if_it_is_the_approved_one() {
    let mut scene = linux();
    scene.later = vec![(8, b"by the kernel".to_vec())];
    let quoted = scene.pcrs().into_iter().find(|bank| bank.bank == HashAlg::Sha256).unwrap();
    let value = quoted.values[8].1.clone();
    scene.configurations[0].pcrs.insert(pcr(8), ReferencePcr { value, events: Vec::new() });
    assert!(matches!(scene.appraise().comparison, Some(Comparison::Matched { .. })));
}

#[test]
fn another_bank_is_compared_in_that_bank() {
    let mut scene = linux();
    scene.measured = vec![HashAlg::Sha384];
    let reference = scene.reference();
    assert_eq!(reference.bank, HashAlg::Sha384);
    scene.measured = scene.banks.clone();
    scene.configurations = vec![reference];
    assert_trusted(&scene.appraise());
    *command_line(&mut scene) = grub("kernel_cmdline: ", &format!("{LINE} single"));
    let report = scene.appraise();
    assert_eq!(failed(&report), [ReasonCode::ConfigurationKernelCommandLineChanged]);
    let Change::Changed { found, .. } = &differing(&report).1[0].change else { panic!() };
    assert_eq!(found.digest.alg(), HashAlg::Sha384);
}

#[test]
fn a_bank_that_was_not_quoted_is_not_evaluated() {
    let mut scene = linux();
    scene.set_banks(&[HashAlg::Sha1, HashAlg::Sha384]);
    let report = scene.appraise();
    let of_it = outcome(&report, CheckId::ApprovedConfiguration);
    assert!(matches!(of_it, Outcome::NotEvaluated(_)), "{of_it:?}");
    assert_eq!(failed(&report), [ReasonCode::Sha256BankInactive]);
}

#[test]
fn a_reference_in_a_weak_bank_or_without_registers_matches_nobody() {
    let mut scene = linux();
    let quoted = scene.pcrs().into_iter().find(|bank| bank.bank == HashAlg::Sha1).unwrap();
    let mut weak = scene.configurations[0].clone();
    weak.bank = HashAlg::Sha1;
    weak.pcrs = quoted
        .values
        .into_iter()
        .filter(|(pcr, _)| is_usual(*pcr))
        .map(|(pcr, value)| (pcr, ReferencePcr { value, events: Vec::new() }))
        .collect();
    let empty = Reference { pcrs: [].into(), ..scene.configurations[0].clone() };
    for reference in [weak, empty] {
        scene.configurations = vec![reference];
        let report = scene.appraise();
        let of_it = outcome(&report, CheckId::ApprovedConfiguration);
        assert!(matches!(of_it, Outcome::NotEvaluated(_)), "{of_it:?}");
    }
}

#[test]
fn fingerprints_tell_ways_of_differing_apart_and_nothing_else() {
    let of = |change: fn(&mut Scene)| {
        let mut scene = linux();
        change(&mut scene);
        differing(&scene.appraise()).2
    };
    let line: fn(&mut Scene) = |s| *command_line(s) = grub("kernel_cmdline: ", "a");
    let renumbered: fn(&mut Scene) = |s| {
        *command_line(s) = grub("kernel_cmdline: ", "a");
        // PCR 1 is not compared; its event moves all numbers by one.
        s.boot.events.insert(0, BootEvent::new(1, 0x8000_0009, b"a table"));
    };
    let reworded: fn(&mut Scene) = |s| {
        *command_line(s) = BootEvent { hashed: b"a".to_vec(), ..grub("kernel_cmdline: ", "b") };
    };
    assert_eq!(of(line), of(line));
    assert_eq!(of(line), of(renumbered));
    assert_eq!(of(line), of(reworded));
    let others: [fn(&mut Scene); 4] = [
        line,
        |s| *command_line(s) = grub("kernel_cmdline: ", "b"),
        |s| s.boot.events.push(grub("grub_cmd: ", "a")),
        |s| {
            let at = s.boot.events.len() - 4;
            s.boot.events.insert(at, grub("grub_cmd: ", "a"));
        },
    ];
    let all: std::collections::BTreeSet<_> = others.iter().map(|&change| of(change)).collect();
    assert_eq!(all.len(), others.len());
    // The same difference from another configuration is another one.
    let mut scene = linux();
    scene.configurations[0].configuration.id = ConfigurationId::from_random([9; 16]);
    line(&mut scene);
    assert_ne!(differing(&scene.appraise()).2, of(line));
}

#[test]
fn a_hostile_log_is_compared_within_bounds() {
    let mut scene = linux();
    scene.set_banks(&[HashAlg::Sha256]);
    scene.approve();
    // About as many events as a log of the transport's limit can hold.
    for n in 0..8_000 {
        scene.boot.events.push(grub("grub_cmd: ", &format!("set n={}", n % 50)));
    }
    let reference = scene.configurations[0].clone();
    scene.configurations = vec![reference; 32];
    let report = scene.appraise();
    let (count, differences, _) = differing(&report);
    assert_eq!((count, differences.len()), (8_000, Comparison::MOST));
}

#[test]
fn both_sides_long_and_different_fall_back_to_positions() {
    let mut scene = Scene::genuine();
    scene.set_banks(&[HashAlg::Sha256]);
    let commands = |word: &str| -> Vec<BootEvent> {
        (0..3_000).map(|n| grub("grub_cmd: ", &format!("{word} {n}"))).collect()
    };
    let short = scene.boot.events.len();
    scene.boot.events.extend(commands("old"));
    scene.approve();
    scene.boot.events.truncate(short);
    scene.boot.events.extend(commands("new"));
    assert_eq!(differing(&scene.appraise()).0, 3_000);
}
