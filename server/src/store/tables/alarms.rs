//! Red alarms: counts, causes and pages, by partial index; and what a datacenter does with them.

use std::cmp::Reverse;
use std::collections::HashSet;

use trustboard_model::host_query::{Fingerprint, HostQuery};
use trustboard_model::id::DatacenterId;
use trustboard_model::reason::ReasonCode;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{AlarmCause, AlarmCounts, LastReset, Named};

use super::column::Place;
use super::event::Row;
use super::host::{HostRow, select_hosts};
use super::host_query::{Within, push_where};

use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::HostRecord;
use crate::store::sql::{self, Flag, FromRow, QueryBuilder};

#[derive(FromRow)]
struct CauseRow {
    reason: Option<String>,
    difference: Option<Vec<u8>>,
    red: i64,
    acknowledged: i64,
    cleared: i64,
    holds: i64,
    since: i64,
}

impl TryFrom<CauseRow> for AlarmCause {
    type Error = StoreError;

    fn try_from(row: CauseRow) -> Result<Self, StoreError> {
        let reason = row.reason.unwrap_or_default();
        let place = Place { table: "hosts", row: &reason };
        let red = place.number("count", row.red)?;
        let difference = row.difference.as_deref();
        let difference =
            difference.map(|bytes| place.sha256("alarm_difference", bytes)).transpose()?;
        Ok(Self {
            reason: ReasonCode::from_code(&reason).ok_or_else(|| place.bad("alarm"))?,
            counts: AlarmCounts {
                red,
                acknowledged: place.number("count", row.acknowledged)?,
                cleared: place.number("count", row.cleared)?,
                holds: place.number("count", row.holds)?,
            },
            since: Timestamp(row.since),
            differences: difference
                .map(|digest| (Fingerprint::short(digest), red))
                .into_iter()
                .collect(),
        })
    }
}

/// Puts the alarms of another difference to those of the same reason; the most frequent come first.
fn join(cause: &mut AlarmCause, other: AlarmCause) {
    cause.counts.red += other.counts.red;
    cause.counts.acknowledged += other.counts.acknowledged;
    cause.counts.cleared += other.counts.cleared;
    cause.counts.holds += other.counts.holds;
    cause.since = cause.since.min(other.since);
    if cause.differences.len() < AlarmCause::MOST_DIFFERENCES {
        cause.differences.extend(other.differences);
    }
}

fn push_red(query: &mut QueryBuilder, within: &Within, wanted: &HostQuery, now: Timestamp) {
    push_where(query, within, wanted, now);
    query.push(" AND h.alarm_red = 1");
}

impl<Mode> Tx<Mode> {
    /// The red alarms of this part of the inventory by the reason that they were raised for, the most
    /// frequent first.
    pub(crate) async fn alarm_causes(
        &mut self,
        within: &Within,
        now: Timestamp,
    ) -> Result<Vec<AlarmCause>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT h.alarm_reason AS reason, h.alarm_difference AS difference, count(*) AS red,
             count(*) FILTER (WHERE h.alarm_acknowledged_until > ",
        );
        query.push_bind(now.0).push(
            ") AS acknowledged,
             count(*) FILTER (WHERE h.alarm_condition = 'cleared') AS cleared,
             count(*) FILTER (WHERE h.alarm_condition = 'holds') AS holds,
             min(h.alarm_raised_at) AS since FROM hosts h",
        );
        push_red(&mut query, within, &HostQuery::ALL, now);
        query.push(" GROUP BY h.alarm_reason, h.alarm_difference");
        query.push(" ORDER BY count(*) DESC, h.alarm_difference");
        let rows: Vec<CauseRow> = query.build_query_as().fetch_all(self.connection()).await?;
        let mut causes: Vec<AlarmCause> = Vec::new();
        for row in rows {
            let cause = AlarmCause::try_from(row)?;
            match causes.iter_mut().find(|known| known.reason == cause.reason) {
                Some(known) => join(known, cause),
                None => causes.push(cause),
            }
        }
        causes.sort_by_key(|cause| (Reverse(cause.counts.red), cause.reason.code()));
        Ok(causes)
    }

    /// How many red alarms of this part of the inventory match.
    pub(crate) async fn count_alarms(
        &mut self,
        within: &Within,
        wanted: &HostQuery,
        now: Timestamp,
    ) -> Result<u32, StoreError> {
        let mut query = QueryBuilder::new("SELECT count(*) FROM hosts h");
        push_red(&mut query, within, wanted, now);
        let count: i64 = query.build_query_scalar().fetch_one(self.connection()).await?;
        Place { table: "hosts", row: "*" }.number("count", count)
    }

    /// Red alarms of this part of the inventory that match: those that nobody is on first, then the oldest.
    pub(crate) async fn alarms(
        &mut self,
        within: &Within,
        wanted: &HostQuery,
        now: Timestamp,
        limit: u32,
        offset: i64,
    ) -> Result<Vec<HostRecord>, StoreError> {
        let mut query = QueryBuilder::new(select_hosts!());
        push_red(&mut query, within, wanted, now);
        // A lapsed acknowledgement is none.
        query.push(" ORDER BY coalesce(h.alarm_acknowledged_until, 0) > ").push_bind(now.0);
        query.push(", h.alarm_raised_at, h.name, h.id LIMIT ").push_bind(limit);
        query.push(" OFFSET ").push_bind(offset);
        let rows: Vec<HostRow> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(HostRecord::try_from).collect()
    }

    /// How many hosts this part of the inventory has.
    pub(crate) async fn count_hosts(
        &mut self,
        within: &Within,
        now: Timestamp,
    ) -> Result<u32, StoreError> {
        let mut query = QueryBuilder::new("SELECT count(*) FROM hosts h");
        push_where(&mut query, within, &HostQuery::ALL, now);
        let count: i64 = query.build_query_scalar().fetch_one(self.connection()).await?;
        Place { table: "hosts", row: "*" }.number("count", count)
    }

    /// The latest reset of an alarm in this part of the inventory, of a host that is still there.
    pub(crate) async fn last_reset(
        &mut self,
        within: &Within,
        now: Timestamp,
    ) -> Result<Option<LastReset>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT e.seq, e.at, e.kind, e.datacenter_id, e.host_id, e.body, e.hash
             FROM events e JOIN hosts h ON h.id = e.host_id",
        );
        push_where(&mut query, within, &HostQuery::ALL, now);
        query.push(" AND e.kind = 'alarm-reset'");
        query.push(" ORDER BY e.seq DESC LIMIT 1");
        let row: Option<Row> = query.build_query_as().fetch_optional(self.connection()).await?;
        let Some(row) = row else { return Ok(None) };
        let event = trustboard_model::event::Event::try_from(row)?;
        let Some(host) = event.host else { return Ok(None) };
        let name = self.host(host).await?.map(|host| host.name).unwrap_or_default();
        Ok(Some(LastReset { host: Named { id: host, name }, by: event.actor, at: event.at }))
    }

    /// Whether a passing appraisal resets the alarms of a datacenter.
    pub(crate) async fn resets_automatically(
        &mut self,
        datacenter: DatacenterId,
    ) -> Result<bool, StoreError> {
        let on: Option<Flag> =
            sql::query_scalar("SELECT automatic_reset FROM datacenters WHERE id = ?")
                .bind(datacenter.to_string())
                .fetch_optional(self.connection())
                .await?;
        Ok(on.is_some_and(bool::from))
    }

    /// The datacenters whose alarms a passing appraisal resets.
    pub(crate) async fn resetting_datacenters(
        &mut self,
    ) -> Result<HashSet<DatacenterId>, StoreError> {
        let ids: Vec<String> =
            sql::query_scalar("SELECT id FROM datacenters WHERE automatic_reset = 1")
                .fetch_all(self.connection())
                .await?;
        ids.iter().map(|id| Place { table: "datacenters", row: id }.parse("id", id)).collect()
    }
}

impl Write {
    /// Puts on record whether a passing appraisal resets the alarms of a datacenter.
    pub(crate) async fn set_automatic_reset(
        &mut self,
        datacenter: DatacenterId,
        on: bool,
    ) -> Result<(), StoreError> {
        sql::query("UPDATE datacenters SET automatic_reset = ? WHERE id = ?")
            .bind(on)
            .bind(datacenter.to_string())
            .execute(self.connection())
            .await?;
        if on {
            // A host that passes under a red alarm is appraised once more, which resets it.
            sql::query(
                "UPDATE verified SET steady = 0 WHERE host_id IN (
                     SELECT id FROM hosts WHERE alarm_red = 1 AND datacenter_id = ?)",
            )
            .bind(datacenter.to_string())
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::store::Store;
    use crate::store::tables::plan::plan;

    #[tokio::test]
    async fn red_alarms_are_found_without_looking_at_green_ones() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let one = Within::Datacenter(DatacenterId::from_random([1; 16]));
        for within in [one, Within::AllBut(Vec::new())] {
            let plan = plan(&store, |sql| {
                sql.push("SELECT count(*) FROM hosts h");
                push_red(sql, &within, &HostQuery::ALL, Timestamp(0));
            });
            let plan = plan.await;
            assert!(plan.join("\n").contains("INDEX"), "{within:?}: {plan:?}");
        }
    }
}
