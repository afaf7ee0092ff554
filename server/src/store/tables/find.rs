//! Names that hold some letters, in the whole inventory.

use trustboard_model::view::{Found, FoundId};

use super::Tx;
use super::column::Place;
use super::host_query::{Within, contains, literally, push_like};
use crate::store::StoreError;
use crate::store::sql::QueryBuilder;

/// `kind`, `id`, `name`, names of datacenter and cluster, the datacenter's id.
type Row = (i64, String, String, String, Option<String>, String);

impl<Mode> Tx<Mode> {
    /// At most `limit` hosts, clusters and datacenters whose name holds `letters`, in any case of
    /// ASCII: those that begin so first.
    pub(crate) async fn find(
        &mut self,
        within: &Within,
        letters: &str,
        limit: usize,
    ) -> Result<Vec<Found>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT kind, id, name, datacenter, cluster, datacenter_id FROM (
             SELECT CAST(0 AS BIGINT) AS kind, d.id AS id, d.name AS name, d.name AS datacenter,
                    NULL AS cluster, d.id AS datacenter_id FROM datacenters d
             UNION ALL
             SELECT 1, c.id, c.name, d.name, c.name, d.id
             FROM clusters c JOIN datacenters d ON d.id = c.datacenter_id
             UNION ALL
             SELECT 2, h.id, h.name, d.name, c.name, d.id
             FROM hosts h JOIN clusters c ON c.id = h.cluster_id
             JOIN datacenters d ON d.id = h.datacenter_id) AS named",
        );
        push_like(&mut query, " WHERE name", &contains(letters));
        match within {
            Within::Datacenter(id) => {
                query.push(" AND datacenter_id = ").push_bind(id.to_string());
            }
            Within::AllBut(unseen) => {
                for id in unseen {
                    query.push(" AND datacenter_id <> ").push_bind(id.to_string());
                }
            }
        }
        push_like(&mut query, " ORDER BY CASE WHEN name", &format!("{}%", literally(letters)));
        query.push(" THEN 0 ELSE 1 END, kind, name, id LIMIT ");
        query.push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
        let rows: Vec<Row> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(found).collect()
    }
}

fn found((kind, id, name, datacenter, cluster, of): Row) -> Result<Found, StoreError> {
    let place = Place { table: "named", row: &id };
    let cluster = cluster.unwrap_or_default();
    let (found, within) = match kind {
        0 => (FoundId::Datacenter(place.parse("id", &id)?), Vec::new()),
        1 => {
            let of = place.parse("datacenter_id", &of)?;
            (FoundId::Cluster(place.parse("id", &id)?, of), vec![datacenter])
        }
        _ => (FoundId::Host(place.parse("id", &id)?), vec![datacenter, cluster]),
    };
    Ok(Found { id: found, name, within })
}
