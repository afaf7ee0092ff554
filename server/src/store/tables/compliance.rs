//! The hosts of a datacenter as its report lists them.

use trustboard_model::id::DatacenterId;

use super::Tx;
use super::host::{HostRow, select_hosts};
use crate::store::StoreError;
use crate::store::record::HostRecord;
use crate::store::sql;

impl<Mode> Tx<Mode> {
    /// The hosts of a datacenter by cluster and name, `limit` of them after the first `offset`.
    pub(crate) async fn hosts_of_report(
        &mut self,
        datacenter: DatacenterId,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<HostRecord>, StoreError> {
        let rows: Vec<HostRow> = sql::query_as(concat!(
            select_hosts!(),
            "WHERE h.datacenter_id = ? ORDER BY c.name, h.name, h.id LIMIT ? OFFSET ?"
        ))
        .bind(datacenter.to_string())
        .bind(limit)
        .bind(offset)
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(HostRecord::try_from).collect()
    }
}
