//! Whether the database takes writes. A disk that is full or fails takes none: then nothing is
//! begun that could not be finished, everything is shown as it was last recorded, and writing is
//! tried again now and then (see [`crate::job::writable`]).

use std::sync::atomic::{AtomicI64, Ordering};

use trustboard_model::time::Timestamp;

use super::StoreError;

/// Since when nothing is written; [`NEVER`] if it is.
#[derive(Debug)]
pub(super) struct ReadOnly(AtomicI64);

/// No moment.
const NEVER: i64 = i64::MIN;

impl Default for ReadOnly {
    fn default() -> Self {
        Self(AtomicI64::new(NEVER))
    }
}

impl ReadOnly {
    pub(super) fn since(&self) -> Option<Timestamp> {
        match self.0.load(Ordering::Relaxed) {
            NEVER => None,
            since => Some(Timestamp(since)),
        }
    }

    /// Writes are refused from now on. False if they were before.
    pub(super) fn begin(&self, now: Timestamp) -> bool {
        self.0.compare_exchange(NEVER, now.0, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Writes are taken again.
    pub(super) fn end(&self) {
        self.0.store(NEVER, Ordering::Relaxed);
    }
}

/// What SQLite says (<https://sqlite.org/rescode.html>) when the file system takes no writes:
/// SQLITE_FULL, SQLITE_READONLY (mounted so), SQLITE_IOERR_WRITE, _FSYNC, _DIR_FSYNC, _TRUNCATE,
/// _SHMSIZE.
const SQLITE: [&str; 7] = ["13", "8", "778", "1034", "1290", "1546", "4874"];

/// And PostgreSQL (its manual, appendix A): disk_full, io_error, read_only_sql_transaction (a
/// standby).
const POSTGRES: [&str; 3] = ["53100", "58030", "25006"];

impl StoreError {
    /// Whether it says that the database takes no writes at all, whatever is written.
    pub(crate) fn takes_no_writes(&self) -> bool {
        let error = match self {
            Self::ReadOnly => return true,
            Self::Database(error) => error,
            Self::Group(error) => &**error,
            _ => return false,
        };
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        code.is_some_and(|code| SQLITE.contains(&&*code) || POSTGRES.contains(&&*code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_begins_once_and_ends() {
        let state = ReadOnly::default();
        assert_eq!(state.since(), None);
        assert!(state.begin(Timestamp(5)));
        assert!(!state.begin(Timestamp(9)), "it is already");
        assert_eq!(state.since(), Some(Timestamp(5)));
        state.end();
        assert_eq!(state.since(), None);
    }

    #[tokio::test]
    async fn a_full_database_is_told_from_a_refused_row() {
        use sqlx::Connection as _;
        let mut database = sqlx::SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let run = async |database: &mut sqlx::SqliteConnection, statement: &'static str| {
            let done = sqlx::raw_sql(statement).execute(database).await;
            done.map_err(StoreError::Database)
        };
        run(&mut database, "CREATE TABLE a (a BLOB UNIQUE)").await.unwrap();
        run(&mut database, "INSERT INTO a VALUES (1)").await.unwrap();
        let twice = run(&mut database, "INSERT INTO a VALUES (1)").await.unwrap_err();
        assert!(!twice.takes_no_writes(), "{twice}");
        run(&mut database, "PRAGMA max_page_count = 4").await.unwrap();
        let full = run(&mut database, "INSERT INTO a VALUES (zeroblob(99999))").await.unwrap_err();
        assert!(full.takes_no_writes(), "{full}");
        assert!(!StoreError::Busy { seconds: 1 }.takes_no_writes());
    }
}
