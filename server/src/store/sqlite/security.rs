//! Counts and causes over many hosts.

use sqlx::{FromRow, QueryBuilder};
use trustboard_model::host::Attestation;
use trustboard_model::host_query::{HostQuery, Test};
use trustboard_model::id::DatacenterId;
use std::collections::BTreeSet;

use sqlx::{FromRow, QueryBuilder, Sqlite};
use trustboard_model::id::{ConfigurationId, DatacenterId};
use trustboard_model::reason::ReasonCode;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{CauseGroup, Counts};

use super::Tx;
use super::column::Place;
use super::host_query::{Within, push_where};
use super::inventory::sum;
use crate::store::StoreError;

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

/// `Freshness::derive` in SQL.
macro_rules! select_counts {
    () => {
        "SELECT c.datacenter_id, c.id AS cluster_id, c.name AS cluster_name, count(h.id) AS hosts,
                count(*) FILTER (WHERE h.attestation = 'passed') AS passed,
                count(*) FILTER (WHERE h.attestation = 'failed') AS failed,
                count(*) FILTER (WHERE h.attestation = 'unknown') AS unknown,
                count(*) FILTER (WHERE h.attestation = 'n-a') AS not_applicable,
                count(*) FILTER (WHERE ? - h.last_verified > c.max_age_s * 1000) AS stale,
                count(*) FILTER (WHERE h.alarm_red = 1) AS red
         FROM clusters c LEFT JOIN hosts h ON h.cluster_id = c.id "
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
        let rows = sqlx::query_as(concat!(select_counts!(), "GROUP BY c.id ORDER BY c.name"))
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
        seen.try_fold(Counts::default(), |all, row| Ok(sum(all, row.counts()?)))
    }

    /// The counts of a datacenter.
    async fn counts(
        &mut self,
        datacenter: DatacenterId,
        now: Timestamp,
    ) -> Result<Counts, StoreError> {
        let rows: Vec<CountRow> =
            sqlx::query_as(concat!(select_counts!(), "WHERE c.datacenter_id = ? GROUP BY c.id"))
                .bind(now.0)
                .bind(datacenter.to_string())
                .fetch_all(self.connection())
                .await?;
        rows.iter().try_fold(Counts::default(), |all, row| Ok(sum(all, row.counts()?)))
    }

    /// The failed hosts by their most telling reason, the most frequent first, with the names of
    /// their clusters; of more than one datacenter, with the datacenters' names.
    pub(crate) async fn causes(&mut self, within: &Within) -> Result<Vec<CauseGroup>, StoreError> {
        let place = match within {
            Within::Datacenter(_) => "clusters p ON p.id = h.cluster_id",
            Within::AllBut(_) => "datacenters p ON p.id = h.datacenter_id",
        };
        let mut sql = QueryBuilder::new(
            "SELECT h.first_reason, p.name AS place, count(*) AS hosts, min(h.since) AS since
             FROM hosts h JOIN ",
        );
        sql.push(place);
        let failed = HostQuery::of(Test::Attestation(Attestation::Failed));
        push_where(&mut sql, within, &failed, Timestamp(0));
        sql.push(" AND h.first_reason IS NOT NULL GROUP BY h.first_reason, p.id ORDER BY p.name");
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

    /// How many hosts of a datacenter match the filter.
    pub(crate) async fn count_matches(
        &mut self,
        datacenter: DatacenterId,
        filter: &SecurityFilter,
    ) -> Result<u32, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT count(*) FROM hosts h JOIN clusters c ON c.id = h.cluster_id ",
        );
        push_filter(&mut query, datacenter, filter);
        let count: i64 = query.build_query_scalar().fetch_one(self.connection()).await?;
        Place { table: "hosts", row: "*" }.number("count", count)
    }

    /// One page of the hosts of a datacenter that match the filter, in its order.
    pub(crate) async fn matches(
        &mut self,
        datacenter: DatacenterId,
        filter: &SecurityFilter,
        page_size: u32,
    ) -> Result<Vec<HostRecord>, StoreError> {
        let mut query = QueryBuilder::new(select_hosts!());
        push_filter(&mut query, datacenter, filter);
        push_order(&mut query, filter);
        query.push(" LIMIT ").push_bind(page_size);
        query.push(" OFFSET ").push_bind(
            i64::from(filter.page.saturating_sub(1)).saturating_mul(i64::from(page_size)),
        );
        let rows: Vec<HostRow> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(HostRecord::try_from).collect()
    }
}

fn push_filter(
    query: &mut QueryBuilder<Sqlite>,
    datacenter: DatacenterId,
    filter: &SecurityFilter,
) {
    query.push("WHERE h.datacenter_id = ").push_bind(datacenter.to_string());
    if let Some(attestation) = filter.attestation {
        query.push(" AND h.attestation = ").push_bind(attestation.code());
    }
    if filter.red {
        query.push(" AND h.alarm_red = 1");
    }
    if let Some(reason) = filter.reason {
        query.push(" AND instr(h.codes, ").push_bind(format!(" {} ", reason.code())).push(") > 0");
    }
    if let Some(cluster) = filter.cluster {
        query.push(" AND h.cluster_id = ").push_bind(cluster.to_string());
    }
    let words: BTreeSet<_> = filter.words.iter().flat_map(|text| text.split_whitespace()).collect();
    for word in words {
        query.push(" AND (h.name || ' ' || c.name || h.codes) LIKE ").push_bind(pattern(word));
        query.push(" ESCAPE '\\'");
    }
}

/// A `LIKE` pattern for texts that contain `word`; SQLite's `LIKE` ignores the case of ASCII.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// Ascending is the order that [`SortKey`] describes; equal ones stand by name.
fn push_order(query: &mut QueryBuilder<Sqlite>, filter: &SecurityFilter) {
    let terms: &[(&str, bool)] = match filter.sort {
        SortKey::Name => &[("h.name", false)],
        SortKey::Attestation => &[("h.attestation_rank", false)],
        SortKey::Alarm => &[("h.alarm_red", true)],
        SortKey::LastVerified => &[("coalesce(h.last_verified, 0)", false)],
        SortKey::Tpm => &[("coalesce(h.tpm_version, '')", false)],
        SortKey::SecureBoot => &[(
            "CASE h.secure_boot WHEN 'off' THEN 0 WHEN 'unsupported' THEN 1
                                WHEN 'unknown' THEN 2 ELSE 3 END",
            false,
        )],
        // Those with something to say first, the same message together.
        SortKey::Message => &[("h.codes = ''", false), ("h.codes", false)],
    };
    for (index, (term, reversed)) in terms.iter().enumerate() {
        query.push(if index == 0 { " ORDER BY " } else { ", " }).push(term);
        query.push(if filter.descending == *reversed { " ASC" } else { " DESC" });
    }
    query.push(", h.name, h.id");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_takes_its_word_literally() {
        assert_eq!(pattern("a_b%\\"), "%a\\_b\\%\\\\%");
    }
}
