//! Several servers on one database: what each does, and what becomes of the hosts of one that is
//! killed.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde::Serialize;
use serde_json::{Value, json};
use trustboard_model::role::Role;

use super::queries::round;
use crate::client::Client;
use crate::light::counted::counts;
use crate::light::fleet::Fleet;

/// Longer than hosts may take to be verified elsewhere.
const GIVE_UP: Duration = Duration::from_mins(5);

/// How long the hosts that are booted at the same time take to be found failed, and no longer.
const SETTLES: Duration = Duration::from_secs(15);

/// What one server has done since it was started.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    verified: f64,
    processor_s: f64,
}

impl Share {
    /// Seconds that the processors of all servers worked in between.
    pub fn processor_s(before: &[Self], after: &[Self]) -> f64 {
        after.iter().zip(before).map(|(after, before)| after.processor_s - before.processor_s).sum()
    }

    /// What each server did in between.
    pub fn each(before: &[Self], after: &[Self]) -> Value {
        let each = after.iter().zip(before).map(|(after, before)| {
            let verified = after.verified - before.verified;
            let processor_s = after.processor_s - before.processor_s;
            let cpu_ms = if verified > 0.0 { processor_s * 1000.0 / verified } else { 0.0 };
            json!({ "attestations": verified, "server_cpu_ms_per_attestation": round(cpu_ms) })
        });
        each.collect()
    }
}

/// What every server has done.
pub fn shares(fleet: &Fleet) -> Result<Vec<Share>> {
    let share = |server: &crate::server::Server| {
        let client = fleet.client_at(server, Role::Viewer)?;
        let text = client.text("/api/v1/metrics")?;
        let verified = sum_of(&text, "trustboard_verifications_total{");
        Ok(Share { verified, processor_s: server.processor_s()? })
    };
    fleet.servers().map(share).collect()
}

/// Bytes of the database, as a server says.
pub fn database_bytes(client: &Client) -> Result<u64> {
    let text = client.text("/api/v1/metrics")?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole bytes")]
    Ok(sum_of(&text, "trustboard_database_size_bytes ") as u64)
}

/// The sum of all samples that begin like this.
fn sum_of(metrics: &str, begin: &str) -> f64 {
    let samples = metrics.lines().filter(|line| line.starts_with(begin));
    samples.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
}

/// What came of the death of a server.
#[derive(Debug, Serialize)]
pub struct Killed {
    /// Hosts that were connected to it.
    pub hosts: f64,
    /// Seconds until every host of the fleet was verified at another one.
    pub verified_s: f64,
    /// Seconds until all of them had a session again.
    pub connected_s: f64,
    /// Hosts that began to fail in the same moment.
    pub failing: u32,
    /// Alarms that were raised: one for each of them.
    pub alarms: u32,
    /// Events in the chain, which was verified afterwards.
    pub events: String,
}

/// Boots the hosts that are not healthy, and kills the server that leads while they come back.
pub fn kill_one(fleet: &mut Fleet) -> Result<Killed> {
    let last = fleet.others.last_mut().context("there is only one server")?;
    // The first one leads: it was there first.
    std::mem::swap(&mut fleet.server, last);
    let mut victim = fleet.others.pop().context("there is only one server")?;
    let client = fleet.client(Role::Administrator)?;
    let raised = alarms_by_host(&client)?;
    let hosts = sessions(fleet, &[&victim])?;
    fleet.crew.order("play")?;
    thread::sleep(Duration::from_secs(1));
    victim.kill();
    let begun = Instant::now();
    let (mut connected_s, all) = (None, f64::from(fleet.hosts));
    let verified_s = loop {
        fleet.check()?;
        let survivors: Vec<_> = fleet.servers().collect();
        if connected_s.is_none() && sessions(fleet, &survivors)? >= all {
            connected_s = Some(begun.elapsed().as_secs_f64());
        }
        // The seconds that have passed for sure, so that none is counted from before.
        let seconds = begun.elapsed().as_secs();
        let verified = client.matching(&format!("last:<{seconds}s"))?.total;
        if verified >= fleet.hosts {
            break begun.elapsed().as_secs_f64();
        }
        if begun.elapsed() > GIVE_UP {
            bail!("{verified} of {} hosts were verified {seconds} s after a kill", fleet.hosts);
        }
        thread::sleep(Duration::from_millis(200));
    };
    thread::sleep(SETTLES);
    let failing = counts(&client)?.failed;
    let mut alarms = 0;
    for (host, times) in alarms_by_host(&client)? {
        let times = times - raised.get(&host).copied().unwrap_or(0);
        ensure!(times <= 1, "the alarm of {host} was raised {times} times");
        alarms += times;
    }
    ensure!(alarms == failing, "{failing} hosts fail, and {alarms} alarms were raised");
    // Fails if the chain is broken.
    let events = fleet.server.ask(&["audit", "verify"])?;
    let connected_s = connected_s.unwrap_or(verified_s);
    Ok(Killed { hosts, verified_s, connected_s, failing, alarms, events })
}

/// Sessions of agents at these servers.
fn sessions(fleet: &Fleet, servers: &[&crate::server::Server]) -> Result<f64> {
    let mut all = 0.0;
    for server in servers {
        let text = fleet.client_at(server, Role::Viewer)?.text("/api/v1/metrics")?;
        all += sum_of(&text, "trustboard_sessions ");
    }
    Ok(all)
}

/// How often an alarm was raised, by host.
fn alarms_by_host(client: &Client) -> Result<BTreeMap<String, u32>> {
    let text = client.text("/api/v1/audit/export?format=jsonl&kind=alarm-raised")?;
    let mut raised = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let event: Value = serde_json::from_str(line)?;
        let host = event["host_name"].as_str().context("an alarm without a host")?;
        *raised.entry(host.to_owned()).or_default() += 1;
    }
    Ok(raised)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_server_did_is_told_apart() {
        let at = |verified, processor_s| Share { verified, processor_s };
        let (before, after) = ([at(10.0, 1.0), at(0.0, 2.0)], [at(110.0, 1.1), at(0.0, 2.5)]);
        assert!((Share::processor_s(&before, &after) - 0.6).abs() < 1e-9);
        let each = Share::each(&before, &after);
        assert_eq!(each[0]["attestations"], 100.0);
        assert_eq!(each[0]["server_cpu_ms_per_attestation"], 1.0);
        assert_eq!(each[1]["server_cpu_ms_per_attestation"], 0.0);
    }

    #[test]
    fn samples_are_summed_by_how_they_begin() {
        let text = "a_total{x=\"1\"} 2\na_total{x=\"2\"} 3\nab_total{x=\"1\"} 9\na_total_more 1\n";
        assert!((sum_of(text, "a_total{") - 5.0).abs() < f64::EPSILON);
    }
}
