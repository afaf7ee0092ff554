//! Event logs, many at a time.

use std::collections::HashMap;
use std::sync::Arc;

use trustboard_model::digest::Sha256;

use super::Tx;
use super::column::Place;
use crate::store::StoreError;
use crate::store::sql::QueryBuilder;

impl<Mode> Tx<Mode> {
    /// Event logs by their digests; those that are not kept are left out.
    pub(crate) async fn event_logs(
        &mut self,
        digests: &[Sha256],
    ) -> Result<HashMap<Sha256, Arc<Vec<u8>>>, StoreError> {
        let mut sql = QueryBuilder::new("SELECT digest, bytes FROM event_logs WHERE digest IN ");
        sql.list(digests.iter().map(|digest| &digest.0[..]));
        let rows: Vec<(Vec<u8>, Vec<u8>)> =
            sql.build_query_as().fetch_all(self.connection()).await?;
        let place = Place { table: "event_logs", row: "by digest" };
        let parsed = |(digest, bytes): (Vec<u8>, Vec<u8>)| {
            Ok((place.sha256("digest", &digest)?, Arc::new(bytes)))
        };
        rows.into_iter().map(parsed).collect()
    }
}
