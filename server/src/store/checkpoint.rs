//! Puts what is in SQLite's write-ahead log into its file, beside the writer.
//!
//! The writer would do it at the end of a commit that finds the log long, and whoever waits for that
//! commit would wait for all of it: some thousand pages, written and synced twice. A connection of its
//! own does it while the next commits are made. SQLite begins its log anew once all of it is in the
//! file; while somebody writes without a pause that never is so, and the writer puts the short rest
//! there by itself (`sqlite::LONGEST_LOG`).

use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::SqlitePool;
use tokio::task::AbortHandle;

/// How often the log is looked at: a busy writer adds three thousand pages meanwhile.
const LOOKS: Duration = Duration::from_millis(100);

/// Pages of the log, 16 MiB, that are put into the file together: those that every commit changes come
/// there once in so many.
pub(super) const PAGES: i64 = 4_000;

/// What brings the log into the file, until the last clone is dropped.
#[derive(Debug, Clone)]
pub(super) struct Checkpoints {
    pool: SqlitePool,
    task: Arc<Task>,
}

#[derive(Debug)]
struct Task(AbortHandle);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Checkpoints {
    /// Begins, with a connection that may change the file, and writes nothing of its own.
    pub(super) fn begin(pool: SqlitePool) -> Self {
        let task = tokio::spawn(run(pool.clone())).abort_handle();
        Self { pool, task: Arc::new(Task(task)) }
    }

    /// Ends it. The last connection that is closed puts the rest into the file.
    pub(super) async fn close(&self) {
        self.task.0.abort();
        self.pool.close().await;
    }
}

async fn run(pool: SqlitePool) {
    loop {
        tokio::time::sleep(LOOKS).await;
        if let Err(error) = look(&pool).await {
            // On a full disk: the writer finds it, too, and says so. What is committed stays in the log.
            tracing::debug!(%error, "the write-ahead log could not be put into the file");
        }
    }
}

/// Puts the log into the file if it has become long. Gives how many pages of it were not there.
async fn look(pool: &SqlitePool) -> Result<i64, sqlx::Error> {
    let not_there = |(_, log, done): (i64, i64, i64)| log - done;
    let looked = sqlx::query_as("PRAGMA wal_checkpoint(NOOP)").fetch_one(pool).await?;
    let pages = not_there(looked);
    if pages >= PAGES {
        // Waits for nobody: what readers still need, or a commit adds meanwhile, is left for next time.
        let _: (i64, i64, i64) =
            sqlx::query_as("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(pool).await?;
    }
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite;

    #[tokio::test]
    async fn a_long_log_is_put_into_the_file_without_the_writer() {
        let directory = tempfile::tempdir().unwrap();
        let pools = sqlite::open(&directory.path().join("a.db")).await.unwrap();
        let fill = |pages: i64| {
            let writer = pools.writer.clone();
            async move {
                let table = "CREATE TABLE IF NOT EXISTS filled (bytes BLOB)";
                sqlx::query(table).execute(&writer).await.unwrap();
                let filled = sqlx::query("INSERT INTO filled VALUES (zeroblob(4096 * ?))");
                filled.bind(pages).execute(&writer).await.unwrap();
            }
        };
        fill(PAGES).await;
        assert!(look(&pools.checkpoints).await.unwrap() >= PAGES);
        assert_eq!(look(&pools.checkpoints).await.unwrap(), 0, "all of it is in the file");
        fill(10).await;
        let short = look(&pools.checkpoints).await.unwrap();
        assert!((10..PAGES).contains(&short), "{short}");
        assert_eq!(look(&pools.checkpoints).await.unwrap(), short, "it is not worth it yet");
    }

    #[tokio::test]
    async fn its_connection_writes_nothing_and_ends_with_the_store() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.db");
        let pools = sqlite::open(&path).await.unwrap();
        let error = sqlx::query("CREATE TABLE a (a INTEGER)").execute(&pools.checkpoints).await;
        assert!(error.unwrap_err().to_string().contains("readonly"));
        let checkpoints = Checkpoints::begin(pools.checkpoints);
        checkpoints.close().await;
        pools.readers.close().await;
        pools.writer.close().await;
        assert!(!directory.path().join("a.db-wal").exists(), "the last one folds the log");
    }
}
