//! Appraisals: the only statements that write attestation columns, each of which takes an
//! [`Appraisal`], which only the verifier can make.

use trustboard_attest::{Appraisal, Repetition};
use trustboard_model::appraisal::{ClockInfo, Report, SecureBoot};
use trustboard_model::digest::Sha256;
use trustboard_model::host::Attestation;
use trustboard_model::id::{AppraisalId, HostId};
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Verdict;
use trustboard_model::view::Span;

use super::column::{Place, code, json};
use super::conclusion::{Conclusion, codes, difference, matched, reasons, searchable, warnings};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::StoredHistory;
use crate::store::repeated::RepeatedAnswer;
use crate::store::sql::{self, FromRow};

/// What a host's next appraisal is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    conclusion: Option<String>,
    verdict: Option<String>,
    /// The run of identical appraisals that it may extend, and what names its report.
    pub report: Option<(AppraisalId, Sha256)>,
    pub history: StoredHistory,
    pub known_log: Option<Sha256>,
    /// The systemd log of the newest evidence.
    pub known_systemd_log: Option<Sha256>,
    /// An identity is on record whose qualified signer is not.
    pub signer_wanted: bool,
    /// When the host was last verified.
    pub verified_at: Option<Timestamp>,
    /// What the newest evidence was judged by.
    pub judged_by: Option<Sha256>,
    /// The event log of the newest evidence.
    pub evidence_log: Option<Sha256>,
    /// The keys that were on record when the newest evidence was judged.
    pub evidence_keys: Option<Sha256>,
    /// The version of the TPM.
    pub tpm_version: Option<String>,
}

impl Standing {
    /// Whether `appraisal` concludes what the one before did.
    pub(crate) fn is_repeated_by(&self, appraisal: &Appraisal) -> bool {
        self.conclusion.as_deref() == Some(&json(&Conclusion::of(appraisal.report())))
    }

    /// Whether its reasons also state the same facts.
    pub(crate) fn has_facts_of(&self, appraisal: &Appraisal) -> bool {
        self.verdict.as_deref() == Some(&json(&appraisal.report().verdict))
    }

    /// The history once `appraisal` is part of it.
    pub(super) fn followed_by(&self, appraisal: &Appraisal, now: Timestamp) -> StoredHistory {
        let report = appraisal.report();
        let passed = report.verdict == Verdict::Trusted;
        StoredHistory {
            clock: appraisal.clock().or(self.history.clock),
            secure_boot_on_at: (report.secure_boot == SecureBoot::On)
                .then_some(now)
                .or(self.history.secure_boot_on_at),
            passed_at: passed.then_some(now).or(self.history.passed_at),
            os_logs: appraisal.os_logs().clone(),
        }
    }
}

#[derive(FromRow)]
struct StandingRow {
    conclusion: Option<String>,
    verdict: Option<String>,
    appraisal_id: Option<String>,
    report_digest: Option<Vec<u8>>,
    history: Option<String>,
    known_log: Option<Vec<u8>>,
    known_systemd_log: Option<Vec<u8>>,
    evidence_log: Option<Vec<u8>>,
    judged_by: Option<Vec<u8>>,
    evidence_keys: Option<Vec<u8>>,
    tpm_version: Option<String>,
    signer_wanted: bool,
    secure_boot: String,
    answered_at: Option<i64>,
    answer: Option<Vec<u8>>,
}

/// The columns of [`SpanRow`], for every query that gives runs of appraisals: with the answers that
/// stand beside the newest one.
macro_rules! select_spans {
    () => {
        "SELECT a.id, a.first_seen,
                CASE WHEN v.repeats > 0 THEN v.at ELSE a.last_seen END AS last_seen,
                a.count + coalesce(v.repeats, 0) AS count, a.attestation, a.reasons
         FROM appraisals a
              LEFT JOIN verified v ON v.host_id = a.host_id AND v.appraisal_id = a.id "
    };
}
pub(super) use select_spans;

#[derive(FromRow)]
pub(super) struct SpanRow {
    id: String,
    first_seen: i64,
    last_seen: i64,
    count: i64,
    attestation: String,
    reasons: String,
}

impl<Mode> Tx<Mode> {
    /// What the next appraisal of a host is compared with and judged by.
    pub(crate) async fn standing(&mut self, host: HostId) -> Result<Standing, StoreError> {
        let key = host.to_string();
        let row: StandingRow = sql::query_as(
            "SELECT h.conclusion, h.verdict, h.appraisal_id, a.report_digest, h.history, h.known_log,
                    e.systemd_log AS known_systemd_log, e.log AS evidence_log,
                    e.standards AS judged_by, e.identity AS evidence_keys, h.tpm_version,
                    i.host_id IS NOT NULL AND i.qualified_signer IS NULL AS signer_wanted,
                    h.secure_boot, v.at AS answered_at, v.answer
             FROM hosts h LEFT JOIN verified v ON v.host_id = h.id
                          LEFT JOIN evidence e ON e.host_id = h.id
                          LEFT JOIN identities i ON i.host_id = h.id
                          LEFT JOIN appraisals a ON a.id = h.appraisal_id WHERE h.id = ?",
        )
        .bind(&key)
        .fetch_one(self.connection())
        .await?;
        let place = Place { table: "hosts", row: &key };
        let history = row.history.map(|history| place.json("history", &history)).transpose()?;
        let mut history: StoredHistory = history.unwrap_or_default();
        if let Some((answer, at)) = row.answer.zip(row.answered_at) {
            let place = Place { table: "verified", row: &key };
            let answer = RepeatedAnswer::decode(&answer).map_err(|_| place.bad("answer"))?;
            history.repeated(&answer, Timestamp(at), &row.secure_boot);
        }
        let report = row.appraisal_id.zip(row.report_digest).map(|(span, digest)| {
            let place = Place { table: "appraisals", row: &span };
            Ok::<_, StoreError>((
                place.parse("id", &span)?,
                place.sha256("report_digest", &digest)?,
            ))
        });
        let report = report.transpose()?;
        let sha256 = |column, digest: Option<Vec<u8>>| {
            digest.map(|digest| place.sha256(column, &digest)).transpose()
        };
        Ok(Standing {
            conclusion: row.conclusion,
            verdict: row.verdict,
            report,
            history,
            known_log: sha256("known_log", row.known_log)?,
            known_systemd_log: sha256("known_systemd_log", row.known_systemd_log)?,
            signer_wanted: row.signer_wanted,
            verified_at: row.answered_at.map(Timestamp),
            judged_by: sha256("judged_by", row.judged_by)?,
            evidence_log: sha256("evidence_log", row.evidence_log)?,
            evidence_keys: sha256("evidence_keys", row.evidence_keys)?,
            tpm_version: row.tpm_version,
        })
    }

    /// The newest report of a span.
    pub(crate) async fn report(&mut self, id: AppraisalId) -> Result<Report, StoreError> {
        let key = id.to_string();
        let place = Place { table: "reports", row: &key };
        let row: Option<(String, Option<String>, Option<Vec<u8>>)> = sql::query_as(
            "SELECT r.report, a.repetition, v.answer
             FROM reports r JOIN appraisals a ON a.id = r.appraisal_id
                            LEFT JOIN verified v ON v.host_id = a.host_id AND v.appraisal_id = a.id
             WHERE r.appraisal_id = ?",
        )
        .bind(&key)
        .fetch_optional(self.connection())
        .await?;
        let (report, repetition, answer) = row.ok_or_else(|| place.bad("report"))?;
        let mut report: Report = place.json("report", &report)?;
        if let Some(answer) = answer {
            let place = Place { table: "verified", row: &key };
            let answer = RepeatedAnswer::decode(&answer).map_err(|_| place.bad("answer"))?;
            answer.repetition.onto(&mut report);
        } else if let Some(repetition) = repetition {
            let place = Place { table: "appraisals", row: &key };
            place.json::<Repetition>("repetition", &repetition)?.onto(&mut report);
        }
        Ok(report)
    }

    /// A host's latest spans, the newest first.
    pub(crate) async fn spans(
        &mut self,
        host: HostId,
        limit: u32,
    ) -> Result<Vec<Span>, StoreError> {
        let rows: Vec<SpanRow> = sql::query_as(concat!(
            select_spans!(),
            "WHERE a.host_id = ? ORDER BY a.first_seen DESC, a.rowid DESC LIMIT ?"
        ))
        .bind(host.to_string())
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(Span::try_from).collect()
    }
}

impl TryFrom<SpanRow> for Span {
    type Error = StoreError;

    fn try_from(row: SpanRow) -> Result<Self, StoreError> {
        let place = Place { table: "appraisals", row: &row.id };
        Ok(Self {
            id: place.parse("id", &row.id)?,
            first_seen: Timestamp(row.first_seen),
            last_seen: Timestamp(row.last_seen),
            count: place.number("count", row.count)?,
            attestation: Attestation::from_code(&row.attestation)
                .ok_or_else(|| place.bad("attestation"))?,
            reasons: place.json("reasons", &row.reasons)?,
        })
    }
}

impl Write {
    /// Extends the host's span by an appraisal that repeats it.
    pub(crate) async fn extend_span(
        &mut self,
        host: HostId,
        span: AppraisalId,
        standing: &Standing,
        appraisal: &Appraisal,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("UPDATE appraisals SET last_seen = ?, count = count + 1 WHERE id = ?")
            .bind(now.0)
            .bind(span.to_string())
            .execute(self.connection())
            .await?;
        self.put_verified(host, standing, appraisal).await?;
        self.put_report(host, span, standing, appraisal).await
    }

    /// Begins a new span with an appraisal that concludes something else than the one before.
    pub(crate) async fn begin_span(
        &mut self,
        host: HostId,
        span: AppraisalId,
        standing: &Standing,
        appraisal: &Appraisal,
    ) -> Result<(), StoreError> {
        self.put_conclusion(host, span, appraisal).await?;
        self.put_verified(host, standing, appraisal).await?;
        self.put_report(host, span, standing, appraisal).await
    }

    /// Writes what appraising stored evidence again gave. It is no new evidence: the counters, the
    /// time of the last verification and what stood in its way stay as they are.
    pub(crate) async fn judge_again(
        &mut self,
        host: HostId,
        span: AppraisalId,
        standing: &Standing,
        received_at: Timestamp,
        appraisal: &Appraisal,
    ) -> Result<(), StoreError> {
        if !standing.is_repeated_by(appraisal) {
            self.put_conclusion(host, span, appraisal).await?;
        }
        if appraisal.attestation() == Attestation::Passed {
            sql::query(
                "UPDATE verified SET passed_at = ?1
                 WHERE host_id = ?2 AND coalesce(passed_at, 0) < ?1",
            )
            .bind(received_at.0)
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        }
        self.set_appraised_at(host).await?;
        self.put_report(host, span, standing, appraisal).await
    }

    /// The span, and what changes with the conclusion only.
    async fn put_conclusion(
        &mut self,
        host: HostId,
        span: AppraisalId,
        appraisal: &Appraisal,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let report = appraisal.report();
        self.leave_configuration(host, matched(report)).await?;
        sql::query(
            "INSERT INTO appraisals (id, host_id, first_seen, last_seen, count, attestation, reasons)
             VALUES (?, ?, ?, ?, 1, ?, ?)",
        )
        .bind(span.to_string())
        .bind(host.to_string())
        .bind(now.0)
        .bind(now.0)
        .bind(appraisal.attestation().code())
        .bind(json(&codes(reasons(report))))
        .execute(self.connection())
        .await?;
        sql::query(
            "UPDATE hosts SET attestation = ?, secure_boot = ?, first_reason = ?, codes = ?,
                              conclusion = ?, appraisal_id = ?, since = ?, configuration_id = ?
             WHERE id = ?",
        )
        .bind(appraisal.attestation().code())
        .bind(code(&report.secure_boot))
        .bind(reasons(report).first().map(|reason| reason.code.code()))
        .bind(searchable(report))
        .bind(json(&Conclusion::of(report)))
        .bind(span.to_string())
        .bind(now.0)
        .bind(matched(report).map(|id| id.to_string()))
        .bind(host.to_string())
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// What new evidence alone writes: when, the counters of its quote, a boot, the signer.
    async fn put_verified(
        &mut self,
        host: HostId,
        standing: &Standing,
        appraisal: &Appraisal,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let before = standing.history.clock.map(|clock| clock.reset_count);
        if let Some(ClockInfo { reset_count, .. }) = appraisal.clock()
            && before != Some(reset_count)
        {
            self.put_boot(host, reset_count, before.is_some()).await?;
        }
        let passed = appraisal.attestation() == Attestation::Passed;
        sql::query("UPDATE hosts SET history = ?, problem = NULL, problem_at = NULL WHERE id = ?")
            .bind(json(&standing.followed_by(appraisal, now)))
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        sql::query(
            "UPDATE verified SET at = ?, passed_at = coalesce(?, passed_at) WHERE host_id = ?",
        )
        .bind(now.0)
        .bind(passed.then_some(now.0))
        .bind(host.to_string())
        .execute(self.connection())
        .await?;
        if let Some(signer) = appraisal.qualified_signer().filter(|_| standing.signer_wanted) {
            sql::query("UPDATE identities SET qualified_signer = ? WHERE host_id = ?")
                .bind(signer)
                .bind(host.to_string())
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    /// What every appraisal writes of its report: what is its own, and all of it with the facts of
    /// its reasons unless just that is on record. A report has some 40 KiB, and a steady host
    /// repeats it every time.
    async fn put_report(
        &mut self,
        host: HostId,
        span: AppraisalId,
        standing: &Standing,
        appraisal: &Appraisal,
    ) -> Result<(), StoreError> {
        let digest = appraisal.report_digest();
        sql::query("UPDATE appraisals SET report_digest = ?, repetition = NULL WHERE id = ?")
            .bind(&digest.0[..])
            .bind(span.to_string())
            .execute(self.connection())
            .await?;
        if standing.report == Some((span, digest)) {
            return Ok(());
        }
        let report = appraisal.report();
        // A red alarm stands for the latest failure, also after the condition has cleared.
        sql::query(
            "UPDATE hosts SET verdict = ?1, warnings = ?2, difference = ?3,
                              alarm_difference = coalesce(?3, alarm_difference)
             WHERE id = ?4",
        )
        .bind(json(&report.verdict))
        .bind(json(&warnings(report)))
        .bind(difference(report).map(|digest| digest.0.to_vec()))
        .bind(host.to_string())
        .execute(self.connection())
        .await?;
        sql::query(
            "INSERT INTO reports (appraisal_id, report) VALUES (?, ?)
             ON CONFLICT (appraisal_id) DO UPDATE SET report = excluded.report",
        )
        .bind(span.to_string())
        .bind(appraisal.report_json())
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
