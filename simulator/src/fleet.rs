//! Many hosts in one folder:
//!
//! ```text
//! DIR/makers/*.pem      certificates of the TPM maker, for the server to trust
//! DIR/maker/            its keys
//! DIR/firmware/         Secure Boot certificates of the maker of the hosts
//! DIR/hosts/NAME/       one host: root/ (what the agent sees), tpm/, agent/, logs
//! DIR/control.sock      orders to the running simulator
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use crate::agent::Deployment;
use crate::condition::Chip;
use crate::error::{Error, io};
use crate::firmware::Keys;
use crate::host::{Host, Supplies};
use crate::order::Order;
use crate::plan::HostPlan;
use crate::play::{Ordered, Player};
use crate::record::Record;
use crate::scenario::Scenario;
use crate::tpm::Maker;

/// Orders that may wait for one host.
const QUEUE: usize = 8;

/// Running hosts.
#[derive(Debug)]
pub struct Fleet {
    orders: Orders,
    stop: watch::Sender<bool>,
    players: JoinSet<()>,
}

/// Gives orders to the hosts of a fleet; cheap to clone.
#[derive(Debug, Clone)]
pub struct Orders {
    hosts: Arc<BTreeMap<String, mpsc::Sender<Ordered>>>,
}

/// What the server must say about a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expected {
    /// The host's name.
    pub host: String,
    /// Its datacenter.
    pub datacenter: String,
    /// Its cluster.
    pub cluster: String,
    /// What is played.
    pub scenario: Scenario,
    /// `passed`, `failed`, `unknown` or `n-a`.
    pub attestation: &'static str,
    /// The code of the first reason or of the cause; nothing if it passed.
    pub code: Option<&'static str>,
}

impl Fleet {
    /// Makes keys, TPMs and file systems of these hosts in `dir`. What is there already stays.
    pub async fn prepare(dir: &Path, plans: &[HostPlan]) -> Result<(), Error> {
        let supplies = Arc::new(supplies(dir)?);
        let mut deliveries = JoinSet::new();
        for plan in plans.iter().cloned() {
            let (dir, supplies) = (host_dir(dir, &plan.name), Arc::clone(&supplies));
            deliveries.spawn(async move {
                Host::deliver(&plan, &dir, &supplies, chips_of(plan.scenario)).await
            });
        }
        while let Some(delivered) = deliveries.join_next().await {
            delivered.map_err(|error| Error::Refused(error.to_string()))??;
        }
        supplies.maker.publish(&dir.join("makers"))
    }

    /// Switches prepared hosts on and plays their scenarios; each says so when it is ready.
    pub async fn start(
        dir: &Path,
        plans: &[HostPlan],
        deployment: Deployment,
    ) -> Result<Self, Error> {
        let supplies = Arc::new(supplies(dir)?);
        let deployment = Arc::new(deployment);
        let (stop, stopped) = watch::channel(false);
        let mut hosts = BTreeMap::new();
        let mut players = JoinSet::new();
        for plan in plans {
            let dir = host_dir(dir, &plan.name);
            let host = Host::open(plan.clone(), &dir, Arc::clone(&supplies)).await?;
            let player = Player::new(host, Arc::clone(&deployment))?;
            let (sender, orders) = mpsc::channel(QUEUE);
            hosts.insert(plan.name.clone(), sender);
            players.spawn(player.play(orders, stopped.clone()));
        }
        Ok(Self { orders: Orders { hosts: Arc::new(hosts) }, stop, players })
    }

    /// Gives orders.
    pub fn orders(&self) -> Orders {
        self.orders.clone()
    }

    /// Switches every host off.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        while self.players.join_next().await.is_some() {}
    }

    /// What the server must say about each host, as it is played now.
    pub fn expected(dir: &Path, plans: &[HostPlan]) -> Result<Vec<Expected>, Error> {
        plans
            .iter()
            .map(|plan| {
                let record = Record::load(&host_dir(dir, &plan.name), plan.scenario)?;
                let expectation = record.expectation();
                Ok(Expected {
                    host: plan.name.clone(),
                    datacenter: plan.datacenter.clone(),
                    cluster: plan.cluster.clone(),
                    scenario: record.scenario,
                    attestation: expectation.attestation().code(),
                    code: expectation.code(),
                })
            })
            .collect()
    }
}

impl Orders {
    /// Gives an order to a host, waits until it is done, and says what was done.
    pub async fn give(&self, host: &str, order: Order) -> Result<String, Error> {
        let sender = self.hosts.get(host).ok_or_else(|| {
            let names: Vec<_> = self.names().collect();
            Error::Refused(format!("there is no host {host}; there are {}", names.join(", ")))
        })?;
        let gone = || Error::Refused(format!("{host} is being switched off"));
        let (answer, answered) = oneshot::channel();
        sender.send((order, answer)).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    /// The hosts' names, ascending.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.hosts.keys().map(String::as_str)
    }
}

fn supplies(dir: &Path) -> Result<Supplies, Error> {
    std::fs::create_dir_all(dir).map_err(io(dir))?;
    Ok(Supplies {
        keys: Keys::load_or_make(&dir.join("firmware"))?,
        maker: Maker::new(&dir.join("maker"))?,
    })
}

fn host_dir(dir: &Path, name: &str) -> PathBuf {
    dir.join("hosts").join(name)
}

/// The TPMs that a scenario will need.
fn chips_of(scenario: Scenario) -> &'static [Chip] {
    match scenario {
        Scenario::NoTpm => &[],
        Scenario::EkReplaced => &[Chip::First, Chip::Spare],
        _ => &[Chip::First],
    }
}
