//! Copies of a SQLite database: made while the server writes, checked, and put back.
//!
//! A backup is one file without a log beside it: every commit that was acknowledged before it
//! began is in it, and nothing of one that was not.

use std::fs::File;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::time::sleep;

/// How long a backup waits for a lock: one reads beside the server without waiting.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why there is no backup, or none is put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file could not be read, made or renamed.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// There is something already.
    #[error("{} exists already; a backup replaces nothing", .0.display())]
    Exists(PathBuf),
    /// It is no database that this program made.
    #[error("{} is not a database of Trustboard", .0.display())]
    Foreign(PathBuf),
    /// SQLite found it damaged.
    #[error("{} is damaged: {problem}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite says first.
        problem: String,
    },
    /// It was made by a later release.
    #[error(
        "the schema of {} has the number {found}, this program knows {known}: take the program \
         that made it, or a later one",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its newest migration.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// Somebody has it open.
    #[error("{} is in use: stop the server first (systemctl stop trustboard)", .0.display())]
    InUse(PathBuf),
    /// SQLite refused.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

fn file(path: &Path) -> impl Fn(io::Error) -> BackupError {
    let path = path.to_path_buf();
    move |error| BackupError::File { path: path.clone(), error }
}

/// Copies the database at `from` to `to`, which must not exist; readable by the owner alone. Gives
/// its size in bytes. The copy is whole on the disk when this returns, and not yet checked.
pub async fn copy(from: &Path, to: &Path) -> Result<u64, BackupError> {
    // SQLite would make the file for everybody to read; an empty one it fills.
    let made = File::options().write(true).create_new(true).mode(0o600).open(to);
    made.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(to.to_path_buf()),
        _ => file(to)(error),
    })?;
    let copied = vacuum(from, to).await;
    if copied.is_err() {
        // Half a backup is none.
        let _ = std::fs::remove_file(to);
    }
    copied?;
    let written = File::open(to).map_err(file(to))?;
    written.sync_all().map_err(file(to))?;
    sync_folder(to)?;
    Ok(written.metadata().map_err(file(to))?.len())
}

async fn vacuum(from: &Path, to: &Path) -> Result<(), BackupError> {
    let to = to.to_str().ok_or_else(|| file(to)(io::Error::other("the name is not UTF-8")))?;
    let options = SqliteConnectOptions::new().filename(from).busy_timeout(PATIENCE);
    let mut connection = options.connect().await?;
    // One state throughout: that of the moment in which it begins.
    sqlx::query("VACUUM INTO ?").bind(to).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Makes a file's name last, as its content does.
fn sync_folder(of: &Path) -> Result<(), BackupError> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(file(folder))
}

/// Checks that the file at `path` is a whole database whose schema this program knows. Gives the
/// number of its newest migration. Writes nothing, also not beside it.
pub async fn check(path: &Path) -> Result<i64, BackupError> {
    std::fs::metadata(path).map_err(file(path))?;
    let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
    let mut connection = options.connect().await?;
    let checked = check_open(path, &mut connection).await;
    connection.close().await?;
    checked
}

async fn check_open(path: &Path, connection: &mut SqliteConnection) -> Result<i64, BackupError> {
    let damaged = |problem: String| BackupError::Damaged { path: path.to_path_buf(), problem };
    let found = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut *connection).await;
    let found: String = match found {
        Ok(found) => found,
        Err(error) if is(&error, NOT_A_DATABASE) => {
            return Err(BackupError::Foreign(path.to_path_buf()));
        }
        Err(error) => return Err(damaged(error.to_string())),
    };
    if found != "ok" {
        return Err(damaged(found));
    }
    let dangling = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *connection).await?;
    if !dangling.is_empty() {
        return Err(damaged(format!("{} rows refer to what is not there", dangling.len())));
    }
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
            .fetch_one(&mut *connection)
            .await
            .map_err(|_| BackupError::Foreign(path.to_path_buf()))?;
    let found = newest.ok_or_else(|| BackupError::Foreign(path.to_path_buf()))?;
    let known = newest_migration();
    if found > known {
        return Err(BackupError::Newer { path: path.to_path_buf(), found, known });
    }
    Ok(found)
}

/// The newest migration that this program knows.
fn newest_migration() -> i64 {
    super::sqlite::MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// SQLITE_NOTADB, SQLITE_BUSY: <https://sqlite.org/rescode.html>.
const NOT_A_DATABASE: i64 = 26;
const BUSY: i64 = 5;

fn is(error: &sqlx::Error, primary: i64) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<i64>().ok());
    code.is_some_and(|code| code & 0xff == primary)
}

/// Puts the database at `fresh` in the place of the one at `database`, which is moved to `aside`.
/// Refuses if anybody has it open. Gives whether there was one.
pub async fn replace(database: &Path, fresh: &Path, aside: &Path) -> Result<bool, BackupError> {
    let there = database.exists();
    if there {
        // Nobody but us, until the new one is in place; and no log is left beside the old one.
        let alone = alone(database).await?;
        let moved = std::fs::rename(database, aside).map_err(file(database));
        if let Some(connection) = alone {
            // It was for the lock only.
            let _ = connection.close().await;
        }
        moved?;
        for side in ["-wal", "-shm"] {
            let mut left = database.as_os_str().to_owned();
            left.push(side);
            let mut kept = aside.as_os_str().to_owned();
            kept.push(side);
            match std::fs::rename(&left, &kept) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(file(Path::new(&left))(error));
                }
                Ok(()) | Err(_) => {}
            }
        }
    }
    std::fs::rename(fresh, database).map_err(file(fresh))?;
    sync_folder(database)?;
    Ok(there)
}

/// Holds the database for itself. A connection that was just closed counts as open for a moment
/// longer: it is waited for, briefly.
async fn alone(database: &Path) -> Result<Option<SqliteConnection>, BackupError> {
    for _ in 0..10 {
        match alone_at_once(database).await {
            Err(BackupError::InUse(_)) => sleep(Duration::from_millis(50)).await,
            done => return done,
        }
    }
    alone_at_once(database).await
}

/// Leaving the write-ahead log needs that nobody else has the database open. Nothing, if it is too
/// damaged to be anybody's.
async fn alone_at_once(database: &Path) -> Result<Option<SqliteConnection>, BackupError> {
    let options = SqliteConnectOptions::new().filename(database).busy_timeout(Duration::ZERO);
    let in_use = |error: sqlx::Error| match error {
        error if is(&error, BUSY) => Err(BackupError::InUse(database.to_path_buf())),
        _ => Ok(None),
    };
    let mut connection = match options.journal_mode(SqliteJournalMode::Delete).connect().await {
        Ok(connection) => connection,
        Err(error) => return in_use(error),
    };
    match sqlx::query("BEGIN EXCLUSIVE").execute(&mut connection).await {
        Ok(_) => Ok(Some(connection)),
        Err(error) => in_use(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    async fn made(folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        Store::open(&path).await.unwrap().close().await;
        path
    }

    #[tokio::test]
    async fn a_copy_is_the_owners_and_replaces_nothing() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let database = made(folder.path(), "a.db").await;
        let copied = folder.path().join("copy.db");
        let bytes = copy(&database, &copied).await.unwrap();
        let metadata = copied.metadata().unwrap();
        assert_eq!((metadata.len(), metadata.permissions().mode() & 0o777), (bytes, 0o600));
        assert_eq!(check(&copied).await.unwrap(), newest_migration());
        let again = copy(&database, &copied).await.unwrap_err();
        assert!(matches!(again, BackupError::Exists(_)), "{again}");
        let nowhere = copy(&folder.path().join("none.db"), &folder.path().join("b.db")).await;
        assert!(nowhere.is_err() && !folder.path().join("b.db").exists());
    }

    #[tokio::test]
    async fn what_is_damaged_foreign_or_newer_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("text.db");
        std::fs::write(&text, "no database at all, but long enough to be read as one".repeat(99))
            .unwrap();
        assert!(matches!(check(&text).await.unwrap_err(), BackupError::Foreign(_)));
        let missing = check(&folder.path().join("missing.db")).await.unwrap_err();
        assert!(matches!(missing, BackupError::File { .. }), "{missing}");
        let cut = made(folder.path(), "cut.db").await;
        let bytes = std::fs::read(&cut).unwrap();
        std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
        assert!(matches!(check(&cut).await.unwrap_err(), BackupError::Damaged { .. }));
        let newer = made(folder.path(), "newer.db").await;
        let mut connection = SqliteConnectOptions::new().filename(&newer).connect().await.unwrap();
        let insert = "INSERT INTO _sqlx_migrations (version, description, success, checksum,
                      execution_time) VALUES (9999, 'of a later release', TRUE, X'00', 0)";
        sqlx::query(insert).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        let error = check(&newer).await.unwrap_err();
        assert!(error.to_string().contains("9999"), "{error}");
    }

    #[tokio::test]
    async fn a_database_in_use_is_not_replaced_and_one_that_is_not_is_kept_aside() {
        let folder = tempfile::tempdir().unwrap();
        let database = made(folder.path(), "a.db").await;
        let fresh = made(folder.path(), "fresh.db").await;
        let aside = folder.path().join("aside.db");
        let open = Store::open(&database).await.unwrap();
        let error = replace(&database, &fresh, &aside).await.unwrap_err();
        assert!(matches!(error, BackupError::InUse(_)), "{error}");
        assert!(fresh.exists() && !aside.exists());
        open.close().await;
        assert!(replace(&database, &fresh, &aside).await.unwrap());
        assert!(aside.exists() && database.exists() && !fresh.exists());
        check(&aside).await.unwrap();
        // Also one that is beyond use is kept.
        std::fs::write(&database, [7; 5000]).unwrap();
        let fresh = made(folder.path(), "fresh.db").await;
        let aside = folder.path().join("aside-2.db");
        assert!(replace(&database, &fresh, &aside).await.unwrap());
        assert_eq!(std::fs::read(&aside).unwrap(), [7; 5000]);
        // And where there was none, nothing is put aside.
        let nothing = folder.path().join("new.db");
        let fresh = made(folder.path(), "fresh.db").await;
        assert!(!replace(&nothing, &fresh, &folder.path().join("c.db")).await.unwrap());
    }
}
