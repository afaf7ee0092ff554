//! PostgreSQL is stopped for a minute. Expected: the servers stay up and say so (`/readyz`, every
//! page, every command), and go on by themselves once it is back; everything that was acknowledged
//! is there, and the chain of events is whole.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use trustboard_model::role::Role;

use super::Extent;
use super::arena::within;
use super::replicas::Replicas;
use crate::server::Server;

/// How soon the servers say that they are not ready.
const SAID: Duration = Duration::from_secs(20);

/// How long until they are ready again, and until all hosts are verified: agents come back after
/// up to half a minute.
const READY: Duration = Duration::from_secs(30);
const VERIFIED: Duration = Duration::from_secs(90);

pub fn check(replicas: &mut Replicas, extent: Extent) -> Result<()> {
    let client = replicas.client(0, Role::Administrator)?;
    let mut acknowledged = BTreeSet::new();
    let mut make = |name: &str| -> Result<u16> {
        let status = client.create_datacenter(name)?;
        if matches!(status, 200 | 201) {
            acknowledged.insert(name.to_owned());
        }
        Ok(status)
    };
    for number in 0..5 {
        make(&format!("before-{number}"))?;
    }
    replicas.database.stop()?;
    let begun = Instant::now();
    within(SAID, "both servers say that they are not ready", || {
        Ok(replicas.servers.iter().all(|server| !server.is_ready()))
    })?;
    let said = begun.elapsed();
    let away = Duration::from_secs(extent.of(60, 6));
    let (mut refused, mut longest) = (0, Duration::ZERO);
    while begun.elapsed() < away {
        let asked = Instant::now();
        let status = make(&format!("during-{refused}"))?;
        if status != 503 {
            bail!("a change without a database was answered {status}");
        }
        let (status, page) = client.answer("/", "text/html")?;
        if status != 503 || !page.contains("role=\"alert\"") {
            bail!("a page without a database was answered {status}: {page}");
        }
        longest = longest.max(asked.elapsed());
        refused += 1;
        for server in &mut replicas.servers {
            server.check()?;
        }
        thread::sleep(Duration::from_millis(200));
    }
    replicas.database.start_again()?;
    let back = Instant::now();
    within(READY, "both servers are ready again", || {
        Ok(replicas.servers.iter().all(Server::is_ready))
    })?;
    let ready = back.elapsed();
    for number in 0..5 {
        if !matches!(make(&format!("after-{number}"))?, 200 | 201) {
            bail!("a change is refused though the database is back");
        }
    }
    if extent.short {
        replicas.hurry()?;
    }
    replicas.all_verified_within(0, VERIFIED)?;
    let verified = back.elapsed();
    let names = client.inventory()?.datacenters.into_iter().map(|one| one.name);
    let names: BTreeSet<String> = names.collect();
    if let Some(lost) = acknowledged.iter().find(|name| !names.contains(*name)) {
        bail!("{lost} was acknowledged and is lost");
    }
    if names.iter().any(|name| name.starts_with("during-")) {
        bail!("a change that was refused is there");
    }
    replicas.alarms_are(0, 0)?;
    eprintln!(
        "    away for {} s: not ready after {:.1} s, {refused} changes refused, the longest answer \
         {:.1} s; back: ready after {:.1} s, all verified after {:.1} s",
        away.as_secs(),
        said.as_secs_f64(),
        longest.as_secs_f64(),
        ready.as_secs_f64(),
        verified.as_secs_f64()
    );
    Ok(())
}
