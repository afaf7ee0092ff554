//! The running simulator of light hosts: what it reports every second, and what it is told.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::ChildStdin;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::programs::Programs;
use crate::running::Running;

/// What the simulator counted, of `trustboard-simulator light run`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Report {
    /// Hosts of the fleet.
    pub hosts: u32,
    /// How many of them are enrolled.
    pub enrolled: u32,
    /// Enrolments that the server told to come later.
    pub postponed: u64,
    /// Hosts that have answered at least one challenge.
    pub answered: u32,
    /// Answers to challenges.
    pub evidence: u64,
    /// Bytes of event logs that were sent.
    pub log_bytes: u64,
    /// How late its tasks ran, in microseconds.
    pub late_us: u64,
}

/// The running simulator.
pub struct Crew {
    running: Running,
    input: ChildStdin,
    log: PathBuf,
    read: u64,
    latest: Report,
    worst_late_us: u64,
}

impl Crew {
    /// Starts it on the hosts in `hosts`, each of which goes to one of the servers.
    pub fn start(
        programs: &Programs,
        hosts: &Path,
        servers: &[&str],
        tokens: &Path,
        log: &Path,
    ) -> Result<Self> {
        let mut command = programs.simulator(hosts);
        command.args(["light", "run"]);
        for server in servers {
            command.args(["--server", server]);
        }
        command.arg("--tokens").arg(tokens);
        let (running, input) = Running::start_with_input("the simulator", &mut command, log)?;
        let (read, latest, worst_late_us) = (0, Report::default(), 0);
        Ok(Self { running, input, log: log.to_owned(), read, latest, worst_late_us })
    }

    /// What it said last. Fails if it has ended.
    pub fn report(&mut self) -> Result<Report> {
        self.running.check()?;
        let mut log = File::open(&self.log).with_context(|| self.log.display().to_string())?;
        log.seek(SeekFrom::Start(self.read))?;
        let mut lines = BufReader::new(log);
        let mut line = String::new();
        // A line that is being written is read when it is whole.
        while lines.read_line(&mut line)? > 0 && line.ends_with('\n') {
            self.read += line.len() as u64;
            if let Ok(report) = serde_json::from_str::<Report>(&line) {
                self.worst_late_us = self.worst_late_us.max(report.late_us);
                self.latest = report;
            }
            line.clear();
        }
        Ok(self.latest.clone())
    }

    /// How late its tasks ran at worst since this was asked last, in microseconds.
    pub fn take_worst_late_us(&mut self) -> u64 {
        std::mem::take(&mut self.worst_late_us)
    }

    /// Gives an order: `play`.
    pub fn order(&mut self, words: &str) -> Result<()> {
        writeln!(self.input, "{words}").context("the simulator takes no orders")
    }

    /// Seconds that its processors have worked.
    pub fn processor_s(&self) -> Result<f64> {
        self.running.processor_s()
    }

    /// Fails, with its last words, if it has ended.
    pub fn check(&mut self) -> Result<()> {
        self.running.check()
    }

    /// Ends it.
    pub fn end(&mut self) {
        self.running.end();
    }
}
