//! How many hosts of each cluster read what now: kept with every change of a host, so that no page
//! counts hosts. What it would be if they were counted is compared with it now and then.

use trustboard_model::host::Attestation;
use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::view::CountChange;

use super::column::Place;
use super::count::Counts;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, QueryBuilder};

/// What a count of all hosts gives.
macro_rules! counted_anew {
    () => {
        "SELECT h.cluster_id, count(*) AS hosts,
                count(*) FILTER (WHERE h.attestation = 'passed') AS passed,
                count(*) FILTER (WHERE h.attestation = 'failed') AS failed,
                count(*) FILTER (WHERE h.attestation = 'unknown') AS unknown,
                count(*) FILTER (WHERE h.attestation = 'n-a') AS not_applicable,
                count(*) FILTER (WHERE h.alarm_red = 1) AS red
         FROM hosts h GROUP BY h.cluster_id"
    };
}

impl<Mode> Tx<Mode> {
    /// How many clusters have other counts than their hosts give. Looks at every host, in an index.
    pub(crate) async fn miscounted(&mut self) -> Result<u64, StoreError> {
        let count: i64 = sql::query_scalar(concat!(
            "SELECT count(*) FROM clusters c LEFT JOIN counted n ON n.cluster_id = c.id
                    LEFT JOIN (",
            counted_anew!(),
            ") a ON a.cluster_id = c.id
             WHERE coalesce(n.hosts, 0) <> coalesce(a.hosts, 0)
                OR coalesce(n.passed, 0) <> coalesce(a.passed, 0)
                OR coalesce(n.failed, 0) <> coalesce(a.failed, 0)
                OR coalesce(n.unknown, 0) <> coalesce(a.unknown, 0)
                OR coalesce(n.not_applicable, 0) <> coalesce(a.not_applicable, 0)
                OR coalesce(n.red, 0) <> coalesce(a.red, 0)"
        ))
        .fetch_one(self.connection())
        .await?;
        Place { table: "counted", row: "*" }.number("count", count)
    }

    /// What the columns Attestation and Alarm of a host read, the latter as 1 for red, and its cluster.
    pub(super) async fn reads(
        &mut self,
        host: HostId,
    ) -> Result<(Attestation, i64, ClusterId), StoreError> {
        let key = host.to_string();
        let (code, red, cluster): (String, i64, String) =
            sql::query_as("SELECT attestation, alarm_red, cluster_id FROM hosts WHERE id = ?")
                .bind(&key)
                .fetch_one(self.connection())
                .await?;
        let place = Place { table: "hosts", row: &key };
        let attestation = Attestation::from_code(&code).ok_or_else(|| place.bad("attestation"))?;
        Ok((attestation, red, place.parse("cluster_id", &cluster)?))
    }
}

impl Write {
    /// Adds to the counts of clusters.
    pub(super) async fn add_to_counted(&mut self, counts: &Counts) -> Result<(), StoreError> {
        let changed = counts.now();
        if changed.is_empty() {
            return Ok(());
        }
        let mut query = QueryBuilder::new(
            "INSERT INTO counted (cluster_id, hosts, passed, failed, unknown, not_applicable, red)
             VALUES ",
        );
        query.rows(&changed, |values, (cluster, by, red)| {
            let CountChange { hosts, passed, failed, unknown, not_applicable } = *by;
            values.push_bind(cluster.to_string());
            for count in [hosts, passed, failed, unknown, not_applicable, *red] {
                values.push_bind(count);
            }
        });
        query.push(
            " ON CONFLICT (cluster_id) DO UPDATE SET
                 hosts = counted.hosts + excluded.hosts,
                 passed = counted.passed + excluded.passed,
                 failed = counted.failed + excluded.failed,
                 unknown = counted.unknown + excluded.unknown,
                 not_applicable = counted.not_applicable + excluded.not_applicable,
                 red = counted.red + excluded.red",
        );
        query.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Counts all hosts anew.
    pub(crate) async fn recount(&mut self) -> Result<(), StoreError> {
        sql::query("DELETE FROM counted").execute(self.connection()).await?;
        sql::query(concat!(
            "INSERT INTO counted (cluster_id, hosts, passed, failed, unknown, not_applicable, red) ",
            counted_anew!()
        ))
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
