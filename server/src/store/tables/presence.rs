//! Who is connected, and to which server.
//!
//! A host that counts as connected has a row in `connections`, with the server that has its session.
//! A server takes another name each time it starts, so hosts of the one before it are told from its
//! own: they count as connected until they come back, or until somebody says that they do not.

use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;

use super::column::{Place, code};
use super::event::HostScope;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, QueryBuilder};

/// A server that is not there any more, and how many hosts still count as connected to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneReplica {
    /// Its name.
    pub name: String,
    /// How many hosts.
    pub hosts: u32,
}

impl<Mode> Tx<Mode> {
    /// The servers that are gone and to which hosts still count as connected. Takes as long as
    /// there are such hosts, and a look into the index for each server that has any.
    pub(crate) async fn gone_replicas(
        &mut self,
        now: Timestamp,
    ) -> Result<Vec<GoneReplica>, StoreError> {
        let own = self.replica();
        let rows: Vec<(String, i64)> = sql::query_as(
            "WITH RECURSIVE names (name) AS (
                 SELECT min(replica) FROM connections
                 UNION ALL
                 SELECT (SELECT min(n.replica) FROM connections n WHERE n.replica > names.name)
                 FROM names WHERE names.name IS NOT NULL)
             SELECT name, (SELECT count(*) FROM connections n WHERE n.replica = names.name)
             FROM names WHERE name IS NOT NULL AND name IS DISTINCT FROM ?
               AND name NOT IN (SELECT id FROM replicas WHERE leased_until > ?)",
        )
        .bind(own)
        .bind(now.0)
        .fetch_all(self.connection())
        .await?;
        let gone = |(name, hosts): (String, i64)| {
            let hosts = Place { table: "connections", row: &name }.number("count", hosts)?;
            Ok(GoneReplica { name, hosts })
        };
        rows.into_iter().map(gone).collect()
    }

    /// The hosts that count as connected to this server.
    pub(crate) async fn connected_here(&mut self) -> Result<Vec<HostId>, StoreError> {
        let replica = self.replica().unwrap_or_default();
        let ids: Vec<String> =
            sql::query_scalar("SELECT host_id FROM connections WHERE replica = ?")
                .bind(replica)
                .fetch_all(self.connection())
                .await?;
        let host = |id: &String| Place { table: "connections", row: id }.parse("host_id", id);
        ids.iter().map(host).collect()
    }
}

impl Write {
    /// Notes that this server has the sessions of those hosts that count as connected to others.
    /// Gives how many did.
    pub(crate) async fn hold_sessions(&mut self, hosts: &[HostId]) -> Result<u64, StoreError> {
        let Some(replica) = self.replica() else { return Ok(0) };
        let mut sql = QueryBuilder::new("UPDATE connections SET replica = ");
        sql.push_bind(&*replica).push(" WHERE replica <> ").push_bind(&*replica);
        sql.push(" AND host_id IN ").list(hosts.iter().map(ToString::to_string));
        Ok(sql.build().execute(self.connection()).await?.rows_affected())
    }

    /// Puts on record that hosts are connected to this server, and raises their revisions: each gets
    /// an event.
    pub(crate) async fn set_connected(&mut self, hosts: &[HostId]) -> Result<(), StoreError> {
        if hosts.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let replica = self.replica().unwrap_or_default();
        let mut sql = QueryBuilder::new("UPDATE hosts SET presence = ");
        sql.push_bind(code(&Presence::Connected)).push(", presence_since = ").push_bind(now.0);
        sql.push(", presence_reason = NULL, revision = revision + 1 WHERE id IN ");
        sql.list(hosts.iter().map(ToString::to_string));
        sql.build().execute(self.connection()).await?;
        let mut sql = QueryBuilder::new("INSERT INTO connections (host_id, replica) VALUES ");
        sql.rows(hosts, |values, host| {
            values.push_bind(host.to_string()).push_bind(&*replica);
        });
        sql.push(" ON CONFLICT (host_id) DO UPDATE SET replica = excluded.replica");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Whether another server has the session of a host.
    pub(crate) async fn is_held_elsewhere(&mut self, host: HostId) -> Result<bool, StoreError> {
        let Some(replica) = self.replica() else { return Ok(false) };
        let found = sql::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM connections WHERE host_id = ? AND replica <> ?)",
        )
        .bind(host.to_string())
        .bind(replica)
        .fetch_one(self.connection())
        .await?;
        Ok(found)
    }

    /// Puts the connection on record.
    pub(crate) async fn set_presence(
        &mut self,
        host: HostId,
        presence: Presence,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let key = host.to_string();
        sql::query(
            "UPDATE hosts SET presence = ?, presence_since = ?, presence_reason = ? WHERE id = ?",
        )
        .bind(code(&presence))
        .bind(now.0)
        .bind(reason)
        .bind(&key)
        .execute(self.connection())
        .await?;
        if presence == Presence::Connected {
            let replica = self.replica().unwrap_or_default();
            sql::query(
                "INSERT INTO connections (host_id, replica) VALUES (?, ?)
                 ON CONFLICT (host_id) DO UPDATE SET replica = excluded.replica",
            )
            .bind(&key)
            .bind(replica)
            .execute(self.connection())
            .await?;
        } else {
            sql::query("DELETE FROM connections WHERE host_id = ?")
                .bind(&key)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    /// Puts on record that at most `limit` hosts do not respond that count as connected to a server
    /// which is gone, and raises their revisions: each gets an event. Nothing, if that server is
    /// there after all.
    pub(crate) async fn disconnect_from_gone(
        &mut self,
        replica: &str,
        reason: &str,
        limit: u32,
    ) -> Result<Vec<HostScope>, StoreError> {
        let now = self.now();
        let ids: Vec<String> = sql::query_scalar(
            "SELECT host_id FROM connections WHERE replica = ?1 AND NOT EXISTS (
                 SELECT 1 FROM replicas WHERE id = ?1 AND leased_until > ?2)
             ORDER BY host_id LIMIT ?3",
        )
        .bind(replica)
        .bind(now.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = QueryBuilder::new("UPDATE hosts SET presence = ");
        sql.push_bind(code(&Presence::NotResponding));
        sql.push(", presence_since = ").push_bind(now.0);
        sql.push(", presence_reason = ").push_bind(reason);
        sql.push(", revision = revision + 1 WHERE id IN (");
        push_list(&mut sql, &ids);
        sql.push(") RETURNING id, cluster_id, datacenter_id");
        let rows: Vec<(String, String, String)> =
            sql.build_query_as().fetch_all(self.connection()).await?;
        let mut sql = QueryBuilder::new("DELETE FROM connections WHERE host_id IN (");
        push_list(&mut sql, &ids);
        sql.push(")");
        sql.build().execute(self.connection()).await?;
        let scope = |(id, cluster, datacenter): (String, String, String)| {
            let place = Place { table: "hosts", row: &id };
            Ok(HostScope {
                host: place.parse("id", &id)?,
                cluster: place.parse("cluster_id", &cluster)?,
                datacenter: place.parse("datacenter_id", &datacenter)?,
            })
        };
        rows.into_iter().map(scope).collect()
    }
}

fn push_list(sql: &mut QueryBuilder, ids: &[String]) {
    let mut list = sql.separated(", ");
    for id in ids {
        list.push_bind(id.as_str());
    }
}
