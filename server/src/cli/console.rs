//! What every command but `serve` works with: the database, opened beside a running server.

use std::sync::Arc;

use anyhow::Context as _;
use trustboard_model::event::Actor;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::{ClusterNode, DatacenterNode, Inventory};

use super::Place;
use crate::clock::SystemClock;
use crate::config::{Config, Settings};
use crate::ctx::Ctx;
use crate::live::Live;
use crate::query;
use crate::random::SystemRandom;
use crate::serve::data_dir;
use crate::store::Store;

/// Somebody with a shell on the server.
pub(super) struct Console {
    pub(super) ctx: Ctx,
    pub(super) config: Config,
    pub(super) actor: Actor,
}

impl Console {
    /// Opens the database.
    pub(super) async fn open(place: &Place) -> anyhow::Result<Self> {
        let config = place.config(Settings::default())?;
        data_dir(&config.data_dir).with_context(|| config.data_dir.display().to_string())?;
        let store = Store::at(&config.database)
            .await
            .with_context(|| format!("database {}", config.database))?;
        Ok(Self { ctx: context(store), config, actor: who() })
    }

    /// The inventory.
    pub(super) async fn inventory(&self) -> Result<Inventory, Refusal> {
        query::inventory(&self.ctx, &Sees::Everything).await
    }

    /// The datacenter with this name.
    pub(super) async fn datacenter(&self, name: &str) -> anyhow::Result<DatacenterNode> {
        let found = find_datacenter(self.inventory().await?, name);
        found.with_context(|| {
            format!("there is no datacenter '{name}'; make it with: trustboard datacenter add")
        })
    }

    /// The cluster with this name.
    pub(super) async fn cluster(
        &self,
        datacenter: &str,
        name: &str,
    ) -> anyhow::Result<ClusterNode> {
        let clusters = self.datacenter(datacenter).await?.clusters;
        clusters.into_iter().find(|cluster| cluster.name == name).with_context(|| {
            format!(
                "there is no cluster '{name}' in datacenter '{datacenter}'; \
                 make it with: trustboard cluster add"
            )
        })
    }

    /// Ends cleanly: the write-ahead log is left in order.
    pub(super) async fn close(self) {
        self.ctx.store.close().await;
    }
}

/// What commands and queries are given, on this database.
pub(super) fn context(store: Store) -> Ctx {
    Ctx { store, clock: Arc::new(SystemClock), random: Arc::new(SystemRandom), live: Live::new() }
}

/// Who is at the console: what the system says of the login, for the audit's reader. It is no
/// authentication, since whoever can write the database can do anything.
pub(super) fn who() -> Actor {
    let name = ["SUDO_USER", "LOGNAME", "USER"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|name| !name.is_empty()))
        .unwrap_or_else(|| "unknown".to_owned());
    Actor::Console(name.chars().filter(|c| !c.is_control()).take(64).collect())
}

/// The datacenter with this name in `inventory`.
pub(super) fn find_datacenter(inventory: Inventory, name: &str) -> Option<DatacenterNode> {
    inventory.datacenters.into_iter().find(|datacenter| datacenter.name == name)
}
