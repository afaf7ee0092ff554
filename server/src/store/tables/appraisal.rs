//! Appraisals: the only statements that write attestation columns, each of which takes an
//! [`Appraisal`], which only the verifier can make. They are written for many hosts at a time.

use trustboard_attest::Appraisal;
use trustboard_model::host::Attestation;
use trustboard_model::id::{AppraisalId, ConfigurationId, HostId};
use trustboard_model::time::Timestamp;

use super::Write;
use super::column::{code, integer, json};
use super::conclusion::{Conclusion, codes, difference, matched, reasons, searchable, warnings};
use super::past::BootSeen;
use super::standing::Standing;
use crate::store::StoreError;
use crate::store::sql::QueryBuilder;

/// One host's appraisal, about to be recorded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AppraisalRow<'a> {
    pub host: HostId,
    /// The run that it begins or extends.
    pub span: AppraisalId,
    /// Whether it concludes something else than the one before.
    pub begins: bool,
    pub standing: &'a Standing,
    pub appraisal: &'a Appraisal,
    pub of: Of,
    /// The host's revision after all of its events.
    pub revision: u64,
    /// Whether answers that say the same may extend the run without an appraisal in full.
    pub steady: bool,
}

/// What an appraisal is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// New evidence. What stood in the way of the last verification is settled by it.
    NewEvidence {
        /// Whether something did.
        had_problem: bool,
    },
    /// Evidence that was on record. It is no verification: the counters, the time of the last
    /// verification and what stood in its way stay as they are.
    Stored {
        /// If it passed and nothing later has: when it was received.
        passed_at: Option<Timestamp>,
    },
}

impl AppraisalRow<'_> {
    fn is_new(&self) -> bool {
        matches!(self.of, Of::NewEvidence { .. })
    }

    /// What new evidence alone writes: what the next one is compared with.
    fn history(&self, now: Timestamp) -> Option<String> {
        self.is_new().then(|| json(&self.standing.followed_by(self.appraisal, now)))
    }

    /// Whether just this report is on record. It has some 40 KiB, and a steady host repeats it every
    /// time.
    fn is_reported(&self) -> bool {
        self.standing.report == Some((self.span, self.appraisal.report_digest()))
    }

    /// The boot that the evidence is the first of.
    pub(super) fn boot(
        standing: &Standing,
        host: HostId,
        appraisal: &Appraisal,
    ) -> Option<BootSeen> {
        let before = standing.history.clock.map(|clock| clock.reset_count);
        let resets = appraisal.clock()?.reset_count;
        let after = before.and(standing.verified_at);
        (before != Some(resets)).then_some(BootSeen { host, after, resets })
    }
}

impl Write {
    /// Writes what appraisals give: each of another host.
    pub(crate) async fn put_appraisals(
        &mut self,
        all: &[AppraisalRow<'_>],
    ) -> Result<(), StoreError> {
        let (begin, extend): (Vec<&AppraisalRow<'_>>, Vec<_>) =
            all.iter().partition(|row| row.begins);
        self.leave_configurations(&left(&begin)).await?;
        // Before the hosts: a boot lies after the last verification before it was seen.
        self.put_boots(&boots(all)).await?;
        self.begin_runs(&begin).await?;
        self.extend_runs(&extend).await?;
        self.put_reports(&other_reports(all)).await?;
        self.put_conclusions(&begin).await?;
        self.put_findings(&extend).await?;
        self.put_verified(all).await?;
        self.put_signers(all).await
    }

    async fn begin_runs(&mut self, all: &[&AppraisalRow<'_>]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let now = self.now().0;
        let mut sql = QueryBuilder::new(
            "INSERT INTO appraisals (id, host_id, first_seen, last_seen, count, attestation, reasons,
                                     report_digest) VALUES ",
        );
        sql.rows(all, |values, row| {
            values.push_bind(row.span.to_string()).push_bind(row.host.to_string());
            values.push_bind(now).push_bind(now).push_bind(1_i64);
            values.push_bind(row.appraisal.attestation().code());
            values.push_bind(json(&codes(reasons(row.appraisal.report()))));
            values.push_bind(row.appraisal.report_digest().0.to_vec());
        });
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn extend_runs(&mut self, all: &[&AppraisalRow<'_>]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let now = self.now().0;
        let mut sql = QueryBuilder::new(
            "UPDATE appraisals SET last_seen = coalesce(j.column2, appraisals.last_seen),
                                   count = appraisals.count + j.column3,
                                   report_digest = j.column4, repetition = NULL FROM (VALUES ",
        );
        sql.rows(all, |values, row| {
            values.push_bind(row.span.to_string()).push_bind(row.is_new().then_some(now));
            values.push_bind(row.is_new());
            values.push_bind(row.appraisal.report_digest().0.to_vec());
        });
        sql.push(") AS j WHERE appraisals.id = j.column1");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// The newest reports of runs.
    pub(super) async fn put_reports(
        &mut self,
        all: &[(AppraisalId, &Appraisal)],
    ) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::new("INSERT INTO reports (appraisal_id, report) VALUES ");
        sql.rows(all, |values, (span, appraisal)| {
            values.push_bind(span.to_string()).push_bind(appraisal.report_json());
        });
        sql.push(" ON CONFLICT (appraisal_id) DO UPDATE SET report = excluded.report");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// All that changes with a conclusion, in the hosts' own rows.
    async fn put_conclusions(&mut self, all: &[&AppraisalRow<'_>]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let mut sql = QueryBuilder::new("UPDATE hosts SET since = ");
        sql.push_bind(now.0);
        // A red alarm stands for the latest failure, also after the condition has cleared.
        sql.push(
            ", attestation = j.column2, secure_boot = j.column3, first_reason = j.column4,
               codes = j.column5, conclusion = j.column6, appraisal_id = j.column7,
               configuration_id = j.column8, verdict = j.column9, warnings = j.column10,
               difference = j.column11,
               alarm_difference = coalesce(j.column11, hosts.alarm_difference),
               history = coalesce(j.column12, hosts.history), revision = j.column13
             FROM (VALUES ",
        );
        sql.rows(all, |values, row| {
            let report = row.appraisal.report();
            values.push_bind(row.host.to_string()).push_bind(row.appraisal.attestation().code());
            values.push_bind(code(&report.secure_boot));
            values.push_bind(reasons(report).first().map(|reason| reason.code.code()));
            values.push_bind(searchable(report)).push_bind(json(&Conclusion::of(report)));
            values.push_bind(row.span.to_string());
            values.push_bind(matched(report).map(|id| id.to_string()));
            values.push_bind(json(&report.verdict)).push_bind(json(&warnings(report)));
            values.push_bind(difference(report).map(|digest| digest.0.to_vec()));
            values.push_bind(row.history(now)).push_bind(integer(row.revision));
        });
        sql.push(") AS j WHERE hosts.id = j.column1");
        sql.build().execute(self.connection()).await?;
        self.settle_problems(all).await
    }

    /// What an appraisal that concludes the same writes in the hosts' own rows: its own facts.
    async fn put_findings(&mut self, all: &[&AppraisalRow<'_>]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let mut sql = QueryBuilder::new(
            "UPDATE hosts SET history = coalesce(j.column2, hosts.history), revision = j.column3
             FROM (VALUES ",
        );
        sql.rows(all, |values, row| {
            values.push_bind(row.host.to_string()).push_bind(row.history(now));
            values.push_bind(integer(row.revision));
        });
        sql.push(") AS j WHERE hosts.id = j.column1");
        sql.build().execute(self.connection()).await?;
        let other: Vec<_> = all.iter().filter(|row| !row.is_reported()).collect();
        if !other.is_empty() {
            let mut sql = QueryBuilder::new(
                "UPDATE hosts SET verdict = j.column2, warnings = j.column3, difference = j.column4,
                                  alarm_difference = coalesce(j.column4, hosts.alarm_difference)
                 FROM (VALUES ",
            );
            sql.rows(&other, |values, row| {
                let report = row.appraisal.report();
                values.push_bind(row.host.to_string()).push_bind(json(&report.verdict));
                values.push_bind(json(&warnings(report)));
                values.push_bind(difference(report).map(|digest| digest.0.to_vec()));
            });
            sql.push(") AS j WHERE hosts.id = j.column1");
            sql.build().execute(self.connection()).await?;
        }
        self.settle_problems(all).await
    }

    async fn settle_problems(&mut self, all: &[&AppraisalRow<'_>]) -> Result<(), StoreError> {
        let settled = all.iter().filter(|row| row.of == Of::NewEvidence { had_problem: true });
        let settled: Vec<_> = settled.map(|row| row.host.to_string()).collect();
        if settled.is_empty() {
            return Ok(());
        }
        let mut sql =
            QueryBuilder::new("UPDATE hosts SET problem = NULL, problem_at = NULL WHERE id IN ");
        sql.list(settled);
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// When, and whether answers that say the same may extend the runs.
    async fn put_verified(&mut self, all: &[AppraisalRow<'_>]) -> Result<(), StoreError> {
        let (new, stored): (Vec<&AppraisalRow<'_>>, Vec<_>) =
            all.iter().partition(|row| row.is_new());
        let now = self.now().0;
        for (rows, moves) in [(new, true), (stored, false)] {
            if rows.is_empty() {
                continue;
            }
            let mut sql = QueryBuilder::new("UPDATE verified SET ");
            if moves {
                sql.push("at = ").push_bind(now).push(", ");
            }
            sql.push(
                "passed_at = coalesce(j.column2, verified.passed_at), appraisal_id = j.column3,
                 steady = j.column4 FROM (VALUES ",
            );
            sql.rows(&rows, |values, row| {
                let passed_at = match row.of {
                    Of::NewEvidence { .. } => {
                        (row.appraisal.attestation() == Attestation::Passed).then_some(now)
                    }
                    Of::Stored { passed_at } => passed_at.map(|at| at.0),
                };
                values.push_bind(row.host.to_string()).push_bind(passed_at);
                values.push_bind(row.span.to_string()).push_bind(row.steady);
            });
            sql.push(") AS j WHERE verified.host_id = j.column1");
            sql.build().execute(self.connection()).await?;
        }
        Ok(())
    }

    /// The qualified signers of first quotes.
    async fn put_signers(&mut self, all: &[AppraisalRow<'_>]) -> Result<(), StoreError> {
        let wanted = all.iter().filter(|row| row.is_new() && row.standing.signer_wanted);
        let signers: Vec<_> =
            wanted.filter_map(|row| Some((row.host, row.appraisal.qualified_signer()?))).collect();
        if signers.is_empty() {
            return Ok(());
        }
        let mut sql =
            QueryBuilder::new("UPDATE identities SET qualified_signer = j.column2 FROM (VALUES ");
        sql.rows(&signers, |values, (host, signer)| {
            values.push_bind(host.to_string()).push_bind(*signer);
        });
        sql.push(") AS j WHERE identities.host_id = j.column1");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }
}

/// What hosts match now that may have matched another configuration.
fn left(begin: &[&AppraisalRow<'_>]) -> Vec<(HostId, Option<ConfigurationId>)> {
    let before = begin.iter().filter(|row| row.standing.has_concluded());
    before.map(|row| (row.host, matched(row.appraisal.report()))).collect()
}

fn boots(all: &[AppraisalRow<'_>]) -> Vec<BootSeen> {
    let new = all.iter().filter(|row| row.is_new());
    new.filter_map(|row| AppraisalRow::boot(row.standing, row.host, row.appraisal)).collect()
}

/// The reports that are not on record.
fn other_reports<'a>(all: &[AppraisalRow<'a>]) -> Vec<(AppraisalId, &'a Appraisal)> {
    let other = all.iter().filter(|row| !row.is_reported());
    other.map(|row| (row.span, row.appraisal)).collect()
}
