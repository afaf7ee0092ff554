//! What a restart of the server costs: until it answers, and until every host is verified again.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde::Serialize;
use trustboard_model::role::Role;

use crate::light::fleet::Fleet;

/// Longer than any fleet may take.
const GIVE_UP: Duration = Duration::from_mins(15);

/// What a restart took.
#[derive(Debug, Serialize)]
pub struct Restart {
    /// Seconds until the server was ready.
    pub ready_s: f64,
    /// Until every host had a session and was verified anew, in seconds.
    pub verified_s: f64,
    /// Seconds that the server's processors worked meanwhile.
    pub server_cpu_s: f64,
    /// How many hosts came back.
    pub hosts: u32,
}

/// Restarts the server beneath its hosts.
pub fn measure(fleet: &mut Fleet) -> Result<Restart> {
    let begun = Instant::now();
    let ready = fleet.server.restart()?;
    // Signed in before the hosts are back: a session survives a restart.
    let client = fleet.client(Role::Viewer)?;
    loop {
        fleet.check()?;
        // The seconds that have passed for sure, so that none is counted from before.
        let seconds = begun.elapsed().as_secs();
        let verified = client.matching(&format!("last:<{seconds}s"))?.total;
        if verified >= fleet.hosts {
            return Ok(Restart {
                ready_s: ready.as_secs_f64(),
                verified_s: begun.elapsed().as_secs_f64(),
                server_cpu_s: fleet.server.processor_s()?,
                hosts: verified,
            });
        }
        if begun.elapsed() > GIVE_UP {
            bail!("{verified} of {} hosts were verified {seconds} s after a restart", fleet.hosts);
        }
        thread::sleep(Duration::from_millis(500));
    }
}
