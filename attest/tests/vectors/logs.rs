//! Event logs: parsed, replayed, and appraised under a quote that a software TPM makes of their
//! own PCR values.

use std::sync::Arc;

use serde_json::Value;
use trustboard_attest::eventlog::{EventLog, EventType, Format, LogErrorKind};
use trustboard_attest::reference::{learn_from_log, validate};
use trustboard_attest::secure_boot::{OfficialRevocations, SignatureKind, SignatureList, Variable};
use trustboard_model::appraisal::{Report, SecureBoot};
use trustboard_model::bytes::from_hex;
use trustboard_model::check::{CheckId, Outcome, Strictness};
use trustboard_model::comparison::Comparison;
use trustboard_model::configuration::ConfigurationRef;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::id::ConfigurationId;
use trustboard_model::pcr::{PcrBankValues, PcrIndex};
use trustboard_model::policy::Policy;
use trustboard_model::reason::ReasonCode;

use super::{base64, folder, json, read};
use crate::support::{Scene, failed, outcome};

/// The PCR values that a TPM has after the boot of which this is the log.
fn pcrs_of(log: &EventLog<'_>) -> Vec<PcrBankValues> {
    let replay = log.replay();
    let bank = |bank: HashAlg| {
        let replayed = replay.bank(bank).unwrap();
        let value = |pcr| (pcr, replayed.pcr(pcr).value.clone());
        PcrBankValues { bank, values: PcrIndex::all().map(value).collect() }
    };
    let mut banks: Vec<HashAlg> = log.banks().to_vec();
    banks.sort_unstable();
    banks.into_iter().map(bank).collect()
}

/// A host that is genuine but for its boot, which is that of the log.
pub(super) fn scene_of(bytes: &[u8]) -> Scene {
    let pcrs = pcrs_of(&EventLog::parse(bytes).unwrap());
    let mut scene = Scene::genuine();
    scene.set_banks(&pcrs.iter().map(|bank| bank.bank).collect::<Vec<_>>());
    scene.foreign = Some((bytes.to_vec(), pcrs));
    scene.revocations = None;
    scene
}

fn bank_named(name: &str) -> HashAlg {
    match name {
        "sha1" => HashAlg::Sha1,
        "sha256" => HashAlg::Sha256,
        "sha384" => HashAlg::Sha384,
        other => panic!("bank {other}"),
    }
}

fn assert_pcrs(name: &str, log: &EventLog<'_>, expected: &Value) {
    let replay = log.replay();
    for (bank, pcrs) in expected.as_object().unwrap() {
        let bank = bank_named(bank);
        for (pcr, value) in pcrs.as_object().unwrap() {
            let pcr = PcrIndex::try_from(pcr.parse::<u8>().unwrap()).unwrap();
            let replayed = &replay.bank(bank).unwrap().pcr(pcr).value;
            assert_eq!(replayed.to_string(), value.as_str().unwrap(), "{name}: {bank} PCR {pcr}");
        }
    }
}

/// A log is read and replayed as an independent program says.
pub(super) fn assert_as_observed(name: &str, log: &EventLog<'_>, seen: &Value) {
    let agile = seen["format"].as_str().unwrap().starts_with("crypto-agile");
    assert_eq!(matches!(log.format(), Format::CryptoAgile { .. }), agile, "{name}");
    // They do not count the Spec ID event.
    let spec_id = usize::from(agile);
    let events = usize::try_from(seen["events"].as_u64().unwrap()).unwrap();
    assert_eq!(log.len(), events + spec_id, "{name}");
    let locality = u64::from(log.startup_locality().unwrap_or(0));
    assert_eq!(Some(locality), seen["startup_locality"].as_u64(), "{name}");
    assert_pcrs(name, log, &seen["pcrs"]);
    let authorities: Vec<String> = log
        .insecure_events()
        .iter()
        .filter(|e| e.event_type == EventType::EFI_VARIABLE_AUTHORITY && e.pcr == 7)
        .map(|event| Variable::parse(event.data).unwrap().name)
        .collect();
    assert_eq!(serde_json::json!(authorities), seen["authorities"], "{name}");
}

#[test]
pub(super) fn every_log_parses_replays_and_names_its_authorities_as_an_independent_program_says() {
    if folder().is_none() {
        return;
    }
    let mut parsed = 0;
    for (name, seen) in json("eventlogs-observed.json").as_object().unwrap() {
        let bytes = read(name);
        let log = match (EventLog::parse(&bytes), seen["parse"].as_str().unwrap()) {
            (Ok(log), "ok") => log,
            (Err(_), refused) if refused != "ok" => continue,
            (ours, theirs) => panic!("{name}: {theirs}, but {:?}", ours.map(|log| log.len())),
        };
        parsed += 1;
        assert_as_observed(name, &log, seen);
    }
    assert_eq!(parsed, 42, "logs that parse");
}

#[test]
pub(super) fn replay_gives_the_values_that_upstreams_tests_state() {
    if folder().is_none() {
        return;
    }
    for (name, expected) in json("go-tpm-tools/eventlogs-expected.json").as_object().unwrap() {
        let bytes = read(&format!("go-tpm-tools/{name}"));
        assert_pcrs(name, &EventLog::parse(&bytes).unwrap(), &expected["pcrs"]);
    }
    for (name, bank) in [("TpmLog", HashAlg::Sha256), ("TpmLogSHA1", HashAlg::Sha1)] {
        let bytes = read(&format!("HIRS/tcgeventlog/{name}.bin"));
        let replay = EventLog::parse(&bytes).unwrap().replay();
        let text =
            String::from_utf8(read(&format!("HIRS/tcgeventlog/{name}ExpectedPcrs.txt"))).unwrap();
        for (pcr, value) in PcrIndex::all().zip(text.split_whitespace()).take(8) {
            assert_eq!(
                replay.bank(bank).unwrap().pcr(pcr).value.to_string(),
                value,
                "{name} {pcr}"
            );
        }
    }
}

/// What is refused of a log beyond what its banks and its Secure Boot byte say.
fn also_refused(name: &str) -> &'static [ReasonCode] {
    match name {
        // Parts of logs: reference values of an installed system, one register, fragments.
        _ if name.ends_with("_var.1.rimel") => &[ReasonCode::SeparatorMissing],
        "go-attestation/sb_cert_eventlog" | "go-attestation/malformed/sha1_event_size_zero.bin" => {
            &[ReasonCode::SeparatorMissing]
        }
        "go-attestation/malformed/append_extra_log.bin"
        | "go-attestation/short_no_action_eventlog" => {
            &[ReasonCode::BankUnextended, ReasonCode::SeparatorMissing]
        }
        // Logs of TDX guests: their registers are not PCRs.
        "go-eventlog/CCEL_unpadded.data.bin"
        | "go-eventlog/cos-113-intel-tdx-dupe-separator-unpadded.bin" => {
            &[ReasonCode::SeparatorDuplicate]
        }
        _ => &[],
    }
}

/// What a report refuses, and what it warns of.
pub(super) fn weighed(report: &Report) -> (Vec<ReasonCode>, Vec<ReasonCode>) {
    let fails = |code: &ReasonCode| Policy::default_strictness(code.check()) == Strictness::Fail;
    failed(report).into_iter().partition(fails)
}

/// What a log is refused for, and what it proves about Secure Boot.
pub(super) fn deserved(
    name: &str,
    log: &EventLog<'_>,
    seen: &Value,
) -> (Vec<ReasonCode>, SecureBoot) {
    let mut expected = also_refused(name).to_vec();
    if !log.banks().contains(&HashAlg::Sha256) {
        expected.push(ReasonCode::Sha256BankInactive);
        if !log.banks().contains(&HashAlg::Sha384) {
            expected.push(ReasonCode::MandatoryPcrsMissing);
        }
    }
    let state = match seen["secure_boot"].as_str() {
        Some("01") => SecureBoot::On,
        Some("00") => {
            expected.push(ReasonCode::SecureBootDisabled);
            SecureBoot::Off
        }
        Some("") => {
            expected.push(ReasonCode::SecureBootUnsupported);
            SecureBoot::Unsupported
        }
        // No SecureBoot variable, and no separator to end the firmware's phase.
        _ => SecureBoot::Unknown,
    };
    expected.sort_unstable();
    (expected, state)
}

/// What genuine logs are warned of. Leaving the boot services is missing exactly where the log does
/// not name it.
fn warned_of(name: &str, log: &EventLog<'_>) -> Vec<ReasonCode> {
    let named: &[ReasonCode] = match name {
        _ if name.contains("laptop_badOemInstall_oem")
            || name.contains("laptop_badVarInstall_oem")
            || name.contains("laptop_varOsInstall_oem")
            || name.ends_with("TpmLogSHA1.bin")
            || name.ends_with("sb_cert_eventlog")
            || name.ends_with("debian-10.bin")
            || name.ends_with("rhel8-uefi.bin") =>
        {
            &[ReasonCode::RolloverPending]
        }
        _ if name.starts_with("HIRS/ci/laptop/") && !name.contains("_var.1") => {
            &[ReasonCode::MachineOwnerKeyUsed, ReasonCode::RolloverPending]
        }
        "HIRS/tcgeventlog/TpmLog.bin" => &[ReasonCode::BootOptionFailed],
        // Makers' own agents, which the firmware starts first.
        "fraunhofer-cmc/BinaryBiosMeasurements.bin"
        | "keylime/eventlogs/binary_bios_measurements" => &[ReasonCode::ApplicationBeforeOption],
        "go-tpm-tools/eventlogs/gdc-host.bin" => &[
            ReasonCode::DmaProtectionDisabled,
            ReasonCode::ApplicationBeforeOption,
            ReasonCode::OptionRomLoaded,
        ],
        "go-attestation/option_rom_eventlog" => {
            &[ReasonCode::RolloverPending, ReasonCode::OptionRomLoaded]
        }
        "go-tpm-tools/eventlogs/arch-linux-workstation.bin"
        | "go-tpm-tools/eventlogs/glinux-alex.bin"
        | "keylime/eventlogs/binary_bios_measurements-secureboot" => &[ReasonCode::OptionRomLoaded],
        // Registers of TDX guests are not PCRs; and 0x8401 in PCR 2.
        "go-eventlog/CCEL_unpadded.data.bin" | "rust-keylime/uefi_log.bin" => {
            &[ReasonCode::RegisterTypeUnexpected]
        }
        "go-eventlog/cos-113-intel-tdx-dupe-separator-unpadded.bin" => {
            &[ReasonCode::OptionRomLoaded, ReasonCode::RegisterTypeUnexpected]
        }
        _ => &[],
    };
    let left = log
        .insecure_events()
        .iter()
        .any(|event| event.pcr == 5 && event.data == b"Exit Boot Services Returned with Success");
    let mut warned = named.to_vec();
    warned.extend((!left).then_some(ReasonCode::BootServicesNotLeft));
    warned.sort_unstable();
    warned
}

#[test]
pub(super) fn every_log_is_appraised_as_its_content_deserves() {
    if folder().is_none() {
        return;
    }
    for (name, seen) in json("eventlogs-observed.json").as_object().unwrap() {
        let bytes = read(name);
        let Ok(log) = EventLog::parse(&bytes) else { continue };
        let report = scene_of(&bytes).appraise();
        let (expected, state) = deserved(name, &log, seen);
        let (refused, warnings) = weighed(&report);
        assert_eq!(refused, expected, "{name}");
        assert_eq!(warnings, warned_of(name, &log), "{name}");
        assert_eq!(report.secure_boot, state, "{name}");
    }
}

#[test]
pub(super) fn a_base64_log_of_another_test_suite_parses() {
    if folder().is_none() {
        return;
    }
    let bytes = base64(&String::from_utf8(read("keylime/eventlogs/mb_log.b64")).unwrap());
    let log = EventLog::parse(&bytes).unwrap();
    assert!(log.len() > 50, "{}", log.len());
    assert!(!failed(&scene_of(&bytes).appraise()).contains(&ReasonCode::ReplayMismatch));
}

/// Wraps the body of a Spec ID event into a log of one event.
fn log_of(body: &[u8]) -> Vec<u8> {
    let mut log = [&[0, 0, 0, 0, 3, 0, 0, 0][..], &[0; 20]].concat();
    log.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    log.extend(body);
    log
}

#[test]
pub(super) fn malformed_logs_are_refused_and_the_smallest_valid_ones_are_read() {
    if folder().is_none() {
        return;
    }
    let malformed = |name: &str| read(&format!("go-attestation/malformed/{name}"));
    for (body, banks) in [("specid_sha1.bin", 1), ("specid_sha1_and_sha256.bin", 2)] {
        let log = log_of(&malformed(body));
        assert_eq!(EventLog::parse(&log).unwrap().banks().len(), banks, "{body}");
    }
    for (body, problem) in [
        ("specid_invalid_version.bin", "version 1.2, not 2.0"),
        ("specid_malicious_number_of_algs.bin", "4294967295 algorithms"),
    ] {
        let error = EventLog::parse(&log_of(&malformed(body))).unwrap_err();
        assert_eq!(error.kind, LogErrorKind::Malformed);
        assert!(error.problem.contains(problem), "{error}");
    }
    let fragment = malformed("event2_size_zero_fragment.bin");
    let log = [log_of(&malformed("specid_sha1_and_sha256.bin")), fragment].concat();
    let log = EventLog::parse(&log).unwrap();
    assert_eq!((log.len(), log.insecure_events()[1].data), (2, &[][..]));
    for name in [
        "go-attestation/malformed/event_size_too_large.bin",
        "keylime/eventlogs/binary_bios_measurements-bogus",
        "keylime/eventlogs/binary_bios_measurements-empty",
        "fraunhofer-cmc/InvalidBinaryBiosMeasuremens.bin",
    ] {
        assert!(EventLog::parse(&read(name)).is_err(), "{name}");
    }
    let on = malformed("uefi_variable_secureboot_on.bin");
    let variable = Variable::parse(&on).unwrap();
    assert_eq!((&variable.name[..], variable.data), ("SecureBoot", &[1][..]));
}

#[test]
pub(super) fn a_log_taken_before_the_boot_services_ended_does_not_explain_pcr_5_and_says_so() {
    if folder().is_none() {
        return;
    }
    let bytes = read("go-attestation/ebs_event_missing_eventlog");
    let mut scene = scene_of(&bytes);
    let quoted = from_hex("31245808d6d35849bc394f6343f2b3ff908ed5e3").unwrap();
    let (_, pcrs) = scene.foreign.as_mut().unwrap();
    pcrs[0].values[5].1 = Digest::new(HashAlg::Sha1, quoted).unwrap();
    let report = scene.appraise();
    let Outcome::Failed(reason) = outcome(&report, CheckId::ReplayPolicyBank) else { panic!() };
    assert_eq!(reason.facts["pcr"], "5");
    assert_eq!(reason.facts["missing_events"], "exit-boot-services");
}

#[test]
pub(super) fn official_revocation_updates_are_read_as_signature_lists() {
    if folder().is_none() {
        return;
    }
    for (name, hashes) in [
        ("dbxupdate-2014-08-11.bin", 13),
        ("dbxupdate_x64-2020-10-12.bin", 183),
        ("dbxupdate_x64-2021-04-29.bin", 211),
    ] {
        let file = read(&format!("go-eventlog/secure-boot/{name}"));
        // EFI_VARIABLE_AUTHENTICATION_2: EFI_TIME, then WIN_CERTIFICATE with its length.
        let size = u32::from_le_bytes(file[16..20].try_into().unwrap()) as usize;
        let list = SignatureList::parse(&file[16 + size..]).unwrap();
        let official = OfficialRevocations::parse(name, &file).unwrap();
        assert!(name.contains(official.published().unwrap()), "{name}");
        assert_eq!(official.len(), list.entries().len(), "{name}");
        assert_eq!(official.missing_in(&list), 0, "{name}");
        assert_eq!(official.missing_in(&SignatureList::default()), official.len(), "{name}");
        let sha256 = list.entries().iter().filter(|e| e.kind == SignatureKind::Sha256).count();
        assert_eq!(sha256, hashes, "{name}");
        for revoked in ["canonical", "cisco", "debian"] {
            let certificate = read(&format!("go-eventlog/secure-boot/{revoked}-boothole.crt"));
            let lists_certificates = name.contains("2020");
            assert_eq!(list.contains(&certificate), lists_certificates, "{name} {revoked}");
        }
    }
}

#[test]
fn a_configuration_learned_from_a_real_log_matches_its_own_boot_and_tells_another_apart() {
    if folder().is_none() {
        return;
    }
    let configuration = ConfigurationRef {
        id: ConfigurationId::from_random([3; 16]),
        name: "as learned".to_owned(),
        version: 1,
    };
    let mut learned = Vec::new();
    for name in json("eventlogs-observed.json").as_object().unwrap().keys() {
        let bytes = read(name);
        let Ok(found) = learn_from_log(&bytes) else { continue };
        let reference = found.usual().into_reference(configuration.clone());
        if reference.pcrs.is_empty() {
            continue;
        }
        assert_eq!(validate(&reference), Ok(()), "{name}");
        learned.push((name.clone(), bytes, reference));
    }
    assert!(learned.len() >= 25, "{} logs with SHA-256 or better", learned.len());
    for (name, bytes, reference) in &learned {
        let mut scene = scene_of(bytes);
        scene.configurations = vec![reference.clone()];
        let matched = scene.appraise().comparison;
        assert!(matches!(matched, Some(Comparison::Matched { .. })), "{name}: {matched:?}");
    }
    // Every boot beside the next log's configuration.
    for ((name, bytes, _), (_, _, other)) in learned.iter().zip(learned.iter().skip(1)) {
        let mut scene = scene_of(bytes);
        scene.configurations = vec![other.clone()];
        let same = learned.iter().any(|(found, _, of)| found == name && of.pcrs == other.pcrs);
        let comparison = scene.appraise().comparison;
        assert_eq!(matches!(comparison, Some(Comparison::Matched { .. })), same, "{name}");
    }
}

#[test]
fn a_genuine_dbx_is_compared_with_the_official_list() {
    if folder().is_none() {
        return;
    }
    let bytes = read("go-tpm-tools/eventlogs/rhel8-uefi.bin");
    let mut scene = scene_of(&bytes);
    for (name, missing) in [
        // Two of its entries were withdrawn later.
        ("dbxupdate-2014-08-11.bin", Some(("2", "2014-08-11"))),
        // The host's dbx is that of 2020.
        ("dbxupdate_x64-2020-10-12.bin", None),
        ("dbxupdate_x64-2021-04-29.bin", Some(("31", "2021-04-29"))),
    ] {
        let file = read(&format!("go-eventlog/secure-boot/{name}"));
        scene.revocations = Some(Arc::new(OfficialRevocations::parse(name, &file).unwrap()));
        let report = scene.appraise();
        match (outcome(&report, CheckId::SecureBootRevocations), missing) {
            (Outcome::Passed(_), None) => {}
            (Outcome::Failed(reason), Some((missing, date))) => {
                assert_eq!(reason.facts["missing"], missing);
                assert_eq!(reason.facts["official_of"], date);
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}
