//! `trustboard cluster`

use clap::{Args, Subcommand};
use trustboard_model::policy::Policy;

use super::Place;
use super::console::Console;
use crate::command;

#[derive(Debug, Subcommand)]
pub(super) enum Cluster {
    Add(Add),
}

/// Add a cluster to a datacenter
///
/// Its hosts are verified under the policy "Linux server": Secure Boot on, a TPM 2.0 with an
/// active SHA-256 bank and an endorsed key, and an event log that explains the PCRs.
///
/// Example: trustboard cluster add --datacenter Berlin Rack-1 --interval 60
#[derive(Debug, Args)]
pub(super) struct Add {
    /// The datacenter that it belongs to
    #[arg(long, value_name = "NAME")]
    datacenter: String,
    /// Its name, unique within the datacenter
    name: String,
    /// Seconds between two scheduled verifications of a host [default: 300]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(5..=86400))]
    interval: Option<u32>,
    /// Seconds after which an appraisal is shown as stale [default: three intervals]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(5..=864000))]
    max_age: Option<u32>,
    /// Let hosts without a TPM 2.0 fail, instead of showing them as N/A
    #[arg(long)]
    require_tpm: bool,
    /// Succeed if there is one of this name already; it is left as it is
    #[arg(long)]
    if_missing: bool,
}

impl Cluster {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let Self::Add(add) = self;
        let policy = add.policy()?;
        let console = Console::open(place).await?;
        let datacenter = console.datacenter(&add.datacenter).await?;
        let there = datacenter.clusters.iter().any(|cluster| cluster.name == add.name);
        if there && add.if_missing {
            println!("cluster '{}' is there already", add.name);
        } else {
            let (ctx, actor) = (&console.ctx, &console.actor);
            command::create_cluster(ctx, actor, datacenter.id, &add.name, policy).await?;
            println!("added cluster '{}' to datacenter '{}'", add.name, add.datacenter);
        }
        console.close().await;
        Ok(())
    }
}

impl Add {
    fn policy(&self) -> anyhow::Result<Policy> {
        let built_in = Policy::linux_server();
        let interval_s = self.interval.unwrap_or(built_in.interval_s);
        let max_age_s = self.max_age.unwrap_or(interval_s.saturating_mul(3));
        anyhow::ensure!(
            max_age_s > interval_s,
            "--max-age must be above --interval ({interval_s} s), \
             else every host is stale between two verifications"
        );
        Ok(Policy { interval_s, max_age_s, require_tpm: self.require_tpm, ..built_in })
    }
}
