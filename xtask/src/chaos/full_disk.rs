//! The disk takes no writes for a while. Expected: every page is shown and says so, every change is
//! refused with 503, and nobody does anything for the server to go on once the disk does.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Resource, Rlimit, prlimit};

use super::Extent;
use super::arena::{Arena, within};

/// Lets files of the server grow to so many bytes, or without end.
fn limit(arena: &Arena, bytes: Option<u64>) -> Result<()> {
    let pid = Pid::from_raw(i32::try_from(arena.process())?).context("no process")?;
    prlimit(Some(pid), Resource::Fsize, Rlimit { current: bytes, maximum: None })?;
    Ok(())
}

pub fn check(arena: &mut Arena, extent: Extent) -> Result<()> {
    let client = arena.client()?;
    let mut made = 0;
    for round in 0..extent.of(10, 2) {
        limit(arena, Some(0))?;
        let refused = client.create_datacenter(&format!("Refused {round}"))?;
        if refused != 503 {
            bail!("a change on a full disk was answered {refused}, not 503");
        }
        arena.still_serves(&client)?;
        if !client.text("/")?.contains("class=\"read-only\"") {
            bail!("the page does not say that the server cannot write");
        }
        if Arena::metric(&client, "trustboard_read_only")? != Some(1.0) {
            bail!("the metrics do not say that the server cannot write");
        }
        limit(arena, None)?;
        within(Duration::from_secs(30), "writing again", || {
            let status = client.create_datacenter(&format!("Made {round}"))?;
            Ok(status == 201 || status == 200)
        })?;
        made += 1;
    }
    let names = client.inventory()?.datacenters;
    let count = |prefix| names.iter().filter(|one| one.name.starts_with(prefix)).count();
    if (count("Made"), count("Refused")) != (made, 0) {
        bail!("{} changes were made and {} refused ones too", count("Made"), count("Refused"));
    }
    Ok(())
}
