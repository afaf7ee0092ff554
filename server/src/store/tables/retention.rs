//! How much there is of what is kept, and taking away what was kept for long enough: jobs, actions on
//! many hosts, imports. Evidence and conclusions have [`super::forget`], events are kept for ever.

use trustboard_model::time::Timestamp;
use trustboard_model::view::KeptKind;

use super::column::Place;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql;

/// How many rows of a kind there are, and when the oldest is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    pub kind: KeptKind,
    pub rows: u64,
    pub oldest: Option<Timestamp>,
}

/// What counts a kind, and finds its oldest.
const fn held(kind: KeptKind) -> &'static str {
    match kind {
        KeptKind::Evidence => "SELECT count(*), min(received_at) FROM kept_evidence",
        KeptKind::Conclusions => "SELECT count(*), min(first_seen) FROM appraisals",
        KeptKind::Jobs => "SELECT count(*), min(queued_at) FROM jobs",
        KeptKind::BulkJobs => "SELECT count(*), min(started_at) FROM bulk_jobs",
        KeptKind::Sessions => "SELECT count(*), min(created_at) FROM sessions",
        KeptKind::RemovedHosts => "SELECT count(*), min(removed_at) FROM removed_hosts",
        KeptKind::Imports => "SELECT count(*), min(at) FROM maker_imports",
        // Numbered without a gap: the last number is how many there are.
        KeptKind::Events => {
            "SELECT (SELECT seq FROM chain_head), (SELECT at FROM events WHERE seq = 1)"
        }
    }
}

impl<Mode> Tx<Mode> {
    /// How much there is of each kind.
    pub(crate) async fn held(&mut self) -> Result<Vec<Held>, StoreError> {
        let mut all = Vec::new();
        for kind in KeptKind::ALL {
            let (rows, oldest): (i64, Option<i64>) =
                sql::query_as(held(kind)).fetch_one(self.connection()).await?;
            let rows = Place { table: "retention", row: "*" }.number("count", rows)?;
            all.push(Held { kind, rows, oldest: oldest.map(Timestamp) });
        }
        Ok(all)
    }
}

impl Write {
    /// Takes jobs away that ended before a moment, with their steps, at most `limit`. Gives how
    /// many they were.
    pub(crate) async fn forget_jobs(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        self.forget(
            "DELETE FROM jobs WHERE id IN (
                 SELECT id FROM jobs WHERE ended_at < ? ORDER BY ended_at LIMIT ?)",
            before,
            limit,
        )
        .await
    }

    /// The same of actions on many hosts, with their hosts.
    pub(crate) async fn forget_bulk_jobs(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        self.forget(
            "DELETE FROM bulk_jobs WHERE id IN (
                 SELECT id FROM bulk_jobs WHERE ended_at < ? ORDER BY ended_at LIMIT ?)",
            before,
            limit,
        )
        .await
    }

    /// The same of reports of imports; what was imported stays.
    pub(crate) async fn forget_imports(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        self.forget(
            "DELETE FROM maker_imports WHERE id IN (
                 SELECT id FROM maker_imports WHERE at < ? ORDER BY at LIMIT ?)",
            before,
            limit,
        )
        .await
    }

    async fn forget(
        &mut self,
        statement: &'static str,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let done = sql::query(statement).bind(before.0).bind(limit).execute(self.connection());
        Ok(done.await?.rows_affected())
    }
}
