//! `kill -9` at random moments while somebody makes changes. Expected: every change that was
//! acknowledged is there after the start, the chain of events is whole, and no event is doubled.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};

use super::Extent;
use super::arena::Arena;

pub fn check(arena: &mut Arena, extent: Extent) -> Result<()> {
    let mut acknowledged = BTreeSet::new();
    let rounds: u32 = extent.of(200, 8);
    for round in 0..rounds {
        let client = arena.client()?;
        let stop = AtomicBool::new(false);
        let made = thread::scope(|scope| {
            let work = scope.spawn(|| {
                let mut made = Vec::new();
                for number in 0.. {
                    let name = format!("{round}-{number}");
                    // An error is the kill.
                    match client.create_datacenter(&name) {
                        Ok(200 | 201) => made.push(name),
                        _ => break,
                    }
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                }
                made
            });
            // A different moment each time, within the first half second.
            thread::sleep(Duration::from_millis(u64::from(round * 37 % 500) + 5));
            let killed = arena.kill_and_start();
            stop.store(true, Ordering::Relaxed);
            let made = work.join().unwrap_or_default();
            killed.map(|()| made)
        })?;
        acknowledged.extend(made);
        let events = arena.chain_is_whole()?;
        let there = arena.client()?.inventory()?.datacenters;
        let names: BTreeSet<String> = there.iter().map(|one| one.name.clone()).collect();
        if names.len() != there.len() {
            bail!("round {round}: a change is there twice");
        }
        if let Some(lost) = acknowledged.iter().find(|name| !names.contains(*name)) {
            bail!("round {round}: {lost} was acknowledged and is lost ({events} events)");
        }
    }
    if acknowledged.is_empty() {
        bail!("nothing was acknowledged in {rounds} rounds");
    }
    eprintln!("    {rounds} kills, {} acknowledged changes, all there", acknowledged.len());
    Ok(())
}
