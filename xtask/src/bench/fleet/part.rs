//! The parts, and what `cargo xtask load` is told for each.

use std::ffi::OsString;
use std::path::Path;

use clap::ValueEnum;

use super::Options;
use crate::light::{crew, room};

/// What can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Every two seconds: how many a second, and what one costs.
    Steady,
    /// As many attestations a second as a hundred thousand hosts ask for every minute.
    Usual,
    /// The server is restarted beneath its hosts.
    Restart,
    /// Acting on all hosts at once.
    Bulk,
    /// What an attestation costs with few hosts and with many.
    Flat,
    /// A new event log every time.
    NewLogs,
    /// One server and three on PostgreSQL, of which one is killed.
    Replicas,
    /// A hundred thousand hosts, on as many servers as they take.
    Large,
}

/// One run of `cargo xtask load`, which gives one part or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    Steady,
    /// On one fleet, one after the other.
    Usual {
        measured: bool,
        restart: bool,
        bulk: bool,
    },
    /// As often as the steady fleet.
    Few,
    /// As many attestations a second as those.
    Seldom,
    NewLogs,
    /// A third of the hosts on PostgreSQL, at one server: as many as each of three has.
    Third,
    /// All of them.
    Shared {
        replicas: u32,
    },
    Large,
}

/// What is run for these parts; for all but the large one if none is named.
pub fn runs(parts: &[Part]) -> Vec<Run> {
    let is_wanted = |part| parts.contains(&part) || (parts.is_empty() && part != Part::Large);
    let (measured, restart) = (is_wanted(Part::Usual), is_wanted(Part::Restart));
    let bulk = is_wanted(Part::Bulk);
    let mut runs = Vec::new();
    let mut add = |wanted: bool, run: &[Run]| {
        if wanted {
            runs.extend_from_slice(run);
        }
    };
    add(is_wanted(Part::Steady), &[Run::Steady]);
    add(measured || restart || bulk, &[Run::Usual { measured, restart, bulk }]);
    add(is_wanted(Part::Flat), &[Run::Few, Run::Seldom]);
    add(is_wanted(Part::NewLogs), &[Run::NewLogs]);
    let shared = [Run::Third, Run::Shared { replicas: 1 }, Run::Shared { replicas: 3 }];
    add(is_wanted(Part::Replicas), &shared);
    add(is_wanted(Part::Large), &[Run::Large]);
    runs
}

impl Run {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Steady => "as often as may be",
            Self::Usual { .. } => "usual operation",
            Self::Few => "few hosts",
            Self::Seldom => "many hosts, as many attestations as with few",
            Self::NewLogs => "a new log every time",
            Self::Third => "one server on PostgreSQL, with as many hosts as each of three",
            Self::Shared { replicas: 1 } => "one server on PostgreSQL",
            Self::Shared { .. } => "several servers on PostgreSQL",
            Self::Large => "a hundred thousand hosts",
        }
    }

    /// The names that its results are kept by.
    pub fn parts(self) -> Vec<&'static str> {
        match self {
            Self::Steady => vec!["steady"],
            Self::Usual { measured, restart, bulk } => {
                let all = [(measured, "usual"), (restart, "restart"), (bulk, "bulk")];
                all.into_iter().filter_map(|(is, name)| is.then_some(name)).collect()
            }
            Self::Few => vec!["few"],
            Self::Seldom => vec!["seldom"],
            Self::NewLogs => vec!["new-logs"],
            Self::Third => vec!["third"],
            Self::Shared { replicas: 1 } => vec!["shared-1"],
            Self::Shared { .. } => vec!["shared-3"],
            Self::Large => vec!["large"],
        }
    }

    /// What `cargo xtask load` is told, with its fleets in `folder`.
    pub fn arguments(self, options: &Options, folder: &Path) -> Vec<OsString> {
        let Options { hosts, few, fast, usual, shared, large, failing, length, .. } = *options;
        let half = length.div_ceil(2);
        let failing = failing.min(hosts / 3 * 2);
        let mut words: Vec<OsString> = Vec::new();
        let mut say = |text: String| words.extend(text.split(' ').map(OsString::from));
        let (fleet, size) = match self {
            Self::Steady => {
                say(format!("--hosts {hosts} --interval {fast} --quiet {half} --for {half}"));
                ("many", hosts)
            }
            Self::Usual { measured, restart, bulk } => {
                say(format!("--hosts {hosts} --interval {usual}"));
                let (quiet, busy) = if measured { (half, length) } else { (0, 0) };
                say(format!("--quiet {quiet} --for {busy}"));
                if restart {
                    say("--restart".to_owned());
                }
                if bulk {
                    say(format!("--bulk {failing}"));
                }
                ("many", hosts)
            }
            Self::Few => {
                say(format!("--hosts {few} --interval {fast} --quiet {half} --for 0"));
                ("few", few)
            }
            Self::Seldom => {
                let interval = seldom(options);
                // Whole rounds: hosts that came together are verified together.
                let quiet = 2 * interval;
                say(format!("--hosts {hosts} --interval {interval} --quiet {quiet} --for 0"));
                ("many", hosts)
            }
            Self::NewLogs => {
                // Each leaves a log and its evidence: a minute would fill some disks.
                say(format!("--hosts {hosts} --interval {fast} --quiet 20 --for 0 --new-logs"));
                ("many", hosts)
            }
            Self::Third => {
                let third = shared.div_ceil(3);
                say(format!("--hosts {third} --interval {fast} --quiet {half} --for 0"));
                say("--database postgres".to_owned());
                ("third", third)
            }
            Self::Shared { replicas } => {
                say(format!("--hosts {shared} --interval {fast} --quiet {half} --for {half}"));
                say(format!("--database postgres --replicas {replicas}"));
                ("shared", shared)
            }
            Self::Large => {
                let replicas = crew::processes(large, room::sessions());
                say(format!("--hosts {large} --interval 60 --quiet {length} --for {length}"));
                say(format!("--database postgres --replicas {replicas}"));
                ("large", large)
            }
        };
        if fleet == "many" {
            say(format!("--failing {failing}"));
        }
        // Of another size it is another fleet.
        let fleet = folder.join(format!("{fleet}-{size}"));
        words.extend(["--fleet".into(), fleet.into_os_string()]);
        words
    }
}

/// The interval at which the many hosts ask for as many attestations as the few, in seconds.
fn seldom(options: &Options) -> u32 {
    let factor = options.hosts.div_ceil(options.few.max(1));
    factor.saturating_mul(options.fast)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        options: Options,
    }

    fn said(run: Run, words: &str) -> String {
        let words = ["bench"].into_iter().chain(words.split_whitespace());
        let options = Command::parse_from(words).options;
        let words = run.arguments(&options, Path::new("/f"));
        words.join(std::ffi::OsStr::new(" ")).into_string().unwrap()
    }

    #[test]
    fn parts_on_one_fleet_are_one_run_and_the_large_one_must_be_named() {
        let all = runs(&[]);
        assert_eq!(all.len(), 8);
        assert!(all.contains(&Run::Usual { measured: true, restart: true, bulk: true }));
        assert!(!all.contains(&Run::Large));
        assert_eq!(runs(&[Part::Large]), [Run::Large]);
        let restart = Run::Usual { measured: false, restart: true, bulk: false };
        assert_eq!(runs(&[Part::Restart]), [restart]);
        assert_eq!(restart.parts(), ["restart"]);
    }

    #[test]
    fn few_hosts_and_many_ask_for_as_much() {
        let words = "--hosts 19000 --few 1000 --fast 2 --failing 50 --for 60";
        assert_eq!(
            said(Run::Few, words),
            "--hosts 1000 --interval 2 --quiet 30 --for 0 --fleet /f/few-1000"
        );
        assert_eq!(
            said(Run::Seldom, words),
            "--hosts 19000 --interval 38 --quiet 76 --for 0 --failing 50 --fleet /f/many-19000"
        );
    }

    #[test]
    fn what_is_not_asked_for_is_not_measured() {
        let bulk = Run::Usual { measured: false, restart: false, bulk: true };
        assert_eq!(
            said(bulk, "--failing 9"),
            "--hosts 19000 --interval 12 --quiet 0 --for 0 --bulk 9 --failing 9 --fleet /f/many-19000"
        );
    }
}
