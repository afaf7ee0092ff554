//! Runs of identical appraisals, with the newest report of each.

use trustboard_attest::Repetition;
use trustboard_model::appraisal::Report;
use trustboard_model::host::Attestation;
use trustboard_model::id::{AppraisalId, HostId};
use trustboard_model::time::Timestamp;
use trustboard_model::view::Span;

use super::Tx;
use super::column::Place;
use crate::store::StoreError;
use crate::store::repeated::RepeatedAnswer;
use crate::store::sql::{self, FromRow};

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
