//! Hosts that send a gigabyte: in one message, and in a thousand. Expected: the server takes no
//! more than its limits, its memory stays, the row says why, and others notice nothing.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use trustboard_model::role::Role;

use super::Extent;
use super::hosts::Hosts;

/// How long an operator may wait for the inventory meanwhile.
const PROMPT: Duration = Duration::from_secs(5);

/// A message is below 8 MiB, and so is what is on its way in the buffers of both sides.
const ONE_BYTES: u64 = 16 << 20;

/// For how long they send, in seconds.
const SENDING_S: u64 = 60;

/// A message's limit and a quarter of it are taken at once, and 64 KiB a second after that; and what
/// is on its way.
const MANY_BYTES: u64 = ONE_BYTES + (SENDING_S << 16);

/// What memory may grow by, in KiB: for each host a message that is being read, and the sessions.
const EACH_KIB: u64 = 16 * 1024;
const GROWTH_KIB: u64 = 64 * 1024;

pub fn check(hosts: &mut Hosts, extent: Extent) -> Result<()> {
    let (rogues, each): (_, u32) = (hosts.rogues(), extent.of(20, 3));
    let before = hosts.server.memory_kib()?;
    let (most, stop) = (AtomicU64::new(before), AtomicBool::new(false));
    let process = hosts.server.process();
    let (done, mut took) = thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                most.fetch_max(crate::running::memory_kib(process).unwrap_or(0), Ordering::Relaxed);
                thread::sleep(Duration::from_millis(20));
            }
        });
        let done = hosts.meanwhile(PROMPT, || {
            let large = rogues.sessions("large", each, SENDING_S, false)?;
            Ok((large, rogues.sessions("many", each, SENDING_S, false)?))
        });
        stop.store(true, Ordering::Relaxed);
        done
    })?;
    let (large, many) = &done;
    large.all_ended("large")?;
    if large.most_sent_bytes > ONE_BYTES || many.most_sent_bytes > MANY_BYTES {
        bail!("the server took too much: {large:?} {many:?}");
    }
    let client = hosts.client(Role::Viewer)?;
    for way in ["large", "many"] {
        let rows = client.matching(&format!("name:rogue-{way}*"))?.rows;
        for row in rows {
            let page = serde_json::to_string(&client.host(row.id)?)?;
            if !["longer than", "more messages", "cannot be read"]
                .iter()
                .any(|it| page.contains(it))
            {
                bail!("the row of {} does not say why: {page}", row.name);
            }
        }
    }
    let grown = most.load(Ordering::Relaxed).saturating_sub(before);
    if grown > GROWTH_KIB + EACH_KIB * u64::from(each) {
        bail!("memory grew by {grown} KiB");
    }
    eprintln!(
        "    of 1 GiB the server took {} KiB in one message and {} KiB in many; memory grew by {grown} \
         KiB; {}",
        large.most_sent_bytes >> 10,
        many.most_sent_bytes >> 10,
        took.words()
    );
    Ok(())
}
