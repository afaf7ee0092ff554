//! `cargo xtask bench fleet`: the server with a hundred thousand hosts.
//!
//! Fleets, one after the other, each measured by `cargo xtask load` in a process of its own: a
//! small one for what an attestation costs there, one that is verified every five seconds for the
//! rate, a large one at its usual interval, and one on PostgreSQL with one server and with three, of
//! which one is killed.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::goal::Figure;
use super::report;
use crate::stage::Stages;
use crate::{light, place, program};

/// What `bench fleet` is asked for.
#[derive(Args)]
pub struct Options {
    /// Hosts of the large fleet.
    #[arg(long, value_name = "NUMBER", default_value_t = 100_000)]
    hosts: u32,
    /// Seconds between two verifications of a host of the large fleet: fewer hosts can stand for more
    /// where a process may not open as many files.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    interval: u32,
    /// Hosts of the fleet that is verified every five seconds.
    #[arg(long, value_name = "NUMBER", default_value_t = 45_000)]
    fast: u32,
    /// How long the large fleet is measured, in seconds; the others a tenth of it.
    #[arg(long = "for", value_name = "SECONDS", default_value_t = 600)]
    length: u64,
    /// Keep the fleets in this folder: making a hundred thousand hosts takes long, starting them
    /// again seconds.
    #[arg(long, value_name = "DIR")]
    keep: PathBuf,
    /// Only these; the others are left out of the table.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Which>,
    /// Hosts of the fleet on PostgreSQL, every five seconds.
    #[arg(long, value_name = "NUMBER", default_value_t = 2_000)]
    shared: u32,
    /// Hosts of the large fleet that fail, are acknowledged and reset in bulk.
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    failing: u32,
}

/// A fleet.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// A thousand hosts.
    Small,
    /// Verified every five seconds.
    Fast,
    /// Every five seconds, with a new event log each time.
    NewLogs,
    /// All of them.
    Large,
    /// On PostgreSQL, with one server and with three.
    Replicas,
}

impl Which {
    const ALL: [Self; 5] = [Self::Small, Self::Fast, Self::NewLogs, Self::Large, Self::Replicas];

    /// Its folder: new logs are of the hosts of the fast one.
    const fn folder(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Fast | Self::NewLogs => "fast",
            Self::Large => "large",
            // Made anew each time, with its database.
            Self::Replicas => "",
        }
    }
}

mod goals {
    pub const RATE: f64 = 8_000.0;
    pub const CPU_MS: f64 = 0.1;
    pub const NEW_LOGS_RATE: f64 = 2_500.0;
    pub const FLAT: f64 = 1.15;
    pub const COMMITTED_MS: f64 = 250.0;
    pub const MEMORY_GIB: f64 = 3.0;
    /// 35 % of four.
    pub const CORES: f64 = 1.4;
    pub const READY_S: f64 = 3.0;
    pub const VERIFIED_S: f64 = 90.0;
    pub const ROWS_MS: f64 = 20.0;
    pub const SEEN_MS: f64 = 300.0;
    pub const COMMAND_S: f64 = 5.0;
    pub const FIRST_S: f64 = 1.0;
    pub const KEPT: f64 = 0.85;
    pub const ELSEWHERE_S: f64 = 15.0;
}

/// `cargo xtask bench fleet`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    light::build(stages)?;
    let stamp = report::stamp()?;
    let (mut figures, mut results) = (Vec::new(), Vec::new());
    let mut small_cpu = None;
    for which in Which::ALL {
        if !options.only.is_empty() && !options.only.contains(&which) {
            continue;
        }
        let measured =
            stages.run(&format!("the fleet: {}", name(which)), || measured(options, which))?;
        if which == Which::Small {
            small_cpu = Some(at(&measured, "server_cpu_ms_per_attestation"));
        }
        figures.extend(of(which, &measured, small_cpu));
        results.push(serde_json::to_string_pretty(&measured)?);
    }
    let text = format!(
        "## The fleet\n\nLight hosts over real TLS, each with its own keys, certificate, session and \
         boot, by `cargo xtask bench fleet`: {stamp}. The release server with SQLite, durable \
         commits; the hosts are in one process on the same machine.\n\n{}\n\
         <details><summary>Everything that was measured</summary>\n\n```json\n{}\n```\n\n</details>\n",
        report::table(&figures),
        results.join("\n"),
    );
    println!("\n{text}");
    report::write("fleet", &text)
}

const fn name(which: Which) -> &'static str {
    match which {
        Which::Small => "a thousand hosts",
        Which::Fast => "every five seconds",
        Which::NewLogs => "a new log every time",
        Which::Large => "all hosts",
        Which::Replicas => "one server and three on PostgreSQL",
    }
}

fn measured(options: &Options, which: Which) -> Result<Value> {
    if which != Which::Replicas {
        return load(options, which);
    }
    let one = replicas(options, 1)?;
    let three = replicas(options, 3)?;
    Ok(json!({ "hosts": options.shared, "one": one, "three": three }))
}

/// The fleet on PostgreSQL with so many servers.
fn replicas(options: &Options, replicas: u32) -> Result<Value> {
    let mut command = Command::new(env::current_exe().context("where this program is")?);
    command.args(["load", "--as-built", "--database", "postgres", "--interval", "5"]);
    command.args(["--hosts", &options.shared.to_string(), "--replicas", &replicas.to_string()]);
    command.args(["--for", &(options.length / 10).max(20).to_string()]);
    read(&mut command)
}

fn load(options: &Options, which: Which) -> Result<Value> {
    let folder = place::root().join(&options.keep).join(which.folder());
    let (hosts, interval, length) = match which {
        Which::Small => (1_000, 5, options.length / 10),
        Which::Fast | Which::NewLogs => (options.fast, 5, options.length / 10),
        Which::Large | Which::Replicas => (options.hosts, options.interval, options.length),
    };
    let mut command = Command::new(env::current_exe().context("where this program is")?);
    command.args(["load", "--as-built", "--fleet"]).arg(folder);
    command.args(["--hosts", &hosts.to_string(), "--interval", &interval.to_string()]);
    command.args(["--for", &length.max(20).to_string()]);
    if which == Which::NewLogs {
        command.arg("--new-logs");
    }
    if which == Which::Large {
        command.args(["--restart", "--bulk", &options.failing.to_string()]);
    }
    read(&mut command)
}

fn read(load: &mut Command) -> Result<Value> {
    let text = program::output(load)?;
    serde_json::from_str(&text).with_context(|| format!("`load` printed {text}"))
}

/// The number at this place, or one that meets no goal.
fn at(measured: &Value, name: &str) -> f64 {
    let found = name.split('/').try_fold(measured, |value, part| match part.parse::<usize>() {
        Ok(index) => value.get(index),
        Err(_) => value.get(part),
    });
    found.and_then(Value::as_f64).unwrap_or(f64::NAN)
}

fn of(which: Which, measured: &Value, small_cpu: Option<f64>) -> Vec<Figure> {
    let hosts = measured["hosts"].as_u64().unwrap_or_default();
    let name = |words: &str| format!("{words}, {hosts} hosts");
    let rate = at(measured, "attestations_per_s");
    let cpu = at(measured, "server_cpu_ms_per_attestation");
    match which {
        Which::Small => {
            vec![Figure::at_most(
                name("server processor time per attestation"),
                cpu,
                goals::CPU_MS,
                "ms",
            )]
        }
        Which::Fast => vec![
            Figure::at_least(name("steady attestations per second"), rate, goals::RATE, ""),
            Figure::at_most(
                name("server processor time per attestation"),
                cpu,
                goals::CPU_MS,
                "ms",
            ),
        ],
        Which::NewLogs => vec![Figure::at_least(
            name("attestations per second with a new log each"),
            rate,
            goals::NEW_LOGS_RATE,
            "",
        )],
        Which::Large => large(measured, &name, cpu, small_cpu),
        Which::Replicas => shared(measured, &name),
    }
}

fn shared(measured: &Value, name: &impl Fn(&str) -> String) -> Vec<Figure> {
    let each = |servers: &str| {
        let of = |figure: &str| at(measured, &format!("{servers}/{figure}_cpu_ms_per_attestation"));
        (of("server"), of("server") + of("database"))
    };
    let ((one, one_in_all), (three, three_in_all)) = (each("one"), each("three"));
    let kept = name("throughput kept for each core, 1 to 3 servers on PostgreSQL");
    let in_all = name("the same, with PostgreSQL's own cores");
    let killed = name("hosts of a server that was killed: verified elsewhere");
    let elsewhere = at(measured, "three/killed/verified_s");
    vec![
        Figure::at_least(kept, one / three, goals::KEPT, ""),
        Figure::at_least(in_all, one_in_all / three_in_all, goals::KEPT, ""),
        Figure::at_most(killed, elsewhere, goals::ELSEWHERE_S, "s"),
    ]
}

fn large(
    measured: &Value,
    name: &impl Fn(&str) -> String,
    cpu: f64,
    small_cpu: Option<f64>,
) -> Vec<Figure> {
    let figure = |words: &str, place: &str, goal: f64, unit| {
        Figure::at_most(name(words), at(measured, place), goal, unit)
    };
    let mut figures = vec![
        figure("hosts that were not verified in time", "stale", 0.0, ""),
        figure(
            "challenge to committed, 99 of 100",
            "verification_ms/p99",
            goals::COMMITTED_MS,
            "ms",
        ),
        Figure::at_most(
            name("server memory"),
            at(measured, "server_memory_kib") / 1024.0 / 1024.0,
            goals::MEMORY_GIB,
            "GiB",
        ),
        figure("cores that the server keeps busy", "server_cores", goals::CORES, ""),
        figure("events of a steady fleet", "events_of_hosts", 0.0, ""),
        figure("rows of the table, 99 of 100", "rows_p99_ms", goals::ROWS_MS, "ms"),
        figure("a command seen in another browser, 99 of 100", "seen_ms/p99", goals::SEEN_MS, "ms"),
        figure("start until ready", "restart/ready_s", goals::READY_S, "s"),
        figure(
            "restart until every host is verified",
            "restart/verified_s",
            goals::VERIFIED_S,
            "s",
        ),
    ];
    if let Some(small) = small_cpu {
        let ratio = cpu / small;
        let words = name("processor time per attestation against a thousand hosts");
        figures.push(Figure::at_most(words, ratio, goals::FLAT, "×"));
    }
    for (index, bulk) in measured["bulk"].as_array().into_iter().flatten().enumerate() {
        let action = bulk["action"].as_str().unwrap_or_default();
        let hosts = bulk["hosts"].as_u64().unwrap_or_default();
        for (words, field, goal) in [
            ("command answered", "command_s", goals::COMMAND_S),
            ("first progress", "first_s", goals::FIRST_S),
        ] {
            let measured = at(measured, &format!("bulk/{index}/{field}"));
            let words = format!("{action} {hosts} hosts: {words}");
            figures.push(Figure::at_most(words, measured, goal, "s"));
        }
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_measured_meets_no_goal() {
        let measured = json!({ "hosts": 10, "bulk": [{ "command_s": 2.0 }], "a": { "p99": 3.0 } });
        assert!((at(&measured, "bulk/0/command_s") - 2.0).abs() < f64::EPSILON);
        assert!((at(&measured, "a/p99") - 3.0).abs() < f64::EPSILON);
        assert!(
            of(Which::Large, &measured, None)
                .iter()
                .all(|figure| { !figure.is_met() || figure.name.contains("hosts: command") })
        );
        assert!(of(Which::Replicas, &measured, None).iter().all(|figure| !figure.is_met()));
    }

    #[test]
    fn what_three_servers_keep_is_what_an_attestation_costs_them() {
        let cost = |server: f64, database: f64| {
            json!({
                "server_cpu_ms_per_attestation": server,
                "database_cpu_ms_per_attestation": database,
                "killed": { "verified_s": 9.0 },
            })
        };
        let measured = json!({ "hosts": 10, "one": cost(0.9, 0.3), "three": cost(1.0, 0.6) });
        let figures = of(Which::Replicas, &measured, None);
        let found: Vec<_> = figures.iter().map(|figure| figure.measured).collect();
        assert!((found[0] - 0.9).abs() < 1e-9 && (found[1] - 0.75).abs() < 1e-9, "{found:?}");
        let met: Vec<_> = figures.iter().map(Figure::is_met).collect();
        assert_eq!(met, [true, false, true]);
    }
}
