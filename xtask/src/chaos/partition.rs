//! One of two servers is cut off from the database, but not from its hosts: nothing that it sends
//! arrives, and nobody tells it so. Expected: it says that it is not ready and lets its hosts go,
//! which are verified at the other one within 15 s (30 on a machine that does other things); when it
//! is back it takes part again, and no alarm and no event is doubled.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use trustboard_model::role::Role;

use super::Extent;
use super::arena::within;
use super::proxy::Way;
use super::replicas::Replicas;

/// Half of it is what an idle machine takes: a lease of 8 s, and the agents' way back.
const ELSEWHERE: Duration = Duration::from_secs(30);

/// How long until the server that was cut off takes part again.
const BACK: Duration = Duration::from_mins(1);

pub fn check(replicas: &mut Replicas, extent: Extent) -> Result<()> {
    for _ in 0..extent.of(5, 1) {
        for way in [Way::Silent, Way::Cut] {
            if way == Way::Silent || !extent.short {
                once(replicas, way)?;
            }
        }
    }
    Ok(())
}

fn once(replicas: &mut Replicas, way: Way) -> Result<()> {
    let (mut first, second) =
        (replicas.client(0, Role::Viewer)?, replicas.client(1, Role::Viewer)?);
    if Replicas::sessions(&second)? == 0.0 {
        // All have stayed where they went the last time: hosts are not moved while they are well.
        replicas.servers[0].restart()?;
        replicas.all_verified_within(0, BACK)?;
        first = replicas.client(0, Role::Viewer)?;
    }
    let cut_off = Replicas::sessions(&second)?;
    if cut_off == 0.0 {
        bail!("the second server has no hosts");
    }
    let before = first.matching("")?.seq.0;
    let begun = Instant::now();
    replicas.cable.set(way);
    let unready = || -> Result<Duration> {
        let begun = Instant::now();
        within(ELSEWHERE, "the server says that it is not ready", || {
            Ok(!replicas.servers[1].is_ready())
        })?;
        Ok(begun.elapsed())
    };
    let unready = unready()?;
    let elsewhere = replicas.all_verified_within(0, ELSEWHERE)?;
    let (elsewhere, total) = (begun.elapsed().max(elsewhere), replicas.count);
    if Replicas::sessions(&first)? < f64::from(total) {
        bail!("the server that is there does not have all hosts");
    }
    replicas.cable.set(Way::Open);
    let back = Instant::now();
    within(BACK, "the server that was cut off is ready", || Ok(replicas.servers[1].is_ready()))?;
    let back = back.elapsed();
    replicas.all_verified_within(1, BACK)?;
    // Each host that was cut off went and came, at most: nothing else happened. Signing in is an
    // event as well.
    let events = first.matching("")?.seq.0 - before;
    let most = 2 * u64::from(total) + 8;
    if events > most {
        bail!("{events} events came of it, at most {most} may");
    }
    replicas.alarms_are(0, 0)?;
    eprintln!(
        "    {way:?}: {cut_off} of {total} hosts were cut off; not ready after {:.1} s, all verified \
         elsewhere after {:.1} s, ready again {:.1} s after it was back, {events} events",
        unready.as_secs_f64(),
        elsewhere.as_secs_f64(),
        back.as_secs_f64()
    );
    Ok(())
}
