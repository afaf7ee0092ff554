//! Appraisals in full that conclude what the one before did: many hosts in a dozen statements.
//!
//! What is written is what `record_appraisal` writes for one such host, with twice as many statements
//! each. Columns that stay as they are, are left alone, and with them their indexes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use trustboard_attest::Appraisal;
use trustboard_model::digest::Sha256;
use trustboard_model::facts::HostFacts;
use trustboard_model::id::{AppraisalId, HostId};
use trustboard_model::time::Timestamp;

use super::Write;
use super::appraisal::AppraisalRow;
use super::column::{Place, integer, json};
use super::conclusion::warnings;
use super::newest_evidence::InPlace;
use super::standing::Standing;
use crate::store::StoreError;
use crate::store::sql::QueryBuilder;

/// One host's appraisal, about to be recorded on condition that its record is what it rests on.
pub(crate) struct RenewedRow<'a> {
    pub host: HostId,
    pub revision: u64,
    /// The run that it extends.
    pub span: AppraisalId,
    pub standing: &'a Standing,
    pub appraisal: &'a Appraisal,
    /// The message without its logs, and its context.
    pub message: &'a [u8],
    pub context: &'a [u8],
    /// What it was judged with, as JSON.
    pub judged: &'a str,
    /// Another event log than before.
    pub log: Option<(Sha256, &'a [u8])>,
    pub facts: Option<&'a HostFacts>,
    /// Since when it was not verified, if that is longer than its policy allows.
    pub gap: Option<Timestamp>,
}

/// The hosts whose appraisals are on record.
#[derive(Debug, Default)]
pub(crate) struct Renewed {
    pub hosts: HashSet<HostId>,
    /// Those of them that say something else of themselves than before.
    pub new_facts: HashSet<HostId>,
}

impl Write {
    /// Puts appraisals on record whose hosts are still what they rest on: of that revision, steady,
    /// verified last when that was known, and in no trouble since.
    pub(crate) async fn renew(&mut self, all: &[RenewedRow<'_>]) -> Result<Renewed, StoreError> {
        let repeats = self.renewable(all).await?;
        let all: Vec<(&RenewedRow<'_>, i64)> =
            all.iter().filter_map(|row| Some((row, *repeats.get(&row.host)?))).collect();
        if all.is_empty() {
            return Ok(Renewed::default());
        }
        self.renew_runs(&all).await?;
        let all: Vec<&RenewedRow<'_>> = all.into_iter().map(|(row, _)| row).collect();
        let other = |row: &&&RenewedRow<'_>| {
            row.standing.report != Some((row.span, row.appraisal.report_digest()))
        };
        let reports: Vec<_> =
            all.iter().filter(other).map(|row| (row.span, row.appraisal)).collect();
        self.put_reports(&reports).await?;
        // Before the hosts: a boot lies after the last verification before it was seen.
        let boots = all.iter();
        let boots =
            boots.filter_map(|row| AppraisalRow::boot(row.standing, row.host, row.appraisal));
        self.put_boots(&boots.collect::<Vec<_>>()).await?;
        let gaps = all.iter().filter_map(|row| Some((row.host, row.gap?)));
        self.put_gaps(&gaps.collect::<Vec<_>>()).await?;
        self.renew_hosts(&all).await?;
        self.renew_logs(&all).await?;
        let evidence = all.iter().map(|row| InPlace {
            host: row.host,
            log: row.log.map(|(digest, _)| digest),
            message: row.message,
            context: row.context,
            judged: Cow::Borrowed(row.judged),
            resets: row.appraisal.clock().map(|clock| clock.reset_count),
        });
        self.put_in_place(&evidence.collect::<Vec<_>>()).await?;
        self.release_logs(&left(&all)).await?;
        let facts: Vec<_> =
            all.iter().filter_map(|row| row.facts.map(|facts| (row.host, facts))).collect();
        // What of them stands in the hosts' own rows is there already.
        let new_facts = self.write_facts(&facts).await?;
        Ok(Renewed { hosts: all.iter().map(|row| row.host).collect(), new_facts })
    }

    /// Those whose record is what they rest on, with how often they were recognised since the
    /// appraisal before.
    async fn renewable(
        &mut self,
        all: &[RenewedRow<'_>],
    ) -> Result<HashMap<HostId, i64>, StoreError> {
        if all.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = QueryBuilder::new("SELECT v.host_id, v.repeats FROM (VALUES ");
        sql.rows(all, |values, row| {
            values.push_bind(row.host.to_string()).push_bind(integer(row.revision));
            values.push_bind(row.span.to_string());
            values.push_bind(row.standing.verified_at.map(|at| at.0));
        });
        sql.push(
            ") AS j JOIN hosts h ON h.id = j.column1 AND h.revision = j.column2
                    JOIN verified v ON v.host_id = j.column1 AND v.appraisal_id = j.column3
                                   AND v.at = j.column4
             WHERE v.steady = 1 AND h.problem IS NULL",
        );
        let found: Vec<(String, i64)> = sql.build_query_as().fetch_all(self.connection()).await?;
        let parsed = |(id, repeats): (String, i64)| {
            Ok((Place { table: "verified", row: &id }.parse("host_id", &id)?, repeats))
        };
        found.into_iter().map(parsed).collect()
    }

    async fn renew_runs(&mut self, all: &[(&RenewedRow<'_>, i64)]) -> Result<(), StoreError> {
        let mut sql = QueryBuilder::new("UPDATE appraisals SET last_seen = ");
        sql.push_bind(self.now().0);
        sql.push(
            ", count = appraisals.count + j.column2, report_digest = j.column3, repetition = NULL
             FROM (VALUES ",
        );
        sql.rows(all, |values, (row, repeats)| {
            values.push_bind(row.span.to_string()).push_bind(repeats + 1);
            values.push_bind(row.appraisal.report_digest().0.to_vec());
        });
        sql.push(") AS j WHERE appraisals.id = j.column1");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn renew_hosts(&mut self, all: &[&RenewedRow<'_>]) -> Result<(), StoreError> {
        let now = self.now();
        let mut sql = QueryBuilder::new(
            "UPDATE hosts SET history = j.column2, warnings = j.column3,
                              boot_id = CASE WHEN j.column4 = 1 THEN j.column5 ELSE hosts.boot_id END
             FROM (VALUES ",
        );
        sql.rows(all, |values, row| {
            values.push_bind(row.host.to_string());
            values.push_bind(json(&row.standing.followed_by(row.appraisal, now)));
            values.push_bind(json(&warnings(row.appraisal.report())));
            values.push_bind(row.facts.is_some());
            values.push_bind(row.facts.and_then(|facts| facts.boot_id.as_deref()));
        });
        sql.push(") AS j WHERE hosts.id = j.column1");
        sql.build().execute(self.connection()).await?;
        let mut sql = QueryBuilder::new("UPDATE verified SET at = ");
        sql.push_bind(now.0).push(", passed_at = ").push_bind(now.0);
        sql.push(", repeats = 0, answer = NULL WHERE host_id IN ");
        sql.list(all.iter().map(|row| row.host.to_string()));
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn renew_logs(&mut self, all: &[&RenewedRow<'_>]) -> Result<(), StoreError> {
        let logs: Vec<_> = all.iter().filter_map(|row| row.log).collect();
        self.add_logs(&logs).await?;
        // The host's log stands with its evidence from now on.
        let apart = all.iter().filter(|row| row.log.is_some());
        let apart = apart.filter(|row| row.standing.known_log_apart.is_some());
        let apart: Vec<_> = apart.map(|row| row.host.to_string()).collect();
        if !apart.is_empty() {
            let mut sql = QueryBuilder::new("UPDATE hosts SET known_log = NULL WHERE id IN ");
            sql.list(apart);
            sql.build().execute(self.connection()).await?;
        }
        Ok(())
    }
}

/// The logs before of those that sent another one.
fn left(all: &[&RenewedRow<'_>]) -> Vec<Sha256> {
    let before = |row: &&RenewedRow<'_>| {
        let standing = row.standing;
        let both = [standing.known_log, standing.evidence_log].into_iter().flatten();
        row.log.map_or(Vec::new(), |_| both.collect())
    };
    all.iter().flat_map(before).collect()
}
