//! All hosts lose their network, and come back in the same instant; and the server is restarted
//! beneath all of them. Expected: all are verified again within a stated time, no event is lost or
//! doubled, no alarm is raised, and operators are served meanwhile.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use trustboard_model::role::Role;

use super::Extent;
use super::hosts::Hosts;

/// For how long they are away.
const AWAY_S: u32 = 2;

/// How long until all are verified again: agents that found the server busy come again after up to
/// half a minute, and so do those that were told so.
const AGAIN: Duration = Duration::from_secs(90);

/// How long an operator may wait for the inventory while they come back.
const PROMPT: Duration = Duration::from_secs(5);

pub fn check(hosts: &mut Hosts, extent: Extent) -> Result<()> {
    for _ in 0..extent.of(3, 1) {
        at_once(hosts)?;
    }
    let begun = Instant::now();
    let ready = hosts.server.restart()?;
    hosts.all_verified_within(AGAIN)?;
    eprintln!(
        "    after a restart: ready after {:.1} s, {} hosts verified after {:.1} s",
        ready.as_secs_f64(),
        hosts.count,
        begun.elapsed().as_secs_f64()
    );
    no_alarms(hosts)
}

fn at_once(hosts: &mut Hosts) -> Result<()> {
    let client = hosts.client(Role::Viewer)?;
    let before = client.matching("")?.seq.0;
    hosts.crew.order(&format!("away 100 {AWAY_S}"))?;
    let begun = Instant::now();
    let mut took = hosts.watch(&client, PROMPT, AGAIN, |client, count| {
        // From the moment on from which nobody can still have been there before.
        let since = begun.elapsed().saturating_sub(Duration::from_secs(AWAY_S.into())).as_secs();
        let back = client.matching(&format!("tpm:2.0 presence:connected last:<{since}s"))?;
        Ok(since > 0 && back.total >= count)
    })?;
    let (seconds, after) = (begun.elapsed().as_secs_f64(), client.matching("")?.seq.0);
    // Each went, and each came: nothing else happened.
    let (events, most) = (after - before, 2 * u64::from(hosts.count));
    if events > most {
        bail!("{} hosts went and came, which made {events} events", hosts.count);
    }
    eprintln!(
        "    {} hosts came back at once: all verified {seconds:.1} s after they went, {events} \
         events; {}",
        hosts.count,
        took.words()
    );
    no_alarms(hosts)
}

fn no_alarms(hosts: &Hosts) -> Result<()> {
    let client = hosts.client(Role::Viewer)?;
    let red = client.matching("tpm:2.0 alarm:red")?.total;
    if red > 0 {
        bail!("{red} alarms were raised");
    }
    Ok(())
}
