//! `cargo xtask load`: what the server does with so many hosts, measured, as one JSON object.

mod bulk;
mod live;
mod queries;
mod replicas;
mod restart;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::{Value, json};
use trustboard_model::role::Role;

use self::live::Live;
use self::queries::{Queries, Took, round, spread};
use self::replicas::Share;
use crate::client::Client;
use crate::demo::ended_by_signal;
use crate::histogram::Histogram;
use crate::light::counted::counts;
use crate::light::fleet::{Fleet, Size};
use crate::postgres::{Cluster, Commits};
use crate::server::Ports;
use crate::stage::Stages;
use crate::{light, place};

/// How late the simulator's tasks may run before what is measured is the simulator.
const GENERATOR_LATE_US: u64 = 250_000;

/// What is measured.
#[derive(Args)]
pub struct Options {
    /// How many hosts.
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000)]
    hosts: u32,
    /// Seconds between two verifications of a host.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    interval: u32,
    /// How long is measured, in seconds.
    #[arg(long = "for", value_name = "SECONDS", default_value_t = 60)]
    length: u64,
    /// How many of a hundred hosts have RSA keys.
    #[arg(long, value_name = "PERCENT", default_value_t = 20)]
    rsa: u8,
    /// Every host boots before each answer, and has an event log that nobody has seen.
    #[arg(long)]
    new_logs: bool,
    /// Restart the server afterwards, and measure until every host is verified anew.
    #[arg(long)]
    restart: bool,
    /// Act on all hosts at once at the end: verify them; let so many fail, acknowledge and reset
    /// their alarms.
    #[arg(long, value_name = "NUMBER")]
    bulk: Option<u32>,
    /// A fleet that was kept by `cargo xtask sim --light --keep DIR`, in the place of a new one; made
    /// there if there is none.
    #[arg(long, value_name = "DIR")]
    fleet: Option<PathBuf>,
    /// Where the server keeps its records; a PostgreSQL server is made for it and goes with it.
    #[arg(long, value_enum, default_value_t = Database::Sqlite)]
    database: Database,
    /// So many servers on one PostgreSQL server, and an agent at one of them each; with more than one,
    /// one is killed at the end.
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

/// `cargo xtask load`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    println!("{}", measured(stages, options)?);
    Ok(())
}

/// Measures what is asked for.
fn measured(stages: &mut Stages, options: &Options) -> Result<Value> {
    let ended = ended_by_signal()?;
    let mut programs = if options.as_built { light::built()? } else { light::build(stages)? };
    // Ends after the fleet.
    let postgres = match options.database {
        Database::Sqlite if options.replicas > 1 => {
            bail!("several servers need --database postgres")
        }
        Database::Sqlite => None,
        Database::Postgres if options.fleet.is_some() => {
            bail!("a fleet with PostgreSQL cannot be kept: leave --fleet away")
        }
        Database::Postgres => Some(Cluster::start(Commits::Durable)?),
    };
    programs.database = postgres.as_ref().map(Cluster::url);
    let (folder, temporary) = match &options.fleet {
        Some(folder) => (place::root().join(folder), false),
        None => (place::temporary_folder("load")?, true),
    };
    let ill = options.bulk.or_else(|| (options.replicas > 1).then(|| options.hosts / 100 + 1));
    let group = ill.map(|ill| format!("secure-boot-off={ill}"));
    let size = Size {
        rsa: options.rsa,
        healthy: group.is_none(),
        group: group.into_iter().collect(),
        unplayed: true,
        ..Size::healthy(options.hosts, options.interval)
    };
    let begun = Instant::now();
    let (ports, replicas) = (Ports::Free, options.replicas);
    let mut fleet = Fleet::start_with(stages, &programs, &folder, ports, &size, replicas, ended)?;
    let ready_s = begun.elapsed().as_secs_f64();
    let measured = all(stages, &mut fleet, postgres.as_ref(), options, ready_s);
    fleet.end();
    if temporary {
        fs::remove_dir_all(&folder)?;
    }
    measured
}

/// One phase after the other.
fn all(
    stages: &mut Stages,
    fleet: &mut Fleet,
    postgres: Option<&Cluster>,
    options: &Options,
    ready_s: f64,
) -> Result<Value> {
    if options.new_logs {
        fleet.crew.order("new-logs on")?;
    }
    let mut measured = stages.run("measure", || measure(fleet, postgres, options, ready_s))?;
    if options.new_logs {
        fleet.crew.order("new-logs off")?;
        thread::sleep(Duration::from_secs(2));
    }
    if options.restart {
        let restart = stages.run("restart the server", || restart::measure(fleet))?;
        measured["restart"] = serde_json::to_value(restart)?;
    }
    if options.replicas > 1 {
        let killed = stages.run("kill a server", || replicas::kill_one(fleet))?;
        measured["killed"] = serde_json::to_value(killed)?;
    }
    if options.bulk.is_some() {
        let bulk = stages.run("act on many hosts", || bulk::measure(fleet))?;
        measured["bulk"] = serde_json::to_value(bulk)?;
    }
    Ok(measured)
}

/// What is read before and after.
struct Moment {
    at: Instant,
    evidence: u64,
    log_bytes: u64,
    servers: Vec<Share>,
    /// Seconds that PostgreSQL's processors have worked.
    database_s: f64,
    generator_s: f64,
    database: u64,
    written: u64,
    events: u64,
    /// From the first question to what is committed.
    verifications: Histogram,
}

impl Moment {
    fn now(fleet: &mut Fleet, postgres: Option<&Cluster>, client: &Client) -> Result<Self> {
        let report = fleet.crew.report()?;
        let database = match postgres {
            None => size_of_database(fleet.server.data())?,
            Some(_) => replicas::database_bytes(client)?,
        };
        let mut written = 0;
        for server in fleet.servers() {
            written += server.written_bytes()?;
        }
        Ok(Self {
            at: Instant::now(),
            evidence: report.evidence,
            log_bytes: report.log_bytes,
            servers: replicas::shares(fleet)?,
            database_s: postgres.map_or(Ok(0.0), Cluster::processor_s)?,
            generator_s: fleet.crew.processor_s()?,
            database,
            written,
            events: client.matching("")?.seq.0,
            verifications: verifications(client)?,
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52, and figures for people")]
fn measure(
    fleet: &mut Fleet,
    postgres: Option<&Cluster>,
    options: &Options,
    ready_s: f64,
) -> Result<Value> {
    let client = fleet.client(Role::Viewer)?;
    let queries = Queries::of(&client)?;
    // What came of the start is over.
    thread::sleep(Duration::from_secs(5));
    fleet.crew.take_worst_late_us();
    let before = Moment::now(fleet, postgres, &client)?;
    let live = Live::start(fleet)?;
    let mut took = Took::default();
    let length = Duration::from_secs(options.length);
    while before.at.elapsed() < length {
        let rest = length.saturating_sub(before.at.elapsed());
        queries.ask(&client, rest.min(Duration::from_secs(1)), &mut took)?;
        fleet.check()?;
        // Read every second, so that its log is not read at once at the end.
        fleet.crew.report()?;
    }
    let after = Moment::now(fleet, postgres, &client)?;
    let seen = live.end()?;
    let late_us = fleet.crew.take_worst_late_us();
    if late_us > GENERATOR_LATE_US {
        bail!(
            "the simulator's tasks ran {} ms late: it was the limit, not the server; take fewer \
             hosts, a longer interval or fewer RSA keys",
            late_us / 1000
        );
    }
    let seconds = (after.at - before.at).as_secs_f64();
    let attestations = after.evidence - before.evidence;
    let each = |total: f64| if attestations == 0 { 0.0 } else { total / attestations as f64 };
    let counts = counts(&client)?;
    let mut memory_kib = 0;
    for server in fleet.servers() {
        memory_kib += server.memory_kib()?;
    }
    let server_s = Share::processor_s(&before.servers, &after.servers);
    let database_s = after.database_s - before.database_s;
    let growth = after.database.saturating_sub(before.database);
    let host_days = f64::from(fleet.hosts.max(1)) * seconds / 86_400.0;
    Ok(json!({
        "hosts": fleet.hosts,
        "interval_s": options.interval,
        "rsa_percent": options.rsa,
        "seconds": round(seconds),
        "ready_s": round(ready_s),
        "attestations": attestations,
        "attestations_per_s": round(attestations as f64 / seconds),
        "wanted_per_s": round(f64::from(fleet.hosts) / f64::from(options.interval.max(1))),
        "log_bytes_per_attestation": each((after.log_bytes - before.log_bytes) as f64).round(),
        "server_cpu_ms_per_attestation": round(each(server_s * 1000.0)),
        "server_cores": round(server_s / seconds),
        "replicas": Share::each(&before.servers, &after.servers),
        "database_cpu_ms_per_attestation": round(each(database_s * 1000.0)),
        "database_cores": round(database_s / seconds),
        "generator_cpu_ms_per_attestation":
            round(each((after.generator_s - before.generator_s) * 1000.0)),
        "generator_cores": round((after.generator_s - before.generator_s) / seconds),
        "generator_late_us": late_us,
        "server_written_bytes_per_attestation":
            each((after.written - before.written) as f64).round(),
        "server_memory_kib": memory_kib,
        "server_memory_kib_per_host": round(memory_kib as f64 / f64::from(fleet.hosts.max(1))),
        "database": options.database,
        "database_bytes": after.database,
        "database_growth_bytes": growth,
        "database_growth_bytes_per_host_day": (growth as f64 / host_days).round(),
        // Those that are the operator's own are none of the hosts'.
        "events_of_hosts":
            (after.events - before.events).saturating_sub(seen.len() as u64),
        "verification_ms": after.verifications.since(&before.verifications).spread(),
        "seen_ms": spread(seen),
        "rows_p99_ms": took.rows_p99_ms(),
        "queries_ms": took.spread(),
        "failed_requests": took.failed,
        "stale": counts.stale,
        "passed": counts.passed,
        "failed": counts.failed,
    }))
}

/// How long verifications took from the first question to what is committed, since the start.
fn verifications(client: &Client) -> Result<Histogram> {
    let metrics = client.text("/api/v1/metrics")?;
    let name = "trustboard_verification_stage_duration_seconds";
    Histogram::read(&metrics, name, "stage=\"whole\"")
}

fn size_of_database(data: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("trustboard.db") {
            bytes += entry.metadata()?.len();
        }
    }
    Ok(bytes)
}
