//! Failed hosts by what they have in common.

use std::collections::HashMap;

use trustboard_model::check::CheckId;
use trustboard_model::comparison::Comparison;
use trustboard_model::digest::Sha256;
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::reason::ReasonCode;
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Verdict;
use trustboard_model::view::{Named, ShortDifference};

use super::Tx;
use super::column::Place;
use super::count::push_datacenters;
use crate::store::StoreError;
use crate::store::sql::{FromRow, QueryBuilder};

/// The failed hosts of one cluster with the same reason and the same difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CauseRecord {
    pub reason: ReasonCode,
    pub difference: Option<Sha256>,
    pub datacenter: DatacenterId,
    pub cluster_name: String,
    pub hosts: u32,
    pub since: Timestamp,
    pub example: HostId,
}

#[derive(FromRow)]
struct CauseRow {
    first_reason: String,
    difference: Option<Vec<u8>>,
    datacenter_id: String,
    cluster_name: String,
    hosts: i64,
    since: i64,
    example: String,
}

#[derive(FromRow)]
struct ExampleRow {
    id: String,
    name: String,
    verdict: Option<String>,
    comparison: Option<String>,
}

/// A host that stands for its group, and what its failure is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    pub host: Named<HostId>,
    pub short: Option<ShortDifference>,
}

impl<Mode> Tx<Mode> {
    /// The failed hosts of these datacenters, or of all, by cluster, reason and difference.
    pub(crate) async fn cause_records(
        &mut self,
        of: Option<&[DatacenterId]>,
    ) -> Result<Vec<CauseRecord>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT h.first_reason, h.difference, min(c.datacenter_id) AS datacenter_id,
                    min(c.name) AS cluster_name, count(*) AS hosts, min(h.since) AS since, min(h.id) AS example
             FROM hosts h JOIN clusters c ON c.id = h.cluster_id
             WHERE h.first_reason IS NOT NULL AND ",
        );
        push_datacenters(&mut query, "c.datacenter_id", of);
        query.push(" GROUP BY h.first_reason, h.difference, h.cluster_id");
        let rows: Vec<CauseRow> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(CauseRecord::try_from).collect()
    }

    /// These hosts with what their failure is. Those that do not fail any more are left out.
    pub(crate) async fn examples(
        &mut self,
        hosts: &[HostId],
    ) -> Result<HashMap<HostId, Example>, StoreError> {
        if hosts.is_empty() {
            return Ok(HashMap::new());
        }
        let mut query = QueryBuilder::new(
            "SELECT h.id, h.name, h.verdict, json_extract(r.report, '$.comparison') AS comparison
             FROM hosts h LEFT JOIN reports r ON r.appraisal_id = h.appraisal_id WHERE h.id IN (",
        );
        let mut ids = query.separated(", ");
        for id in hosts {
            ids.push_bind(id.to_string());
        }
        query.push(")");
        let rows: Vec<ExampleRow> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter()
            .map(|row| {
                let example = Example::try_from(row)?;
                Ok((example.host.id, example))
            })
            .collect()
    }
}

impl TryFrom<CauseRow> for CauseRecord {
    type Error = StoreError;

    fn try_from(row: CauseRow) -> Result<Self, StoreError> {
        let place = Place { table: "hosts", row: &row.example };
        Ok(Self {
            reason: ReasonCode::from_code(&row.first_reason)
                .ok_or_else(|| place.bad("first_reason"))?,
            difference: row
                .difference
                .as_deref()
                .map(|bytes| place.sha256("difference", bytes))
                .transpose()?,
            datacenter: place.parse("datacenter_id", &row.datacenter_id)?,
            cluster_name: row.cluster_name,
            hosts: place.number("count", row.hosts)?,
            since: Timestamp(row.since),
            example: place.parse("id", &row.example)?,
        })
    }
}

impl TryFrom<ExampleRow> for Example {
    type Error = StoreError;

    fn try_from(row: ExampleRow) -> Result<Self, StoreError> {
        let place = Place { table: "hosts", row: &row.id };
        let verdict = row.verdict.map(|text| place.json("verdict", &text)).transpose()?;
        let comparison = row.comparison.map(|text| place.json("report", &text)).transpose()?;
        let short = short(verdict.as_ref(), comparison);
        Ok(Self { host: Named { id: place.parse("id", &row.id)?, name: row.name }, short })
    }
}

/// What a failure is, in what hosts of the same difference have in common.
fn short(verdict: Option<&Verdict>, comparison: Option<Comparison>) -> Option<ShortDifference> {
    let Some(Verdict::Untrusted(reasons)) = verdict else { return None };
    let reason = reasons.first();
    match comparison {
        Some(Comparison::Differs { closest, count, mut differences, .. })
            if reason.code.check() == CheckId::ApprovedConfiguration =>
        {
            differences.truncate(ShortDifference::MOST);
            Some(ShortDifference::Events { closest, first: differences, count })
        }
        _ if reason.expected.is_none() && reason.found.is_none() => None,
        _ => Some(ShortDifference::Facts {
            place: reason.place.clone(),
            expected: reason.expected.clone(),
            found: reason.found.clone(),
        }),
    }
}
