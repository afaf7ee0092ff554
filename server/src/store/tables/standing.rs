//! What a host's next appraisal is compared with and judged by.

use std::collections::HashMap;

use trustboard_attest::Appraisal;
use trustboard_model::appraisal::SecureBoot;
use trustboard_model::digest::Sha256;
use trustboard_model::id::{AppraisalId, HostId};
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Verdict;

use super::Tx;
use super::column::{Place, json};
use super::conclusion::Conclusion;
use crate::store::StoreError;
use crate::store::record::StoredHistory;
use crate::store::repeated::RepeatedAnswer;
use crate::store::sql::{FromRow, QueryBuilder};

/// What a host's next appraisal is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    conclusion: Option<String>,
    verdict: Option<String>,
    /// The run of identical appraisals that it may extend, and what names its report.
    pub report: Option<(AppraisalId, Sha256)>,
    pub history: StoredHistory,
    pub known_log: Option<Sha256>,
    /// The same where it stands in the host's own row: because the newest evidence has no log, or
    /// since an earlier version.
    pub known_log_apart: Option<Sha256>,
    /// The systemd log of the newest evidence.
    pub known_systemd_log: Option<Sha256>,
    /// An identity is on record whose qualified signer is not.
    pub signer_wanted: bool,
    /// When the host was last verified.
    pub verified_at: Option<Timestamp>,
    /// When the newest evidence was received.
    pub received_at: Option<Timestamp>,
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
    /// Whether any appraisal came before.
    pub(super) fn has_concluded(&self) -> bool {
        self.conclusion.is_some()
    }

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
    host_id: String,
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
    received_at: Option<i64>,
}

impl StandingRow {
    fn standing(self) -> Result<(HostId, Standing), StoreError> {
        let key = &self.host_id;
        let place = Place { table: "hosts", row: key };
        let history = self.history.map(|history| place.json("history", &history)).transpose()?;
        let mut history: StoredHistory = history.unwrap_or_default();
        if let Some((answer, at)) = self.answer.zip(self.answered_at) {
            let place = Place { table: "verified", row: key };
            let answer = RepeatedAnswer::decode(&answer).map_err(|_| place.bad("answer"))?;
            history.repeated(&answer, Timestamp(at), &self.secure_boot);
        }
        let report = self.appraisal_id.zip(self.report_digest).map(|(span, digest)| {
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
        let evidence_log = sha256("evidence_log", self.evidence_log)?;
        let known_log_apart = sha256("known_log", self.known_log)?;
        let standing = Standing {
            conclusion: self.conclusion,
            verdict: self.verdict,
            report,
            history,
            known_log: evidence_log.or(known_log_apart),
            known_log_apart,
            known_systemd_log: sha256("known_systemd_log", self.known_systemd_log)?,
            signer_wanted: self.signer_wanted,
            verified_at: self.answered_at.map(Timestamp),
            received_at: self.received_at.map(Timestamp),
            judged_by: sha256("judged_by", self.judged_by)?,
            evidence_log,
            evidence_keys: sha256("evidence_keys", self.evidence_keys)?,
            tpm_version: self.tpm_version,
        };
        Ok((place.parse("id", key)?, standing))
    }
}

impl<Mode> Tx<Mode> {
    /// What the next appraisals of hosts are compared with and judged by.
    pub(crate) async fn standings(
        &mut self,
        hosts: &[HostId],
    ) -> Result<HashMap<HostId, Standing>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT h.id AS host_id, h.conclusion, h.verdict, h.appraisal_id, a.report_digest,
                    h.history, h.known_log, e.systemd_log AS known_systemd_log,
                    e.log AS evidence_log, e.standards AS judged_by, e.identity AS evidence_keys,
                    h.tpm_version,
                    i.host_id IS NOT NULL AND i.qualified_signer IS NULL AS signer_wanted,
                    h.secure_boot, v.at AS answered_at, v.answer, e.received_at
             FROM hosts h LEFT JOIN verified v ON v.host_id = h.id
                          LEFT JOIN evidence e ON e.host_id = h.id
                          LEFT JOIN identities i ON i.host_id = h.id
                          LEFT JOIN appraisals a ON a.id = h.appraisal_id WHERE h.id IN ",
        );
        query.list(hosts.iter().map(ToString::to_string));
        let rows: Vec<StandingRow> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(StandingRow::standing).collect()
    }
}
