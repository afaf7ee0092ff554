//! Counts and causes over many hosts.

use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::reason::ReasonCode;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{CauseGroup, Counts};

use super::Tx;
use super::column::Place;
use super::host_query::{Within, push_within};
use crate::store::StoreError;
use crate::store::sql::{self, FromRow, QueryBuilder};

/// The hosts of one cluster by what their columns read.
#[derive(FromRow)]
pub(super) struct CountRow {
    pub datacenter_id: String,
    pub cluster_id: String,
    pub cluster_name: String,
    hosts: i64,
    passed: i64,
    failed: i64,
    unknown: i64,
    not_applicable: i64,
    stale: i64,
    red: i64,
}

impl CountRow {
    pub(super) fn counts(&self) -> Result<Counts, StoreError> {
        let place = Place { table: "hosts", row: &self.cluster_id };
        Ok(Counts {
            hosts: place.number("count", self.hosts)?,
            passed: place.number("count", self.passed)?,
            failed: place.number("count", self.failed)?,
            unknown: place.number("count", self.unknown)?,
            not_applicable: place.number("count", self.not_applicable)?,
            stale: place.number("count", self.stale)?,
            red: place.number("count", self.red)?,
        })
    }
}

/// What is kept with every change, and those that are stale: they are found by their age
/// (`Freshness::derive` in SQL).
macro_rules! select_counts {
    () => {
        "SELECT c.datacenter_id, c.id AS cluster_id, c.name AS cluster_name,
                coalesce(n.hosts, 0) AS hosts, coalesce(n.passed, 0) AS passed,
                coalesce(n.failed, 0) AS failed, coalesce(n.unknown, 0) AS unknown,
                coalesce(n.not_applicable, 0) AS not_applicable,
                (SELECT count(*) FROM verified v
                 WHERE v.cluster_id = c.id AND v.at < ? - c.max_age_s * 1000) AS stale,
                coalesce(n.red, 0) AS red
         FROM clusters c LEFT JOIN counted n ON n.cluster_id = c.id "
    };
}

#[derive(FromRow)]
struct CauseRow {
    first_reason: String,
    place: String,
    hosts: i64,
    since: i64,
}

impl<Mode> Tx<Mode> {
    /// The counts of every cluster, by name.
    pub(super) async fn counts_by_cluster(
        &mut self,
        now: Timestamp,
    ) -> Result<Vec<CountRow>, StoreError> {
        let rows = sql::query_as(concat!(select_counts!(), "ORDER BY c.name"))
            .bind(now.0)
            .fetch_all(self.connection())
            .await?;
        Ok(rows)
    }

    /// The counts of a part of the inventory.
    pub(crate) async fn counts_within(
        &mut self,
        within: &Within,
        now: Timestamp,
    ) -> Result<Counts, StoreError> {
        let unseen: Vec<String> = match within {
            Within::Datacenter(id) => return self.counts(*id, now).await,
            Within::AllBut(unseen) => unseen.iter().map(ToString::to_string).collect(),
        };
        let clusters = self.counts_by_cluster(now).await?;
        let mut seen = clusters.iter().filter(|row| !unseen.contains(&row.datacenter_id));
        seen.try_fold(Counts::default(), |all, row| Ok(all.plus(row.counts()?)))
    }

    /// The counts of a datacenter.
    async fn counts(
        &mut self,
        datacenter: DatacenterId,
        now: Timestamp,
    ) -> Result<Counts, StoreError> {
        let rows: Vec<CountRow> =
            sql::query_as(concat!(select_counts!(), "WHERE c.datacenter_id = ?"))
                .bind(now.0)
                .bind(datacenter.to_string())
                .fetch_all(self.connection())
                .await?;
        rows.iter().try_fold(Counts::default(), |all, row| Ok(all.plus(row.counts()?)))
    }

    /// The counts of each cluster of a datacenter.
    pub(crate) async fn counts_of_clusters(
        &mut self,
        datacenter: DatacenterId,
        now: Timestamp,
    ) -> Result<Vec<(ClusterId, Counts)>, StoreError> {
        let rows: Vec<CountRow> =
            sql::query_as(concat!(select_counts!(), "WHERE c.datacenter_id = ?"))
                .bind(now.0)
                .bind(datacenter.to_string())
                .fetch_all(self.connection())
                .await?;
        let parsed = |row: &CountRow| {
            let place = Place { table: "clusters", row: &row.cluster_id };
            Ok((place.parse("id", &row.cluster_id)?, row.counts()?))
        };
        rows.iter().map(parsed).collect()
    }

    /// The failed hosts by their most telling reason, the most frequent first, with the names of
    /// their clusters; of more than one datacenter, with the datacenters' names.
    pub(crate) async fn causes(&mut self, within: &Within) -> Result<Vec<CauseGroup>, StoreError> {
        let mut sql = QueryBuilder::new("");
        push_causes(&mut sql, within);
        let rows: Vec<CauseRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        let mut groups: Vec<CauseGroup> = Vec::new();
        for row in rows {
            let place = Place { table: "hosts", row: &row.place };
            let reason = ReasonCode::from_code(&row.first_reason)
                .ok_or_else(|| place.bad("first_reason"))?;
            let hosts: u32 = place.number("count", row.hosts)?;
            let since = Timestamp(row.since);
            if let Some(group) = groups.iter_mut().find(|group| group.reason == reason) {
                group.hosts += hosts;
                group.since = group.since.min(since);
                group.clusters.push(row.place);
            } else {
                let clusters = vec![row.place];
                groups.push(CauseGroup { reason, hosts, since, clusters });
            }
        }
        groups.sort_by_key(|group| (std::cmp::Reverse(group.hosts), group.reason));
        Ok(groups)
    }
}

/// The failed hosts by reason and place.
fn push_causes(sql: &mut QueryBuilder, within: &Within) {
    let place = match within {
        Within::Datacenter(_) => "c",
        Within::AllBut(_) => "p",
    };
    // Only what failed has a reason. All of this stands in one index, of those alone: counted by
    // themselves first, or the planner goes through all hosts of each cluster.
    sql.push("SELECT h.first_reason, ").push(place).push(
        ".name AS place, CAST(sum(h.hosts) AS BIGINT) AS hosts, min(h.since) AS since
         FROM (SELECT first_reason, cluster_id, count(*) AS hosts, min(since) AS since
               FROM hosts WHERE first_reason IS NOT NULL GROUP BY first_reason, cluster_id) h
              JOIN clusters c ON c.id = h.cluster_id
              JOIN datacenters p ON p.id = c.datacenter_id",
    );
    push_within(sql, "c.datacenter_id", within);
    sql.push(" GROUP BY h.first_reason, ").push(place).push(".id, ").push(place);
    sql.push(".name ORDER BY ").push(place).push(".name");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::tables::plan::plan;

    #[tokio::test]
    async fn causes_are_found_without_looking_at_hosts_that_have_none() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let one = Within::Datacenter(DatacenterId::from_random([1; 16]));
        for within in [one, Within::AllBut(Vec::new())] {
            let plan = plan(&store, |sql| push_causes(sql, &within)).await;
            let hosts: Vec<_> = plan.iter().filter(|step| step.contains("hosts")).collect();
            assert!(hosts.iter().all(|step| step.contains("hosts_by_cause")), "{plan:?}");
            assert!(!hosts.is_empty(), "{plan:?}");
        }
    }
}
