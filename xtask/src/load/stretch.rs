//! A measured stretch of time: what servers, database and simulator did from its beginning to its
//! end, for each attestation.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::queries::round;
use super::replicas::Share;
use crate::client::Client;
use crate::disk;
use crate::histogram::Histogram;
use crate::light::fleet::Fleet;
use crate::light::metrics::{Metrics, Readers};
use crate::postgres::Cluster;

/// How late the simulator's tasks may run before what is measured is the simulator.
const GENERATOR_LATE_US: u64 = 250_000;

/// How often is looked how late verifications are: each look costs the servers some queries.
const LOOKED: Duration = Duration::from_secs(5);

/// The counter of appraisals.
const APPRAISALS: &str = "trustboard_appraisals_total";

/// What is read before and after.
struct Moment {
    at: Instant,
    /// Answers of the hosts, as the simulator said last: up to a second ago.
    answers: u64,
    log_bytes: u64,
    servers: Vec<Share>,
    /// Seconds that PostgreSQL's processors have worked.
    database_s: f64,
    generator_s: f64,
    database: u64,
    written: u64,
    /// Bytes that the disk of the server's data was sent, by whomever. Nothing if it does not say.
    disk: Option<u64>,
    events: u64,
    steady: f64,
    full: f64,
    /// Verifications that ended without an appraisal.
    unverified: f64,
    /// From the first question to what is committed.
    verifications: Histogram,
}

impl Moment {
    fn now(
        fleet: &mut Fleet,
        postgres: Option<&Cluster>,
        client: &Client,
        metrics: &Metrics,
    ) -> Result<Self> {
        let at = Instant::now();
        let report = fleet.crew.report()?;
        let database = match postgres {
            None => size_of_database(fleet.server.data())?,
            Some(_) => bytes(metrics.first("trustboard_database_size_bytes ")),
        };
        let mut written = 0;
        for server in fleet.servers() {
            written += server.written_bytes()?;
        }
        let stage = "trustboard_verification_stage_duration_seconds";
        Ok(Self {
            at,
            answers: report.evidence,
            log_bytes: report.log_bytes,
            servers: Share::of(fleet, metrics)?,
            database_s: postgres.map_or(Ok(0.0), Cluster::processor_s)?,
            generator_s: fleet.crew.processor_s()?,
            database,
            written,
            disk: disk::written_bytes(fleet.server.data()),
            events: client.matching("")?.seq.0,
            steady: metrics.sum(&format!("{APPRAISALS}{{kind=\"steady\"}}")),
            full: metrics.sum(&format!("{APPRAISALS}{{kind=\"full\"}}")),
            unverified: metrics.sum("trustboard_verification_failures_total{"),
            verifications: metrics.histogram(stage, "stage=\"whole\"")?,
        })
    }
}

/// A stretch that has begun.
pub struct Stretch<'a> {
    postgres: Option<&'a Cluster>,
    client: &'a Client,
    readers: &'a Readers,
    before: Moment,
    looked: Instant,
    behind_s: f64,
}

impl<'a> Stretch<'a> {
    /// Begins now.
    pub fn begin(
        fleet: &mut Fleet,
        postgres: Option<&'a Cluster>,
        client: &'a Client,
        readers: &'a Readers,
    ) -> Result<Self> {
        fleet.crew.report()?;
        fleet.crew.take_worst_late_us();
        let before = Moment::now(fleet, postgres, client, &readers.read()?)?;
        Ok(Self { postgres, client, readers, before, looked: Instant::now(), behind_s: 0.0 })
    }

    /// How much of `length` is left.
    pub fn rest(&self, length: Duration) -> Duration {
        length.saturating_sub(self.before.at.elapsed())
    }

    /// Looks after it; to be called every second, so that the simulator's log is not read at once at
    /// the end.
    pub fn look(&mut self, fleet: &mut Fleet) -> Result<()> {
        fleet.check()?;
        fleet.crew.report()?;
        if self.looked.elapsed() >= LOOKED {
            self.looked = Instant::now();
            let behind_s = self.readers.read()?.highest("trustboard_schedule_behind_seconds");
            self.behind_s = self.behind_s.max(behind_s);
        }
        Ok(())
    }

    /// Ends it, and gives its figures. Fails if the simulator was the limit.
    pub fn end(self, fleet: &mut Fleet) -> Result<Value> {
        let metrics = self.readers.read()?;
        let behind_s = self.behind_s.max(metrics.highest("trustboard_schedule_behind_seconds"));
        let after = Moment::now(fleet, self.postgres, self.client, &metrics)?;
        let late_us = fleet.crew.take_worst_late_us();
        if late_us > GENERATOR_LATE_US {
            bail!(
                "the simulator's tasks ran {} ms late: it was the limit, not the server; take fewer \
                 hosts, a longer interval or fewer RSA keys",
                late_us / 1000
            );
        }
        let mut figures = figures(&self.before, &after, fleet.hosts);
        figures["generator_late_us"] = late_us.into();
        figures["behind_max_s"] = round(behind_s).into();
        Ok(figures)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52, and figures for people")]
fn figures(before: &Moment, after: &Moment, hosts: u32) -> Value {
    let seconds = (after.at - before.at).as_secs_f64();
    let attestations = Share::verified(&before.servers, &after.servers);
    let each = |total: f64| if attestations > 0.0 { total / attestations } else { 0.0 };
    let answers = after.answers.saturating_sub(before.answers);
    let log_bytes = (after.log_bytes - before.log_bytes) as f64 / answers.max(1) as f64;
    let server_s = Share::processor_s(&before.servers, &after.servers);
    let database_s = after.database_s - before.database_s;
    let generator_s = after.generator_s - before.generator_s;
    let disk = after.disk.zip(before.disk).map(|(after, before)| after.saturating_sub(before));
    let growth = after.database.saturating_sub(before.database);
    let host_days = f64::from(hosts.max(1)) * seconds / 86_400.0;
    json!({
        "seconds": round(seconds),
        "attestations": attestations,
        "attestations_per_s": round(attestations / seconds),
        "steady": after.steady - before.steady,
        "full": after.full - before.full,
        "unverified": after.unverified - before.unverified,
        "verification_ms": after.verifications.since(&before.verifications).spread(),
        "log_bytes_per_attestation": log_bytes.round(),
        "server_cpu_ms_per_attestation": round(each(server_s * 1000.0)),
        "server_cores": round(server_s / seconds),
        "replicas": Share::each(&before.servers, &after.servers),
        "database_cpu_ms_per_attestation": round(each(database_s * 1000.0)),
        "database_cores": round(database_s / seconds),
        "generator_cpu_ms_per_attestation": round(each(generator_s * 1000.0)),
        "generator_cores": round(generator_s / seconds),
        "server_written_bytes_per_attestation":
            each((after.written - before.written) as f64).round(),
        "disk_written_bytes_per_attestation":
            disk.map(|bytes| each(bytes as f64).round()),
        "database_bytes": after.database,
        "database_growth_bytes": growth,
        "database_growth_bytes_per_host_day": (growth as f64 / host_days).round(),
        "events": after.events - before.events,
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole bytes")]
const fn bytes(number: f64) -> u64 {
    number as u64
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

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: &str = "t_bucket{le=\"0.1\",stage=\"whole\"} COUNT\n";

    fn moment(at: Instant, factor: u32) -> Moment {
        let times = TIMES.replace("COUNT", &factor.to_string());
        let (many, some) = (u64::from(factor), f64::from(factor));
        Moment {
            at,
            answers: 1000 * many,
            log_bytes: 0,
            servers: vec![Share::at(900.0 * some, 0.5 * some), Share::at(100.0 * some, 0.5 * some)],
            database_s: 0.0,
            generator_s: 4.0 * some,
            database: 4096 + 8640 * many,
            written: 2000 * many,
            disk: Some(3000 * many),
            events: 7,
            steady: 990.0 * some,
            full: 10.0 * some,
            unverified: 0.0,
            verifications: Histogram::read(&times, "t", "stage=\"whole\"").unwrap(),
        }
    }

    #[test]
    fn only_what_came_in_between_counts() {
        let begun = Instant::now();
        let figures = figures(&moment(begun, 1), &moment(begun + Duration::from_secs(10), 3), 100);
        for (name, expected) in [
            ("attestations", json!(2000.0)),
            ("attestations_per_s", json!(200.0)),
            ("steady", json!(1980.0)),
            ("full", json!(20.0)),
            ("server_cpu_ms_per_attestation", json!(1.0)),
            ("server_cores", json!(0.2)),
            ("generator_cores", json!(0.8)),
            ("server_written_bytes_per_attestation", json!(2.0)),
            ("disk_written_bytes_per_attestation", json!(3.0)),
            ("database_growth_bytes", json!(17_280)),
            ("database_growth_bytes_per_host_day", json!(1_492_992.0)),
            ("events", json!(0)),
        ] {
            assert_eq!(figures[name], expected, "{name}");
        }
        assert_eq!(figures["verification_ms"]["count"], 2);
    }
}
