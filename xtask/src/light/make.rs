//! What a fleet is made of: keys and certificates, an inventory, operators, enrolment tokens.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::Args;
use serde::{Deserialize, de::DeserializeOwned};
use trustboard_model::role::Role;

use crate::program;
use crate::programs::Programs;
use crate::server::{self, User};

/// How large a fleet is, and what is wrong in it.
#[derive(Args, Clone)]
pub struct Size {
    /// How many hosts.
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    pub hosts: u32,
    /// In how many datacenters.
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    pub datacenters: u32,
    /// In how many clusters in all.
    #[arg(long, value_name = "NUMBER", default_value_t = 12)]
    pub clusters: u32,
    /// Seconds between two verifications of a host.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub interval: u32,
    /// Nothing is wrong with any host.
    #[arg(long)]
    pub healthy: bool,
    /// So many hosts that behave like this, in the place of a bad morning: grub-update=412.
    #[arg(long, value_name = "BEHAVIOUR=NUMBER")]
    pub group: Vec<String>,
    /// Hosts that are not healthy stay as they were delivered until they are told to boot.
    #[arg(long)]
    pub unplayed: bool,
    /// How many of a hundred hosts have RSA keys.
    #[arg(long, value_name = "PERCENT", default_value_t = 20)]
    pub rsa: u8,
    /// How many of a hundred hosts have an event log that no other host has.
    #[arg(long, value_name = "PERCENT", default_value_t = 50)]
    pub distinct: u8,
}

impl Size {
    /// A fleet in which nothing is wrong.
    pub fn healthy(hosts: u32, interval: u32) -> Self {
        let (datacenters, clusters) = if hosts < 12 { (1, 1) } else { (3, 12) };
        let (healthy, group, unplayed, rsa, distinct) = (true, Vec::new(), false, 20, 50);
        Self { hosts, datacenters, clusters, interval, healthy, group, unplayed, rsa, distinct }
    }

    /// The bad morning of so many hosts.
    pub fn morning(hosts: u32, interval: u32) -> Self {
        Self { healthy: false, ..Self::healthy(hosts, interval) }
    }
}

/// A cluster with how many hosts it has.
#[derive(Deserialize)]
pub struct Place {
    pub datacenter: String,
    pub cluster: String,
    pub hosts: u32,
}

/// Who can sign in.
pub(super) const NAMES: [&str; 3] = ["demo", "operator", "viewer"];

/// Makes keys and certificates of a fleet, and gives its clusters.
pub fn prepare(programs: &Programs, hosts: &Path, size: &Size) -> Result<Vec<Place>> {
    let Size { hosts: count, datacenters, clusters, healthy, group, rsa, distinct, .. } = size;
    let mut command = programs.simulator(hosts);
    command.args(["light", "prepare", "--hosts", &count.to_string()]);
    command.args(["--datacenters", &datacenters.to_string(), "--clusters", &clusters.to_string()]);
    command.args(["--rsa", &rsa.to_string(), "--distinct", &distinct.to_string()]);
    if *healthy {
        command.arg("--healthy");
    }
    for group in group {
        command.args(["--group", group]);
    }
    // Our own standard output is for what a program reads.
    program::run(command.stdout(std::io::stderr()))?;
    ask(programs, hosts, "places")
}

/// What the simulator says of a fleet, as JSON.
pub(super) fn ask<T: DeserializeOwned>(programs: &Programs, hosts: &Path, what: &str) -> Result<T> {
    let text = program::output(programs.simulator(hosts).args(["light", what]))?;
    serde_json::from_str(&text).with_context(|| format!("`light {what}` printed {text}"))
}

/// The maximum age of an appraisal, in seconds, with this interval: a host that a busy server is late
/// for is not stale at once, because what then has to be put on record would be measured as well.
pub fn max_age_s(interval_s: u32) -> u32 {
    const LEAST_S: u32 = 60;
    interval_s.saturating_mul(3).max(LEAST_S)
}

/// Inventory and operators.
pub fn set_up(
    programs: &Programs,
    data: &Path,
    places: &[Place],
    interval: u32,
) -> Result<Vec<User>> {
    let mut datacenter = "";
    for place in places {
        if place.datacenter != datacenter {
            datacenter = &place.datacenter;
            programs.ask(data, &["datacenter", "add", datacenter])?;
        }
        let words = ["cluster", "add", "--datacenter", datacenter, &place.cluster];
        let (interval, max_age) = (interval.to_string(), max_age_s(interval).to_string());
        let times = ["--interval", &interval, "--max-age", &max_age];
        programs.ask(data, &[&words[..], &times].concat())?;
    }
    let roles = [Role::Administrator, Role::Operator, Role::Viewer];
    let users = NAMES.into_iter().zip(roles);
    users.map(|(name, role)| server::add_user(programs, data, name, role)).collect()
}

/// An enrolment token for each cluster, by `datacenter/cluster`.
pub fn tokens_of(
    programs: &Programs,
    data: &Path,
    places: &[Place],
) -> Result<BTreeMap<String, String>> {
    let mut tokens = BTreeMap::new();
    for Place { datacenter, cluster, hosts } in places {
        let words = ["token", "create", "--datacenter", datacenter, "--cluster", cluster];
        let token = programs.ask(data, &[&words[..], &["--uses", &hosts.to_string()]].concat())?;
        tokens.insert(format!("{datacenter}/{cluster}"), token);
    }
    Ok(tokens)
}

/// Writes a file that its owner alone can read.
pub fn write_secret(file: &Path, content: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(file)?.write_all(content.as_bytes())?;
    Ok(())
}
