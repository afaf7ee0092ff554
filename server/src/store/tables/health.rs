//! What the database knows of its own health.

use trustboard_model::time::Timestamp;
use trustboard_model::view::JobsHealth;

use super::Tx;
use super::column::Place;
use crate::store::StoreError;
use crate::store::sql::{self, Connection};

impl<Mode> Tx<Mode> {
    /// Bytes of the database, its write-ahead log not counted.
    pub(crate) async fn database_bytes(&mut self) -> Result<u64, StoreError> {
        // The one thing that each database is asked in its own words.
        let sql = match self.connection() {
            Connection::Sqlite(_) => {
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            }
            Connection::Postgres(_) => "SELECT pg_database_size(current_database())",
        };
        let bytes: i64 = sql::query_scalar(sql).fetch_one(self.connection()).await?;
        Place { table: "database", row: "*" }.number("bytes", bytes)
    }

    /// What waits and what runs.
    pub(crate) async fn jobs_health(&mut self) -> Result<JobsHealth, StoreError> {
        let (queued, running, oldest): (i64, i64, Option<i64>) = sql::query_as(
            "SELECT count(*) FILTER (WHERE state = 'queued'),
                    count(*) FILTER (WHERE state = 'running'),
                    min(queued_at) FILTER (WHERE state = 'queued')
             FROM jobs WHERE state IN ('queued', 'running')",
        )
        .fetch_one(self.connection())
        .await?;
        let judge_again: i64 = sql::query_scalar("SELECT count(*) FROM reappraisals")
            .fetch_one(self.connection())
            .await?;
        let place = Place { table: "jobs", row: "*" };
        Ok(JobsHealth {
            queued: place.number("count", queued)?,
            running: place.number("count", running)?,
            oldest: oldest.map(Timestamp),
            judge_again: place.number("count", judge_again)?,
        })
    }
}
