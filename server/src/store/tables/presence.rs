//! Who is connected, and whose turn it is.

use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;

use super::column::{Place, code};
use super::event::HostScope;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql;

impl<Mode> Tx<Mode> {
    /// Every host that is on record as connected to a server that is not there any more.
    pub(crate) async fn orphaned_hosts(
        &mut self,
        now: Timestamp,
    ) -> Result<Vec<HostScope>, StoreError> {
        let rows: Vec<(String, String, String)> = sql::query_as(
            "SELECT id, cluster_id, datacenter_id FROM hosts
             WHERE presence = 'connected' AND (replica IS NULL OR replica NOT IN (
                 SELECT id FROM replicas WHERE leased_until > ?))",
        )
        .bind(now.0)
        .fetch_all(self.connection())
        .await?;
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

    /// The hosts connected to this server whose last appraisal is as old as their cluster's interval, the
    /// longest waiting first; at most `limit`.
    pub(crate) async fn due_hosts(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<HostId>, StoreError> {
        let replica = self.replica();
        let ids: Vec<String> = sql::query_scalar(
            "SELECT h.id FROM hosts h JOIN clusters c ON c.id = h.cluster_id
             WHERE h.presence = 'connected' AND h.replica IS NOT DISTINCT FROM ?
               AND (h.last_verified IS NULL OR h.last_verified + c.interval_s * 1000 <= ?)
             ORDER BY h.last_verified NULLS FIRST, h.id LIMIT ?",
        )
        .bind(replica)
        .bind(now.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        ids.iter().map(|id| Place { table: "hosts", row: id }.parse("id", id)).collect()
    }
}

impl Write {
    /// Notes that this server has the session of a connected host. Gives whether another had it.
    pub(crate) async fn hold_session(&mut self, host: HostId) -> Result<bool, StoreError> {
        let Some(replica) = self.replica() else { return Ok(false) };
        let held = sql::query(
            "UPDATE hosts SET replica = ?1 WHERE id = ?2 AND replica IS DISTINCT FROM ?1",
        )
        .bind(replica)
        .bind(host.to_string())
        .execute(self.connection())
        .await?;
        Ok(held.rows_affected() > 0)
    }

    /// Whether another server has the session of a host.
    pub(crate) async fn is_held_elsewhere(&mut self, host: HostId) -> Result<bool, StoreError> {
        let Some(replica) = self.replica() else { return Ok(false) };
        let found =
            sql::query_scalar("SELECT EXISTS (SELECT 1 FROM hosts WHERE id = ? AND replica <> ?)")
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
        let replica = self.replica().filter(|_| presence == Presence::Connected);
        sql::query(
            "UPDATE hosts SET presence = ?, presence_since = ?, presence_reason = ?, replica = ?
             WHERE id = ?",
        )
        .bind(code(&presence))
        .bind(now.0)
        .bind(reason)
        .bind(replica)
        .bind(host.to_string())
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
