//! The hosts of a datacenter as its report lists them.

use trustboard_model::id::{ConfigurationId, DatacenterId};

use super::Tx;
use super::column::Place;
use super::host::{HostRow, select_hosts};
use crate::store::StoreError;
use crate::store::record::HostRecord;

impl<Mode> Tx<Mode> {
    /// The hosts of a datacenter by cluster and name, `limit` of them after the first `offset`, each
    /// with the configuration that it matches.
    pub(crate) async fn hosts_in_order(
        &mut self,
        datacenter: DatacenterId,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<(HostRecord, Option<ConfigurationId>)>, StoreError> {
        let key = datacenter.to_string();
        let rows: Vec<HostRow> = sqlx::query_as(concat!(
            select_hosts!(),
            "WHERE h.datacenter_id = ? ORDER BY c.name, h.name, h.id LIMIT ? OFFSET ?"
        ))
        .bind(&key)
        .bind(limit)
        .bind(offset)
        .fetch_all(self.connection())
        .await?;
        let matched: Vec<Option<String>> = sqlx::query_scalar(
            "SELECT h.configuration_id FROM hosts h JOIN clusters c ON c.id = h.cluster_id
             WHERE h.datacenter_id = ? ORDER BY c.name, h.name, h.id LIMIT ? OFFSET ?",
        )
        .bind(&key)
        .bind(limit)
        .bind(offset)
        .fetch_all(self.connection())
        .await?;
        let place = Place { table: "hosts", row: &key };
        rows.into_iter()
            .zip(matched)
            .map(|(row, id)| {
                let id = id.map(|id| place.parse("configuration_id", &id)).transpose()?;
                Ok((HostRecord::try_from(row)?, id))
            })
            .collect()
    }
}
