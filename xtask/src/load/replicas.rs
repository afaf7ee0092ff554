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
use crate::light::metrics::Metrics;
use crate::light::room;

/// Longer than hosts may take to be verified elsewhere.
const GIVE_UP: Duration = Duration::from_mins(5);

/// An alarm that would be raised twice is by then.
const TWICE: Duration = Duration::from_secs(5);

/// Whether the other servers have room for the hosts of one that is killed; else why not, in words.
pub fn can_lose_one(hosts: u32, servers: u32) -> Result<(), String> {
    let others = servers.saturating_sub(1);
    let room = room::sessions().saturating_mul(others);
    if hosts <= room {
        return Ok(());
    }
    let files = room::files();
    Err(format!(
        "{others} servers have no room for {hosts} hosts: a process may open {files} files here"
    ))
}

/// What one server has done since it was started.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    verified: f64,
    processor_s: f64,
}

impl Share {
    /// What every server has done.
    pub fn of(fleet: &Fleet, metrics: &Metrics) -> Result<Vec<Self>> {
        let verified = metrics.each("trustboard_verifications_total{");
        let each = fleet.servers().zip(verified);
        each.map(|(server, verified)| Ok(Self::at(verified, server.processor_s()?))).collect()
    }

    /// So many verifications, and seconds of its processors.
    pub const fn at(verified: f64, processor_s: f64) -> Self {
        Self { verified, processor_s }
    }

    /// Verifications of all servers in between that ended with an appraisal.
    pub fn verified(before: &[Self], after: &[Self]) -> f64 {
        after.iter().zip(before).map(|(after, before)| after.verified - before.verified).sum()
    }

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
    let hosts = sessions(&[fleet.client_at(&victim, Role::Viewer)?])?;
    let survivors = fleet.servers().map(|server| fleet.client_at(server, Role::Viewer));
    let survivors = survivors.collect::<Result<Vec<_>>>()?;
    fleet.crew.order("play")?;
    thread::sleep(Duration::from_secs(1));
    victim.kill();
    let begun = Instant::now();
    let (mut connected_s, all) = (None, f64::from(fleet.hosts));
    let verified_s = loop {
        fleet.check()?;
        if connected_s.is_none() && sessions(&survivors)? >= all {
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
    fleet.wait_until_failed()?;
    thread::sleep(TWICE);
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
fn sessions(servers: &[Client]) -> Result<f64> {
    Ok(Metrics::read(servers)?.sum("trustboard_sessions "))
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
        let before = [Share::at(10.0, 1.0), Share::at(0.0, 2.0)];
        let after = [Share::at(110.0, 1.1), Share::at(0.0, 2.5)];
        assert!((Share::processor_s(&before, &after) - 0.6).abs() < 1e-9);
        assert!((Share::verified(&before, &after) - 100.0).abs() < 1e-9);
        let each = Share::each(&before, &after);
        assert_eq!(each[0]["attestations"], 100.0);
        assert_eq!(each[0]["server_cpu_ms_per_attestation"], 1.0);
        assert_eq!(each[1]["server_cpu_ms_per_attestation"], 0.0);
    }
}
