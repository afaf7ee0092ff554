//! Takes away what is not kept any longer.

use std::collections::BTreeSet;

use trustboard_model::digest::Sha256;
use trustboard_model::time::Timestamp;

use super::Write;
use super::column::Place;
use super::count::{COARSE_S, FINE_DAYS, FINE_S};
use crate::store::StoreError;
use crate::store::sql::{self, FromRow};

#[derive(FromRow)]
struct EvidenceRow {
    appraisal_id: String,
    which: String,
    log: Option<Vec<u8>>,
    systemd_log: Option<Vec<u8>>,
}

impl Write {
    /// Takes evidence away that was received before a moment, the oldest first, at most `limit`;
    /// the newest of a host stays. Gives how much it was.
    pub(crate) async fn forget_evidence(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let rows: Vec<EvidenceRow> = sql::query_as(
            "SELECT appraisal_id, which, log, systemd_log FROM kept_evidence
             WHERE received_at < ? ORDER BY received_at LIMIT ?",
        )
        .bind(before.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let count = rows.len() as u64;
        for row in rows {
            self.delete_kept(row).await?;
        }
        Ok(count)
    }

    async fn delete_kept(&mut self, row: EvidenceRow) -> Result<(), StoreError> {
        sql::query("DELETE FROM kept_evidence WHERE appraisal_id = ? AND which = ?")
            .bind(&row.appraisal_id)
            .bind(&row.which)
            .execute(self.connection())
            .await?;
        let place = Place { table: "kept_evidence", row: &row.appraisal_id };
        let logs = [row.log, row.systemd_log].into_iter().flatten();
        let logs: Vec<Sha256> =
            logs.map(|log| place.sha256("log", &log)).collect::<Result<_, _>>()?;
        self.release_logs(&logs).await
    }

    /// Takes runs of appraisals away that ended before a moment, with their reports and evidence,
    /// at most `limit`; the latest of a host stays. Gives how many they were.
    pub(crate) async fn forget_spans(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let spans: Vec<String> = sql::query_scalar(
            "SELECT a.id FROM appraisals a WHERE a.last_seen < ? AND NOT EXISTS (
                 SELECT 1 FROM hosts h WHERE h.id = a.host_id AND h.appraisal_id = a.id
             ) ORDER BY a.last_seen LIMIT ?",
        )
        .bind(before.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        for span in &spans {
            let kept: Vec<EvidenceRow> = sql::query_as(
                "SELECT appraisal_id, which, log, systemd_log FROM kept_evidence
                 WHERE appraisal_id = ?",
            )
            .bind(span)
            .fetch_all(self.connection())
            .await?;
            for row in kept {
                self.delete_kept(row).await?;
            }
            for statement in [
                "DELETE FROM reports WHERE appraisal_id = ?",
                "DELETE FROM appraisals WHERE id = ?",
            ] {
                sql::query(statement).bind(span).execute(self.connection()).await?;
            }
        }
        Ok(spans.len() as u64)
    }

    /// Takes away what goes with conclusions and makes no event of its own: counts, boots and times
    /// without verification of before `before`, and whatever no evidence names any more.
    pub(crate) async fn forget_the_rest(&mut self, before: Timestamp) -> Result<(), StoreError> {
        let fine = self.now().plus_seconds(-i64::from(FINE_DAYS) * 24 * 3600);
        for (step_s, at) in [(FINE_S, fine), (COARSE_S, before)] {
            sql::query("DELETE FROM count_changes WHERE step_s = ? AND at < ?")
                .bind(step_s)
                .bind(at.0)
                .execute(self.connection())
                .await?;
        }
        for statement in ["DELETE FROM boots WHERE seen < ?", "DELETE FROM gaps WHERE ended < ?"] {
            sql::query(statement).bind(before.0).execute(self.connection()).await?;
        }
        for statement in [
            "DELETE FROM kept_standards
             WHERE NOT EXISTS (SELECT 1 FROM kept_evidence k WHERE k.standards = digest)
               AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.standards = digest)",
            "DELETE FROM former_identities
             WHERE NOT EXISTS (SELECT 1 FROM kept_evidence k WHERE k.identity = keys)
               AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.identity = keys)",
        ] {
            sql::query(statement).execute(self.connection()).await?;
        }
        self.forget_parts().await
    }

    /// Takes away the parts that no standards name any more.
    async fn forget_parts(&mut self) -> Result<(), StoreError> {
        let mut parts: BTreeSet<Vec<u8>> = sql::query_scalar("SELECT digest FROM kept_parts")
            .fetch_all(self.connection())
            .await?
            .into_iter()
            .collect();
        let named: Vec<(Vec<u8>, Option<Vec<u8>>, String)> =
            sql::query_as("SELECT makers, revocations, approved FROM kept_standards")
                .fetch_all(self.connection())
                .await?;
        let place = Place { table: "kept_standards", row: "*" };
        for (makers, revocations, approved) in named {
            parts.remove(&makers);
            revocations.map(|digest| parts.remove(&digest));
            for digest in place.json::<Vec<Sha256>>("approved", &approved)? {
                parts.remove(&digest.0[..]);
            }
        }
        for digest in parts {
            sql::query("DELETE FROM kept_parts WHERE digest = ?")
                .bind(digest)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }
}
