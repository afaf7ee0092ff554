//! Appraisals in full that conclude what the one before did: many hosts in a dozen statements.
//!
//! What is written is what `record_appraisal` writes for one such host, with twice as many statements
//! each. Columns that stay as they are, are left alone, and with them their indexes.

use std::collections::{HashMap, HashSet};

use trustboard_attest::Appraisal;
use trustboard_model::digest::Sha256;
use trustboard_model::facts::HostFacts;
use trustboard_model::id::{AppraisalId, HostId};
use trustboard_model::time::Timestamp;

use super::Write;
use super::appraisal::Standing;
use super::column::{Place, code, integer, json};
use super::conclusion::warnings;
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

/// `(?, ?, ...), (?, ?, ...)`: pushes what stands in one row for each of `rows`.
fn rows<T>(sql: &mut QueryBuilder, of: &[T], mut push: impl FnMut(&mut QueryBuilder, &T)) {
    for (index, row) in of.iter().enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" });
        push(sql, row);
        sql.push(")");
    }
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
        self.renew_reports(&all).await?;
        self.renew_boots(&all).await?;
        self.renew_gaps(&all).await?;
        self.renew_hosts(&all).await?;
        self.renew_logs(&all).await?;
        self.renew_evidence(&all).await?;
        self.release_logs(&all).await?;
        let new_facts = self.renew_facts(&all).await?;
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
        rows(&mut sql, all, |sql, row| {
            sql.push_bind(row.host.to_string()).push(", ").push_bind(integer(row.revision));
            sql.push(", ").push_bind(row.span.to_string()).push(", ");
            sql.push_bind(row.standing.verified_at.map(|at| at.0));
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
        rows(&mut sql, all, |sql, (row, repeats)| {
            sql.push_bind(row.span.to_string()).push(", ").push_bind(repeats + 1).push(", ");
            sql.push_bind(row.appraisal.report_digest().0.to_vec());
        });
        sql.push(") AS j WHERE appraisals.id = j.column1");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn renew_reports(&mut self, all: &[&RenewedRow<'_>]) -> Result<(), StoreError> {
        let other = |row: &&&RenewedRow<'_>| {
            row.standing.report != Some((row.span, row.appraisal.report_digest()))
        };
        let other: Vec<_> = all.iter().filter(other).collect();
        if other.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::new("INSERT INTO reports (appraisal_id, report) VALUES ");
        rows(&mut sql, &other, |sql, row| {
            sql.push_bind(row.span.to_string()).push(", ");
            sql.push_bind(row.appraisal.report_json());
        });
        sql.push(" ON CONFLICT (appraisal_id) DO UPDATE SET report = excluded.report");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Before the hosts: a boot lies after the last verification before it was seen.
    async fn renew_boots(&mut self, all: &[&RenewedRow<'_>]) -> Result<(), StoreError> {
        let booted = |row: &&RenewedRow<'_>| {
            let before = row.standing.history.clock.map(|clock| clock.reset_count);
            let resets = row.appraisal.clock()?.reset_count;
            let after = before.and(row.standing.verified_at).map(|at| at.0);
            (before != Some(resets)).then_some((row.host, after, resets))
        };
        let booted: Vec<_> = all.iter().filter_map(booted).collect();
        if booted.is_empty() {
            return Ok(());
        }
        let now = self.now().0;
        let mut sql = QueryBuilder::new("INSERT INTO boots (host_id, seen, after, resets) VALUES ");
        rows(&mut sql, &booted, |sql, (host, after, resets)| {
            sql.push_bind(host.to_string()).push(", ").push_bind(now).push(", ");
            sql.push_bind(*after).push(", ").push_bind(*resets);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn renew_gaps(&mut self, all: &[&RenewedRow<'_>]) -> Result<(), StoreError> {
        let gaps: Vec<_> = all.iter().filter_map(|row| Some((row.host, row.gap?))).collect();
        if gaps.is_empty() {
            return Ok(());
        }
        let now = self.now().0;
        let mut sql = QueryBuilder::new("INSERT INTO gaps (host_id, began, ended) VALUES ");
        rows(&mut sql, &gaps, |sql, (host, from)| {
            sql.push_bind(host.to_string()).push(", ").push_bind(from.0).push(", ");
            sql.push_bind(now);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn renew_hosts(&mut self, all: &[&RenewedRow<'_>]) -> Result<(), StoreError> {
        let now = self.now();
        let mut sql = QueryBuilder::new(
            "UPDATE hosts SET history = j.column2, warnings = j.column3 FROM (VALUES ",
        );
        rows(&mut sql, all, |sql, row| {
            sql.push_bind(row.host.to_string()).push(", ");
            sql.push_bind(json(&row.standing.followed_by(row.appraisal, now))).push(", ");
            sql.push_bind(json(&warnings(row.appraisal.report())));
        });
        sql.push(") AS j WHERE hosts.id = j.column1");
        sql.build().execute(self.connection()).await?;
        let mut sql = QueryBuilder::new("UPDATE verified SET at = ");
        sql.push_bind(now.0).push(", passed_at = ").push_bind(now.0);
        sql.push(", repeats = 0, answer = NULL WHERE host_id IN (");
        let mut ids = sql.separated(", ");
        for row in all {
            ids.push_bind(row.host.to_string());
        }
        sql.push(")");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn renew_logs(&mut self, all: &[&RenewedRow<'_>]) -> Result<(), StoreError> {
        let logs: Vec<_> = all
            .iter()
            .filter_map(|row| row.log.map(|(digest, bytes)| (row.host, digest, bytes)))
            .collect();
        if logs.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::new("INSERT INTO event_logs (digest, bytes) VALUES ");
        rows(&mut sql, &logs, |sql, (_, digest, bytes)| {
            sql.push_bind(digest.0.to_vec()).push(", ").push_bind(*bytes);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(self.connection()).await?;
        for (update, end) in [
            ("UPDATE hosts SET known_log = j.column2 FROM (VALUES ", "hosts.id = j.column1"),
            ("UPDATE evidence SET log = j.column2 FROM (VALUES ", "evidence.host_id = j.column1"),
        ] {
            let mut sql = QueryBuilder::new(update);
            rows(&mut sql, &logs, |sql, (host, digest, _)| {
                sql.push_bind(host.to_string()).push(", ").push_bind(digest.0.to_vec());
            });
            sql.push(") AS j WHERE ").push(end);
            sql.build().execute(self.connection()).await?;
        }
        Ok(())
    }

    async fn renew_evidence(&mut self, all: &[&RenewedRow<'_>]) -> Result<(), StoreError> {
        let now = self.now().0;
        let mut sql = QueryBuilder::new("UPDATE evidence SET received_at = ");
        sql.push_bind(now).push(", appraised_at = ").push_bind(now);
        sql.push(
            ", cbor = j.column2, context = j.column3, judged = j.column4, resets = j.column5
             FROM (VALUES ",
        );
        rows(&mut sql, all, |sql, row| {
            sql.push_bind(row.host.to_string()).push(", ").push_bind(row.message).push(", ");
            sql.push_bind(row.context).push(", ").push_bind(row.judged).push(", ");
            sql.push_bind(row.appraisal.clock().map(|clock| clock.reset_count));
        });
        sql.push(") AS j WHERE evidence.host_id = j.column1");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Takes the logs before away unless a host, its evidence or a configuration relies on them.
    async fn release_logs(&mut self, all: &[&RenewedRow<'_>]) -> Result<(), StoreError> {
        let before = |row: &&RenewedRow<'_>| {
            let standing = row.standing;
            let both = [standing.known_log, standing.evidence_log].into_iter().flatten();
            row.log.map_or(Vec::new(), |_| both.collect())
        };
        let before: HashSet<Sha256> = all.iter().flat_map(before).collect();
        if before.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::new("DELETE FROM event_logs WHERE digest IN (");
        let mut digests = sql.separated(", ");
        for digest in before {
            digests.push_bind(digest.0.to_vec());
        }
        sql.push(
            ") AND NOT EXISTS (SELECT 1 FROM hosts h WHERE h.known_log = event_logs.digest)
             AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.log = event_logs.digest)
             AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.systemd_log = event_logs.digest)
             AND NOT EXISTS (SELECT 1 FROM kept_evidence k WHERE k.log = event_logs.digest)
             AND NOT EXISTS (SELECT 1 FROM kept_evidence k WHERE k.systemd_log = event_logs.digest)
             AND NOT EXISTS (SELECT 1 FROM configurations c WHERE c.log = event_logs.digest)",
        );
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Puts facts on record. Gives the hosts whose facts are other ones than before.
    async fn renew_facts(
        &mut self,
        all: &[&RenewedRow<'_>],
    ) -> Result<HashSet<HostId>, StoreError> {
        let told: Vec<_> =
            all.iter().filter_map(|row| row.facts.map(|facts| (row.host, facts))).collect();
        if told.is_empty() {
            return Ok(HashSet::new());
        }
        let now = self.now().0;
        let mut sql = QueryBuilder::new(
            "INSERT INTO host_facts (host_id, since, facts, os, kernel, tpm_maker, tpm_firmware,
                                     tpm_interface, agent) VALUES ",
        );
        rows(&mut sql, &told, |sql, (host, facts)| {
            let tpm = facts.tpm.as_ref();
            sql.push_bind(host.to_string()).push(", ").push_bind(now).push(", ");
            sql.push_bind(json(facts)).push(", ").push_bind(facts.os_name.as_deref()).push(", ");
            sql.push_bind(facts.kernel.as_deref()).push(", ");
            sql.push_bind(tpm.map(|tpm| &tpm.manufacturer[..])).push(", ");
            sql.push_bind(tpm.map(|tpm| &tpm.firmware[..])).push(", ");
            sql.push_bind(tpm.map(|tpm| code(&tpm.interface))).push(", ");
            sql.push_bind(&facts.agent_version[..]);
        });
        sql.push(
            " ON CONFLICT (host_id) DO UPDATE SET
                 since = excluded.since, facts = excluded.facts, os = excluded.os,
                 kernel = excluded.kernel, tpm_maker = excluded.tpm_maker,
                 tpm_firmware = excluded.tpm_firmware, tpm_interface = excluded.tpm_interface,
                 agent = excluded.agent
             WHERE host_facts.facts <> excluded.facts RETURNING host_id",
        );
        let ids: Vec<String> = sql.build_query_scalar().fetch_all(self.connection()).await?;
        let parsed = |id: &String| Place { table: "host_facts", row: id }.parse("host_id", id);
        let changed: HashSet<HostId> = ids.iter().map(parsed).collect::<Result<_, _>>()?;
        let told: Vec<_> = told.into_iter().filter(|(host, _)| changed.contains(host)).collect();
        if !told.is_empty() {
            let mut sql = QueryBuilder::new("UPDATE hosts SET boot_id = j.column2 FROM (VALUES ");
            rows(&mut sql, &told, |sql, (host, facts)| {
                sql.push_bind(host.to_string()).push(", ").push_bind(facts.boot_id.as_deref());
            });
            sql.push(") AS j WHERE hosts.id = j.column1");
            sql.build().execute(self.connection()).await?;
        }
        Ok(changed)
    }
}
