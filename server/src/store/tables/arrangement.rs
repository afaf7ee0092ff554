//! Datacenters, clusters and hosts renamed, moved and taken away.

use trustboard_model::id::{ClusterId, DatacenterId, HostId};
use trustboard_model::view::{MoveTarget, Named};

use super::column::{Place, integer};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql;

impl<Mode> Tx<Mode> {
    /// Whether a datacenter has no cluster.
    pub(crate) async fn is_datacenter_empty(
        &mut self,
        id: DatacenterId,
    ) -> Result<bool, StoreError> {
        let empty =
            sql::query_scalar("SELECT NOT EXISTS (SELECT 1 FROM clusters WHERE datacenter_id = ?)")
                .bind(id.to_string())
                .fetch_one(self.connection())
                .await?;
        Ok(empty)
    }

    /// Whether a cluster has no host.
    pub(crate) async fn is_cluster_empty(&mut self, id: ClusterId) -> Result<bool, StoreError> {
        let empty =
            sql::query_scalar("SELECT NOT EXISTS (SELECT 1 FROM hosts WHERE cluster_id = ?)")
                .bind(id.to_string())
                .fetch_one(self.connection())
                .await?;
        Ok(empty)
    }

    /// Every cluster with its datacenter, by both names.
    pub(crate) async fn move_targets(&mut self) -> Result<Vec<MoveTarget>, StoreError> {
        let rows: Vec<(String, String, String, String)> = sql::query_as(
            "SELECT c.id, c.name, d.id, d.name FROM clusters c
             JOIN datacenters d ON d.id = c.datacenter_id ORDER BY d.name, c.name",
        )
        .fetch_all(self.connection())
        .await?;
        let target = |(id, name, datacenter, of): (String, String, String, String)| {
            let place = Place { table: "clusters", row: &id };
            Ok(MoveTarget {
                datacenter: Named { id: place.parse("datacenter_id", &datacenter)?, name: of },
                cluster: Named { id: place.parse("id", &id)?, name },
            })
        };
        rows.into_iter().map(target).collect()
    }
}

impl Write {
    /// Gives a datacenter another name, which is free.
    pub(crate) async fn rename_datacenter(
        &mut self,
        id: DatacenterId,
        name: &str,
    ) -> Result<(), StoreError> {
        sql::query("UPDATE datacenters SET name = ? WHERE id = ?")
            .bind(name)
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Deletes a datacenter that has no cluster.
    pub(crate) async fn delete_datacenter(&mut self, id: DatacenterId) -> Result<(), StoreError> {
        sql::query("DELETE FROM datacenters WHERE id = ?")
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Gives a cluster another name, which is free in its datacenter.
    pub(crate) async fn rename_cluster(
        &mut self,
        id: ClusterId,
        name: &str,
    ) -> Result<(), StoreError> {
        sql::query("UPDATE clusters SET name = ? WHERE id = ?")
            .bind(name)
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Moves a cluster with its hosts to another datacenter. Gives how many hosts.
    pub(crate) async fn move_cluster(
        &mut self,
        id: ClusterId,
        to: DatacenterId,
    ) -> Result<u32, StoreError> {
        let (key, to) = (id.to_string(), to.to_string());
        sql::query("UPDATE clusters SET datacenter_id = ? WHERE id = ?")
            .bind(&to)
            .bind(&key)
            .execute(self.connection())
            .await?;
        sql::query("UPDATE verified SET datacenter_id = ? WHERE cluster_id = ?")
            .bind(&to)
            .bind(&key)
            .execute(self.connection())
            .await?;
        let moved = sql::query("UPDATE hosts SET datacenter_id = ? WHERE cluster_id = ?")
            .bind(&to)
            .bind(&key)
            .execute(self.connection())
            .await?
            .rows_affected();
        Place { table: "hosts", row: &key }.number("count", integer(moved))
    }

    /// Deletes a cluster that has no host, with its tokens and its place in configurations.
    pub(crate) async fn delete_cluster(&mut self, id: ClusterId) -> Result<(), StoreError> {
        for statement in [
            "DELETE FROM enrolments WHERE token_id IN (SELECT id FROM tokens WHERE cluster_id = ?)",
            "DELETE FROM tokens WHERE cluster_id = ?",
            "DELETE FROM configuration_clusters WHERE cluster_id = ?",
            "DELETE FROM counted WHERE cluster_id = ?",
            "DELETE FROM clusters WHERE id = ?",
        ] {
            sql::query(statement).bind(id.to_string()).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Gives the standards of a cluster a number that they and those of `from` never had: what was
    /// judged by those of `from` while its host moved is not taken for up to date.
    pub(crate) async fn outnumber_standards(
        &mut self,
        cluster: ClusterId,
        from: ClusterId,
    ) -> Result<(), StoreError> {
        sql::query(
            "UPDATE clusters SET standards = 1 + (SELECT max(standards) FROM clusters
                                             WHERE id IN (?1, ?2)) WHERE id = ?2",
        )
        .bind(from.to_string())
        .bind(cluster.to_string())
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Moves a host to another cluster; its name must be free there.
    pub(crate) async fn move_host(
        &mut self,
        host: HostId,
        cluster: ClusterId,
        datacenter: DatacenterId,
    ) -> Result<(), StoreError> {
        for statement in [
            "UPDATE hosts SET cluster_id = ?, datacenter_id = ? WHERE id = ?",
            "UPDATE verified SET cluster_id = ?, datacenter_id = ? WHERE host_id = ?",
        ] {
            sql::query(statement)
                .bind(cluster.to_string())
                .bind(datacenter.to_string())
                .bind(host.to_string())
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }
}
