//! The servers that share the work, and which of them does what.

use trustboard_model::time::Timestamp;
use trustboard_model::view::Late;

use super::Tx;
use super::column::Place;
use crate::store::sql;
use crate::store::{Announce, StoreError};

impl<Mode> Tx<Mode> {
    /// How many servers share the work at this moment.
    pub(crate) async fn replicas(&mut self, now: Timestamp) -> Result<u32, StoreError> {
        let count: i64 = sql::query_scalar("SELECT count(*) FROM replicas WHERE leased_until > ?")
            .bind(now.0)
            .fetch_one(self.connection())
            .await?;
        Place { table: "replicas", row: "*" }.number("count", count)
    }

    /// Whether a server that is gone left jobs that seem to run.
    pub(crate) async fn has_orphaned_jobs(&mut self, now: Timestamp) -> Result<bool, StoreError> {
        let found = sql::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'running' AND replica IS NOT NULL
                            AND replica NOT IN (SELECT id FROM replicas WHERE leased_until > ?))",
        )
        .bind(now.0)
        .fetch_one(self.connection())
        .await?;
        Ok(found)
    }
}

impl Announce {
    /// Says that this server is there until a moment, and how late it is. Nothing, if it is not one of
    /// several.
    pub(crate) async fn renew_replica(
        &mut self,
        until: Timestamp,
        late: Option<Late>,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let Some(replica) = self.replica() else { return Ok(()) };
        sql::query(
            "INSERT INTO replicas (id, started_at, leased_until, late_since, late_s)
             VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET leased_until = excluded.leased_until,
                                            late_since = excluded.late_since,
                                            late_s = excluded.late_s",
        )
        .bind(&*replica)
        .bind(now.0)
        .bind(until.0)
        .bind(late.map(|late| late.since.0))
        .bind(late.map(|late| i64::from(late.by_s)))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// How late the other servers are: the worst of them, if any is.
    pub(crate) async fn late_replicas(&mut self) -> Result<Option<Late>, StoreError> {
        let now = self.now();
        let Some(replica) = self.replica() else { return Ok(None) };
        let (since, seconds): (Option<i64>, Option<i64>) = sql::query_as(
            "SELECT min(late_since), max(late_s) FROM replicas WHERE leased_until > ? AND id <> ?",
        )
        .bind(now.0)
        .bind(&*replica)
        .fetch_one(self.connection())
        .await?;
        let (Some(since), Some(seconds)) = (since, seconds) else { return Ok(None) };
        let by_s = Place { table: "replicas", row: "*" }.number("late_s", seconds)?;
        Ok(Some(Late { since: Timestamp(since), by_s }))
    }

    /// Takes the work of this name, or keeps it, until a moment. False if another server has it.
    pub(crate) async fn take_lease(
        &mut self,
        name: &'static str,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let now = self.now();
        let Some(replica) = self.replica() else { return Ok(true) };
        let taken = sql::query(
            "INSERT INTO leases (name, replica, leased_until) VALUES (?, ?, ?)
             ON CONFLICT (name) DO UPDATE SET replica = excluded.replica,
                                              leased_until = excluded.leased_until
             WHERE leases.replica = excluded.replica OR leases.leased_until <= ?",
        )
        .bind(name)
        .bind(&*replica)
        .bind(until.0)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(taken.rows_affected() > 0)
    }

    /// Leaves the work of this name, if this server has it.
    pub(crate) async fn leave_lease(&mut self, name: &'static str) -> Result<(), StoreError> {
        let Some(replica) = self.replica() else { return Ok(()) };
        sql::query("DELETE FROM leases WHERE name = ? AND replica = ?")
            .bind(name)
            .bind(&*replica)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Takes this server off the list, with the work that it did for all.
    pub(crate) async fn leave(&mut self) -> Result<(), StoreError> {
        let Some(replica) = self.replica() else { return Ok(()) };
        for statement in
            ["DELETE FROM leases WHERE replica = ?", "DELETE FROM replicas WHERE id = ?"]
        {
            sql::query(statement).bind(&*replica).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Takes servers off the list that went without a word. What they left is found without them.
    pub(crate) async fn forget_lapsed_replicas(&mut self) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("DELETE FROM replicas WHERE leased_until <= ?")
            .bind(now.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Takes servers off the list that are gone; all of them on a database that only one server
    /// can have opened.
    pub(crate) async fn forget_replicas(&mut self) -> Result<(), StoreError> {
        let before = if self.is_alone() { i64::MAX } else { self.now().0 };
        sql::query("DELETE FROM leases WHERE leased_until <= ?")
            .bind(before)
            .execute(self.connection())
            .await?;
        sql::query("DELETE FROM replicas WHERE leased_until <= ?")
            .bind(before)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
