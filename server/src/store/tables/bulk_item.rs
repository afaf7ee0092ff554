//! The hosts of a bulk job, and what became of each.

use trustboard_model::id::{BulkId, HostId, JobId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{BulkFailure, Named};

use super::column::{Place, integer, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, FromRow};

/// One host that waits for its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BulkItem {
    pub number: u32,
    pub host: HostId,
    /// The revision that the operator saw.
    pub revision: u64,
}

/// What became of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ItemState {
    /// A verification was started; what becomes of that is what became of the host.
    Verifying(JobId),
    Changed,
    Unchanged,
    Failed(Refusal),
}

/// A verification that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verified {
    pub number: u32,
    /// Why it could not be finished.
    pub problem: Option<String>,
    /// Whether the alarm was reset.
    pub reset: bool,
    /// What the log says of an alarm that was not.
    pub kept: Option<String>,
}

#[derive(FromRow)]
struct ItemRow {
    number: i64,
    host_id: String,
    revision: i64,
}

#[derive(FromRow)]
struct FailureRow {
    number: i64,
    host_id: String,
    name: String,
    refusal: Option<String>,
}

#[derive(FromRow)]
struct VerifiedRow {
    number: i64,
    known: bool,
    problem: Option<String>,
    was_reset: bool,
    kept: Option<String>,
}

impl<Mode> Tx<Mode> {
    /// The next hosts that wait for their turn.
    pub(crate) async fn waiting_items(
        &mut self,
        id: BulkId,
        limit: u32,
    ) -> Result<Vec<BulkItem>, StoreError> {
        let key = id.to_string();
        let rows: Vec<ItemRow> = sql::query_as(
            "SELECT number, host_id, revision FROM bulk_items
             WHERE bulk_id = ? AND state = 'waiting'
             ORDER BY number LIMIT ?",
        )
        .bind(&key)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let place = Place { table: "bulk_items", row: &key };
        let item = |row: ItemRow| {
            Ok(BulkItem {
                number: place.number("number", row.number)?,
                host: place.parse("host_id", &row.host_id)?,
                // An event that was not counted would make it negative: then it is stale.
                revision: u64::try_from(row.revision).unwrap_or(0),
            })
        };
        rows.into_iter().map(item).collect()
    }

    /// How many hosts are being verified.
    pub(crate) async fn verifying_items(&mut self, id: BulkId) -> Result<u32, StoreError> {
        let key = id.to_string();
        let count: i64 = sql::query_scalar(
            "SELECT count(*) FROM bulk_items WHERE bulk_id = ? AND state = 'verifying'",
        )
        .bind(&key)
        .fetch_one(self.connection())
        .await?;
        Place { table: "bulk_items", row: &key }.number("count", count)
    }

    /// Hosts whose verification has ended since.
    pub(crate) async fn verified_items(
        &mut self,
        id: BulkId,
        limit: u32,
    ) -> Result<Vec<Verified>, StoreError> {
        let key = id.to_string();
        let rows: Vec<VerifiedRow> = sql::query_as(
            "SELECT i.number, j.id IS NOT NULL AS known, j.problem,
                    EXISTS (SELECT 1 FROM job_steps s WHERE s.job_id = j.id
                            AND s.kind = 'alarm-reset') AS was_reset,
                    (SELECT max(s.detail) FROM job_steps s WHERE s.job_id = j.id
                     AND s.kind = 'alarm-kept') AS kept
             FROM bulk_items i LEFT JOIN jobs j ON j.id = i.job_id
             WHERE i.bulk_id = ? AND i.state = 'verifying'
                   AND (j.id IS NULL OR j.state IN ('done', 'failed'))
             ORDER BY i.number LIMIT ?",
        )
        .bind(&key)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let place = Place { table: "bulk_items", row: &key };
        let verified = |row: VerifiedRow| {
            let gone = (!row.known).then(|| "the job is no longer on record".to_owned());
            Ok(Verified {
                number: place.number("number", row.number)?,
                problem: row.problem.or(gone),
                reset: row.was_reset,
                kept: row.kept,
            })
        };
        rows.into_iter().map(verified).collect()
    }

    /// The failures of a job in its order, past the first `skip`.
    pub(crate) async fn bulk_failures(
        &mut self,
        id: BulkId,
        skip: u32,
        limit: u32,
    ) -> Result<Vec<BulkFailure>, StoreError> {
        let key = id.to_string();
        let rows: Vec<FailureRow> = sql::query_as(
            "SELECT number, host_id, name, refusal FROM bulk_items
             WHERE bulk_id = ? AND state = 'failed' ORDER BY number LIMIT ? OFFSET ?",
        )
        .bind(&key)
        .bind(limit)
        .bind(skip)
        .fetch_all(self.connection())
        .await?;
        let failure = |row: FailureRow| {
            let key = row.number.to_string();
            let place = Place { table: "bulk_items", row: &key };
            let refusal = row.refusal.as_deref().ok_or_else(|| place.bad("refusal"))?;
            Ok(BulkFailure {
                host: Named { id: place.parse("host_id", &row.host_id)?, name: row.name },
                refusal: place.json("refusal", refusal)?,
            })
        };
        rows.into_iter().map(failure).collect()
    }

    /// The hosts of a job, whatever became of them.
    pub(crate) async fn bulk_hosts(&mut self, id: BulkId) -> Result<Vec<HostId>, StoreError> {
        let key = id.to_string();
        let rows: Vec<String> =
            sql::query_scalar("SELECT host_id FROM bulk_items WHERE bulk_id = ?")
                .bind(&key)
                .fetch_all(self.connection())
                .await?;
        let place = Place { table: "bulk_items", row: &key };
        rows.iter().map(|host| place.parse("host_id", host)).collect()
    }
}

impl Write {
    /// Puts hosts that cannot be acted on behind the others of a job.
    pub(crate) async fn insert_failed_item(
        &mut self,
        id: BulkId,
        host: HostId,
        refusal: &Refusal,
    ) -> Result<(), StoreError> {
        let key = id.to_string();
        sql::query(
            "INSERT INTO bulk_items (bulk_id, number, host_id, name, revision, state, refusal)
             SELECT ?, coalesce(max(number), 0) + 1, ?, ?, 0, 'failed', ? FROM bulk_items
             WHERE bulk_id = ?",
        )
        .bind(&key)
        .bind(host.to_string())
        .bind(host.to_string())
        .bind(json(refusal))
        .bind(&key)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Notes that every waiting host between these numbers was changed.
    pub(crate) async fn set_items_changed(
        &mut self,
        id: BulkId,
        first: u32,
        last: u32,
    ) -> Result<(), StoreError> {
        sql::query(
            "UPDATE bulk_items SET state = 'changed'
             WHERE bulk_id = ? AND number BETWEEN ? AND ? AND state = 'waiting'",
        )
        .bind(id.to_string())
        .bind(integer(first))
        .bind(integer(last))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Notes what became of one host.
    pub(crate) async fn set_item(
        &mut self,
        id: BulkId,
        number: u32,
        state: &ItemState,
    ) -> Result<(), StoreError> {
        let (column, job, refusal) = match state {
            ItemState::Verifying(job) => ("verifying", Some(job.to_string()), None),
            ItemState::Changed => ("changed", None, None),
            ItemState::Unchanged => ("unchanged", None, None),
            ItemState::Failed(refusal) => ("failed", None, Some(json(refusal))),
        };
        sql::query(
            "UPDATE bulk_items SET state = ?, job_id = coalesce(?, job_id), refusal = ?
             WHERE bulk_id = ? AND number = ?",
        )
        .bind(column)
        .bind(job)
        .bind(refusal)
        .bind(id.to_string())
        .bind(integer(number))
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
