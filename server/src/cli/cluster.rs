//! `trustboard cluster`

use clap::builder::RangedU64ValueParser;
use clap::{Args, Subcommand};
use trustboard_model::policy::{Policy, Profile};
use trustboard_model::rights::Sees;

use super::Place;
use super::console::Console;
use crate::command::{MIN_INTERVAL_S, MIN_MAX_AGE_S, usual_max_age_s};
use crate::{command, query};

#[derive(Debug, Subcommand)]
pub(super) enum Cluster {
    Add(Add),
    Policy(SetPolicy),
}

/// Add a cluster to a datacenter
///
/// Its hosts are verified under a built-in policy until an administrator changes it. "linux-server"
/// asks for Secure Boot, a TPM 2.0 with an active SHA-256 bank and an endorsed key, and an event log
/// that explains the PCRs; "vsphere-like" also lets hosts without a TPM 2.0 fail, and accepts only
/// TPMs with the TIS/FIFO interface.
///
/// Example: trustboard cluster add --datacenter Berlin Rack-1 --interval 60
#[derive(Debug, Args)]
pub(super) struct Add {
    /// The datacenter that it belongs to
    #[arg(long, value_name = "NAME")]
    datacenter: String,
    /// Its name, unique within the datacenter
    name: String,
    /// The built-in policy: linux-server or vsphere-like
    #[arg(long, value_name = "PROFILE", default_value = "linux-server", value_parser = profile)]
    profile: Profile,
    /// Seconds between two scheduled verifications of a host [default: 300]
    #[arg(long, value_name = "SECONDS", value_parser = seconds(MIN_INTERVAL_S, 86_400))]
    interval: Option<u32>,
    /// Seconds after which an appraisal is shown as stale [default: three intervals, at least 15]
    #[arg(long, value_name = "SECONDS", value_parser = seconds(MIN_MAX_AGE_S, 864_000))]
    max_age: Option<u32>,
    /// Let hosts without a TPM 2.0 fail, instead of showing them as N/A
    #[arg(long)]
    require_tpm: bool,
    /// Succeed if there is one of this name already; it is left as it is
    #[arg(long)]
    if_missing: bool,
}

/// Put a built-in policy in force for a cluster
///
/// Interval and maximum age stay as they are. The stored evidence of its hosts is appraised again
/// by the running server, or when it is next started.
///
/// Example: trustboard cluster policy --datacenter Berlin Rack-1 --profile vsphere-like
#[derive(Debug, Args)]
pub(super) struct SetPolicy {
    /// The datacenter that it belongs to
    #[arg(long, value_name = "NAME")]
    datacenter: String,
    /// Its name
    name: String,
    /// linux-server or vsphere-like
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    profile: Profile,
}

fn seconds(least: u32, most: u32) -> RangedU64ValueParser<u32> {
    RangedU64ValueParser::new().range(u64::from(least)..=u64::from(most))
}

fn profile(code: &str) -> Result<Profile, String> {
    Profile::from_code(code).ok_or_else(|| "expected linux-server or vsphere-like".to_owned())
}

impl SetPolicy {
    async fn run(self, place: &Place) -> anyhow::Result<()> {
        let console = Console::open(place).await?;
        let datacenter = console.datacenter(&self.datacenter).await?;
        let cluster = datacenter.clusters.iter().find(|cluster| cluster.name == self.name);
        let Some(cluster) = cluster else {
            anyhow::bail!("there is no cluster '{}' in '{}'", self.name, self.datacenter);
        };
        let (ctx, actor) = (&console.ctx, &console.actor);
        let before = query::policy(ctx, &Sees::Everything, cluster.id).await?.policy;
        let (interval_s, max_age_s) = (before.interval_s, before.max_age_s);
        let policy = Policy { interval_s, max_age_s, ..self.profile.policy() };
        let changed = command::set_policy(ctx, actor, cluster.id, before.version, policy).await?;
        let code = self.profile.code();
        if changed {
            println!("cluster '{}' has the policy {code}", self.name);
        } else {
            println!("cluster '{}' has the policy {code} already", self.name);
        }
        console.close().await;
        Ok(())
    }
}

impl Cluster {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let add = match self {
            Self::Add(add) => add,
            Self::Policy(set) => return set.run(place).await,
        };
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
        let built_in = self.profile.policy();
        let interval_s = self.interval.unwrap_or(built_in.interval_s);
        let max_age_s = self.max_age.unwrap_or_else(|| usual_max_age_s(interval_s));
        anyhow::ensure!(
            max_age_s > interval_s,
            "--max-age must be above --interval ({interval_s} s), \
             else every host is stale between two verifications"
        );
        let require_tpm = self.require_tpm || built_in.require_tpm;
        Ok(Policy { interval_s, max_age_s, require_tpm, ..built_in })
    }
}
