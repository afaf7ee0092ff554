//! `trustboard inspect`, run as people and scripts run it: files in, an exit code and one JSON
//! object out.

#![expect(clippy::unwrap_used, reason = "files for tests are written or the test fails")]

// The evidence that the verifier's own tests make.
#[expect(dead_code, reason = "the verifier's tests use the rest")]
#[path = "../../attest/tests/support/mod.rs"]
mod evidence;

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use evidence::boot::Boot;
use evidence::maker::{EkCertificateSpec, ISSUER, Maker};
use evidence::{NOW, Scene};
use serde_json::Value;
use tempfile::TempDir;
use trustboard_attest::{Bundle, Evidence, Log};
use trustboard_model::digest::HashAlg;
use trustboard_model::pcr::PcrBankValues;
use trustboard_model::verdict::Verdict;

/// A folder of files, and the program run in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustboard"));
        command.current_dir(self.0.path()).arg("inspect").args(line.split(' '));
        command
    }

    /// The exit code and the JSON.
    fn json(&self, line: &str) -> (i32, Value) {
        let output = self.command(line).arg("--json").output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let object = serde_json::from_str(&printed);
        let object = object.unwrap_or_else(|error| panic!("{line}: {error}: {printed}"));
        (output.status.code().unwrap(), object)
    }

    /// The exit code and the text.
    fn text(&self, line: &str) -> (i32, String) {
        let output = self.command(line).output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap() + &errors)
    }

    #[track_caller]
    fn expect(&self, line: &str, code: i32, result: &str) -> Value {
        let (exit, object) = self.json(line);
        assert_eq!((exit, object["result"].as_str()), (code, Some(result)), "{line}: {object:#}");
        assert_eq!(object["format"], 1);
        assert_eq!(object["inspected"], line.split(' ').next().unwrap());
        let (exit, text) = self.text(line);
        assert_eq!(exit, code, "{line}: the text says the same");
        assert!(text.contains(&format!("Result: {result}")), "{line}: {text}");
        object
    }
}

/// The codes of what was refused, or was found.
fn codes(object: &Value, result: &str) -> Vec<String> {
    let checks = object["checks"].as_array().unwrap().iter();
    let of_result = checks.filter(|check| check["result"] == result);
    of_result.map(|check| check["reason"]["code"].as_str().unwrap().to_owned()).collect()
}

/// As `grep . /sys/class/tpm/tpm0/pcr-*/*` prints them.
fn sysfs(pcrs: &[PcrBankValues]) -> String {
    let mut text = String::new();
    for bank in pcrs {
        let name = bank.bank.name().to_lowercase().replace('-', "");
        for (pcr, value) in &bank.values {
            let value = value.to_string().to_uppercase();
            writeln!(text, "/sys/class/tpm/tpm0/pcr-{name}/{pcr}:{value}").unwrap();
        }
    }
    text
}

/// As `tpm2_pcrread` prints them.
fn yaml(pcrs: &[PcrBankValues]) -> String {
    let mut text = String::new();
    for bank in pcrs {
        writeln!(text, "  {}:", bank.bank.name().to_lowercase().replace('-', "")).unwrap();
        for (pcr, value) in &bank.values {
            writeln!(text, "    {:<2}: 0x{}", pcr.to_string(), value.to_string().to_uppercase())
                .unwrap();
        }
    }
    text
}

fn json(pcrs: &[PcrBankValues]) -> String {
    let banks = pcrs.iter().map(|bank| {
        let values = bank
            .values
            .iter()
            .map(|(pcr, value)| (pcr.to_string(), Value::from(value.to_string())));
        (bank.bank.name().to_owned(), values.collect::<serde_json::Map<_, _>>())
    });
    serde_json::to_string(&banks.collect::<std::collections::BTreeMap<_, _>>()).unwrap()
}

#[test]
fn a_log_is_told_event_by_event_and_compared_with_every_form_of_values() {
    let desk = Desk::new();
    let scene = Scene::genuine();
    let (_, log) = scene.evidence();
    let pcrs = scene.pcrs();
    desk.put("log", &log).put("sysfs", sysfs(&pcrs)).put("yaml", yaml(&pcrs));
    desk.put("json", json(&pcrs));
    for bank in &pcrs {
        for (pcr, value) in &bank.values {
            let name = bank.bank.name().to_lowercase().replace('-', "");
            desk.put(&format!("tpm0/pcr-{name}/{pcr}"), format!("{value}\n"));
        }
    }
    let alone = desk.expect("log log", 0, "consistent");
    assert_eq!(alone["secure_boot"], "on");
    let events = alone["log"]["events"].as_array().unwrap();
    assert_eq!(events.len(), scene.boot.events.len() + 1);
    assert_eq!(events[0]["type"], "EV_NO_ACTION");
    assert_eq!(alone["log"]["sha256"], evidence::sha256(&log).to_string());
    assert!(!alone["booted"].as_array().unwrap().is_empty());
    for form in ["sysfs", "yaml", "json", "tpm0", "tpm0/pcr-sha256"] {
        let compared = desk.expect(&format!("log log --pcrs {form}"), 0, "consistent");
        let row = &compared["pcrs"].as_array().unwrap()[0];
        assert_eq!(row["state"], "explained", "{form}");
        assert_eq!(row["value"], row["replayed"], "{form}");
    }
}

#[test]
fn a_log_that_does_not_explain_the_values_is_refused_and_an_unreadable_one_said_to_be_so() {
    let desk = Desk::new();
    let mut scene = Scene::genuine();
    let (_, log) = scene.evidence();
    scene.later = vec![(4, b"another boot loader".to_vec())];
    desk.put("log", &log).put("pcrs", sysfs(&scene.pcrs()));
    let compared = desk.expect("log log --pcrs pcrs", 1, "refused");
    assert_eq!(codes(&compared, "refused"), ["replay.mismatch"]);
    assert_eq!(codes(&compared, "finding"), ["replay.mismatch-other-bank"]);
    let (_, text) = desk.text("log log --pcrs pcrs");
    assert!(text.contains("the log gives"), "{text}");

    desk.put("cut", &log[..log.len() - 3]).put("bad", "hello").put("empty", "");
    for line in ["log cut", "log empty", "log missing", "log log --pcrs bad"] {
        let object = desk.expect(line, 2, "unreadable");
        assert!(object["note"].as_str().unwrap().len() > 10, "{object:#}");
    }
    assert_eq!(desk.text("log").0, 2, "an argument is missing");
}

#[test]
fn secure_boot_off_is_a_finding_of_a_consistent_log() {
    let desk = Desk::new();
    let mut scene = Scene::genuine();
    scene.boot = Boot::with_secure_boot(&[0]);
    desk.put("log", scene.evidence().1);
    let object = desk.expect("log log", 0, "consistent");
    assert_eq!(codes(&object, "finding"), ["secure-boot.disabled"]);
    assert_eq!(object["secure_boot"], "off");
}

#[test]
fn a_quote_verifies_with_its_key_nonce_and_values() {
    let desk = Desk::new();
    let scene = Scene::genuine();
    let quoted = scene.evidence().0.quoted.unwrap();
    desk.put("quote", &*quoted.attest).put("signature", &*quoted.signature);
    desk.put("ak", &*quoted.ak_public).put("pcrs", yaml(&quoted.pcrs));
    let parts = "quote --attest quote --signature signature --ak ak";
    let object = desk.expect(parts, 0, "verified");
    let nonce = object["quote"]["extra_data"].as_str().unwrap().to_owned();
    let all = format!("{parts} --pcrs pcrs --nonce {nonce}");
    let object = desk.expect(&all, 0, "verified");
    let open = |check: &&Value| check["result"] != "passed";
    let open: Vec<_> = object["checks"].as_array().unwrap().iter().filter(open).collect();
    assert!(open.is_empty(), "{open:#?}");

    let object = desk.expect(&format!("{parts} --nonce 00ff"), 1, "refused");
    assert_eq!(codes(&object, "refused"), ["freshness.binding-mismatch"]);
    let mut other = quoted.clone();
    *other.signature.0.last_mut().unwrap() ^= 1;
    desk.put("forged", &*other.signature);
    let object =
        desk.expect(&parts.replace("signature signature", "signature forged"), 1, "refused");
    assert_eq!(codes(&object, "refused"), ["quote.signature-invalid"]);
    assert_eq!(object["quote"], Value::Null, "nothing of it is believed");
    let mut less = scene.pcrs();
    less.retain(|bank| bank.bank == HashAlg::Sha256);
    desk.put("less", yaml(&less));
    let object = desk.expect(&format!("{parts} --pcrs less"), 1, "refused");
    assert_eq!(codes(&object, "refused"), ["quote.selection-mismatch"]);
    desk.expect(&parts.replace("--attest quote", "--attest signature"), 1, "refused");
    desk.expect(&parts.replace("--ak ak", "--ak quote"), 2, "unreadable");
    assert_eq!(desk.text(&format!("{parts} --nonce xyz")).0, 2, "not hexadecimal");
}

#[test]
fn an_ek_certificate_chains_to_the_roots_of_a_folder() {
    let desk = Desk::new();
    let maker = Maker::genuine();
    let ek = EkCertificateSpec::for_key(&Scene::genuine().ek_public, ISSUER).sign(&maker.issuer);
    desk.put("ek", &ek).put("makers/root.der", maker.root_certificate());
    desk.put("makers/issuer.der", maker.issuer_certificate()).put("makers/notes", "read me");
    desk.put("only/root.der", maker.root_certificate());
    desk.put("none/issuer.der", maker.issuer_certificate());
    let at = "--at 2027-01-01T00:00:00Z";
    let object = desk.expect(&format!("ek ek --roots makers {at}"), 0, "verified");
    assert_eq!(object["as_of"], "2027-01-01T00:00:00.000Z");
    assert_eq!(object["roots"]["roots"], 1);
    assert_eq!(object["roots"]["refused"].as_array().unwrap().len(), 1, "{object:#}");
    let object = desk.expect(&format!("ek ek --roots only {at}"), 1, "refused");
    assert_eq!(codes(&object, "refused"), ["ek-certificate.unknown-issuer"]);
    let late = desk.expect("ek ek --roots makers --at 2150-01-01T00:00:00Z", 1, "refused");
    assert_eq!(codes(&late, "refused"), ["ek-certificate.expired"]);
    desk.expect(&format!("ek ek --roots none {at}"), 2, "unreadable");
    desk.expect(&format!("ek makers/notes --roots makers {at}"), 2, "unreadable");
    assert_eq!(desk.text("ek ek --roots makers --at yesterday").0, 2);
}

/// The bundle of a host's evidence, with what the server concluded.
fn bundle(scene: &Scene) -> Bundle {
    let (message, log) = scene.evidence();
    let prepared = scene.prepare(Evidence::Sent {
        message: &message,
        log: Log::Bytes(&log),
        systemd_log: Log::Absent,
    });
    let report = prepared.appraise().report().clone();
    prepared.bundle(&report)
}

#[test]
fn exported_evidence_is_appraised_again() {
    let desk = Desk::new();
    let good = bundle(&Scene::genuine());
    assert_eq!(good.report.verdict, Verdict::Trusted);
    desk.put("good", good.write());
    let object = desk.expect("evidence good", 0, "verified");
    assert_eq!(object["verdict"], "trusted");
    assert_eq!(object["recorded_verdict"], "trusted");
    assert_eq!(object["host"]["name"], "host-1");
    assert_eq!(object["as_of"], NOW.to_string());
    assert_eq!(object["secure_boot"], "on");

    let mut scene = Scene::genuine();
    scene.boot = Boot::with_secure_boot(&[0]);
    let off = bundle(&scene);
    desk.put("off", off.write());
    let object = desk.expect("evidence off", 1, "refused");
    assert_eq!(codes(&object, "refused"), ["secure-boot.disabled"]);
    assert!(object["note"].as_str().unwrap().ends_with("as recorded"), "{object:#}");

    // A bundle whose conclusion somebody made nicer than the evidence.
    let mut nicer = off;
    nicer.report = good.report.clone();
    desk.put("nicer", nicer.write());
    let object = desk.expect("evidence nicer", 1, "refused");
    assert_eq!(object["verdict"], "untrusted");
    assert_eq!(object["recorded_verdict"], "trusted");
    assert!(object["note"].as_str().unwrap().contains("recorded was: trusted"), "{object:#}");

    desk.put("cut", &good.write()[..100]).put("bad", "hello");
    desk.expect("evidence cut", 2, "unreadable");
    desk.expect("evidence bad", 2, "unreadable");
}

#[test]
fn an_auditor_may_bring_other_roots_and_another_moment() {
    let desk = Desk::new();
    desk.put("good", bundle(&Scene::genuine()).write());
    desk.put("own/root.der", Maker::genuine().root_certificate());
    desk.put("own/issuer.der", Maker::genuine().issuer_certificate());
    desk.put("other/root.der", Maker::impostor().root_certificate());
    desk.expect("evidence good --roots own", 0, "verified");
    let object = desk.expect("evidence good --roots other", 1, "refused");
    let refused = codes(&object, "refused");
    assert!(refused.iter().all(|code| code.starts_with("ek-certificate.")), "{refused:?}");
    let late = desk.expect("evidence good --at 2150-01-01T00:00:00Z", 1, "refused");
    assert!(codes(&late, "refused").contains(&"ek-certificate.expired".to_owned()));
}

#[test]
fn differences_from_a_configuration_are_told() {
    let desk = Desk::new();
    let mut scene = Scene::genuine();
    scene.approve();
    let loader = scene.boot.position(4, 0x8000_0003);
    scene.boot.events[loader].hashed = b"another boot loader".to_vec();
    desk.put("changed", bundle(&scene).write());
    let object = desk.expect("evidence changed", 1, "refused");
    assert_eq!(codes(&object, "refused"), ["configuration.boot-loader-changed"]);
    assert_eq!(object["comparison"]["result"], "differs");
    assert_eq!(object["comparison"]["count"], 1);
    let (_, text) = desk.text("evidence changed");
    assert!(text.contains("No approved configuration matches"), "{text}");
}

#[test]
fn helps_teach_by_example() {
    let desk = Desk::new();
    for form in ["log", "quote", "ek", "evidence"] {
        let (code, text) = desk.text(&format!("{form} --help"));
        assert_eq!(code, 0);
        for part in ["Example", "trustboard inspect", "Exit code"] {
            assert!(text.contains(part), "{form}: {text}");
        }
    }
}
