//! Disks with one FAT file system, made and filled with mtools: without root, without mounting.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::program;

const SECTOR: u64 = 512;

/// A disk image.
pub struct Disk {
    file: PathBuf,
}

impl Disk {
    /// Makes an empty one of this many MiB.
    pub fn make(file: &Path, mib: u64) -> Result<Self> {
        let bytes = mib * 1024 * 1024;
        File::create(file)
            .and_then(|made| made.set_len(bytes))
            .with_context(|| format!("{}", file.display()))?;
        let disk = Self { file: file.to_owned() };
        let sectors = (bytes / SECTOR).to_string();
        // A serial number that does not depend on the time: the same files, the same image.
        disk.mtools("mformat", &["-T", &sectors, "-h", "64", "-s", "32", "-N", "54425056", "::"])?;
        Ok(disk)
    }

    /// Makes a folder. The one above it must be there.
    pub fn folder(&self, path: &str) -> Result<()> {
        self.mtools("mmd", &[&on_disk(path)])
    }

    /// Copies a file onto it.
    pub fn copy(&self, from: &Path, path: &str) -> Result<()> {
        let from = from.to_str().context("a path is not UTF-8")?;
        self.mtools("mcopy", &["-o", from, &on_disk(path)])
    }

    /// Writes a file onto it.
    pub fn write(&self, path: &str, content: &[u8]) -> Result<()> {
        let copy = self.file.with_extension("part");
        fs::write(&copy, content)?;
        self.copy(&copy, path)?;
        Ok(fs::remove_file(&copy)?)
    }

    /// One that was made earlier.
    pub fn open(file: &Path) -> Self {
        Self { file: file.to_owned() }
    }

    /// Copies a folder of it into `to`.
    pub fn copy_out(&self, path: &str, to: &Path) -> Result<()> {
        fs::create_dir_all(to)?;
        let to = to.to_str().context("a path is not UTF-8")?;
        self.mtools("mcopy", &["-o", "-s", &on_disk(&format!("{path}/*")), to])
    }

    fn mtools(&self, name: &str, words: &[&str]) -> Result<()> {
        let mut command = Command::new(name);
        command.arg("-i").arg(&self.file).args(words);
        program::output(&mut command).map(|_| ())
    }
}

fn on_disk(path: &str) -> String {
    format!("::/{path}")
}
