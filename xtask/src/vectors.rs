//! `cargo xtask vectors`: evidence that nobody here made, each file with what must come of it.
//!
//! The expectations stand in `attest/tests/vectors/expected.rs`; `listed.rs` beside it writes what came of each row
//! of the matrix and of each file; the parts of MakeCredential have unit tests of their own.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde::Deserialize;

use crate::stage::Stages;
use crate::{place, program};

/// Which vectors.
#[derive(Args)]
pub struct Options {
    /// The folder that holds INDEX.md [default: ../shared/vectors].
    folder: Option<PathBuf>,
}

/// What came of one file or row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Line {
    name: String,
    expected: String,
    found: String,
}

impl Line {
    fn is_as_expected(&self) -> bool {
        self.expected == self.found
    }

    /// The worse of the two surprises.
    fn is_wrongly_accepted(&self) -> bool {
        self.expected.starts_with("refused") && self.found.starts_with("accepted")
    }
}

/// `cargo xtask vectors [DIR]`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    let folder = match &options.folder {
        Some(folder) => folder
            .canonicalize()
            .with_context(|| format!("{}: no such folder", folder.display()))?,
        None => match usual() {
            Ok(folder) => folder,
            Err(notice) => {
                println!("{notice}");
                return Ok(());
            }
        },
    };
    stages.run("vectors", || check(&folder))
}

/// The same as a stage of all tests.
pub fn shortly(stages: &mut Stages) -> Result<()> {
    run(stages, &Options { folder: None })
}

/// The usual folder, or a notice for people.
fn usual() -> Result<PathBuf, String> {
    let folder = place::root().join("../shared/vectors");
    let shown = folder.display().to_string();
    folder.canonicalize().map_err(|_| {
        format!("\nNOTICE: {shown} is absent, so NO vectors were checked. Name the folder: cargo xtask vectors DIR")
    })
}

fn check(folder: &Path) -> Result<()> {
    let mut lines = listed(folder)?;
    lines.extend(credentials(folder)?);
    print!("{}", told(&lines));
    let odd = lines.iter().filter(|line| !line.is_as_expected()).count();
    if odd > 0 {
        bail!("{odd} vectors are not as expected");
    }
    Ok(())
}

/// Runs the list, and reads what it wrote.
fn listed(folder: &Path) -> Result<Vec<Line>> {
    let report = place::temporary_folder("vectors")?.join("report.json");
    // One of an earlier run must not be taken for this one's.
    let _ = fs::remove_file(&report);
    let mut test = program::cargo();
    test.args(["test", "--quiet", "--package", "trustboard-attest", "--test", "vectors", "--"]);
    test.args(["--exact", "listed::every_row_and_every_file_is_as_listed"]);
    test.env("TRUSTBOARD_VECTORS", folder).env("TRUSTBOARD_VECTORS_REPORT", &report);
    // It fails if anything is not as expected; the report then says what.
    let outcome = program::run(&mut test);
    let Ok(bytes) = fs::read(&report) else {
        outcome?;
        bail!("the test wrote no report");
    };
    serde_json::from_slice(&bytes).context("the test's report")
}

/// Files of the unit tests of MakeCredential's parts, and their tests.
const CREDENTIALS: [(&str, &str); 4] = [
    ("go-tpm/kdfa.json", "kdfa_gives_what_others_computed"),
    ("go-tpm/kdfe.json", "kdfe_gives_what_others_computed"),
    ("go-tpm/rsa_labeled_encaps.json", "rsa_seeds_are_encrypted_as_tpms_decrypt_them"),
    ("go-tpm/ecc_labeled_encaps.json", "ecc_seeds_are_agreed_on_as_tpms_agree"),
];

fn credentials(folder: &Path) -> Result<Vec<Line>> {
    let mut test = program::cargo();
    test.args(["test", "--package", "trustboard-attest", "--lib", "--", "credential::vectors::"]);
    test.env("TRUSTBOARD_VECTORS", folder).stdin(Stdio::null());
    let output = test.output().context("cannot start cargo test")?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(CREDENTIALS.map(|(file, test)| credential(file, test, folder, &printed)).to_vec())
}

fn credential(file: &str, test: &str, folder: &Path, printed: &str) -> Line {
    const OK: &str = "what its test says";
    let result = printed.lines().find_map(|line| {
        line.strip_prefix("test credential::vectors::")?.strip_prefix(test)?.strip_prefix(" ... ")
    });
    let found = match result {
        _ if !folder.join(file).is_file() => "no such file",
        Some("ok") => OK,
        Some(other) => other,
        None => "its test did not run",
    };
    Line { name: file.to_owned(), expected: OK.to_owned(), found: found.to_owned() }
}

/// The result for people: what is not as expected by name, the worse first.
fn told(lines: &[Line]) -> String {
    let mut out = String::new();
    let (accepted, others): (Vec<&Line>, Vec<&Line>) = lines
        .iter()
        .filter(|line| !line.is_as_expected())
        .partition(|line| line.is_wrongly_accepted());
    for line in &accepted {
        tell(&mut out, "ACCEPTED, AND MUST BE REFUSED", line);
    }
    for line in &others {
        tell(&mut out, "not as expected", line);
    }
    let good = lines.len() - accepted.len() - others.len();
    let _ = writeln!(out, "vectors: {good} of {} as expected", lines.len());
    out
}

fn tell(out: &mut String, how: &str, line: &Line) {
    let Line { name, expected, found } = line;
    let _ = writeln!(out, "{how}: {name}\n  expected {expected}\n  found    {found}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, expected: &str, found: &str) -> Line {
        let own = str::to_owned;
        Line { name: own(name), expected: own(expected), found: own(found) }
    }

    #[test]
    fn surprises_are_named_and_the_worse_comes_first() {
        let lines = [
            line("a", "accepted", "accepted"),
            line("b", "accepted", "refused: unreadable"),
            line("c", "refused: unreadable", "accepted as an event log"),
        ];
        let told = told(&lines);
        assert!(told.starts_with("ACCEPTED, AND MUST BE REFUSED: c\n"), "{told}");
        assert!(told.contains("not as expected: b\n"), "{told}");
        assert!(told.ends_with("vectors: 1 of 3 as expected\n"), "{told}");
    }

    #[test]
    fn a_unit_test_that_failed_or_did_not_run_is_no_pass() {
        let folder = std::env::temp_dir();
        let file = "trustboard-credential-vector";
        fs::write(folder.join(file), "{}").unwrap();
        let found = |printed: &str| credential(file, "kdfa", &folder, printed).found;
        assert_eq!(found("test credential::vectors::kdfa ... ok"), "what its test says");
        assert_eq!(found("test credential::vectors::kdfa ... FAILED"), "FAILED");
        assert_eq!(found("test credential::vectors::kdfae ... ok"), "its test did not run");
        assert_eq!(credential("none", "kdfa", &folder, "").found, "no such file");
        fs::remove_file(folder.join(file)).unwrap();
    }
}
