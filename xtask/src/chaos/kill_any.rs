//! `kill -9` of either of two servers, or of PostgreSQL, at random moments while operators act,
//! hosts are verified, and some of them boot without Secure Boot. Expected: every change that was
//! acknowledged is there once, the chain of events is whole, every alarm was raised once, and all
//! hosts are verified again.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use trustboard_model::role::Role;

use super::Extent;
use super::arena::within;
use super::replicas::Replicas;
use crate::client::Client;
use crate::server::Server;

/// How long until servers and database are back, and until all hosts are verified.
const BACK: Duration = Duration::from_mins(1);
const VERIFIED: Duration = Duration::from_mins(2);

/// Events that are read at a time.
const PAGE: usize = 1_000;

pub fn check(replicas: &mut Replicas, extent: Extent) -> Result<()> {
    let ill = replicas.ill;
    let rounds: u32 = extent.of(200, 3);
    let acknowledged = Mutex::new(BTreeSet::new());
    for round in 0..rounds {
        let clients = [0, 1].map(|server| replicas.client(server, Role::Administrator));
        let stop = AtomicBool::new(false);
        // Alarms are raised in the middle of it.
        if round == rounds / 2 {
            replicas.crew.order("play")?;
        }
        thread::scope(|scope| {
            for (server, client) in clients.into_iter().enumerate() {
                let (stop, acknowledged) = (&stop, &acknowledged);
                let client = client?;
                scope.spawn(move || {
                    operate(&client, &format!("{round}-{server}"), stop, acknowledged);
                });
            }
            // A different moment each time, within the first half second.
            thread::sleep(Duration::from_millis(u64::from(round * 37 % 500) + 5));
            let done = kill(replicas, round);
            stop.store(true, Ordering::Relaxed);
            done
        })?;
        within(BACK, "everything is back", || Ok(replicas.servers.iter().all(Server::is_ready)))?;
        if round % 10 == 0 || round + 1 == rounds {
            nothing_is_lost(replicas, &acknowledged).with_context(|| format!("round {round}"))?;
        }
    }
    let begun = Instant::now();
    if extent.short {
        replicas.hurry()?;
    }
    replicas.all_verified_within(0, VERIFIED)?;
    within(VERIFIED, "all alarms raised", || {
        Ok(replicas.client(0, Role::Viewer)?.matching("alarm:red")?.total >= ill)
    })?;
    replicas.alarms_are(0, ill)?;
    let raised = raised(&replicas.client(0, Role::Administrator)?)?;
    if raised != ill as usize {
        bail!("{raised} alarms were raised, of {ill} hosts");
    }
    let acknowledged = acknowledged.lock().map_or(0, |names| names.len());
    if acknowledged == 0 {
        bail!("nothing was acknowledged in {rounds} rounds");
    }
    eprintln!(
        "    {rounds} kills, {acknowledged} acknowledged changes, all there; {raised} alarms, each \
         raised once; all verified {:.1} s after the last",
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Makes changes until it is stopped. An error is the kill, at whichever server.
fn operate(client: &Client, name: &str, stop: &AtomicBool, acknowledged: &Mutex<BTreeSet<String>>) {
    for number in 0.. {
        let name = format!("{name}-{number}");
        match client.create_datacenter(&name) {
            Ok(200 | 201) => {
                if let Ok(mut names) = acknowledged.lock() {
                    names.insert(name);
                }
            }
            Ok(_) => thread::sleep(Duration::from_millis(20)),
            Err(_) => return,
        }
        if stop.load(Ordering::Relaxed) {
            return;
        }
    }
}

fn kill(replicas: &mut Replicas, round: u32) -> Result<()> {
    match (round % 3, &mut replicas.servers) {
        (0, [server, _]) | (1, [_, server]) => {
            server.kill();
            server.start_again()?;
        }
        _ => {
            replicas.database.kill()?;
            // What is left of it ends a moment later.
            let mut started = Ok(());
            within(BACK, "the database starts", || {
                started = replicas.database.start_again();
                Ok(started.is_ok())
            })
            .and(started)?;
        }
    }
    Ok(())
}

fn nothing_is_lost(replicas: &Replicas, acknowledged: &Mutex<BTreeSet<String>>) -> Result<()> {
    let events = replicas.chain_is_whole()?;
    let there = replicas.client(0, Role::Viewer)?.inventory()?.datacenters;
    let names: BTreeSet<&str> = there.iter().map(|one| one.name.as_str()).collect();
    if names.len() != there.len() {
        bail!("a change is there twice");
    }
    let acknowledged = acknowledged.lock().ok().context("a thread broke off")?;
    if let Some(lost) = acknowledged.iter().find(|name| !names.contains(name.as_str())) {
        bail!("{lost} was acknowledged and is lost ({events} events)");
    }
    Ok(())
}

/// How many events say that an alarm was raised.
fn raised(client: &Client) -> Result<usize> {
    let (last, mut raised) = (client.matching("")?.seq.0, 0);
    for from in (1..=last).step_by(PAGE) {
        let page = client.text(&format!("/api/v1/audit?from={from}&limit={PAGE}"))?;
        raised += page.matches("\"alarm-raised\"").count();
    }
    Ok(raised)
}
