//! Datacenters and clusters.

use std::collections::BTreeMap;

use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::policy::Policy;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{ClusterNode, Counts, DatacenterNode, Named};

use super::column::{Place, json};
use super::security::CountRow;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql;

impl Write {
    /// Adds a datacenter; the name must be free.
    pub(crate) async fn insert_datacenter(
        &mut self,
        id: DatacenterId,
        name: &str,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("INSERT INTO datacenters (id, name, created_at) VALUES (?, ?, ?)")
            .bind(id.to_string())
            .bind(name)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Adds a cluster; the name must be free in its datacenter.
    pub(crate) async fn insert_cluster(
        &mut self,
        id: ClusterId,
        datacenter: DatacenterId,
        name: &str,
        policy: &Policy,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query(
            "INSERT INTO clusters
                 (id, datacenter_id, name, policy, interval_s, max_age_s, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id.to_string())
        .bind(datacenter.to_string())
        .bind(name)
        .bind(json(policy))
        .bind(policy.interval_s)
        .bind(policy.max_age_s)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

impl<Mode> Tx<Mode> {
    /// A datacenter.
    pub(crate) async fn datacenter(
        &mut self,
        id: DatacenterId,
    ) -> Result<Option<Named<DatacenterId>>, StoreError> {
        let name: Option<String> = sql::query_scalar("SELECT name FROM datacenters WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        Ok(name.map(|name| Named { id, name }))
    }

    /// Every datacenter, by name.
    pub(crate) async fn datacenters(&mut self) -> Result<Vec<Named<DatacenterId>>, StoreError> {
        let rows: Vec<(String, String)> =
            sql::query_as("SELECT id, name FROM datacenters ORDER BY name")
                .fetch_all(self.connection())
                .await?;
        let named = |(id, name): (String, String)| {
            Ok(Named { id: Place { table: "datacenters", row: &id }.parse("id", &id)?, name })
        };
        rows.into_iter().map(named).collect()
    }

    /// Whether a datacenter has this name, in any case of its letters.
    pub(crate) async fn datacenter_is_named(&mut self, name: &str) -> Result<bool, StoreError> {
        let found = sql::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM datacenters WHERE name = CAST(? AS citext))",
        )
        .bind(name)
        .fetch_one(self.connection())
        .await?;
        Ok(found)
    }

    /// Whether a cluster of the datacenter has this name, in any case of its letters.
    pub(crate) async fn cluster_is_named(
        &mut self,
        datacenter: DatacenterId,
        name: &str,
    ) -> Result<bool, StoreError> {
        let found = sql::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM clusters WHERE datacenter_id = ? AND name = CAST(? AS citext))",
        )
        .bind(datacenter.to_string())
        .bind(name)
        .fetch_one(self.connection())
        .await?;
        Ok(found)
    }

    /// The datacenter of a cluster.
    pub(crate) async fn datacenter_of(
        &mut self,
        cluster: ClusterId,
    ) -> Result<Option<DatacenterId>, StoreError> {
        let key = cluster.to_string();
        let id: Option<String> =
            sql::query_scalar("SELECT datacenter_id FROM clusters WHERE id = ?")
                .bind(&key)
                .fetch_optional(self.connection())
                .await?;
        let place = Place { table: "clusters", row: &key };
        id.map(|id| place.parse("datacenter_id", &id)).transpose()
    }

    /// The datacenter of every cluster.
    pub(crate) async fn datacenters_by_cluster(
        &mut self,
    ) -> Result<BTreeMap<ClusterId, DatacenterId>, StoreError> {
        let rows: Vec<(String, String)> = sql::query_as("SELECT id, datacenter_id FROM clusters")
            .fetch_all(self.connection())
            .await?;
        let pair = |(id, datacenter): (String, String)| {
            let place = Place { table: "clusters", row: &id };
            Ok((place.parse("id", &id)?, place.parse("datacenter_id", &datacenter)?))
        };
        rows.into_iter().map(pair).collect()
    }

    /// The clusters of a datacenter, by name.
    pub(crate) async fn clusters(
        &mut self,
        datacenter: DatacenterId,
    ) -> Result<Vec<Named<ClusterId>>, StoreError> {
        let rows: Vec<(String, String)> =
            sql::query_as("SELECT id, name FROM clusters WHERE datacenter_id = ? ORDER BY name")
                .bind(datacenter.to_string())
                .fetch_all(self.connection())
                .await?;
        let named = |(id, name): (String, String)| {
            Ok(Named { id: Place { table: "clusters", row: &id }.parse("id", &id)?, name })
        };
        rows.into_iter().map(named).collect()
    }

    /// Every datacenter and cluster with the counts of its hosts, by name.
    pub(crate) async fn tree(&mut self, now: Timestamp) -> Result<Vec<DatacenterNode>, StoreError> {
        let datacenters: Vec<(String, String)> =
            sql::query_as("SELECT id, name FROM datacenters ORDER BY name")
                .fetch_all(self.connection())
                .await?;
        let clusters = self.counts_by_cluster(now).await?;
        datacenters.into_iter().map(|(id, name)| node(&id, name, &clusters)).collect()
    }
}

fn node(id: &str, name: String, clusters: &[CountRow]) -> Result<DatacenterNode, StoreError> {
    let mut counts = Counts::default();
    let mut nodes = Vec::new();
    for row in clusters.iter().filter(|row| row.datacenter_id == id) {
        let place = Place { table: "clusters", row: &row.cluster_id };
        let of_cluster = row.counts()?;
        counts = counts.plus(of_cluster);
        nodes.push(ClusterNode {
            id: place.parse("id", &row.cluster_id)?,
            name: row.cluster_name.clone(),
            counts: of_cluster,
        });
    }
    let id = Place { table: "datacenters", row: id }.parse("id", id)?;
    Ok(DatacenterNode { id, name, counts, clusters: nodes })
}
