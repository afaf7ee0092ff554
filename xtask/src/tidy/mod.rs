//! The house rules that no lint knows.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fmt, fs};

use anyhow::{Context as _, Result, bail};

use crate::{place, program};

mod migrations;
mod source;

/// Something that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Breach {
    file: PathBuf,
    /// From 1; nothing where the whole file is meant.
    line: Option<usize>,
    rule: String,
}

impl Breach {
    fn new(file: &Path, line: Option<usize>, rule: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, rule: rule.into() }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file.display(), self.rule),
            None => write!(f, "{}: {}", self.file.display(), self.rule),
        }
    }
}

/// `cargo xtask tidy`.
pub fn check() -> Result<()> {
    let files = files()?;
    let mut breaches = migrations::check(&files);
    for file in &files {
        breaches.extend(source::check_name(file));
        // Pictures and other binary files have names, but no lines.
        let bytes =
            fs::read(place::root().join(file)).with_context(|| file.display().to_string())?;
        if let Ok(text) = String::from_utf8(bytes) {
            breaches.extend(source::check_text(file, &text));
        }
    }
    if !breaches.is_empty() {
        for breach in &breaches {
            eprintln!("    {breach}");
        }
        bail!("{} breaches of the house rules", breaches.len());
    }
    eprintln!("    {} files", files.len());
    Ok(())
}

/// Every file that is, or would be, committed.
fn files() -> Result<Vec<PathBuf>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
    let listed = program::output(git.current_dir(place::root()))?;
    let names = listed.split('\0').filter(|name| !name.is_empty());
    // What is deleted but not yet committed is still listed.
    Ok(names.map(PathBuf::from).filter(|file| place::root().join(file).is_file()).collect())
}
