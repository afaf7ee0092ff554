//! The three programs of a demonstration.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::{place, program};

/// Where they are.
#[derive(Clone)]
pub struct Programs {
    /// `trustboard`.
    pub server: PathBuf,
    /// `trustboard-agent`.
    pub agent: PathBuf,
    /// `trustboard-simulator`.
    pub simulator: PathBuf,
    /// The database that `trustboard` uses; nothing for the file in its data folder.
    pub database: Option<String>,
}

impl Programs {
    /// As `cargo build` made them: where it put ourselves.
    pub fn built() -> Self {
        let own = env::current_exe().unwrap_or_default();
        let at = |name| own.with_file_name(name);
        Self {
            server: at("trustboard"),
            agent: at("trustboard-agent"),
            simulator: at("trustboard-simulator"),
            database: None,
        }
    }

    /// As `cargo build --release` made them.
    pub fn released() -> Self {
        let at = |name| place::built("release", name);
        Self {
            server: at("trustboard"),
            agent: at("trustboard-agent"),
            simulator: at("trustboard-simulator"),
            database: None,
        }
    }

    /// Fails if one of them was not built yet.
    pub fn check(&self) -> Result<()> {
        for program in [&self.server, &self.agent, &self.simulator] {
            if !program.exists() {
                bail!("{} is not there yet: run `cargo xtask demo` once", program.display());
            }
        }
        Ok(())
    }

    /// The server's program on the data in this folder.
    pub fn trustboard(&self, data: &Path) -> Command {
        let mut command = Command::new(&self.server);
        command.env("TRUSTBOARD_DATA_DIR", data);
        if let Some(database) = &self.database {
            command.env("TRUSTBOARD_DATABASE_URL", database);
        }
        command
    }

    /// The simulator on these hosts.
    pub fn simulator(&self, hosts: &Path) -> Command {
        let mut command = Command::new(&self.simulator);
        command.arg("--dir").arg(hosts);
        command
    }

    /// What `trustboard` answers to these words, for the data in this folder.
    pub fn ask(&self, data: &Path, words: &[&str]) -> Result<String> {
        Ok(program::output(self.trustboard(data).args(words))?.trim().to_owned())
    }
}
