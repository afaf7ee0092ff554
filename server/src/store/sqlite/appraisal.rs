//! Appraisals: the only statements that write attestation columns, each of which takes an
//! [`Appraisal`], which only the verifier can make.

use serde::Serialize;
use sqlx::FromRow;
use trustboard_attest::Appraisal;
use trustboard_model::appraisal::{Report, SecureBoot};
use trustboard_model::check::{Outcome, Strictness};
use trustboard_model::digest::Sha256;
use trustboard_model::host::Attestation;
use trustboard_model::id::{AppraisalId, HostId};
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::{Cause, Verdict};
use trustboard_model::view::Span;

use super::column::{Place, code, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::StoredHistory;
use crate::store::secret::sha256;

/// What makes two appraisals the same: codes, not the facts that differ with every quote (a
/// nonce, an offset, the agent's words). In this order, as JSON, it stands in its column.
#[derive(Serialize)]
struct Conclusion<'a> {
    attestation: Attestation,
    reasons: Vec<ReasonCode>,
    warnings: Vec<ReasonCode>,
    cause: Option<(&'a str, Option<&'a str>)>,
    secure_boot: SecureBoot,
    policy: &'a str,
}

impl<'a> Conclusion<'a> {
    fn of(report: &'a Report) -> Self {
        Self {
            attestation: Attestation::of(&report.verdict),
            reasons: codes(reasons(report)),
            warnings: codes(&warnings(report)),
            cause: cause(report).map(|cause| (cause.code(), detail(cause))),
            secure_boot: report.secure_boot,
            policy: &report.policy,
        }
    }
}

fn detail(cause: &Cause) -> Option<&str> {
    match cause {
        Cause::Malformed { part, .. } => Some(part),
        Cause::NotEvaluated { check, .. } => Some(check.code()),
        Cause::NoTpm | Cause::HostRefused { .. } => None,
    }
}

fn cause(report: &Report) -> Option<&Cause> {
    match &report.verdict {
        Verdict::Unknown(cause) => Some(cause),
        Verdict::Trusted | Verdict::Untrusted(_) => None,
    }
}

fn reasons(report: &Report) -> &[Reason] {
    match &report.verdict {
        Verdict::Untrusted(reasons) => reasons.all(),
        Verdict::Trusted | Verdict::Unknown(_) => &[],
    }
}

/// The failed checks that the policy only warns of, the most telling first.
fn warnings(report: &Report) -> Vec<Reason> {
    let warned = report.checks.iter().filter(|check| check.strictness == Strictness::Warn);
    let mut warnings: Vec<_> = warned
        .filter_map(|check| match &check.outcome {
            Outcome::Failed(reason) => Some(reason.clone()),
            _ => None,
        })
        .collect();
    warnings.sort_by_key(|reason| reason.code);
    warnings
}

/// The codes without repetition, in their order.
fn codes(reasons: &[Reason]) -> Vec<ReasonCode> {
    let mut codes: Vec<_> = reasons.iter().map(|reason| reason.code).collect();
    codes.dedup();
    codes
}

/// What a host's next appraisal is compared with.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    conclusion: Option<String>,
    verdict: Option<String>,
    pub history: StoredHistory,
    pub known_log: Option<Sha256>,
    /// An identity is on record whose qualified signer is not.
    signer_wanted: bool,
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

    /// The history once `report` is part of it.
    fn followed_by(&self, report: &Report, now: Timestamp) -> StoredHistory {
        let passed = report.verdict == Verdict::Trusted;
        StoredHistory {
            clock: report.clock.or(self.history.clock),
            secure_boot_on_at: (report.secure_boot == SecureBoot::On)
                .then_some(now)
                .or(self.history.secure_boot_on_at),
            passed_at: passed.then_some(now).or(self.history.passed_at),
        }
    }
}

#[derive(FromRow)]
struct StandingRow {
    conclusion: Option<String>,
    verdict: Option<String>,
    history: Option<String>,
    known_log: Option<Vec<u8>>,
    signer_wanted: bool,
}

#[derive(FromRow)]
struct SpanRow {
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
        let row: StandingRow = sqlx::query_as(
            "SELECT h.conclusion, h.verdict, h.history, h.known_log,
                    i.host_id IS NOT NULL AND i.qualified_signer IS NULL AS signer_wanted
             FROM hosts h LEFT JOIN identities i ON i.host_id = h.id WHERE h.id = ?",
        )
        .bind(&key)
        .fetch_one(self.connection())
        .await?;
        let place = Place { table: "hosts", row: &key };
        let history = row.history.map(|history| place.json("history", &history)).transpose()?;
        Ok(Standing {
            conclusion: row.conclusion,
            verdict: row.verdict,
            history: history.unwrap_or_default(),
            known_log: row.known_log.map(|log| place.sha256("known_log", &log)).transpose()?,
            signer_wanted: row.signer_wanted,
        })
    }

    /// The newest report of a span.
    pub(crate) async fn report(&mut self, id: AppraisalId) -> Result<Report, StoreError> {
        let key = id.to_string();
        let place = Place { table: "reports", row: &key };
        let report: Option<String> =
            sqlx::query_scalar("SELECT report FROM reports WHERE appraisal_id = ?")
                .bind(&key)
                .fetch_optional(self.connection())
                .await?;
        place.json("report", &report.ok_or_else(|| place.bad("report"))?)
    }

    /// A host's latest spans, the newest first.
    pub(crate) async fn spans(
        &mut self,
        host: HostId,
        limit: u32,
    ) -> Result<Vec<Span>, StoreError> {
        let rows: Vec<SpanRow> = sqlx::query_as(
            "SELECT id, first_seen, last_seen, count, attestation, reasons FROM appraisals
             WHERE host_id = ? ORDER BY first_seen DESC, rowid DESC LIMIT ?",
        )
        .bind(host.to_string())
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(Span::try_from).collect()
    }

    /// An event log.
    pub(crate) async fn event_log(
        &mut self,
        digest: Sha256,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes = sqlx::query_scalar("SELECT bytes FROM event_logs WHERE digest = ?")
            .bind(&digest.0[..])
            .fetch_optional(self.connection())
            .await?;
        Ok(bytes)
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
        sqlx::query("UPDATE appraisals SET last_seen = ?, count = count + 1 WHERE id = ?")
            .bind(now.0)
            .bind(span.to_string())
            .execute(self.connection())
            .await?;
        self.put_attestation(host, span, standing, appraisal).await
    }

    /// Begins a new span with an appraisal that concludes something else than the one before.
    pub(crate) async fn begin_span(
        &mut self,
        host: HostId,
        span: AppraisalId,
        standing: &Standing,
        appraisal: &Appraisal,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let report = appraisal.report();
        sqlx::query(
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
        sqlx::query(
            "UPDATE hosts SET attestation = ?, secure_boot = ?, first_reason = ?, codes = ?,
                              conclusion = ?, appraisal_id = ?, since = ?
             WHERE id = ?",
        )
        .bind(appraisal.attestation().code())
        .bind(code(&report.secure_boot))
        .bind(reasons(report).first().map(|reason| reason.code.code()))
        .bind(searchable(report))
        .bind(json(&Conclusion::of(report)))
        .bind(span.to_string())
        .bind(now.0)
        .bind(host.to_string())
        .execute(self.connection())
        .await?;
        self.put_attestation(host, span, standing, appraisal).await
    }

    /// What every appraisal writes: when, the facts of its reasons, the counters of its quote.
    async fn put_attestation(
        &mut self,
        host: HostId,
        span: AppraisalId,
        standing: &Standing,
        appraisal: &Appraisal,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let report = appraisal.report();
        let passed = appraisal.attestation() == Attestation::Passed;
        sqlx::query(
            "UPDATE hosts SET verdict = ?, warnings = ?, last_verified = ?,
                              last_passed = coalesce(?, last_passed), history = ?,
                              problem = NULL, problem_at = NULL
             WHERE id = ?",
        )
        .bind(json(&report.verdict))
        .bind(json(&warnings(report)))
        .bind(now.0)
        .bind(passed.then_some(now.0))
        .bind(json(&standing.followed_by(report, now)))
        .bind(host.to_string())
        .execute(self.connection())
        .await?;
        sqlx::query("INSERT OR REPLACE INTO reports (appraisal_id, report) VALUES (?, ?)")
            .bind(span.to_string())
            .bind(json(report))
            .execute(self.connection())
            .await?;
        if let Some(signer) = appraisal.qualified_signer().filter(|_| standing.signer_wanted) {
            sqlx::query("UPDATE identities SET qualified_signer = ? WHERE host_id = ?")
                .bind(signer)
                .bind(host.to_string())
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    /// Keeps the newest evidence of a host.
    pub(crate) async fn put_evidence(
        &mut self,
        host: HostId,
        cbor: &[u8],
    ) -> Result<(), StoreError> {
        let now = self.now();
        sqlx::query(
            "INSERT OR REPLACE INTO evidence (host_id, received_at, cbor) VALUES (?, ?, ?)",
        )
        .bind(host.to_string())
        .bind(now.0)
        .bind(cbor)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Keeps an event log as the one that the host need not send again. The log before is taken
    /// away if no other host relies on it, so that there are never more logs than hosts.
    pub(crate) async fn put_log(
        &mut self,
        host: HostId,
        standing: &Standing,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let digest = sha256(&[bytes]);
        if standing.known_log == Some(digest) {
            return Ok(());
        }
        sqlx::query("INSERT OR IGNORE INTO event_logs (digest, bytes) VALUES (?, ?)")
            .bind(&digest.0[..])
            .bind(bytes)
            .execute(self.connection())
            .await?;
        sqlx::query("UPDATE hosts SET known_log = ? WHERE id = ?")
            .bind(&digest.0[..])
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        if let Some(before) = standing.known_log {
            sqlx::query(
                "DELETE FROM event_logs WHERE digest = ?
                 AND NOT EXISTS (SELECT 1 FROM hosts WHERE known_log = ?)",
            )
            .bind(&before.0[..])
            .bind(&before.0[..])
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }
}

/// Every code of a report, each with a space on either side.
fn searchable(report: &Report) -> String {
    let mut text = String::new();
    let reasons = codes(reasons(report)).into_iter().chain(codes(&warnings(report)));
    for code in reasons.map(ReasonCode::code).chain(cause(report).map(Cause::code)) {
        if text.is_empty() {
            text.push(' ');
        }
        text.push_str(code);
        text.push(' ');
    }
    text
}

#[cfg(test)]
mod tests {
    use trustboard_model::check::{CheckId, CheckResult};
    use trustboard_model::verdict::Reasons;

    use super::*;

    fn report(verdict: Verdict, warned: &[Reason]) -> Report {
        let result = |reason: &Reason| CheckResult {
            check: CheckId::ReplayOtherBanks,
            outcome: Outcome::Failed(reason.clone()),
            strictness: Strictness::Warn,
        };
        Report {
            verdict,
            checks: warned.iter().map(result).collect(),
            secure_boot: SecureBoot::Off,
            pcrs: Vec::new(),
            clock: None,
            log_digest: None,
            policy: "Linux server, version 1".to_owned(),
            verifier: "0.1.0".to_owned(),
        }
    }

    fn failed(found: &str) -> Report {
        let reason = Reason::new(ReasonCode::NonceMismatch).found(found);
        report(Verdict::Untrusted(Reasons::new(vec![reason]).unwrap()), &[])
    }

    #[test]
    fn facts_that_differ_with_every_quote_are_no_new_conclusion() {
        let conclusion = |report: &Report| json(&Conclusion::of(report));
        assert_eq!(conclusion(&failed("00")), conclusion(&failed("ff")));
        assert_ne!(conclusion(&failed("00")), conclusion(&report(Verdict::Trusted, &[])));
        let refused = |problem: &str| {
            let problem = problem.to_owned();
            report(Verdict::Unknown(Cause::HostRefused { problem }), &[])
        };
        assert_eq!(conclusion(&refused("a")), conclusion(&refused("b")));
        assert_ne!(conclusion(&refused("a")), conclusion(&report(Verdict::Trusted, &[])));
    }

    #[test]
    fn a_warning_more_is_a_new_conclusion_and_can_be_searched_for() {
        let warning = [Reason::new(ReasonCode::ReplayMismatchOtherBank)];
        let warned = report(Verdict::Trusted, &warning);
        let clean = report(Verdict::Trusted, &[]);
        assert_ne!(json(&Conclusion::of(&warned)), json(&Conclusion::of(&clean)));
        assert_eq!(searchable(&warned), " replay.mismatch-other-bank ");
        assert_eq!(searchable(&clean), "");
    }
}
