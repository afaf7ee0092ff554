//! Rogue hosts of the simulator, and how they fared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::program;
use crate::programs::Programs;

/// What the simulator counted, of `trustboard-simulator rogue`.
#[derive(Debug, Deserialize)]
pub struct Summary {
    /// Sessions, or requests.
    pub all: u64,
    /// How they ended, with how many.
    pub ended: BTreeMap<String, u64>,
    /// Still open when the time was over.
    pub open: u64,
    /// Refusals within sessions, by code.
    pub refused: BTreeMap<String, u64>,
    /// The most bytes that the server took of one.
    pub most_sent_bytes: u64,
    /// How long the longest lasted, in seconds.
    pub longest_s: f64,
}

impl Summary {
    /// How many ended so.
    pub fn ended(&self, how: &str) -> u64 {
        self.ended.get(how).copied().unwrap_or_default()
    }

    /// Fails if any session was still open at the end.
    pub fn all_ended(&self, way: &str) -> Result<()> {
        if self.open > 0 || self.all == 0 {
            bail!("{way}: {} of {} sessions are still open: {self:?}", self.open, self.all);
        }
        Ok(())
    }
}

/// Where rogue hosts go, and what with.
#[derive(Clone)]
pub struct Rogues {
    pub simulator: PathBuf,
    /// The server's address for agents.
    pub server: String,
    /// A file with an enrolment token.
    pub token: PathBuf,
}

impl Rogues {
    /// With the token in this file.
    pub fn new(programs: &Programs, server: &str, token: &Path) -> Self {
        let simulator = programs.simulator.clone();
        Self { simulator, server: server.to_owned(), token: token.to_owned() }
    }

    /// So many hosts misbehave in this way for so many seconds; returns when they are done.
    pub fn sessions(&self, way: &str, hosts: u32, seconds: u64, again: bool) -> Result<Summary> {
        let mut command = self.command("sessions", way, seconds);
        command.args(["--way", way, "--hosts", &hosts.to_string()]);
        if again {
            command.arg("--again");
        }
        read(&mut command)
    }

    /// Enrols as fast as it goes for so many seconds.
    pub fn enrolments(&self, kind: &str, at_once: u32, seconds: u64) -> Result<Summary> {
        let mut command = self.command("enrolments", kind, seconds);
        read(command.args(["--kind", kind, "--at-once", &at_once.to_string()]))
    }

    fn command(&self, what: &str, name: &str, seconds: u64) -> Command {
        let mut command = Command::new(&self.simulator);
        command.args(["rogue", what, "--server", &self.server, "--token"]).arg(&self.token);
        command.args(["--name", &format!("rogue-{name}"), "--for", &seconds.to_string()]);
        command
    }
}

fn read(command: &mut Command) -> Result<Summary> {
    let text = program::output(command)?;
    serde_json::from_str(&text).with_context(|| format!("the simulator printed {text}"))
}
