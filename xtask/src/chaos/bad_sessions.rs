//! Hosts that vanish without a word, and hosts that send what is no message, beside others that are
//! as they should be. Expected: every such session is refused and ended within the limits that
//! `docs/protocol.md` states, the others keep their intervals, and memory stays.

use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use trustboard_model::role::Role;

use super::Extent;
use super::arena::{Arena, within};
use super::hosts::Hosts;
use super::rogue::Summary;

/// Each way, and the code of the refusals that must come.
const WAYS: [(&str, Option<&str>); 7] = [
    ("noise", None),
    ("text", Some("malformed")),
    ("garbage", Some("malformed")),
    ("early", Some("out-of-order")),
    ("foreign", Some("unknown-challenge")),
    ("pings", Some("too-many-messages")),
    ("pieces", None),
];

/// A session without a sign of life ends after 45 s; with some patience.
const SILENT_S: u64 = 52;

/// Longer than any that talks too much may go on: pieces of a message are no sign of life.
const TALKING_S: u64 = 55;

/// How long an operator may wait for the inventory meanwhile.
const PROMPT: Duration = Duration::from_secs(5);

/// How long until the end of a session is on record.
const RECORDED: Duration = Duration::from_secs(20);

/// What memory may grow by, in KiB: the sessions' own buffers.
const GROWTH_KIB: u64 = 192 * 1024;

pub fn check(hosts: &mut Hosts, extent: Extent) -> Result<()> {
    let rogues = hosts.rogues();
    let each: u32 = extent.of(100, 3);
    let before = hosts.server.memory_kib()?;
    let (done, mut took) = hosts.meanwhile(PROMPT, || {
        thread::scope(|scope| {
            let silent = scope.spawn(|| rogues.sessions("silent", each, SILENT_S, false));
            let talking = WAYS.map(|(way, refusal)| {
                let rogues = &rogues;
                let run = move || rogues.sessions(way, each, TALKING_S, false);
                (way, refusal, scope.spawn(run))
            });
            let mut done = vec![("silent", None, silent.join())];
            done.extend(talking.map(|(way, refusal, run)| (way, refusal, run.join())));
            done.into_iter()
                .map(|(way, refusal, run)| {
                    let run = run.ok().context("a thread broke off")?;
                    Ok((way, refusal, run?))
                })
                .collect::<Result<Vec<(&str, Option<&str>, Summary)>>>()
        })
    })?;
    for (way, refusal, summary) in &done {
        summary.all_ended(way)?;
        let refused = refusal.is_none_or(|code| summary.refused.contains_key(code));
        // What was said last may be lost with the connection that it is said over.
        if !refused && *way != "pings" {
            bail!("{way}: was not refused as it must: {summary:?}");
        }
        eprintln!(
            "    {way}: {:?}, the longest {:.1} s, refused {:?}",
            summary.ended, summary.longest_s, summary.refused
        );
    }
    let client = hosts.client(Role::Viewer)?;
    within(RECORDED, "nobody is shown as connected who is not", || {
        let gone = client.matching("name:rogue-* presence:connected")?.total;
        let sessions = Arena::metric(&client, "trustboard_sessions")?;
        Ok(gone == 0 && sessions == Some(f64::from(hosts.count)))
    })?;
    let grown = hosts.server.memory_kib()?.saturating_sub(before);
    if grown > GROWTH_KIB {
        bail!("memory grew by {grown} KiB");
    }
    eprintln!("    {}; memory grew by {grown} KiB", took.words());
    Ok(())
}
