//! `trustboard-simulator light ...`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};
use trustboard_agent::server_address::ServerAddress;
use trustboard_model::protocol::EnrolmentToken;

use super::{Behaviour, Crew, Deployment, Group, Part, Plan};
use crate::report::report;

/// What is done with light hosts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make what a fleet needs: a plan, keys, and its TPM maker
    ///
    /// What is there already stays. The certificates that a server must trust are put into
    /// DIR/makers.
    Prepare(Size),
    /// Print every cluster with how many hosts it has, as JSON
    Places,
    /// Print every host that is not healthy, as JSON
    Ill,
    /// Print a healthy host of each system with the clusters that have the same, as JSON
    Samples,
    /// Keep the hosts running until SIGINT or SIGTERM
    ///
    /// Enrols the hosts that are not enrolled yet. Prints one line of JSON every second. Orders
    /// are read from the standard input, a line each: play, mend, reboot PERCENT,
    /// drop PERCENT, away PERCENT SECONDS, new-logs on, new-logs off.
    Run {
        /// The server's address for agents; several times for several servers on one database
        #[arg(long = "server", value_name = "https://HOST:PORT", required = true)]
        servers: Vec<ServerAddress>,
        /// JSON object with an enrolment token for each "datacenter/cluster"
        #[arg(long, value_name = "FILE")]
        tokens: PathBuf,
        /// How many agents of enrolled hosts are started in a second
        #[arg(long, value_name = "NUMBER", default_value_t = 2_000)]
        starts_per_s: u32,
        /// Only this part of the hosts, of so many that each have a process: 2/6
        #[arg(long, value_name = "PART/PARTS", default_value = "1/1")]
        part: Part,
    },
}

/// How large a fleet is, and what is wrong in it.
#[derive(Debug, Args)]
pub struct Size {
    /// How many hosts
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    hosts: u32,
    /// In how many datacenters
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    datacenters: u32,
    /// In how many clusters in all
    #[arg(long, value_name = "NUMBER", default_value_t = 12)]
    clusters: u32,
    /// Nothing is wrong with any host
    #[arg(long)]
    healthy: bool,
    /// So many hosts that behave like this; in the place of the usual groups
    #[arg(long, value_name = "BEHAVIOUR=NUMBER", value_parser = group, conflicts_with = "healthy")]
    group: Vec<Group>,
    /// How many of a hundred hosts have RSA keys
    #[arg(long, value_name = "PERCENT", default_value_t = 20)]
    rsa: u8,
    /// How many of a hundred hosts have an event log that no other host has
    #[arg(long, value_name = "PERCENT", default_value_t = 50)]
    distinct: u8,
}

fn group(text: &str) -> Result<Group, String> {
    let (behaviour, hosts) = text.split_once('=').ok_or("expected BEHAVIOUR=NUMBER")?;
    let behaviour = behaviour.parse().map_err(|error| format!("{error}"))?;
    Ok(Group { behaviour, hosts: hosts.parse().map_err(|error| format!("{hosts}: {error}"))? })
}

impl Size {
    fn plan(self) -> Plan {
        let Self { hosts, datacenters, clusters, healthy, group, rsa, distinct } = self;
        let (rsa_percent, distinct_percent) = (rsa, distinct);
        let plan = match (healthy, &group[..]) {
            (false, []) => Plan::morning(hosts, datacenters, clusters),
            _ => Plan { groups: group, ..Plan::healthy(hosts, datacenters, clusters) },
        };
        Plan { rsa_percent, distinct_percent, ..plan }
    }
}

/// Does it, for the fleet in `dir`.
pub async fn carry_out(dir: &Path, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Prepare(size) => {
            let plan = size.plan();
            Crew::prepare(dir, &plan)?;
            println!("{} light hosts in {}", plan.hosts, dir.display());
        }
        Command::Places => {
            let places = Crew::plan(dir)?.places();
            let places: Vec<_> = places
                .iter()
                .map(|(datacenter, cluster, hosts)| {
                    json!({ "datacenter": datacenter, "cluster": cluster, "hosts": hosts })
                })
                .collect();
            println!("{}", serde_json::to_string(&places)?);
        }
        Command::Ill => {
            let hosts = Crew::plan(dir)?.inhabitants();
            let ill = hosts.iter().filter(|host| host.behaviour != Behaviour::Healthy);
            let ill: Vec<_> =
                ill.map(|host| json!({ "host": host.name, "behaviour": host.behaviour })).collect();
            println!("{}", serde_json::to_string(&ill)?);
        }
        Command::Samples => {
            let samples = Crew::plan(dir)?.samples();
            let samples: Vec<_> = samples
                .iter()
                .map(|(host, places)| {
                    let system = format!("{}, GRUB {}", host.software.name, host.software.grub);
                    json!({ "host": host.name, "system": system, "places": places })
                })
                .collect();
            println!("{}", serde_json::to_string(&samples)?);
        }
        Command::Run { servers, tokens, starts_per_s, part } => {
            let deployment = Deployment { servers, tokens: read(&tokens)?, starts_per_s };
            run(dir, part, deployment).await?;
        }
    }
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<BTreeMap<String, EnrolmentToken>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let tokens: BTreeMap<String, String> = serde_json::from_str(&text)
        .with_context(|| format!("{} is not a map of tokens", file.display()))?;
    let parsed = tokens.into_iter().map(|(place, token)| {
        let token = token.parse().with_context(|| format!("the token of {place}"))?;
        Ok((place, token))
    });
    parsed.collect()
}

async fn run(dir: &Path, part: Part, deployment: Deployment) -> anyhow::Result<()> {
    // Before anything is started, so that no signal is missed.
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let hosts = part.hosts(Crew::plan(dir)?.hosts);
    raise_file_limit(hosts.end - hosts.start)?;
    let (orders, given) = mpsc::channel(8);
    // A thread, because reading the standard input blocks; it ends with the process.
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            match line.parse() {
                Ok(order) => drop(orders.blocking_send(order)),
                Err(error) => report(&format!("{line:?}: {error}")),
            }
        }
    });
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        stop.send_replace(true);
    });
    let each_second = |now: &super::Report| {
        if let Ok(line) = serde_json::to_string(now) {
            report(&line);
        }
    };
    Ok(Crew::open(dir, part)?.run(deployment, given, stopped, each_second).await?)
}

/// Each session is a file descriptor: takes as many as the system gives, and says if that is too
/// few.
fn raise_file_limit(hosts: u32) -> anyhow::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let needed = u64::from(hosts) + 200;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current.is_none_or(|current| current >= needed) {
        return Ok(());
    }
    if maximum.is_some_and(|maximum| maximum < needed) {
        let maximum = maximum.unwrap_or_default();
        bail!(
            "{hosts} hosts need {needed} open files, and `ulimit -Hn` allows {maximum}: spread them \
             over processes with --part"
        );
    }
    setrlimit(Resource::Nofile, Rlimit { current: Some(needed), maximum })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read() {
        let read = group("grub-update=412").unwrap();
        assert_eq!((read.behaviour, read.hosts), (Behaviour::GrubUpdate, 412));
        for wrong in ["grub-update", "flood=1", "silent=-1"] {
            assert!(group(wrong).is_err(), "{wrong}");
        }
    }
}
