//! Hosts that match a query: pages of them in an order, and how many there are.
//!
//! A page is found in an index that holds the whole order, its rows are read after that: so the
//! last page of many thousand costs little more than the first.

use futures_util::TryStreamExt as _;
use trustboard_model::host_query::{HostQuery, Term, Test};
use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{SecurityFilter, SortKey};

use super::Tx;
use super::by_time::ByTime;
use super::column::Place;
use super::host::{HostRow, select_hosts};
use super::host_query::{Within, push_where, rows};
use crate::store::StoreError;
use crate::store::record::HostRecord;
use crate::store::sql::QueryBuilder;

impl<Mode> Tx<Mode> {
    /// How many hosts match.
    pub(crate) async fn count_matches(
        &mut self,
        within: &Within,
        query: &HostQuery,
        now: Timestamp,
    ) -> Result<u32, StoreError> {
        let by_time = ByTime::of(query);
        let mut sql = QueryBuilder::new("SELECT count(*) FROM ");
        if by_time.are_asked() {
            by_time.push_from(&mut sql, within, now, false);
        } else {
            push_hosts(&mut sql, within, query);
            push_where(&mut sql, within, query, now);
        }
        let count: i64 = sql.build_query_scalar().fetch_one(self.connection()).await?;
        Place { table: "hosts", row: "*" }.number("count", count)
    }

    /// At most `limit` hosts that match, after the first `skip`, in the filter's order.
    pub(crate) async fn matches(
        &mut self,
        within: &Within,
        filter: &SecurityFilter,
        now: Timestamp,
        skip: u64,
        limit: u32,
    ) -> Result<Vec<HostRecord>, StoreError> {
        let mut sql = matching_ids(within, filter, now);
        sql.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(rows(skip));
        let ids: Vec<String> = sql.build_query_scalar().fetch_all(self.connection()).await?;
        self.hosts_in_order(&ids).await
    }

    /// The ids of all hosts that match, in the filter's order.
    pub(crate) async fn match_ids(
        &mut self,
        within: &Within,
        filter: &SecurityFilter,
        now: Timestamp,
    ) -> Result<Vec<HostId>, StoreError> {
        let sql = matching_ids(within, filter, now);
        let mut found = sql.build_query_scalar::<String>().fetch(self.connection());
        let mut ids = Vec::new();
        while let Some(id) = found.try_next().await? {
            ids.push(Place { table: "hosts", row: &id }.parse("id", &id)?);
        }
        Ok(ids)
    }

    /// These hosts, in this order; those that are gone are left out.
    pub(crate) async fn hosts(&mut self, ids: &[HostId]) -> Result<Vec<HostRecord>, StoreError> {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        self.hosts_in_order(&ids).await
    }

    async fn hosts_in_order(&mut self, ids: &[String]) -> Result<Vec<HostRecord>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = QueryBuilder::new(concat!(select_hosts!(), "WHERE h.id IN ("));
        let mut list = sql.separated(", ");
        for id in ids {
            list.push_bind(id.clone());
        }
        sql.push(")");
        let found: Vec<HostRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        let mut hosts =
            found.into_iter().map(HostRecord::try_from).collect::<Result<Vec<_>, _>>()?;
        hosts.sort_by_cached_key(|host| {
            let id = host.id.to_string();
            ids.iter().position(|known| *known == id)
        });
        Ok(hosts)
    }
}

/// The query for the ids, without a limit.
fn matching_ids(within: &Within, filter: &SecurityFilter, now: Timestamp) -> QueryBuilder {
    let by_time = ByTime::of(&filter.query);
    if filter.sort == SortKey::LastVerified || by_time.are_few() {
        let mut sql = QueryBuilder::new("SELECT v.host_id FROM ");
        let hosts = !matches!(filter.sort, SortKey::LastVerified | SortKey::Name);
        by_time.push_from(&mut sql, within, now, hosts);
        push_order(&mut sql, filter, ["v.name", "v.host_id"]);
        return sql;
    }
    let mut sql = QueryBuilder::new("SELECT h.id FROM ");
    push_hosts(&mut sql, within, &filter.query);
    push_where(&mut sql, within, &filter.query, now);
    push_order(&mut sql, filter, ["h.name", "h.id"]);
    sql
}

/// `hosts h`. If a reason is asked for, by way of the hosts that have something to say, whose reasons
/// stand in that index: in the order of the table all others would be read too.
fn push_hosts(sql: &mut QueryBuilder, within: &Within, query: &HostQuery) {
    let reason = |term: &Term| {
        !term.negated && term.any().iter().all(|test| matches!(test, Test::Reason(_)))
    };
    let index = match within {
        _ if !query.terms().iter().any(reason) => "hosts h",
        Within::Datacenter(_) => "hosts h INDEXED BY hosts_by_message",
        Within::AllBut(_) => "hosts h INDEXED BY all_hosts_by_message",
    };
    sql.push(index);
}

/// Ascending is the order that [`SortKey`] describes, equal ones by name; descending is all of it
/// the other way round, so that one index serves both.
fn push_order(sql: &mut QueryBuilder, filter: &SecurityFilter, last: [&str; 2]) {
    // What never was, and what is not there, is NULL and comes first.
    let columns: &[(&str, bool)] = match filter.sort {
        SortKey::Name => &[],
        SortKey::Attestation => &[("h.attestation_rank", false)],
        SortKey::Alarm => &[("h.alarm_red", true)],
        SortKey::LastVerified => &[("v.at", false)],
        SortKey::Tpm => &[("h.tpm_version", false)],
        SortKey::SecureBoot => &[("h.secure_boot_rank", false)],
        // Those with something to say first, the same message together.
        SortKey::Message => &[("h.silent", false), ("h.codes", false)],
        SortKey::Presence => &[("h.presence", false)],
        SortKey::Since => &[("h.since", false)],
    };
    let last = last.map(|column| (column, false));
    let columns = columns.iter().chain(&last);
    for (index, (column, reversed)) in columns.enumerate() {
        sql.push(if index == 0 { " ORDER BY " } else { ", " }).push(column);
        let ascending = filter.descending == *reversed;
        sql.push(if ascending { " ASC NULLS FIRST" } else { " DESC NULLS LAST" });
    }
}

#[cfg(test)]
mod tests {
    use trustboard_model::host::Attestation;
    use trustboard_model::host_query::Test;
    use trustboard_model::id::DatacenterId;

    use super::*;
    use crate::store::Store;
    use crate::store::tables::plan;

    /// How the page of these ids is found; what is bound does not matter for that.
    async fn plan(store: &Store, within: &Within, filter: &SecurityFilter) -> String {
        let steps = plan::plan(store, |sql| {
            sql.push(matching_ids(within, filter, Timestamp(0)).sql());
            sql.push(" LIMIT 50 OFFSET 100");
        });
        steps.await.join("\n")
    }

    #[tokio::test]
    async fn every_order_is_an_index() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let one = Within::Datacenter(DatacenterId::from_random([1; 16]));
        for within in [one, Within::AllBut(Vec::new())] {
            for sort in SortKey::ALL {
                for descending in [false, true] {
                    let filter = SecurityFilter { sort, descending, ..SecurityFilter::ALL };
                    let plan = plan(&store, &within, &filter).await;
                    assert!(plan.contains("INDEX"), "{within:?} {sort:?}: {plan}");
                    let index = match sort {
                        SortKey::LastVerified => "verified_by_time",
                        _ => "hosts_by",
                    };
                    assert!(plan.contains(index), "{within:?} {sort:?}: {plan}");
                    assert!(!plan.contains("TEMP B-TREE"), "{within:?} {sort:?}: {plan}");
                }
            }
        }
    }

    #[tokio::test]
    async fn what_is_asked_most_needs_no_scan() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let failed = SecurityFilter::only(Test::Attestation(Attestation::Failed));
        let one = Within::Datacenter(DatacenterId::from_random([1; 16]));
        let plan = plan(&store, &one, &failed).await;
        assert!(plan.contains("datacenter_id=? AND attestation_rank=?"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }

    #[tokio::test]
    async fn those_that_are_few_are_found_first_and_words_in_an_index() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let one = Within::Datacenter(DatacenterId::from_random([1; 16]));
        for within in [one, Within::AllBut(Vec::new())] {
            let plan = async |query: &str| {
                let filter = SecurityFilter::of(query.parse().unwrap());
                plan(&store, &within, &filter).await
            };
            let stale = plan("is:stale").await;
            assert!(stale.contains("verified_by_age (cluster_id=? AND at<?)"), "{stale}");
            let stale = plan("is:stale attestation:failed").await;
            assert!(stale.contains("verified_by_age (cluster_id=? AND at<?)"), "{stale}");
            let old = plan("last:>10m").await;
            assert!(old.contains("COVERING INDEX") && old.contains("verified"), "{old}");
            let reason = plan("reason:secure-boot.disabled").await;
            assert!(
                reason.contains("hosts_by_message (") && reason.contains("silent=?"),
                "{reason}"
            );
            // Its words stand in the index of the usual order: only the rows that match are read.
            let word = plan("web").await;
            assert!(word.contains("hosts_by_attestation"), "{word}");
            assert!(!word.contains("TEMP B-TREE"), "{word}");
        }
    }

    #[tokio::test]
    async fn counting_what_is_recent_reads_a_range() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let query = "last:<10m".parse().unwrap();
        let one = Within::Datacenter(DatacenterId::from_random([1; 16]));
        let plan = plan::plan(&store, |sql| {
            sql.push("SELECT count(*) FROM ");
            ByTime::of(&query).push_from(sql, &one, Timestamp(0), false);
        });
        let plan = plan.await;
        assert!(plan[0].contains("verified_by_time (datacenter_id=? AND at>?)"), "{plan:?}");
    }
}
