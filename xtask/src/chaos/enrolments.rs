//! Enrolments as fast as they go: with a token that is good for some of them, with one that nobody
//! made, malformed and too long. Expected: exactly as many are enrolled as the token is good for,
//! everybody else is told why not, operators are served, and the hosts that are there keep their
//! intervals.

use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use trustboard_model::role::Role;

use super::Extent;
use super::hosts::Hosts;

/// Kinds that are refused, and how.
const REFUSED: [(&str, &str); 3] =
    [("unknown-token", "403"), ("malformed", "400"), ("large", "413")];

/// How long an operator may wait for the inventory meanwhile.
const PROMPT: Duration = Duration::from_secs(5);

/// What memory may grow by, in KiB.
const GROWTH_KIB: u64 = 128 * 1024;

pub fn check(hosts: &mut Hosts, extent: Extent) -> Result<()> {
    let (uses, seconds, at_once): (u32, u64, u32) = extent.of((1_000, 20, 16), (40, 4, 4));
    let rogues = hosts.rogues_of(uses)?;
    let before = hosts.server.memory_kib()?;
    let ((valid, refused), mut took) = hosts.meanwhile(PROMPT, || {
        let valid = rogues.enrolments("valid", at_once, seconds)?;
        let refused = thread::scope(|scope| {
            let run = |kind| rogues.enrolments(kind, at_once, seconds);
            let running = REFUSED.map(|(kind, with)| (kind, with, scope.spawn(move || run(kind))));
            let done = running.map(|(kind, with, run)| {
                Ok((kind, with, run.join().ok().context("a thread broke off")??))
            });
            done.into_iter().collect::<Result<Vec<_>>>()
        })?;
        Ok((valid, refused))
    })?;
    let enrolled = hosts.client(Role::Viewer)?.matching("name:rogue-valid*")?.total;
    let told = valid.ended("403") + valid.ended("429");
    if valid.ended("200") != u64::from(uses) || enrolled != uses || told == 0 {
        bail!("a token for {uses} hosts enrolled {enrolled}: {valid:?}");
    }
    for (kind, with, summary) in &refused {
        let (as_stated, later) = (summary.ended(with), summary.ended("429"));
        // A body that is too long may be cut off before it was all sent.
        let cut = if *kind == "large" { summary.all } else { 0 };
        if summary.ended("200") > 0 || as_stated + later + cut == 0 {
            bail!("{kind}: {summary:?}");
        }
        eprintln!("    {kind}: {as_stated} refused with {with}, {later} told to come later");
    }
    let grown = hosts.server.memory_kib()?.saturating_sub(before);
    if grown > GROWTH_KIB {
        bail!("memory grew by {grown} KiB");
    }
    eprintln!("    {uses} enrolled, {told} not; memory grew by {grown} KiB; {}", took.words());
    Ok(())
}
