//! `cargo xtask load`: what the server does with so many hosts, measured, as one JSON object.

mod bulk;
mod ground;
mod live;
mod queries;
mod replicas;
mod restart;
mod stretch;
mod work;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::{Map, Value, json};
use trustboard_model::role::Role;

use self::ground::Ground;
use self::queries::round;
use self::work::Work;
use crate::demo::ended_by_signal;
use crate::light::counted::counts;
use crate::light::fleet::Fleet;
use crate::light::make::Size;
use crate::light::settle::{self, Until, settle};
use crate::light::{self, room};
use crate::place;
use crate::programs::Programs;
use crate::running::Memory;
use crate::server::{Ports, Server};
use crate::stage::Stages;

/// After new logs were switched on, until every host has sent some.
const WARM_UP: Duration = Duration::from_secs(10);

/// What is measured.
#[derive(Args)]
pub struct Options {
    /// How many hosts; those of a fleet that was kept are as many as they are.
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000)]
    hosts: u32,
    /// Seconds between two verifications of a host; the policies of a fleet that was kept are changed
    /// to it.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    interval: u32,
    /// How long is measured while browsers and an operator are at work, in seconds; 0: not at all.
    #[arg(long = "for", value_name = "SECONDS", default_value_t = 60)]
    length: u64,
    /// How long is measured before, without anybody at work, in seconds; 0: not at all.
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    quiet: u64,
    /// How many of a hundred hosts have RSA keys.
    #[arg(long, value_name = "PERCENT", default_value_t = 20)]
    rsa: u8,
    /// How many of a hundred hosts have an event log that no other host has.
    #[arg(long, value_name = "PERCENT", default_value_t = 50)]
    distinct: u8,
    /// Every host boots before each answer, and has an event log that nobody has seen.
    #[arg(long)]
    new_logs: bool,
    /// Restart the server afterwards, and measure until every host is verified anew.
    #[arg(long)]
    restart: bool,
    /// Act on all hosts at once at the end: verify them; let so many fail, acknowledge and reset
    /// their alarms. Of a fleet that was kept those fail that were made for it.
    #[arg(long, value_name = "NUMBER")]
    bulk: Option<u32>,
    /// How many hosts of a fleet that is made now can be let fail.
    #[arg(long, value_name = "NUMBER")]
    failing: Option<u32>,
    /// A fleet that was kept by `cargo xtask sim --light --keep DIR` or by this, in the place of a new
    /// one; made there if there is none. What is done to its hosts is done to a copy.
    #[arg(long, value_name = "DIR")]
    fleet: Option<PathBuf>,
    /// Where the server keeps its records; a PostgreSQL server is made for it, and goes with it unless
    /// the fleet is kept.
    #[arg(long, value_enum, default_value_t = Database::Sqlite)]
    database: Database,
    /// So many servers on one PostgreSQL server, and an agent at one of them each; with more than one,
    /// one is killed at the end if the others have room for its hosts.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    replicas: u32,
    /// Build nothing: measure the programs that are there, those for release if they are.
    #[arg(long)]
    as_built: bool,
}

/// Where the server keeps its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Database {
    /// In a file.
    Sqlite,
    /// In a PostgreSQL server with durable commits, on this machine.
    Postgres,
}

impl Options {
    fn size(&self) -> Size {
        let kept_or_killed = self.fleet.is_some() || self.replicas > 1;
        let ill = self.failing.or(self.bulk);
        let ill = ill.or_else(|| kept_or_killed.then(|| self.hosts / 100 + 1));
        let group = ill.map(|ill| format!("secure-boot-off={ill}"));
        Size {
            rsa: self.rsa,
            distinct: self.distinct,
            healthy: group.is_none(),
            group: group.into_iter().collect(),
            unplayed: true,
            ..Size::healthy(self.hosts, self.interval)
        }
    }

    /// Whether hosts are something else afterwards.
    fn changes_hosts(&self) -> bool {
        self.new_logs || self.bulk.is_some() || self.kills().is_ok()
    }

    /// Whether a server is killed; else why not.
    fn kills(&self) -> Result<(), String> {
        if self.replicas < 2 {
            return Err("there is one server".to_owned());
        }
        replicas::can_lose_one(self.hosts, self.replicas)
    }
}

/// `cargo xtask load`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    let measured = measured(stages, options);
    // What was measured before something failed is told too, and so is what failed.
    let told = measured
        .as_ref()
        .map_or_else(|error| json!({ "problems": [format!("{error:#}")] }), Value::clone);
    println!("{told}");
    match &measured?["problems"] {
        Value::Array(problems) if !problems.is_empty() => bail!("{} problems", problems.len()),
        _ => Ok(()),
    }
}

/// Measures what is asked for.
fn measured(stages: &mut Stages, options: &Options) -> Result<Value> {
    if options.database == Database::Sqlite && options.replicas > 1 {
        bail!("several servers need --database postgres");
    }
    let mut ended = ended_by_signal()?;
    let programs = if options.as_built { light::built()? } else { light::build(stages)? };
    let postgres = options.database == Database::Postgres;
    let (ports, size, replicas) = (Ports::Free, options.size(), options.replicas);
    let ground = match &options.fleet {
        None => Ground::new(postgres)?,
        Some(folder) => {
            let folder = place::root().join(folder);
            if options.changes_hosts() && !folder.join("fleet.json").exists() {
                let ground = Ground::kept(folder.clone(), postgres)?;
                let programs = ground.programs(&programs);
                let folder = &ground.folder;
                let mut fleet =
                    Fleet::start_with(stages, &programs, folder, ports, &size, replicas, ended)?;
                fleet.end();
                ended = fleet.into_ended();
                ground.end()?;
            }
            if options.changes_hosts() {
                Ground::copy_of(&folder, postgres)?
            } else {
                Ground::kept(folder, postgres)?
            }
        }
    };
    let measured = on(stages, options, &ground, &ground.programs(&programs), &size, ended);
    ground.end()?;
    measured
}

/// Measures on this ground.
fn on(
    stages: &mut Stages,
    options: &Options,
    ground: &Ground,
    programs: &Programs,
    size: &Size,
    ended: Receiver<()>,
) -> Result<Value> {
    let begun = Instant::now();
    let (ports, replicas) = (Ports::Free, options.replicas);
    let mut fleet =
        Fleet::start_with(stages, programs, &ground.folder, ports, size, replicas, ended)?;
    let ready_s = begun.elapsed().as_secs_f64();
    if fleet.hosts != options.hosts {
        eprintln!("    the fleet that was kept has {} hosts", fleet.hosts);
    }
    let changed = fleet.verify_every(options.interval)?;
    if changed > 0 {
        eprintln!("    every {} s from now on, in {changed} clusters", options.interval);
    }
    let measured = all(stages, &mut fleet, ground, options, ready_s);
    fleet.end();
    measured
}

/// One phase after the other.
fn all(
    stages: &mut Stages,
    fleet: &mut Fleet,
    ground: &Ground,
    options: &Options,
    ready_s: f64,
) -> Result<Value> {
    let (hosts, interval_s) = (fleet.hosts, options.interval);
    let limit = settle::limit(hosts, interval_s);
    let settled = stages.run("wait until the fleet is steady", || {
        settle(fleet, Until::Steady, interval_s, limit)
    })?;
    let mut measured = json!({
        "hosts": hosts,
        "interval_s": interval_s,
        "wanted_per_s": round(f64::from(hosts) / f64::from(interval_s.max(1))),
        "rsa_percent": rsa_percent(&ground.folder)?,
        "database": options.database,
        "servers": options.replicas,
        "simulators": fleet.crew.processes(),
        "open_files_limit": room::files(),
        "ready_s": round(ready_s),
        "settled_s": round(settled.as_secs_f64()),
        "new_logs": options.new_logs,
    });
    if options.new_logs {
        fleet.crew.order("new-logs on")?;
        thread::sleep(WARM_UP);
    }
    let work = Work::at(fleet, ground)?;
    let mut problems = Vec::new();
    if options.quiet > 0 {
        let length = Duration::from_secs(options.quiet);
        match stages.run("measure, with nobody at work", || work.quiet(fleet, length)) {
            Ok(quiet) => measured["quiet"] = quiet,
            Err(error) => problems.push(Value::from(format!("{error:#}"))),
        }
    }
    if options.length > 0 {
        let length = Duration::from_secs(options.length);
        match stages.run("measure, with browsers at work", || work.busy(fleet, length)) {
            Ok(busy) => put(&mut measured, busy),
            Err(error) => problems.push(Value::from(format!("{error:#}"))),
        }
    }
    put(&mut measured, state(fleet, options)?);
    if options.new_logs {
        fleet.crew.order("new-logs off")?;
        thread::sleep(Duration::from_secs(2));
    }
    let mut tell = |name: &str, phase: Result<Value>| match phase {
        Ok(told) => measured[name] = told,
        Err(error) => problems.push(Value::from(format!("{error:#}"))),
    };
    if options.restart {
        let restart = stages.run("restart the server", || restart::measure(fleet));
        tell("restart", restart.and_then(told));
    }
    if options.replicas > 1 {
        match replicas::can_lose_one(hosts, options.replicas) {
            Ok(()) => {
                let killed = stages.run("kill a server", || replicas::kill_one(fleet));
                tell("killed", killed.and_then(told));
            }
            Err(problem) => tell("not_killed", Ok(problem.into())),
        }
    }
    if options.bulk.is_some() {
        let bulk = stages.run("act on many hosts", || bulk::measure(fleet));
        tell("bulk", bulk.and_then(told));
    }
    measured["problems"] = problems.into();
    Ok(measured)
}

/// Puts these figures beside the others.
fn put(measured: &mut Value, figures: Map<String, Value>) {
    for (name, figure) in figures {
        measured[name] = figure;
    }
}

fn told(phase: impl Serialize) -> Result<Value> {
    Ok(serde_json::to_value(phase)?)
}

/// How hosts and processes are at the end.
#[expect(clippy::cast_precision_loss, reason = "KiB far below 2^52")]
fn state(fleet: &Fleet, options: &Options) -> Result<Map<String, Value>> {
    let client = fleet.client(Role::Viewer)?;
    let missed = 2 * options.interval;
    let late = client.matching(&format!("last:>{missed}s"))?.total;
    let counts = counts(&client)?;
    let memory: Memory = fleet.servers().map(Server::memory).sum::<Result<_>>()?;
    let each = |kib: u64| round(kib as f64 / f64::from(fleet.hosts.max(1)));
    let state = json!({
        // Their last verification is longer ago than two intervals.
        "late_hosts": late,
        "stale": counts.stale,
        "passed": counts.passed,
        "failed": counts.failed,
        "server_memory_kib": memory.resident,
        "server_memory_kib_per_host": each(memory.resident),
        "server_anonymous_kib": memory.anonymous,
        "server_anonymous_kib_per_host": each(memory.anonymous),
        "generator_memory_kib": fleet.crew.memory()?.resident,
    });
    let Value::Object(state) = state else { bail!("the state is no object") };
    Ok(state)
}

/// Of a hundred hosts so many have RSA keys, as the fleet's plan says.
fn rsa_percent(folder: &Path) -> Result<Value> {
    let file = folder.join("hosts/light/plan.json");
    let text = fs::read(&file).with_context(|| file.display().to_string())?;
    let plan: Value = serde_json::from_slice(&text)?;
    Ok(plan["rsa_percent"].clone())
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

    fn options(words: &str) -> Options {
        Command::parse_from(["load"].into_iter().chain(words.split_whitespace())).options
    }

    #[test]
    fn a_fleet_that_is_kept_is_measured_on_a_copy_if_its_hosts_change() {
        assert!(!options("--fleet a --restart").changes_hosts());
        assert!(options("--fleet a --bulk 5").changes_hosts());
        assert!(options("--fleet a --new-logs").changes_hosts());
        assert!(options("--replicas 2 --hosts 100").changes_hosts());
    }

    #[test]
    fn hosts_that_can_fail_are_made_where_they_may_be_wanted() {
        let groups = |words| options(words).size().group;
        assert!(groups("--hosts 500").is_empty() && options("--hosts 500").size().healthy);
        assert_eq!(groups("--hosts 500 --fleet a"), ["secure-boot-off=6"]);
        assert_eq!(groups("--hosts 500 --fleet a --failing 40"), ["secure-boot-off=40"]);
        assert_eq!(groups("--hosts 500 --bulk 7"), ["secure-boot-off=7"]);
    }

    #[test]
    fn a_server_is_killed_only_if_the_others_have_room() {
        let files = room::files();
        let why = |words: &str| options(words).kills().unwrap_err();
        assert_eq!(why("--hosts 10"), "there is one server");
        let most = room::sessions();
        assert!(options(&format!("--replicas 2 --hosts {most}")).kills().is_ok());
        if let Some(more) = most.checked_add(1) {
            let words = format!(
                "1 servers have no room for {more} hosts: a process may open {files} files here"
            );
            assert_eq!(why(&format!("--replicas 2 --hosts {more}")), words);
        }
    }
}
