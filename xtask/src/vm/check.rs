//! `cargo xtask vm --check`: boots and what the server must say of each.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};
use trustboard_model::appraisal::SecureBoot as Proven;
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::comparison::Comparison;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::host::{Attestation, IdentityState};
use trustboard_model::reason::ReasonCode;
use trustboard_model::view::{HostPage, Message};

use super::debian;
use super::image::Variant;
use super::machine::{Host, SecureBoot};
use super::scene::{Scene, resets};
use crate::demo::expectation::message_code;
use crate::place;
use crate::programs::Programs;
use crate::server::Ports;
use crate::stage::Stages;

/// How much to boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Secure Boot on, and off.
    OnAndOff,
    /// The same, and every change of what is booted.
    Everything,
}

/// One boot and what is expected of it.
struct Trial {
    name: &'static str,
    variant: Variant,
    secure_boot: SecureBoot,
    /// The reason that must come first; without one the host must pass.
    reason: Option<ReasonCode>,
    /// Which of the registers that describe the boot differ from the first one's.
    changed: &'static [u8],
}

/// What a boot with Secure Boot on proves, whatever it booted: by the TPM, by the firmware's log
/// and by IMA's list.
const PROVEN: [CheckId; 13] = [
    CheckId::IdentityProven,
    CheckId::EkCertificateChain,
    CheckId::QuoteSignature,
    CheckId::NonceBinding,
    CheckId::LogStructure,
    CheckId::ReplayPolicyBank,
    CheckId::Separators,
    CheckId::SecureBootEnabled,
    CheckId::SecureBootAuthority,
    CheckId::TpmClock,
    CheckId::ImaReplay,
    CheckId::ImaBootAggregate,
    CheckId::ImaViolations,
];

/// The registers that firmware, boot loader and kernel extend (PFP 1.06, 3.3.4; shim extends 14).
const BOOT_PCRS: [u8; 11] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 14];

const fn trial(
    name: &'static str,
    variant: Variant,
    reason: Option<ReasonCode>,
    changed: &'static [u8],
) -> Trial {
    Trial { name, variant, secure_boot: SecureBoot::On, reason, changed }
}

const ON: Trial = trial("Secure Boot on", Variant::Approved, None, &[]);
const OFF: Trial = Trial {
    secure_boot: SecureBoot::Off,
    ..trial(
        "Secure Boot off",
        Variant::Approved,
        Some(ReasonCode::LogMissingSecureBootOff),
        &[0, 4, 7],
    )
};

/// In this order. What the first one booted is approved before the second.
fn story(extent: Extent) -> Vec<Trial> {
    let command_line = ReasonCode::ConfigurationKernelCommandLineChanged;
    let initrd = ReasonCode::ConfigurationInitrdChanged;
    let loader = ReasonCode::ConfigurationBootLoaderChanged;
    match extent {
        Extent::OnAndOff => vec![ON, OFF],
        Extent::Everything => vec![
            ON,
            trial("the same again", Variant::Approved, None, &[]),
            trial("another command line", Variant::OtherCommandLine, Some(command_line), &[8, 9]),
            trial("another initrd", Variant::OtherInitrd, Some(initrd), &[9]),
            trial("another boot loader", Variant::OtherBootLoader, Some(loader), &[4, 8]),
            OFF,
            trial("Secure Boot on again", Variant::Approved, None, &[]),
        ],
    }
}

/// Boots one host again and again, and compares. What the kernel shows of the TPM after each boot
/// goes into `captures`.
pub fn run(
    stages: &mut Stages,
    programs: &Programs,
    extent: Extent,
    captures: Option<&Path>,
) -> Result<()> {
    let folder = place::temporary_folder("vm")?;
    let chain = stages.run("fetch a signed boot chain", debian::boot_chain)?;
    let mut scene = stages.run("make a TPM, start the server", || {
        Scene::start(programs, &folder, chain, Ports::Free)
    })?;
    let host = scene.host("vm-01")?;
    let mut first = None;
    for trial in story(extent) {
        let name = format!("boot: {}", trial.name);
        let page =
            stages.run(&name, || play(&mut scene, &host, &trial, first.as_ref(), captures))?;
        if first.is_none() {
            stages.run("approve what it booted", || scene.approve(&host, &page))?;
            first = Some(page);
        }
    }
    scene.end();
    Ok(fs::remove_dir_all(&folder)?)
}

/// One boot from power-on to power-off. Gives what the server then says of the host.
fn play(
    scene: &mut Scene,
    host: &Host,
    trial: &Trial,
    first: Option<&HostPage>,
    captures: Option<&Path>,
) -> Result<HostPage> {
    let before = scene.page(host.name())?.as_ref().and_then(resets);
    let start = Instant::now();
    let mut machine = scene.boot(host, trial.variant, trial.secure_boot)?;
    let page = scene.appraised(host, &mut machine, before)?;
    let row = &page.row;
    eprintln!(
        "    {} after {:.1} s: {}, {}",
        row.name,
        start.elapsed().as_secs_f64(),
        row.attestation.code(),
        message(&page)
    );
    let differences = differences(trial, &page, first);
    if !differences.is_empty() {
        bail!(
            "{} is not as it should be:\n  {}\nchecks:\n  {}\n{}",
            host.name(),
            differences.join("\n  "),
            checks(&page).join("\n  "),
            machine.console()
        );
    }
    let Some(captures) = captures else {
        machine.power_off()?;
        return Ok(page);
    };
    machine.capture()?;
    machine.power_off()?;
    host.captured(&captures.join(trial.name.to_lowercase().replace(' ', "-")))?;
    Ok(page)
}

fn differences(trial: &Trial, page: &HostPage, first: Option<&HostPage>) -> Vec<String> {
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: String, found: String| {
        if expected != found {
            differences.push(format!("{what}: expected {expected}, found {found}"));
        }
    };
    let row = &page.row;
    compare("identity", format!("{:?}", IdentityState::Enrolled), format!("{:?}", row.identity));
    let attestation = match trial.reason {
        None => Attestation::Passed,
        Some(_) => Attestation::Failed,
    };
    compare("Attestation", attestation.code().to_owned(), row.attestation.code().to_owned());
    let reason = trial.reason.map_or("nothing", ReasonCode::code);
    compare("reason", reason.to_owned(), refusal(page));
    let (secure_boot, proven) = match trial.secure_boot {
        SecureBoot::On => (Proven::On, &PROVEN[..]),
        SecureBoot::Off => (Proven::Unknown, &[][..]),
    };
    compare("Secure Boot", format!("{secure_boot:?}"), format!("{:?}", row.secure_boot));
    for &check in proven {
        compare(check.code(), "passed".to_owned(), outcome(page, check));
    }
    if let Some(first) = first {
        let changed: BTreeSet<u8> = trial.changed.iter().copied().collect();
        let found = changed_pcrs(first, page);
        compare("changed PCRs", format!("{changed:?}"), format!("{found:?}"));
        // Without a log there is nothing to compare with what was approved.
        if trial.secure_boot == SecureBoot::On {
            let matches = format!("{}", trial.reason.is_none());
            compare("matches what was approved", matches, format!("{}", is_matched(page)));
        }
    }
    differences
}

/// The most telling reason's code, or `nothing`. Warnings are another matter: they depend on how
/// old the firmware's keys are.
fn refusal(page: &HostPage) -> String {
    match page.row.message {
        Message::Warnings { .. } => "nothing".to_owned(),
        _ => message(page),
    }
}

/// The code of what the row says first, or `nothing`.
fn message(page: &HostPage) -> String {
    message_code(&page.row.message).unwrap_or_else(|| "nothing".to_owned())
}

fn outcome(page: &HostPage, check: CheckId) -> String {
    let results = page.report.iter().flat_map(|report| &report.checks);
    let found = results.filter(|result| result.check == check).map(|result| &result.outcome);
    found.map(describe).next().unwrap_or_else(|| "no outcome".to_owned())
}

fn describe(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Passed(_) => "passed".to_owned(),
        Outcome::Failed(reason) => {
            let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "?".to_owned());
            let (place, expected) = (word(&reason.place), word(&reason.expected));
            format!("{} ({place}: expected {expected}, found {})", reason.code, word(&reason.found))
        }
        Outcome::NotEvaluated(why) => format!("not evaluated: {why}"),
        Outcome::NotApplicable(why) => format!("not applicable: {why}"),
    }
}

/// Whether what was booted is what was approved.
pub fn is_matched(page: &HostPage) -> bool {
    let comparison = page.report.as_ref().and_then(|report| report.comparison.as_ref());
    matches!(comparison, Some(Comparison::Matched { .. }))
}

/// Every check that has something to say.
fn checks(page: &HostPage) -> Vec<String> {
    let results = page.report.iter().flat_map(|report| &report.checks);
    let lines = results.map(|result| format!("{}: {}", result.check, describe(&result.outcome)));
    lines.filter(|line| !line.ends_with(": passed")).collect()
}

/// The registers of [`BOOT_PCRS`] whose quoted SHA-256 values differ.
fn changed_pcrs(first: &HostPage, then: &HostPage) -> BTreeSet<u8> {
    let (first, then) = (quoted(first), quoted(then));
    BOOT_PCRS.into_iter().filter(|pcr| first.get(pcr) != then.get(pcr)).collect()
}

fn quoted(page: &HostPage) -> BTreeMap<u8, &Digest> {
    let rows = page.report.iter().flat_map(|report| &report.pcrs);
    let rows = rows.filter(|row| row.bank == HashAlg::Sha256);
    rows.map(|row| (row.pcr.into(), &row.quoted)).collect()
}
