//! Files that an inspection reads, with their limits.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::DateTime;
use trustboard_attest::inspect::read_pcr_values;
use trustboard_attest::{FileItem, Makers};
use trustboard_model::maker::MakerKind;
use trustboard_model::pcr::PcrBankValues;
use trustboard_model::time::Timestamp;

use crate::makers::read_bundle;

/// Bytes of one file. The largest that is meant to be read is an exported bundle with every
/// maker's certificates in it; what is read has its own, smaller limit.
const FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Files in a folder of roots: the largest public collection has some 300 certificates.
const ROOT_FILES: usize = 4096;

/// Reads a whole file.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let name = path.display();
    let file = File::open(path).with_context(|| format!("{name}"))?;
    let mut bytes = Vec::new();
    file.take(FILE_BYTES + 1).read_to_end(&mut bytes).with_context(|| format!("{name}"))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > FILE_BYTES {
        bail!("{name}: more than {FILE_BYTES} bytes");
    }
    Ok(bytes)
}

/// Reads PCR values: a file in one of the forms of [`read_pcr_values`], or a folder of sysfs
/// (`/sys/class/tpm/tpm0`, `/sys/class/tpm/tpm0/pcr-sha256`).
pub(super) fn pcrs(path: &Path) -> anyhow::Result<Vec<PcrBankValues>> {
    let text = if path.is_dir() {
        sysfs(path)?
    } else {
        String::from_utf8(read(path)?).with_context(|| format!("{}: no text", path.display()))?
    };
    read_pcr_values(&text).with_context(|| format!("{}", path.display()))
}

fn sysfs(folder: &Path) -> anyhow::Result<String> {
    let is_bank = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        path.is_dir() && name.is_some_and(|name| name.starts_with("pcr-"))
    };
    let folder = folder.canonicalize().with_context(|| format!("{}", folder.display()))?;
    let banks = if is_bank(&folder) { vec![folder] } else { entries(&folder)? };
    let mut text = String::new();
    for bank in banks.iter().filter(|bank| is_bank(bank)) {
        for register in entries(bank)? {
            let value = String::from_utf8(read(&register)?).context("no text")?;
            let _ = writeln!(text, "{}:{}", register.display(), value.trim());
        }
    }
    Ok(text)
}

fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let name = folder.display();
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{name}"))? {
        found.push(entry.with_context(|| format!("{name}"))?.path());
        if found.len() > ROOT_FILES {
            bail!("{name}: more than {ROOT_FILES} files");
        }
    }
    found.sort();
    Ok(found)
}

/// Makers' certificates from files, and what could not be used of them.
#[derive(Debug, Default)]
pub(super) struct Roots {
    pub makers: Makers,
    /// How many signed themselves.
    pub trusted: usize,
    pub intermediates: usize,
    /// `file: problem`
    pub refused: Vec<String>,
}

impl Roots {
    /// Reads files, and folders of files. Every certificate that signed itself is trusted.
    pub(super) fn read(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let mut roots = Self::default();
        for path in paths {
            let files = if path.is_dir() { entries(path)? } else { vec![path.clone()] };
            for file in files.iter().filter(|file| !file.is_dir()) {
                roots.add(file)?;
            }
        }
        if roots.trusted == 0 {
            let tried = match &roots.refused[..] {
                [] => String::new(),
                refused => format!(": {}", refused.join("; ")),
            };
            bail!("no root certificate among them{tried}");
        }
        Ok(roots)
    }

    fn add(&mut self, path: &Path) -> anyhow::Result<()> {
        for found in read_bundle(&path.display().to_string(), read(path)?) {
            match found.item {
                FileItem::Certificate(found) => match found.certificate.facts().kind {
                    MakerKind::Root => {
                        self.trusted += 1;
                        self.makers.trust(found.certificate);
                    }
                    MakerKind::Intermediate => {
                        self.intermediates += 1;
                        self.makers.follow(found.certificate);
                    }
                },
                FileItem::RevocationList(list) => self.makers.add_revocation_list(*list),
                FileItem::Refused { problem, .. } => {
                    self.refused.push(format!("{}: {problem}", found.place));
                }
            }
        }
        Ok(())
    }
}

/// A moment as RFC 3339 writes it.
pub(super) fn moment(text: &str) -> Result<Timestamp, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| Timestamp(at.timestamp_millis()))
        .map_err(|error| format!("not a moment such as 2026-11-21T17:00:00Z: {error}"))
}
