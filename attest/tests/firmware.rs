//! Logs that firmware, shim, GRUB and the kernel of a virtual host wrote: nothing in them was
//! thought out by us. `testdata/virtual-host/README.md` says how they were made.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use std::path::Path;

use support::{Scene, failed};
use trustboard_attest::reference::learn_from_log;
use trustboard_model::appraisal::{PcrState, SecureBoot};
use trustboard_model::bytes::from_hex;
use trustboard_model::check::{CheckResult, Outcome};
use trustboard_model::comparison::Comparison;
use trustboard_model::configuration::{ConfigurationRef, Reference};
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::id::ConfigurationId;
use trustboard_model::pcr::{PcrBankValues, PcrIndex};
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::verdict::Verdict;

/// The boots with Secure Boot on.
const ALL: [&str; 5] = [
    "secure-boot-on",
    "the-same-again",
    "another-command-line",
    "another-initrd",
    "another-boot-loader",
];
const BANKS: [(&str, HashAlg); 2] = [("sha1", HashAlg::Sha1), ("sha256", HashAlg::Sha256)];

fn read(boot: &str, file: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/testdata/virtual-host");
    std::fs::read(folder.join(boot).join(file)).unwrap()
}

/// A host that booted so. Its TPM signs these registers.
fn booted(boot: &str) -> Scene {
    let text = String::from_utf8(read(boot, "pcrs")).unwrap();
    let lines: Vec<Vec<&str>> =
        text.lines().map(|line| line.split_whitespace().collect()).collect();
    let bank = |(name, bank)| {
        let of_bank = lines.iter().filter(|line| line[0] == name);
        let value = |line: &Vec<&str>| {
            let value = from_hex(&line[2].to_lowercase()).unwrap();
            let pcr = PcrIndex::try_from(line[1].parse::<u8>().unwrap()).unwrap();
            (pcr, Digest::new(bank, value).unwrap())
        };
        PcrBankValues { bank, values: of_bank.map(value).collect() }
    };
    let mut scene = Scene::genuine();
    scene.set_banks(&BANKS.map(|(_, bank)| bank));
    scene.foreign = Some((read(boot, "log"), BANKS.map(bank).to_vec()));
    scene
}

/// The first boot as an approved configuration.
fn approved() -> Reference {
    let learned = learn_from_log(&read("secure-boot-on", "log")).unwrap();
    learned.usual().into_reference(ConfigurationRef {
        id: ConfigurationId::from_random([3; 16]),
        name: "Debian 12".to_owned(),
        version: 1,
    })
}

#[test]
fn what_the_firmware_does_not_have_is_warned_of() {
    for boot in ALL {
        // Debian's firmware of 2022: no keys of 2023, and not the revocations of this list.
        let warned = [ReasonCode::RevocationsMissing, ReasonCode::RolloverPending];
        assert_eq!(failed(&booted(boot).appraise()), warned, "{boot}");
    }
}

#[test]
fn what_was_booted_is_told() {
    let report = booted("secure-boot-on").appraise();
    let told: Vec<String> = report
        .booted
        .iter()
        .filter_map(|item| Some((item.topic, item.said.as_ref()?)))
        .map(|(topic, said)| {
            format!("{topic:?} {} {}", if said.covered { '=' } else { '?' }, said.text)
        })
        .collect();
    let mut rest = told.iter();
    for expected in [
        "SecureBootVariable = SecureBoot=01",
        "Authority = db: Microsoft Corporation UEFI CA 2011",
        "BootLoader ? PciRoot(0x0)/Pci(0x1,0x0)/\\EFI\\BOOT\\BOOTX64.EFI",
        "Sbat = sbat,1,2025021800; shim,4; grub,5",
        "Authority = MokListRT: Debian Secure Boot CA",
        "BootLoader ? \\EFI\\BOOT\\grubx64.efi",
        "LoaderCommand = linux /vmlinuz console=ttyS0 rootfstype=ramfs ima_policy=tcb quiet",
        "KernelCommandLine = /vmlinuz console=ttyS0 rootfstype=ramfs ima_policy=tcb quiet",
        "LoaderCommand = initrd /initrd.img",
        "Initrd ? /initrd.img",
    ] {
        assert!(rest.any(|line| line == expected), "{expected}\n{told:#?}");
    }
    assert!(told.len() < 40, "{told:#?}");
}

/// Why a host that booted so does not match the approved configuration.
fn refused(boot: &str) -> Reason {
    let mut scene = booted(boot);
    scene.configurations = vec![approved()];
    let report = scene.appraise();
    // Warnings aside: see `what_the_firmware_does_not_have_is_warned_of`.
    let condemning = report.checks.into_iter().filter(CheckResult::condemns);
    let outcomes = condemning.map(|result| result.outcome);
    let mut reasons = outcomes.filter_map(|outcome| match outcome {
        Outcome::Failed(reason) => Some(reason),
        _ => None,
    });
    let reason = reasons.next().unwrap();
    assert_eq!(reasons.next(), None, "{boot}: one check refuses, and says why");
    reason
}

#[test]
fn what_was_signed_and_is_explained_is_trusted() {
    for boot in ALL {
        let report = booted(boot).appraise();
        assert_eq!(report.verdict, Verdict::Trusted, "{boot}");
        assert_eq!(report.secure_boot, SecureBoot::On, "{boot}");
        let measured = |pcr: u8| pcr < 10 || pcr == 14;
        for row in report.pcrs.iter().filter(|row| measured(row.pcr.into())) {
            assert_eq!(row.state, PcrState::Explained, "{boot}: {row:?}");
        }
    }
}

#[test]
fn the_approved_boot_matches_and_does_so_again() {
    for boot in ["secure-boot-on", "the-same-again"] {
        let mut scene = booted(boot);
        scene.configurations = vec![approved()];
        let report = scene.appraise();
        assert_eq!(report.verdict, Verdict::Trusted, "{boot}");
        assert!(matches!(report.comparison, Some(Comparison::Matched { .. })), "{boot}");
    }
}

#[test]
fn each_change_is_named() {
    let line = "/vmlinuz console=ttyS0 rootfstype=ramfs ima_policy=tcb quiet";
    let reason = refused("another-command-line");
    assert_eq!(reason.code, ReasonCode::ConfigurationKernelCommandLineChanged);
    assert_eq!(reason.expected.as_deref(), Some(line));
    assert_eq!(reason.found, Some(format!("{line} audit=1")));

    let reason = refused("another-initrd");
    assert_eq!(reason.code, ReasonCode::ConfigurationInitrdChanged);
    assert_eq!(reason.facts.get("count").map(String::as_str), Some("1"));

    let reason = refused("another-boot-loader");
    assert_eq!(reason.code, ReasonCode::ConfigurationBootLoaderChanged);
}

#[test]
fn sending_the_approved_boots_log_does_not_help() {
    for (boot, code) in [
        ("another-command-line", ReasonCode::ConfigurationNotApproved),
        ("another-initrd", ReasonCode::ConfigurationNotApproved),
        // The operating system extends the others later on; this register is the firmware's alone.
        ("another-boot-loader", ReasonCode::ReplayMismatch),
    ] {
        let mut scene = booted(boot);
        scene.configurations = vec![approved()];
        scene.foreign.as_mut().unwrap().0 = read("secure-boot-on", "log");
        let failed = failed(&scene.appraise());
        assert!(failed.contains(&code), "{boot}: {failed:?}");
    }
}
