//! `cargo xtask load`: what the server does with so many hosts, measured, as one JSON object.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde_json::{Value, json};
use trustboard_model::role::Role;

use crate::client::Client;
use crate::demo::ended_by_signal;
use crate::light::fleet::{Fleet, Size, counts};
use crate::server::Ports;
use crate::stage::Stages;
use crate::{light, place};

/// How late the simulator's tasks may run before what is measured is the simulator.
const GENERATOR_LATE_US: u64 = 250_000;

/// Between two requests for the table, as a browser that is looked at makes them.
const TABLE_EVERY: Duration = Duration::from_millis(50);

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
    /// A fleet that was kept by `cargo xtask sim --light --keep DIR`, in the place of a new one.
    #[arg(long, value_name = "DIR")]
    fleet: Option<PathBuf>,
    /// Build nothing: measure the programs that are there, those for release if they are.
    #[arg(long)]
    as_built: bool,
}

/// `cargo xtask load`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    let ended = ended_by_signal()?;
    let programs = if options.as_built { light::built()? } else { light::build(stages)? };
    let (folder, temporary) = match &options.fleet {
        Some(folder) => (place::root().join(folder), false),
        None => (place::temporary_folder("load")?, true),
    };
    let size = Size { rsa: options.rsa, ..Size::healthy(options.hosts, options.interval) };
    let begun = Instant::now();
    let mut fleet = Fleet::start(stages, &programs, &folder, Ports::Free, &size, ended)?;
    let ready_s = begun.elapsed().as_secs_f64();
    let measured = stages.run("measure", || measure(&mut fleet, options, ready_s));
    fleet.end();
    if temporary {
        fs::remove_dir_all(&folder)?;
    }
    println!("{}", measured?);
    Ok(())
}

/// What is read before and after.
struct Moment {
    at: Instant,
    evidence: u64,
    server_s: f64,
    generator_s: f64,
    database: u64,
    written: u64,
}

impl Moment {
    fn now(fleet: &mut Fleet) -> Result<Self> {
        Ok(Self {
            at: Instant::now(),
            evidence: fleet.crew.report()?.evidence,
            server_s: fleet.server.processor_s()?,
            generator_s: fleet.crew.processor_s()?,
            database: size_of_database(fleet.server.data())?,
            written: fleet.server.written_bytes()?,
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52, and figures for people")]
fn measure(fleet: &mut Fleet, options: &Options, ready_s: f64) -> Result<Value> {
    let client = fleet.client(Role::Viewer)?;
    let queries = queries(&client)?;
    // What came of the start is over.
    thread::sleep(Duration::from_secs(5));
    let log = fleet.folder().join("server.log");
    let log_from = fs::metadata(&log)?.len();
    fleet.crew.take_worst_late_us();
    let before = Moment::now(fleet)?;
    let mut took: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    let mut failed = 0_u32;
    let length = Duration::from_secs(options.length);
    for (name, path) in queries.iter().cycle() {
        if before.at.elapsed() >= length {
            break;
        }
        let start = Instant::now();
        match client.text(path) {
            Ok(_) => took.entry(name).or_default().push(start.elapsed()),
            Err(error) => {
                eprintln!("    {error:#}");
                failed += 1;
            }
        }
        thread::sleep(TABLE_EVERY.saturating_sub(start.elapsed()));
        fleet.check()?;
    }
    let after = Moment::now(fleet)?;
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
    let memory_kib = fleet.server.memory_kib()?;
    let queries: BTreeMap<_, _> =
        took.into_iter().map(|(name, took)| (name, spread(took))).collect();
    Ok(json!({
        "hosts": fleet.hosts,
        "interval_s": options.interval,
        "rsa_percent": options.rsa,
        "seconds": round(seconds),
        "ready_s": round(ready_s),
        "attestations": attestations,
        "attestations_per_s": round(attestations as f64 / seconds),
        "server_cpu_ms_per_attestation": round(each((after.server_s - before.server_s) * 1000.0)),
        "server_cores": round((after.server_s - before.server_s) / seconds),
        "generator_cpu_ms_per_attestation":
            round(each((after.generator_s - before.generator_s) * 1000.0)),
        "generator_cores": round((after.generator_s - before.generator_s) / seconds),
        "generator_late_us": late_us,
        "server_written_bytes_per_attestation":
            each((after.written - before.written) as f64).round(),
        "server_memory_kib": memory_kib,
        "server_memory_kib_per_host": round(memory_kib as f64 / f64::from(fleet.hosts.max(1))),
        "database_bytes": after.database,
        "database_growth_bytes": after.database.saturating_sub(before.database),
        "verification_ms": verifications(&log, log_from)?,
        "queries_ms": queries,
        "failed_requests": failed,
        "stale": counts.stale,
        "passed": counts.passed,
        "failed": counts.failed,
    }))
}

/// The pages and queries that a browser asks for, by name.
fn queries(client: &Client) -> Result<Vec<(&'static str, String)>> {
    let inventory = client.inventory()?;
    let first = inventory.datacenters.first().context("there is no datacenter")?;
    let api = format!("/api/v1/datacenters/{}/security", first.id);
    let mut all = vec![
        ("inventory", "/api/v1/inventory".to_owned()),
        ("page: overview", "/".to_owned()),
        ("page: security", format!("/datacenters/{}/security", first.id)),
        ("rows", api.clone()),
        ("rows: failed", format!("{api}?q=attestation:failed")),
        ("rows: one word", format!("{api}?q=web")),
        ("rows: by reason", format!("{api}?q=reason:secure-boot.disabled")),
        ("rows: page 20", format!("{api}?page=20")),
    ];
    for (name, sort) in [
        ("rows: by attestation", "attestation"),
        ("rows: by alarm", "alarm"),
        ("rows: by last verified", "last-verified"),
        ("rows: by TPM", "tpm"),
        ("rows: by Secure Boot", "secure-boot"),
        ("rows: by message", "message"),
    ] {
        all.push((name, format!("{api}?sort={sort}")));
    }
    // One that the server does not know must not be measured as if it did.
    for (_, path) in &all {
        client.text(path)?;
    }
    Ok(all)
}

/// Half, 99 of 100 and all took at most so many milliseconds.
fn spread(mut took: Vec<Duration>) -> Value {
    took.sort_unstable();
    let at = |part: usize| {
        let index = (took.len().saturating_sub(1) * part).div_ceil(100);
        took.get(index).map_or(0.0, |took| round(took.as_secs_f64() * 1000.0))
    };
    json!({ "count": took.len(), "p50": at(50), "p99": at(99), "max": at(100) })
}

/// From challenge to committed, as the server's log says of each verification.
fn verifications(log: &Path, from: u64) -> Result<Value> {
    let bytes = fs::read(log)?;
    let new = bytes.get(usize::try_from(from)?..).unwrap_or_default();
    let text = String::from_utf8_lossy(new);
    let took = text.lines().filter(|line| line.contains(" verified ")).filter_map(|line| {
        let (_, after) = line.split_once("duration_ms=")?;
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok().map(Duration::from_millis)
    });
    Ok(spread(took.collect()))
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

fn round(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_names_the_slow_ones() {
        let took = (1..=200).map(Duration::from_millis).collect();
        let spread = spread(took);
        assert_eq!((&spread["p50"], &spread["p99"]), (&json!(101.0), &json!(199.0)));
        assert_eq!((&spread["count"], &spread["max"]), (&json!(200), &json!(200.0)));
    }
}
