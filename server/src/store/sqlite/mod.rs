//! SQLite: one file, one writer, many readers.
//!
//! The write-ahead log lets readers go on while somebody writes; `synchronous=FULL` syncs it at
//! every commit, so that what was acknowledged survives a crash of process or machine.

mod alarms;
mod api_key;
mod appraisal;
mod arrangement;
mod audit;
mod bulk;
mod bulk_item;
mod cause;
mod cause_hosts;
mod chain;
mod column;
mod completion;
mod compliance;
mod conclusion;
mod configuration;
mod count;
mod enrolment;
mod event;
mod events;
mod evidence;
mod exception;
mod facts;
mod find;
mod forget;
mod group;
mod health;
mod hints;
mod host;
mod host_list;
mod host_more;
mod host_query;
mod identity;
mod inventory;
mod job;
mod kept;
mod makers;
mod matches;
mod operator;
mod past;
mod presence;
mod removed_host;
mod security;
mod sees;
mod session;
mod settings;
mod setup;
mod sign_in_code;
mod standards;
mod token;
mod user;
mod view;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Sqlite, SqliteConnection, Transaction};
use trustboard_model::time::Timestamp;

pub(crate) use self::api_key::InsertKey;
pub(crate) use self::appraisal::Standing;
pub(crate) use self::bulk::BulkRecord;
pub(crate) use self::bulk_item::{BulkItem, ItemState, Verified};
pub(crate) use self::cause::CauseRecord;
pub(crate) use self::cause_hosts::CauseHosts;
pub(crate) use self::completion::NamesOf;
pub(crate) use self::configuration::{ConfigurationRecord, NewConfiguration};
pub(crate) use self::count::{COARSE_S, FINE_S, StepChange, beginning};
pub(crate) use self::enrolment::NewEnrolment;
use self::event::ChainHead;
pub(crate) use self::event::HostScope;
use self::group::{Turn, Writer};
pub(crate) use self::host::NewHost;
pub(crate) use self::host_query::Within;
pub(crate) use self::kept::{KeptJudging, KeptRow};
pub(crate) use self::session::{ListedSession, Lives, NewSession};
pub(crate) use self::standards::{ClusterRecord, Wanted};
pub(crate) use self::token::NewTokenRow;
use super::StoreError;
use crate::clock::Clock;
use crate::live::{Live, LiveMessage};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/sqlite");

/// How long a connection waits for a lock of another process (`trustboard user`, a backup).
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Readers at a time. More than cores only adds contention; each holds its own page cache.
const READERS: u32 = 8;

/// Prepared statements kept by a connection: there are fewer in this module.
const STATEMENTS: usize = 256;

/// An open database; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    readers: SqlitePool,
    writer: Writer,
}

impl Store {
    /// Opens the database at `path`, makes it if there is none, and brings its schema up to date.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .statement_cache_capacity(STATEMENTS)
            .pragma("temp_store", "memory");
        keep_private(path)?;
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(
                options
                    .clone()
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full),
            )
            .await?;
        MIGRATIONS.run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .connect_with(options.read_only(true).pragma("query_only", "on"))
            .await?;
        Ok(Self { readers, writer: Writer::new(writer) })
    }

    /// Closes every connection; the write-ahead log is folded into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    pub(crate) async fn read(&self) -> Result<Read, StoreError> {
        Ok(Tx { connected: Connected::Reads(self.readers.begin().await?), mode: Reading })
    }

    pub(crate) async fn write(&self, live: Live, clock: &dyn Clock) -> Result<Write, StoreError> {
        let connected = Connected::Writes(self.writer.turn().await?);
        let mode = Writing { now: clock.now(), hints: Vec::new(), head: None, live };
        Ok(Tx { connected, mode })
    }
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

/// A transaction. Reads are the same in both modes; only [`Writing`] has methods that write.
pub(crate) struct Tx<Mode> {
    connected: Connected,
    mode: Mode,
}

/// Where a transaction's statements go.
enum Connected {
    Reads(Transaction<'static, Sqlite>),
    Writes(Turn),
}

/// On a connection that cannot write; sees one state throughout.
pub(crate) type Read = Tx<Reading>;

/// The one transaction that writes; a part of one that others share (see [`group`]). Dropped
/// without [`Write::commit`] it leaves no trace.
pub(crate) type Write = Tx<Writing>;

/// The mode of [`Read`].
pub(crate) struct Reading;

/// The mode of [`Write`].
pub(crate) struct Writing {
    now: Timestamp,
    hints: Vec<LiveMessage>,
    /// The end of the chain of events, once this transaction has looked.
    head: Option<ChainHead>,
    live: Live,
}

/// A point of a transaction, see [`Write::mark`].
#[must_use = "what was done since is kept or undone"]
pub(crate) struct Mark {
    head: Option<ChainHead>,
    hints: usize,
}

impl<Mode> Tx<Mode> {
    /// The connection, for the functions beside this module.
    fn connection(&mut self) -> &mut SqliteConnection {
        match &mut self.connected {
            Connected::Reads(transaction) => transaction,
            Connected::Writes(turn) => turn.connection(),
        }
    }
}

impl Write {
    /// The moment of this transaction: one for all that it writes.
    pub(crate) fn now(&self) -> Timestamp {
        self.mode.now
    }

    /// Sends this hint after the commit.
    pub(crate) fn hint(&mut self, hint: LiveMessage) {
        self.mode.hints.push(hint);
    }

    /// Whether this transaction has made no event yet.
    pub(crate) fn has_no_events(&self) -> bool {
        self.mode.head.is_none()
    }

    /// Takes the hints that wait for the commit, for one that stands for them all.
    pub(crate) fn take_hints(&mut self) -> Vec<LiveMessage> {
        std::mem::take(&mut self.mode.hints)
    }

    /// A point to which this transaction can go back.
    pub(crate) async fn mark(&mut self) -> Result<Mark, StoreError> {
        sqlx::query("SAVEPOINT mark").execute(self.connection()).await?;
        Ok(Mark { head: self.mode.head, hints: self.mode.hints.len() })
    }

    /// Keeps what was done since the mark.
    pub(crate) async fn keep(&mut self, _mark: Mark) -> Result<(), StoreError> {
        sqlx::query("RELEASE mark").execute(self.connection()).await?;
        Ok(())
    }

    /// Undoes what was done since the mark, its events and hints included.
    pub(crate) async fn undo(&mut self, mark: Mark) -> Result<(), StoreError> {
        sqlx::query("ROLLBACK TO mark").execute(self.connection()).await?;
        sqlx::query("RELEASE mark").execute(self.connection()).await?;
        self.mode.head = mark.head;
        self.mode.hints.truncate(mark.hints);
        Ok(())
    }

    /// Commits, then publishes the hints.
    ///
    /// A command that finds everything done already commits too, before it says so to anybody:
    /// what it read may be of a command that is not on the disk yet.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.write_chain_head().await?;
        let Self { connected, mode: Writing { hints, live, .. } } = self;
        match connected {
            Connected::Writes(turn) => turn.commit(hints, live).await,
            Connected::Reads(_) => {
                unreachable!("Store::write makes the one, Store::read the other")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;

    #[tokio::test]
    async fn a_reader_cannot_write() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let mut read = store.read().await.unwrap();
        for statement in [
            "INSERT INTO datacenters (id, name, created_at) VALUES ('a', 'a', 0)",
            "DELETE FROM chain_head",
            "CREATE TABLE a (a INTEGER)",
        ] {
            let error = sqlx::query(statement).execute(read.connection()).await.unwrap_err();
            assert!(error.to_string().contains("readonly"), "{error}");
        }
    }

    #[tokio::test]
    async fn files_are_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let _read = store.read().await.unwrap();
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
        let mut write = store.write(Live::new(), &SystemClock).await.unwrap();
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum,
                     execution_time) VALUES (9999, 'of a later release', TRUE, X'00', 0)";
        sqlx::query(newer).execute(write.connection()).await.unwrap();
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
        let mut write = store.write(Live::new(), &SystemClock).await.unwrap();
        write.insert_datacenter(id, "Berlin").await.unwrap();
        drop(write);
        let mut write = store.write(Live::new(), &SystemClock).await.unwrap();
        assert_eq!(write.datacenter(id).await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_is_committed_is_synced_and_linked() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("a.db")).await.unwrap();
        let mut write = store.write(Live::new(), &SystemClock).await.unwrap();
        let journal: String =
            sqlx::query_scalar("PRAGMA journal_mode").fetch_one(write.connection()).await.unwrap();
        let full: i64 =
            sqlx::query_scalar("PRAGMA synchronous").fetch_one(write.connection()).await.unwrap();
        let keys: bool =
            sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(write.connection()).await.unwrap();
        assert_eq!((journal.as_str(), full, keys), ("wal", 2, true));
    }
}
