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
    /// Every host whose agent is connected.
    pub(crate) async fn connected_hosts(&mut self) -> Result<Vec<HostScope>, StoreError> {
        let rows: Vec<(String, String, String)> = sql::query_as(
            "SELECT id, cluster_id, datacenter_id FROM hosts WHERE presence = 'connected'",
        )
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

    /// The connected hosts whose last appraisal is as old as their cluster's interval, the
    /// longest waiting first; at most `limit`.
    pub(crate) async fn due_hosts(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<HostId>, StoreError> {
        let ids: Vec<String> = sql::query_scalar(
            "SELECT h.id FROM hosts h JOIN clusters c ON c.id = h.cluster_id
             WHERE h.presence = 'connected'
               AND (h.last_verified IS NULL OR h.last_verified + c.interval_s * 1000 <= ?)
             ORDER BY h.last_verified NULLS FIRST, h.id LIMIT ?",
        )
        .bind(now.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        ids.iter().map(|id| Place { table: "hosts", row: id }.parse("id", id)).collect()
    }
}

impl Write {
    /// Puts the connection on record.
    pub(crate) async fn set_presence(
        &mut self,
        host: HostId,
        presence: Presence,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query(
            "UPDATE hosts SET presence = ?, presence_since = ?, presence_reason = ? WHERE id = ?",
        )
        .bind(code(&presence))
        .bind(now.0)
        .bind(reason)
        .bind(host.to_string())
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
