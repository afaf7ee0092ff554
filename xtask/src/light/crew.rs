//! The running simulator of light hosts, in as many processes as they take: what it reports every
//! second, and what it is told.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::ChildStdin;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::programs::Programs;
use crate::running::{Memory, Running};

/// Agents that are started in a second, by all processes together.
const STARTS_PER_S: u32 = 2_000;

/// The same where several servers share a database: what comes back is written by one after the other.
const SHARED_STARTS_PER_S: u32 = 300;

/// What the simulator counted, of `trustboard-simulator light run`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
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

impl Report {
    /// Both processes together; as late as the later one.
    fn and(self, other: Self) -> Self {
        Self {
            hosts: self.hosts + other.hosts,
            enrolled: self.enrolled + other.enrolled,
            postponed: self.postponed + other.postponed,
            answered: self.answered + other.answered,
            evidence: self.evidence + other.evidence,
            log_bytes: self.log_bytes + other.log_bytes,
            late_us: self.late_us.max(other.late_us),
        }
    }
}

/// The running simulator.
pub struct Crew(Vec<Part>);

/// One of its processes.
struct Part {
    running: Running,
    input: ChildStdin,
    log: PathBuf,
    read: u64,
    latest: Report,
    worst_late_us: u64,
}

impl Crew {
    /// Starts it on the hosts in `hosts`, each of which goes to one of the servers, in so many
    /// processes. The first writes to `log`, the others beside it.
    pub fn start(
        programs: &Programs,
        hosts: &Path,
        servers: &[&str],
        tokens: &Path,
        log: &Path,
        processes: u32,
    ) -> Result<Self> {
        let parts = (1..=processes).map(|number| {
            let mut command = programs.simulator(hosts);
            command.args(["light", "run", "--part", &format!("{number}/{processes}")]);
            let starts = if servers.len() > 1 { SHARED_STARTS_PER_S } else { STARTS_PER_S };
            let starts = starts.div_ceil(processes);
            command.args(["--starts-per-s", &starts.to_string()]);
            for server in servers {
                command.args(["--server", server]);
            }
            command.arg("--tokens").arg(tokens);
            let log = match number {
                1 => log.to_owned(),
                _ => log.with_extension(format!("{number}.log")),
            };
            let (running, input) = Running::start_with_input("the simulator", &mut command, &log)?;
            let (read, latest, worst_late_us) = (0, Report::default(), 0);
            Ok(Part { running, input, log, read, latest, worst_late_us })
        });
        Ok(Self(parts.collect::<Result<_>>()?))
    }

    /// What it said last. Fails if one of its processes has ended.
    pub fn report(&mut self) -> Result<Report> {
        let mut all = Report::default();
        for part in &mut self.0 {
            all = all.and(part.report()?);
        }
        Ok(all)
    }

    /// How late its tasks ran at worst since this was asked last, in microseconds.
    pub fn take_worst_late_us(&mut self) -> u64 {
        let each = self.0.iter_mut().map(|part| std::mem::take(&mut part.worst_late_us));
        each.max().unwrap_or_default()
    }

    /// Gives an order: `play`.
    pub fn order(&mut self, words: &str) -> Result<()> {
        for part in &mut self.0 {
            writeln!(part.input, "{words}").context("the simulator takes no orders")?;
        }
        Ok(())
    }

    /// In how many processes it is.
    pub fn processes(&self) -> usize {
        self.0.len()
    }

    /// Seconds that its processors have worked.
    pub fn processor_s(&self) -> Result<f64> {
        self.0.iter().map(|part| part.running.processor_s()).sum()
    }

    /// Memory of all its processes together.
    pub fn memory(&self) -> Result<Memory> {
        self.0.iter().map(|part| part.running.memory()).sum()
    }

    /// Fails, with its last words, if one of its processes has ended.
    pub fn check(&mut self) -> Result<()> {
        self.0.iter_mut().try_for_each(|part| part.running.check())
    }

    /// Ends it.
    pub fn end(&mut self) {
        for part in &mut self.0 {
            part.running.end();
        }
    }
}

impl Part {
    fn report(&mut self) -> Result<Report> {
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
        Ok(self.latest)
    }
}

/// In how many processes so many hosts are simulated, each of which can hold so many: as few as
/// possible.
pub const fn processes(hosts: u32, each: u32) -> u32 {
    let each = if each == 0 { 1 } else { each };
    let processes = hosts.div_ceil(each);
    if processes == 0 { 1 } else { processes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_spread_over_as_few_processes_as_can_hold_them() {
        assert_eq!(
            [1, 19_500, 19_501, 100_000].map(|hosts| processes(hosts, 19_500)),
            [1, 1, 2, 6]
        );
        assert_eq!((processes(0, 19_500), processes(3, 0)), (1, 3));
    }

    #[test]
    fn what_the_processes_did_is_added_and_the_latest_of_them_counts() {
        let one = Report { hosts: 2, evidence: 5, late_us: 900, ..Report::default() };
        let other = Report { hosts: 3, evidence: 7, late_us: 20, ..Report::default() };
        let both = Report { hosts: 5, evidence: 12, late_us: 900, ..Report::default() };
        assert_eq!(one.and(other), both);
    }
}
