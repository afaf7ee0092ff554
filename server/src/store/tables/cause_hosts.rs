//! The hosts of one cause: those that fail so now, and those whose red alarm stands for it.

use trustboard_model::host_query::{Fingerprint, HostQuery};
use trustboard_model::id::{ConfigurationId, DatacenterId, HostId};
use trustboard_model::reason::ReasonCode;
use trustboard_model::time::Timestamp;

use super::Tx;
use super::column::Place;
use super::host_query::{Within, push_cause, push_fingerprint, push_where};
use crate::store::StoreError;
use crate::store::sql::{FromRow, QueryBuilder};

/// The hosts of a cause in one datacenter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CauseHosts {
    pub datacenter: DatacenterId,
    /// Why: the most telling reason of those that fail, else what their alarms were raised for.
    pub reason: Option<ReasonCode>,
    /// Those that fail so, those that are red because of it, or both.
    pub hosts: u32,
    pub failing: u32,
    /// Of those, what waits to be judged again.
    pub judging: u32,
    pub red: u32,
    pub cleared: u32,
    pub since: Timestamp,
    /// The first by id of those that fail so.
    pub example: Option<HostId>,
}

#[derive(FromRow)]
struct Row {
    datacenter_id: String,
    reason: Option<String>,
    hosts: i64,
    failing: i64,
    judging: i64,
    red: i64,
    cleared: i64,
    since: i64,
    example: Option<String>,
}

impl TryFrom<Row> for CauseHosts {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let place = Place { table: "hosts", row: &row.datacenter_id };
        let example = row.example.as_deref();
        Ok(Self {
            datacenter: place.parse("datacenter_id", &row.datacenter_id)?,
            reason: row.reason.as_deref().and_then(ReasonCode::from_code),
            hosts: place.number("count", row.hosts)?,
            failing: place.number("count", row.failing)?,
            judging: place.number("count", row.judging)?,
            red: place.number("count", row.red)?,
            cleared: place.number("count", row.cleared)?,
            since: Timestamp(row.since),
            example: example.map(|id| place.parse("id", id)).transpose()?,
        })
    }
}

/// It fails so now.
fn push_failing(sql: &mut QueryBuilder, cause: &Fingerprint) {
    push_fingerprint(sql, "h.difference", cause);
}

/// The question for [`Tx::cause_hosts`].
fn push_counts(sql: &mut QueryBuilder, within: &Within, cause: &Fingerprint, now: Timestamp) {
    sql.push(
        "SELECT h.datacenter_id, coalesce(min(h.first_reason), min(h.alarm_reason)) AS reason,
                count(*) AS hosts, count(*) FILTER (WHERE ",
    );
    push_failing(sql, cause);
    sql.push(
        ") AS failing,
         count(*) FILTER (WHERE h.id IN (SELECT host_id FROM reappraisals) AND ",
    );
    push_failing(sql, cause);
    sql.push(") AS judging, count(*) FILTER (WHERE ");
    push_cause(sql, cause);
    sql.push(") AS red, count(*) FILTER (WHERE h.alarm_condition = 'cleared' AND ");
    push_cause(sql, cause);
    sql.push(
        ") AS cleared, min(coalesce(h.alarm_raised_at, h.since)) AS since,
         min(h.id) FILTER (WHERE ",
    );
    push_failing(sql, cause);
    sql.push(") AS example FROM hosts h");
    push_where(sql, within, &HostQuery::ALL, now);
    sql.push(" AND (");
    push_failing(sql, cause);
    sql.push(" OR ");
    push_cause(sql, cause);
    sql.push(") GROUP BY h.datacenter_id");
}

impl<Mode> Tx<Mode> {
    /// The hosts of a cause, by datacenter.
    pub(crate) async fn cause_hosts(
        &mut self,
        within: &Within,
        cause: &Fingerprint,
        now: Timestamp,
    ) -> Result<Vec<CauseHosts>, StoreError> {
        let mut sql = QueryBuilder::new("");
        push_counts(&mut sql, within, cause, now);
        let rows: Vec<Row> = sql.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(CauseHosts::try_from).collect()
    }

    /// The configuration that most hosts of a cause match which are red and pass again.
    pub(crate) async fn cause_matched(
        &mut self,
        within: &Within,
        cause: &Fingerprint,
        now: Timestamp,
    ) -> Result<Option<ConfigurationId>, StoreError> {
        let mut sql = QueryBuilder::new("SELECT h.configuration_id FROM hosts h");
        push_where(&mut sql, within, &HostQuery::ALL, now);
        sql.push(" AND h.configuration_id IS NOT NULL AND h.alarm_condition = 'cleared' AND ");
        push_cause(&mut sql, cause);
        sql.push(" GROUP BY h.configuration_id ORDER BY count(*) DESC, h.configuration_id LIMIT 1");
        let id: Option<String> = sql.build_query_scalar().fetch_optional(self.connection()).await?;
        let place = Place { table: "hosts", row: "*" };
        id.map(|id| place.parse("configuration_id", &id)).transpose()
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::store::Store;
    use crate::store::tables::plan::plan;

    #[tokio::test]
    async fn a_cause_is_found_without_looking_at_other_hosts() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let cause: Fingerprint = "0123456789abcdef".parse().unwrap();
        let everything = Within::AllBut(Vec::new());
        let plan = plan(&store, |sql| push_counts(sql, &everything, &cause, Timestamp(0)));
        let plan = plan.await.join("\n");
        for index in ["hosts_by_difference", "hosts_by_alarm_difference"] {
            assert!(plan.contains(index), "{plan}");
        }
        assert!(!plan.contains("SCAN h"), "{plan}");
    }
}
