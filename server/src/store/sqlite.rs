//! SQLite: one file, one writer, many readers.
//!
//! The write-ahead log lets readers go on while somebody writes; `synchronous=FULL` syncs it at
//! every commit, so that what was acknowledged survives a crash of process or machine.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::StoreError;

pub(super) static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/sqlite");

/// How long a connection waits for a lock of another process (`trustboard user`, a backup).
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Readers at a time. More than cores only adds contention; each holds its own page cache.
const READERS: u32 = 8;

/// Prepared statements kept by a connection: there are fewer in this module.
const STATEMENTS: usize = 256;

/// The writer's page cache in KiB: what one group of commands changes has room in it, so that no page
/// is written before its commit and again with it, and the inner pages of all indexes stay.
const WRITER_CACHE_KIB: u32 = 64 * 1024;

/// A reader's page cache in KiB.
const READER_CACHE_KIB: u32 = 8 * 1024;

/// Pages of the write-ahead log, 64 MiB, after which the writer itself puts the rest into the file:
/// while commits follow each other without a pause, nobody beside it ever finds all of the log there
/// ([`super::checkpoint`]). Reading so much takes some tenths of a second after a crash.
const LONGEST_LOG: u32 = 16_000;

/// The connections to one file.
pub(super) struct Pools {
    pub writer: SqlitePool,
    pub readers: SqlitePool,
    /// For [`super::checkpoint`].
    pub checkpoints: SqlitePool,
}

/// Opens the database at `path`, makes it if there is none, and brings its schema up to date.
pub(super) async fn open(path: &Path) -> Result<Pools, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(STATEMENTS)
        .pragma("temp_store", "memory");
    keep_private(path)?;
    let writer = one()
        .min_connections(1)
        .connect_with(
            options
                .clone()
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .pragma("cache_size", format!("-{WRITER_CACHE_KIB}"))
                .pragma("wal_autocheckpoint", LONGEST_LOG.to_string()),
        )
        .await?;
    MIGRATIONS.run(&writer).await?;
    let checkpoints = one()
        .connect_with(
            options
                .clone()
                .synchronous(SqliteSynchronous::Full)
                .pragma("query_only", "on")
                .pragma("wal_autocheckpoint", "0"),
        )
        .await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .test_before_acquire(false)
        .connect_with(
            options
                .read_only(true)
                .pragma("query_only", "on")
                .pragma("cache_size", format!("-{READER_CACHE_KIB}")),
        )
        .await?;
    Ok(Pools { writer, readers, checkpoints })
}

/// A pool of one connection, which stays.
fn one() -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// Makes the file readable by its owner only before anything is in it: it will hold password
/// hashes. SQLite gives its side files the same mode.
fn keep_private(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    match options.write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::Database(sqlx::Error::Io(error)))
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LOG, WRITER_CACHE_KIB};
    use crate::clock::SystemClock;
    use crate::live::Live;
    use crate::store::Lane;
    use crate::store::{Store, Write, sql};

    #[tokio::test]
    async fn a_reader_cannot_write() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let mut read = store.read(Lane::Operators).await.unwrap();
        for statement in [
            "INSERT INTO datacenters (id, name, created_at) VALUES ('a', 'a', 0)",
            "DELETE FROM chain_head",
            "CREATE TABLE a (a INTEGER)",
        ] {
            let error = sql::query(statement).execute(read.connection()).await.unwrap_err();
            assert!(error.to_string().contains("readonly"), "{error}");
        }
    }

    #[tokio::test]
    async fn files_are_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let _read = store.read(Lane::Operators).await.unwrap();
        let files: Vec<_> = std::fs::read_dir(directory.path()).unwrap().flatten().collect();
        assert!(files.len() > 1, "the log is there too");
        for file in files {
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
        }
        assert!(Store::open(&directory.path().join("missing/a.db")).await.is_err());
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_and_a_newer_one_are_refused() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.db");
        std::fs::write(&path, [7; 4096]).unwrap();
        let error = Store::open(&path).await.unwrap_err();
        assert!(error.to_string().contains("not a database"), "{error}");
        std::fs::remove_file(&path).unwrap();
        let store = Store::open(&path).await.unwrap();
        let mut write = store.write(Lane::Operators, Live::new(), &SystemClock).await.unwrap();
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum,
                     execution_time) VALUES (9999, 'of a later release', TRUE, X'00', 0)";
        sql::query(newer).execute(write.connection()).await.unwrap();
        write.commit().await.unwrap();
        store.close().await;
        let error = Store::open(&path).await.unwrap_err();
        assert!(error.to_string().contains("9999"), "{error}");
    }

    #[tokio::test]
    async fn a_write_without_commit_leaves_no_trace_and_frees_the_writer() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let id = trustboard_model::id::DatacenterId::from_random([1; 16]);
        let mut write = store.write(Lane::Operators, Live::new(), &SystemClock).await.unwrap();
        write.insert_datacenter(id, "Berlin").await.unwrap();
        drop(write);
        let mut write = store.write(Lane::Operators, Live::new(), &SystemClock).await.unwrap();
        assert_eq!(write.datacenter(id).await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_is_committed_is_synced_and_linked() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let mut write = store.write(Lane::Operators, Live::new(), &SystemClock).await.unwrap();
        let journal: String =
            sql::query_scalar("PRAGMA journal_mode").fetch_one(write.connection()).await.unwrap();
        let full: i64 =
            sql::query_scalar("PRAGMA synchronous").fetch_one(write.connection()).await.unwrap();
        let keys: i64 =
            sql::query_scalar("PRAGMA foreign_keys").fetch_one(write.connection()).await.unwrap();
        assert_eq!((journal.as_str(), full, keys), ("wal", 2, 1));
        let of = async |pragma, write: &mut Write| -> i64 {
            sql::query_scalar(pragma).fetch_one(write.connection()).await.unwrap()
        };
        assert_eq!(of("PRAGMA cache_size", &mut write).await, -i64::from(WRITER_CACHE_KIB));
        let pages = of("PRAGMA wal_autocheckpoint", &mut write).await;
        assert_eq!(pages, i64::from(LONGEST_LOG));
    }
}
