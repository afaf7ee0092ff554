//! What a server counts of its hosts, and what it must count of a fleet.

use anyhow::Result;
use serde::Deserialize;
use trustboard_model::view::Counts;

use crate::client::Client;

/// A host that is not healthy.
#[derive(Deserialize)]
pub struct Ill {
    /// How it behaves.
    pub behaviour: String,
}

/// What the server must count once the hosts that are not healthy have booted. A slow or silent
/// host reads what it read before.
pub fn expected(ill: &[Ill]) -> Counts {
    let mut counts = Counts::default();
    for host in ill {
        match &*host.behaviour {
            "slow" | "silent" | "clock-skew" => {}
            "no-tpm" => counts.not_applicable += 1,
            _ => counts.failed += 1,
        }
    }
    counts
}

/// The counts of all datacenters together.
pub fn counts(client: &Client) -> Result<Counts> {
    let mut all = Counts::default();
    for datacenter in client.inventory()?.datacenters {
        let Counts { hosts, passed, failed, unknown, not_applicable, stale, red } =
            datacenter.counts;
        all.hosts += hosts;
        all.passed += passed;
        all.failed += failed;
        all.unknown += unknown;
        all.not_applicable += not_applicable;
        all.stale += stale;
        all.red += red;
    }
    Ok(all)
}
