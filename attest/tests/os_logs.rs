//! The operating system's own logs: IMA's list, systemd's log, and what both leave open.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use std::path::Path;

use support::system::{Measured, Record, System};
use support::{Scene, assert_trusted, failed, os_logs_seen, outcome};
use trustboard_model::appraisal::{PcrState, Report};
use trustboard_model::boot::Topic;
use trustboard_model::bytes::from_hex;
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::checkpoint::ImaCheckpoint;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::{PcrBankValues, PcrIndex};
use trustboard_model::protocol::{ImaPart, LogPart};
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::verdict::Verdict;

fn passed(report: &Report, check: CheckId) -> &str {
    match outcome(report, check) {
        Outcome::Passed(Some(seen)) => seen,
        other => panic!("{check}: {other:?}"),
    }
}

fn refused(report: &Report, check: CheckId) -> &Reason {
    match outcome(report, check) {
        Outcome::Failed(reason) => reason,
        other => panic!("{check}: {other:?}"),
    }
}

fn state(report: &Report, bank: HashAlg, pcr: u8) -> PcrState {
    let row = report.pcrs.iter().find(|row| row.bank == bank && u8::from(row.pcr) == pcr);
    row.unwrap().state
}

fn checkpoint(scene: &Scene) -> ImaCheckpoint {
    os_logs_seen(scene).ima.unwrap()
}

fn measure(scene: &mut Scene, file: Measured) {
    scene.system().measured.as_mut().unwrap().push(file);
}

#[test]
fn a_system_whose_logs_explain_every_register_is_trusted() {
    let scene = Scene::with_system();
    let report = scene.appraise();
    assert_trusted(&report);
    assert_eq!(passed(&report, CheckId::ImaReplay), "4 entries explain PCR 10 (SHA-256)");
    assert_eq!(
        passed(&report, CheckId::ImaBootAggregate),
        "SHA-256 over PCRs 0-9 of the SHA-256 bank"
    );
    assert_eq!(passed(&report, CheckId::SystemdLog), "3 records");
    for bank in [HashAlg::Sha1, HashAlg::Sha256, HashAlg::Sha384] {
        for pcr in [10, 11, 15] {
            assert_eq!(state(&report, bank, pcr), PcrState::Explained, "{bank} {pcr}");
        }
    }
    let said = |topic| -> Vec<String> {
        let items = report.booted.iter().filter(|item| item.topic == topic);
        items.filter_map(|item| Some(item.said.clone()?.text)).collect()
    };
    assert_eq!(said(Topic::Files), ["4 entries (ima-ng), 0 violations"]);
    let phases = said(Topic::Phase);
    assert!(phases.ends_with(&["enter-initrd".to_owned(), "leave-initrd".to_owned()]));
}

#[test]
fn every_template_is_replayed_as_the_kernel_hashes_it() {
    for template in ["ima-ng", "ima-sig", "ima-ngv2", "ima-buf", "d-ng|n-ng"] {
        let mut scene = Scene::with_system();
        measure(&mut scene, Measured { template, ..Measured::file("/usr/bin/true") });
        assert_trusted(&scene.appraise());
    }
    let mut scene = Scene::with_system();
    let first = Measured { template: "ima", digest: vec![5; 20], ..Measured::file("/sbin/init") };
    measure(&mut scene, first);
    assert_trusted(&scene.appraise());
}

#[test]
fn a_list_may_be_longer_than_the_quote_and_its_claims() {
    let mut scene = Scene::with_system();
    scene.system().after_the_quote = 2;
    scene.system().before_the_quote = 60;
    let report = scene.appraise();
    assert_trusted(&report);
    let seen = passed(&report, CheckId::ImaReplay);
    assert_eq!(seen, "2 entries explain PCR 10 (SHA-256), 2 are newer than the quote");
    assert_eq!(checkpoint(&scene).entries, 2);
}

#[test]
fn a_list_that_ends_before_the_quote_does_is_refused() {
    let mut scene = Scene::with_system();
    let mut listed = scene.system().measured.clone().unwrap();
    listed.pop();
    scene.system().listed = Some(listed);
    let report = scene.appraise();
    assert_eq!(failed(&report), [ReasonCode::ImaMismatch]);
    let reason = refused(&report, CheckId::ImaReplay);
    assert_eq!(reason.facts["entries"], "3");
    assert_eq!(reason.facts["matched"], "0");
    assert_eq!(state(&report, HashAlg::Sha256, 10), PcrState::Mismatch);
}

#[test]
fn an_entry_that_was_rewritten_is_named() {
    let mut scene = Scene::with_system();
    scene.system().edit_list = |mut list| {
        // The last letter of the last entry's path.
        let at = list.len() - 2;
        list[at] ^= 1;
        list
    };
    let report = scene.appraise();
    assert_eq!(failed(&report), [ReasonCode::ImaMismatch]);
    assert_eq!(refused(&report, CheckId::ImaReplay).facts["entry"], "4");
}

#[test]
fn a_kernel_that_fills_sha1_digests_up_is_understood() {
    let mut scene = Scene::with_system();
    scene.system().padded = true;
    let report = scene.appraise();
    assert_trusted(&report);
    assert!(passed(&report, CheckId::ImaReplay).contains("filled up with zeros"));
    assert!(checkpoint(&scene).registers.iter().any(|register| register.padded));
    // And it goes on so.
    scene.history.os_logs = os_logs_seen(&scene);
    let offset = checkpoint(&scene).offset;
    scene.system().from = usize::try_from(offset).unwrap();
    measure(&mut scene, Measured::file("/usr/bin/late"));
    let report = scene.appraise();
    assert_trusted(&report);
    assert!(passed(&report, CheckId::ImaReplay).starts_with("5 entries"));
}

#[test]
fn growth_is_replayed_from_the_checkpoint() {
    let mut scene = Scene::with_system();
    let first = checkpoint(&scene);
    let list = scene.system().list().unwrap();
    assert_eq!((first.offset, first.entries), (list.len() as u64, 4));
    assert_eq!(first.part, support::sha256(&list));

    scene.history.os_logs = os_logs_seen(&scene);
    scene.system().from = list.len();
    let nothing_new = scene.appraise();
    assert_trusted(&nothing_new);
    assert_eq!(checkpoint(&scene), first, "nothing new, nothing else to remember");

    measure(&mut scene, Measured::violation("/var/log/busy"));
    measure(&mut scene, Measured::file("/usr/bin/late"));
    let report = scene.appraise();
    assert_eq!(
        (failed(&report), &report.verdict),
        (vec![ReasonCode::ImaViolations], &Verdict::Trusted)
    );
    let grown = checkpoint(&scene);
    assert_eq!((grown.entries, grown.violations), (6, 1));
    assert_eq!(grown.from, first.offset);
    assert_eq!(grown.boot_aggregates, first.boot_aggregates);
    assert_eq!(refused(&report, CheckId::ImaViolations).found.as_deref(), Some("/var/log/busy"));
    // A growth that the TPM did not see is refused, and says what was proven before.
    scene.history.os_logs = os_logs_seen(&scene);
    scene.system().from = usize::try_from(grown.offset).unwrap();
    scene.system().unlogged = vec![(10, b"something else".to_vec())];
    let report = scene.appraise();
    assert_eq!(refused(&report, CheckId::ImaReplay).facts["matched"], "6");
}

#[test]
fn a_checkpoint_of_another_boot_is_worth_nothing() {
    let mut scene = Scene::with_system();
    scene.history.os_logs = os_logs_seen(&scene);
    scene.system().from = usize::try_from(checkpoint(&scene).offset).unwrap();
    scene.attest.reset_count += 1;
    let report = scene.appraise();
    let Outcome::NotEvaluated(why) = outcome(&report, CheckId::ImaReplay) else { panic!() };
    assert!(why.contains("not on record"), "{why}");
    assert!(matches!(report.verdict, Verdict::Unknown(_)));
    // The whole list of the new boot is judged by itself.
    scene.system().from = 0;
    assert_trusted(&scene.appraise());
}

#[test]
fn a_list_that_is_missing_after_a_reboot_hides_nothing() {
    let mut scene = Scene::with_system();
    scene.history.os_logs = os_logs_seen(&scene);
    scene.attest.reset_count += 1;
    scene.system = Some(System::silent());
    let report = scene.appraise();
    assert_trusted(&report);
    let Outcome::NotApplicable(why) = outcome(&report, CheckId::ImaReplay) else { panic!() };
    assert_eq!(why, "it does not exist");
}

#[test]
fn a_long_list_comes_in_parts_and_is_unknown_until_it_is_whole() {
    let mut scene = Scene::with_system();
    let whole = scene.system().list().unwrap().len();
    scene.system().at_most = 150;
    let mut answers = 0;
    loop {
        let report = scene.appraise();
        answers += 1;
        let seen = os_logs_seen(&scene);
        let offset = usize::try_from(seen.ima.as_ref().unwrap().offset).unwrap();
        scene.history.os_logs = seen;
        if offset == whole {
            assert_trusted(&report);
            assert!(passed(&report, CheckId::ImaReplay).starts_with("4 entries"));
            break;
        }
        let Verdict::Unknown(cause) = &report.verdict else { panic!("{:?}", report.verdict) };
        assert_eq!(cause.code(), "unknown.not-evaluated");
        assert!(offset > scene.system().from, "each answer goes on");
        scene.system().from = offset;
    }
    assert!(answers > 2);
}

#[test]
fn hosts_without_such_logs_are_judged_as_before() {
    for system in [None, Some(System::silent())] {
        let mut scene = Scene::genuine();
        scene.system = system;
        let report = scene.appraise();
        assert_trusted(&report);
        for check in [CheckId::ImaReplay, CheckId::ImaBootAggregate, CheckId::SystemdLog] {
            assert!(matches!(outcome(&report, check), Outcome::NotApplicable(_)), "{check}");
        }
    }
}

#[test]
fn a_kernel_that_does_not_measure_into_the_tpm_has_nothing_to_prove() {
    let mut scene = Scene::with_system();
    let listed = scene.system().measured.replace(Vec::new());
    scene.system().listed = listed;
    let report = scene.appraise();
    assert_trusted(&report);
    let Outcome::NotApplicable(why) = outcome(&report, CheckId::ImaReplay) else { panic!() };
    assert!(why.contains("never extended"), "{why}");
}

/// A boot that a real kernel measured. Its TPM signs these registers.
fn real(boot: &str) -> Scene {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/testdata/virtual-host");
    let file = |name: &str| std::fs::read(folder.join(boot).join(name)).unwrap();
    let mut scene = Scene::genuine();
    let text = String::from_utf8(file("pcrs")).unwrap();
    let value = |line: &str, alg| {
        let [_, pcr, value] = line.split_whitespace().collect::<Vec<_>>()[..] else { panic!() };
        let value = Digest::new(alg, from_hex(&value.to_lowercase()).unwrap()).unwrap();
        (PcrIndex::try_from(pcr.parse::<u8>().unwrap()).unwrap(), value)
    };
    let banks = scene.banks.iter().map(|&bank| {
        let name = bank.name().to_lowercase().replace('-', "");
        let of_bank = text.lines().filter(|line| line.starts_with(&format!("{name} ")));
        PcrBankValues { bank, values: of_bank.map(|line| value(line, bank)).collect() }
    });
    scene.foreign = Some((file("log"), banks.collect()));
    scene.system = Some(System { raw_list: Some(file("ima")), ..System::silent() });
    scene.revocations = None;
    scene
}

#[test]
fn the_list_of_a_real_kernel_explains_every_bank() {
    let report = real("ima").appraise();
    // The firmware of 2022 does not have Microsoft's keys of 2023.
    assert_eq!(failed(&report), [ReasonCode::RolloverPending]);
    assert_eq!(report.verdict, Verdict::Trusted);
    assert_eq!(passed(&report, CheckId::ImaReplay), "18 entries explain PCR 10 (SHA-256)");
    assert_eq!(
        passed(&report, CheckId::ImaBootAggregate),
        "SHA-256 over PCRs 0-9 of the SHA-256 bank"
    );
    for bank in [HashAlg::Sha1, HashAlg::Sha256, HashAlg::Sha384] {
        assert_eq!(state(&report, bank, 10), PcrState::Explained, "{bank}");
    }
    // SHA-384 was not there when this kernel started IMA.
    let padded: Vec<_> = checkpoint(&real("ima"))
        .registers
        .iter()
        .map(|register| (register.value.alg(), register.padded))
        .collect();
    assert!(
        padded.contains(&(HashAlg::Sha384, true)) && padded.contains(&(HashAlg::Sha256, false))
    );
}

#[test]
fn the_violation_that_a_real_kernel_recorded_is_found() {
    let report = real("ima-violation").appraise();
    let mut warned = [ReasonCode::RolloverPending, ReasonCode::ImaViolations];
    warned.sort_unstable();
    assert_eq!((failed(&report), &report.verdict), (warned.to_vec(), &Verdict::Trusted));
    assert_eq!(refused(&report, CheckId::ImaViolations).found.as_deref(), Some("/mnt/w"));
}

#[test]
fn a_changed_byte_of_a_real_list_does_not_pass() {
    let scene = real("ima");
    let list = scene.system.as_ref().unwrap().list().unwrap();
    for at in (0..list.len()).step_by(5) {
        let mut scene = real("ima");
        let mut changed = list.clone();
        changed[at] ^= 1;
        scene.system().raw_list = Some(changed);
        let report = scene.appraise();
        // The listed template digest is not believed: what it says is computed.
        let entry_digest = matches!(outcome(&report, CheckId::ImaReplay), Outcome::Passed(_));
        assert_eq!(entry_digest, is_listed_digest(&list, at), "byte {at}");
    }
}

/// Whether a byte stands in an entry's template digest.
fn is_listed_digest(list: &[u8], at: usize) -> bool {
    let number = |at: usize| u32::from_le_bytes(list[at..at + 4].try_into().unwrap()) as usize;
    let mut start = 0;
    loop {
        let data = start + 24 + 4 + number(start + 24);
        let end = data + 4 + number(data);
        if at < end {
            return (start + 4..start + 24).contains(&at);
        }
        start = end;
    }
}

#[test]
fn what_was_sent_must_be_what_was_signed_for() {
    let edits: [fn(&mut trustboard_model::protocol::EvidenceMessage); 4] = [
        |message| {
            let ImaPart::Part { bytes, .. } = &mut message.os_logs.as_mut().unwrap().ima else {
                panic!()
            };
            bytes.0[30] ^= 1;
        },
        |message| message.os_logs.as_mut().unwrap().ima = ImaPart::Absent,
        |message| message.os_logs.as_mut().unwrap().systemd = LogPart::Absent,
        |message| message.os_logs = None,
    ];
    for edit in edits {
        let mut scene = Scene::with_system();
        scene.edit_message = edit;
        let report = scene.appraise();
        assert_eq!(failed(&report), [ReasonCode::NonceMismatch]);
    }
}

#[test]
fn systemd_may_close_the_boot_loaders_registers_with_its_own_word() {
    let mut scene = Scene::with_system();
    let separators = (0..8).map(|pcr| Record::new(pcr, "os-separator", "os-separator"));
    scene.system().records.splice(0..0, separators);
    let report = scene.appraise();
    assert_trusted(&report);
    assert!(report.secure_boot == trustboard_model::appraisal::SecureBoot::On);
}

#[test]
fn nothing_else_may_hide_behind_what_the_firmware_measured() {
    let mut scene = Scene::with_system();
    // The log leaves out what the boot loader measured, and calls it systemd's.
    scene.system().records.insert(0, Record::new(4, "phase", "another boot loader"));
    let report = scene.appraise();
    assert!(failed(&report).contains(&ReasonCode::ReplayMismatch));
}

#[test]
fn records_past_the_quote_and_without_it_are_told_apart() {
    let mut scene = Scene::with_system();
    // Extended, and the log says so, but for a bank that it forgot.
    scene.system().unlogged = vec![(13, b"an extension".to_vec())];
    let report = scene.appraise();
    let Outcome::NotEvaluated(why) = outcome(&report, CheckId::ReplayOsPcrs) else { panic!() };
    assert!(why.contains("PCRs 13") && why.contains("explained: 8, 10-11, 15"), "{why}");
    assert_eq!(state(&report, HashAlg::Sha256, 13), PcrState::NotEvaluated);
    assert_eq!(report.verdict, Verdict::Trusted);
}
