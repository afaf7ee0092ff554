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
use trustboard_model::check::Outcome;

use super::expected::{DEVICE, GCE, Must, NUVOTON, SMALL, ST, must, of_row};
use super::{folder, json, logs, read};
use crate::support::NOW;

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
            .map(outcome_of)
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
            (told(&codes, state), told(&logs::weighed(&report).0, report.secure_boot))
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
            let told = |usable: usize, not: usize| match usable {
                0 => format!("refused: all {not}"),
                usable => format!("accepted: {usable}; refused: {not}"),
            };
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
