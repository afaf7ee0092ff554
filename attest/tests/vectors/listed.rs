//! Every row of the matrix and every file of the folder, each with what must come of it. With
//! `TRUSTBOARD_VECTORS_REPORT` what came of it is written there: `cargo xtask vectors` reads it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::{Value, json};
use trustboard_attest::endorsement::EkCertificate;
use trustboard_attest::eventlog::EventLog;
use trustboard_attest::inspect::{Weight, inspect_ek, read_pcr_values, weight};
use trustboard_attest::tpm::{Attestation, Public};
use trustboard_attest::{Bundle, FileItem, Makers, parse_claims, read_makers_file};
use trustboard_model::bytes::from_hex;
use trustboard_model::check::Outcome;

use super::{certificates, folder, json, logs, quotes, read};
use crate::support::{NOW, failed};

/// What must come of a file.
enum Must {
    /// An event log is refused for exactly what it says (`logs`), or for nothing.
    Log(&'static Value),
    /// As an EK certificate by these makers: accepted, or refused for these codes.
    Ek(&'static [&'static str], &'static [&'static str]),
    /// As makers' certificates: so many can be used, and so many cannot.
    Makers(usize, usize),
    /// What its own test says.
    Test(fn()),
    /// No reader takes it for anything: a format that Trustboard does not know, or no evidence.
    Nothing,
    /// A unit test of the parts of MakeCredential says; `cargo xtask vectors` runs those itself.
    Unit,
}

/// What came of it.
struct Line {
    name: String,
    expected: String,
    found: String,
}

impl Line {
    fn is_as_expected(&self) -> bool {
        self.expected == self.found
    }
}

const GCE: &[&str] = &["go-tpm-tools/ca-certs/"];
const ST: &[&str] = &[
    "keylime/tpm_cert_store/GS_TPM_RT",
    "keylime/tpm_cert_store/STM_",
    "tpm-ca-certificates/MIRROR.tpm-ca-certificates.pem",
];
const NUVOTON: &[&str] = &["keylime/tpm_cert_store/NUVO_"];
const DEVICE: &[&str] = &["keylime/quote-files/idevid-test-ca/"];
const SMALL: &[&str] = &["HIRS/ci/ca.crt"];

const UNKNOWN: &str = "ek-certificate.unknown-issuer";
const MISSING: &str = "ek-certificate.intermediate-missing";
const PROFILE: &str = "ek-certificate.profile-violated";
const NO_NAME: &str = "ek-certificate.no-tpm-name";

/// What must come of a file; nothing for one that nobody has looked at yet.
fn must(name: &str, observed: &'static Value) -> Option<Must> {
    if let Some(seen) = observed.get(name) {
        return Some(match name {
            _ if name.starts_with("go-attestation/malformed/") && seen["parse"] != "ok" => {
                Must::Test(logs::malformed_logs_are_refused_and_the_smallest_valid_ones_are_read)
            }
            _ => Must::Log(seen),
        });
    }
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    Some(match (folder, file) {
        ("go-tpm", _) => Must::Unit,
        // They chain, but name no TPM.
        ("go-tpm-tools/certificates", _) if file.starts_with("pca_") => Must::Ek(GCE, &[NO_NAME]),
        ("go-tpm-tools/certificates", _) => Must::Ek(GCE, &[]),
        ("HIRS/certificates/nuc-1" | "HIRS/certificates/nuc-2", _)
        | ("HIRS/certificates", "ab21ccf2-tpmcert.pem") => Must::Ek(ST, &[]),
        ("keylime/ek-certs", _) if file.starts_with("st_") => Must::Ek(ST, &[]),
        // The maker's root itself.
        ("keylime/ek-certs", "nuvoton_ecdsa_sha256_der.der") => {
            Must::Ek(NUVOTON, &[NO_NAME, PROFILE])
        }
        // Identities of devices, not of TPMs: they chain, and are no EK certificates.
        ("keylime/ek-certs", _) => Must::Ek(DEVICE, &[NO_NAME]),
        ("HIRS/ci", "ek_cert.der") => Must::Ek(SMALL, &[NO_NAME]),
        ("HIRS/certificates", "fakestmtpmekint02.pem" | "fakeCA.pem" | "fakeSelfSigned.cer") => {
            Must::Test(certificates::impostors_with_real_names_do_not_verify)
        }
        ("HIRS/certificates", "fakeRootCA.cer") => Must::Makers(0, 1),
        ("HIRS/certificates", "stmtpmekint02.pem") => Must::Test(
            certificates::a_maker_with_an_improper_serial_number_is_malformed_and_an_ek_with_one_is_reported,
        ),
        ("HIRS/certificates", "ek_cert_with_padded_bytes.cer") => Must::Ek(NUVOTON, &[MISSING]),
        ("HIRS/certificates", "ek_cert_with_security_assertions.cer") => {
            Must::Ek(NUVOTON, &[UNKNOWN])
        }
        ("HIRS/certificates/misc", "certificate_notParsable.crt") => Must::Nothing,
        ("HIRS/certificates/misc", _) => Must::Ek(ST, &[UNKNOWN, PROFILE, NO_NAME]),
        // Archives are opened before the verifier sees what is in them.
        ("HIRS/ci", "oem_certs.zip") => Must::Makers(0, 1),
        ("tpm-ca-certificates", "MIRROR.tpm-ca-certificates.pem") => Must::Makers(26, 0),
        ("tpm-ca-certificates", "MIRROR.tpm-intermediate-ca-certificates.pem") => {
            Must::Makers(143, 0)
        }
        ("keylime/tpm_cert_store", _) => Must::Makers(1, 0),
        ("keylime/quote-files/idevid-test-ca", _) => Must::Makers(2, 0),
        ("HIRS/certificates", "gstpmroot.pem")
        | ("HIRS/certificates/stMicroCaCerts" | "go-tpm-tools/ca-certs" | "go-tspi", _)
        | ("HIRS/ci" | "HIRS/ci/laptop/default/trustcerts", "ca.crt") => Must::Makers(1, 0),
        ("go-eventlog/secure-boot", _) if file.starts_with("dbxupdate") || file.contains("-boothole") => {
            Must::Test(logs::official_revocation_updates_are_read_as_signature_lists)
        }
        ("go-eventlog/secure-boot", _) => Must::Makers(1, 0),
        ("keylime/eventlogs", "mb_log.b64") => {
            Must::Test(logs::a_base64_log_of_another_test_suite_parses)
        }
        ("HIRS/tcgeventlog", _) => {
            Must::Test(logs::replay_gives_the_values_that_upstreams_tests_state)
        }
        ("HIRS/tpm2", _) => Must::Test(public_areas_have_their_own_names_and_the_moduli_beside_them),
        ("go-tpm-tools/attestations", _) => Must::Test(
            quotes::a_cloud_hosts_three_quotes_verify_with_their_nonce_only_and_explain_the_log,
        ),
        ("go-attestation", "windows_gcp_shielded_vm.json") => Must::Test(
            quotes::a_sha1_quote_is_refused_although_its_signature_and_log_are_good,
        ),
        (
            "keylime/quote-files",
            "ak.pub" | "ak.name" | "ek.pub" | "quote.out" | "quotesig.out",
        ) => Must::Test(quotes::a_quote_of_three_registers_verifies_and_covers_nothing_else),
        ("veraison/tpm-enacttrust", "basic.token" | "basic.pem.pub") => Must::Test(
            quotes::a_quote_without_nonce_signer_and_safe_clock_verifies_and_is_refused_for_the_rest,
        ),
        ("veraison/parsec-tpm", "evidence.cbor") => {
            Must::Test(quotes::a_certification_is_told_from_a_quote_by_the_same_key)
        }
        ("trustee", "tpm_evidence.json") => {
            Must::Test(quotes::bare_evidence_of_another_verifier_verifies_with_its_key)
        }
        ("trustee/az-snp-vtpm", "evidence-v1.json" | "tpm-quote.msg" | "tpm-quote.sig") => {
            Must::Test(quotes::a_confidential_vms_quote_verifies_with_its_own_ak_and_with_no_other)
        }
        ("rust-keylime", "test-quote.txt") => Must::Test(quotes::a_sha1_quote_of_an_agent_is_read),
        // Formats of others: platform certificates, tags, manifests, CoRIM, claims, the texts of
        // IMA lists (the agent sends the kernel's binary ones), parts of tools.
        (
            "go-attestation/platform-certs"
            | "go-eventlog"
            | "HIRS/tcgeventlog/events"
            | "HIRS/tcgeventlog/uefi"
            | "keylime/ima"
            | "keylime/quote-files"
            | "rust-keylime"
            | "tpm-ca-certificates"
            | "trustee/az-snp-vtpm"
            | "trustee/az-tdx-vtpm",
            _,
        ) => Must::Nothing,
        _ if name.starts_with("HIRS/ci/laptop/") || name.starts_with("veraison/") => Must::Nothing,
        _ => return None,
    })
}

/// The tests that stand for a row of the matrix.
fn of_row(row: &str) -> Option<&'static [fn()]> {
    Some(match row {
        "1" | "2" => {
            &[quotes::a_cloud_hosts_three_quotes_verify_with_their_nonce_only_and_explain_the_log]
        }
        "3" => &[quotes::a_sha1_quote_is_refused_although_its_signature_and_log_are_good],
        "4" => &[quotes::a_quote_of_three_registers_verifies_and_covers_nothing_else],
        "13" => &[logs::every_log_is_appraised_as_its_content_deserves],
        "14" => {
            &[logs::a_log_taken_before_the_boot_services_ended_does_not_explain_pcr_5_and_says_so]
        }
        "16" | "17" => {
            &[logs::malformed_logs_are_refused_and_the_smallest_valid_ones_are_read]
        }
        "20" => &[
            quotes::a_quote_without_nonce_signer_and_safe_clock_verifies_and_is_refused_for_the_rest,
        ],
        "21" | "23" => &[certificates::nv_headers_and_padding_are_cut_off_and_named],
        "24" => &[certificates::impostors_with_real_names_do_not_verify],
        "24b" => &[
            certificates::a_maker_with_an_improper_serial_number_is_malformed_and_an_ek_with_one_is_reported,
        ],
        "25" => &[
            certificates::old_st_certificates_with_rsaes_oaep_keys_chain_and_are_known_by_their_sha1,
        ],
        "26" => {
            &[certificates::cloud_ek_certificates_with_critical_alt_names_chain_to_their_roots]
        }
        _ => return None,
    })
}

#[test]
fn every_row_and_every_file_is_as_listed() {
    let Some(folder) = folder() else { return };
    let lines = lines(&folder);
    if let Some(report) = std::env::var_os("TRUSTBOARD_VECTORS_REPORT") {
        let line = |line: &Line| {
            let Line { name, expected, found } = line;
            json!({ "name": name, "expected": expected, "found": found })
        };
        let report_lines: Vec<Value> = lines.iter().map(line).collect();
        std::fs::write(report, serde_json::to_vec(&report_lines).unwrap()).unwrap();
    }
    let odd: Vec<String> = lines
        .iter()
        .filter(|line| !line.is_as_expected())
        .map(|line| format!("{}: expected {}; found {}", line.name, line.expected, line.found))
        .collect();
    assert!(odd.is_empty(), "{} of {} are not:\n{}", odd.len(), lines.len(), odd.join("\n"));
}

fn lines(folder: &Path) -> Vec<Line> {
    // Read once, for as long as the test runs.
    let observed: &'static Value = Box::leak(Box::new(json("eventlogs-observed.json")));
    let index = String::from_utf8(read("INDEX.md")).unwrap();
    let mut lines: Vec<Line> = index
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| ")?.split(" | ");
            let (row, vector) = (cells.next()?, cells.next()?);
            let is_row = row.starts_with(|c: char| c.is_ascii_digit());
            is_row.then(|| matrix_line(row, vector))
        })
        .collect();
    assert!(lines.len() >= 15, "the matrix has {} rows", lines.len());
    let listed: Vec<&str> = index
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .filter(|name| name.contains('/'))
        .collect();
    let mut names = Vec::new();
    files(folder, "", &mut names);
    for name in listed.iter().filter(|name| !names.iter().any(|found| found == *name)) {
        // Rows of the matrix name several files, or patterns of them.
        if !name.contains([',', '*', ';'])
            && name.rsplit('/').next().is_some_and(|f| f.contains('.'))
        {
            let (expected, found) = ("the file".to_owned(), "no such file".to_owned());
            lines.push(Line { name: (*name).to_owned(), expected, found });
        }
    }
    names.sort();
    // What was written for the list is no vector: the index and what others observed.
    names.retain(|name| listed.contains(&name.as_str()));
    lines.extend(names.into_iter().filter_map(|name| file_line(name, observed)));
    lines
}

fn files(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), names);
        } else {
            names.push(name);
        }
    }
}

fn matrix_line(row: &str, vector: &str) -> Line {
    let found = match of_row(row) {
        None => "nobody looked at it".to_owned(),
        Some(tests) => tests
            .iter()
            .map(|test| outcome_of(test))
            .find(|f| f != AS_TESTED)
            .unwrap_or_else(|| AS_TESTED.to_owned()),
    };
    Line { name: format!("matrix row {row} ({vector})"), expected: AS_TESTED.to_owned(), found }
}

const AS_TESTED: &str = "what its test says";

fn outcome_of(test: impl Fn()) -> String {
    match catch_unwind(AssertUnwindSafe(test)) {
        Ok(()) => AS_TESTED.to_owned(),
        Err(panic) => said(&*panic),
    }
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("failed: {}", text.unwrap_or("without a word"))
}

/// Nothing for files that unit tests read.
fn file_line(name: String, observed: &'static Value) -> Option<Line> {
    let Some(must) = must(&name, observed) else {
        let (expected, found) = ("an expectation", "nobody looked at it");
        return Some(Line { name, expected: expected.to_owned(), found: found.to_owned() });
    };
    let looked = catch_unwind(AssertUnwindSafe(|| look(&name, &must)));
    let (expected, found) = match looked {
        Ok(looked) => looked?,
        Err(panic) => ("an answer".to_owned(), said(&*panic)),
    };
    Some(Line { name, expected, found })
}

/// What must come of a file, and what came of it.
fn look(name: &str, must: &Must) -> Option<(String, String)> {
    let bytes = read(name);
    Some(match must {
        Must::Unit => return None,
        Must::Test(test) => (AS_TESTED.to_owned(), outcome_of(test)),
        Must::Nothing => (taken_for(&[]), taken_for(&readers(&bytes))),
        Must::Log(seen) => {
            let Ok(log) = EventLog::parse(&bytes) else {
                let readable = seen["parse"] == "ok";
                let expected = if readable { "a log" } else { UNREADABLE };
                return Some((expected.to_owned(), UNREADABLE.to_owned()));
            };
            if seen["parse"] != "ok" {
                return Some((UNREADABLE.to_owned(), "accepted as a log".to_owned()));
            }
            logs::assert_as_observed(name, &log, seen);
            let report = logs::scene_of(&bytes).appraise();
            let (codes, state) = logs::deserved(name, &log, seen);
            let told = |codes: &[_], state| format!("{}; Secure Boot {state:?}", refused(codes));
            (told(&codes, state), told(&failed(&report), report.secure_boot))
        }
        Must::Ek(roots, codes) => {
            let makers = makers(roots);
            let mut codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
            codes.sort();
            // As it was when it was made: many of these have expired since.
            let at = EkCertificate::parse(&bytes)
                .map_or(NOW, |found| found.certificate().not_before.plus_seconds(86_400));
            let found = match inspect_ek(&bytes, &makers, at) {
                Ok(found) => {
                    let counts = |of: &(_, _)| weight(of.0) == Weight::Refused;
                    let refusals = found.checks.iter().filter(|of| counts(of));
                    let mut codes: Vec<String> = refusals
                        .filter_map(|(_, outcome)| match outcome {
                            Outcome::Failed(reason) => Some(reason.code.to_string()),
                            _ => None,
                        })
                        .collect();
                    codes.sort();
                    refused(&codes)
                }
                Err(_) => UNREADABLE.to_owned(),
            };
            (refused(&codes), found)
        }
        Must::Makers(usable, not) => {
            let items = read_makers_file(&bytes);
            let good = items.iter().filter(|item| matches!(item, FileItem::Certificate(_))).count();
            let told = |usable: usize, not: usize| format!("{usable} usable, {not} refused");
            (told(*usable, *not), told(good, items.len() - good))
        }
    })
}

const UNREADABLE: &str = "refused: unreadable";

fn refused<C: ToString>(codes: &[C]) -> String {
    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    if codes.is_empty() { "accepted".to_owned() } else { format!("refused: {}", codes.join(", ")) }
}

fn taken_for(readers: &[&str]) -> String {
    match readers {
        [] => "refused by every reader".to_owned(),
        readers => format!("accepted as {}", readers.join(", ")),
    }
}

/// The makers' certificates of all files whose name starts so.
fn makers(starts: &[&str]) -> Makers {
    let mut names = Vec::new();
    files(&folder().unwrap(), "", &mut names);
    let mut makers = Makers::default();
    for name in names.iter().filter(|name| starts.iter().any(|start| name.starts_with(start))) {
        makers.add(&read(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    makers
}

/// Who takes these bytes for something that evidence rests on.
fn readers(bytes: &[u8]) -> Vec<&'static str> {
    let ek = || {
        let everybody = makers(&[GCE, ST, NUVOTON, DEVICE, SMALL].concat());
        EkCertificate::parse(bytes).is_ok()
            && inspect_ek(bytes, &everybody, NOW)
                .is_ok_and(|found| !trustboard_attest::inspect::is_refused(&found.checks))
    };
    let maker = || {
        let items = read_makers_file(bytes);
        items.iter().any(|item| !matches!(item, FileItem::Refused { .. }))
    };
    let text = std::str::from_utf8(bytes);
    let taken = [
        ("an EK certificate", ek()),
        ("a maker's certificate", maker()),
        ("an event log", EventLog::parse(bytes).is_ok()),
        ("a quote", matches!(Attestation::parse(bytes), Ok(Attestation::Quote(_)))),
        ("a public area", Public::parse("public area", bytes).is_ok()),
        ("claims", parse_claims(bytes).is_ok()),
        ("a bundle", Bundle::read(bytes).is_ok()),
        ("PCR values", text.is_ok_and(|text| read_pcr_values(text).is_ok())),
    ];
    taken.into_iter().filter_map(|(what, is)| is.then_some(what)).collect()
}

#[test]
fn public_areas_have_their_own_names_and_the_moduli_beside_them() {
    if folder().is_none() {
        return;
    }
    let file = |name: &str| read(&format!("HIRS/tpm2/{name}"));
    for key in ["ak", "ek"] {
        let public = Public::parse("public area", &file(&format!("{key}.pub"))).unwrap();
        let text = String::from_utf8(file(&format!("{key}.mod"))).unwrap();
        let modulus = from_hex(&text.replace(char::is_whitespace, "")).unwrap();
        let trustboard_attest::tpm::Key::Rsa { modulus: found, .. } = public.key() else {
            panic!("{key} is no RSA key")
        };
        assert_eq!(*found, modulus, "{key}");
        let digest = crate::support::sha256(&file(&format!("{key}.pub"))).0;
        assert_eq!(public.name().unwrap(), [&[0x00, 0x0B][..], &digest].concat());
        // The name beside them is that of another AK.
        assert_ne!(public.name().unwrap(), file("ak.name"));
    }
}
