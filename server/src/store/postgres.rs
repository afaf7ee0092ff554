//! PostgreSQL: a server of its own, for more than one Trustboard beside each other.
//!
//! Nothing here that the distributed engines which speak PostgreSQL lack: no advisory locks, no
//! temporary tables, no listening that anything rests on.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use sqlx::{Executor as _, PgConnection};

use super::StoreError;
use super::writer::Wakes;

/// Readers at a time.
const READERS: u32 = 16;

/// Prepared statements kept by a connection: there are fewer in `tables/`.
const STATEMENTS: usize = 512;

/// How long a transaction waits for a connection, while the database is away or all are taken.
const CONNECTION_WAIT: Duration = Duration::from_secs(5);

/// How often migrations are tried while another server applies the same.
const MIGRATION_ATTEMPTS: u32 = 20;

/// What a connection says of itself at its beginning. A server that is cut off from its database in
/// the middle of a command holds the chain's lock: the database ends that command, and the others
/// go on.
const WRITER: &str = "SET lock_timeout = '8s';
                      SET statement_timeout = '60s';
                      SET idle_in_transaction_session_timeout = '10s'";
const READER: &str = "SET statement_timeout = '60s'";
const UNCOMPILED: &str = "SET jit = off";

/// The channel on which servers wake each other: `LISTEN` and `NOTIFY` are hints, for what is in
/// the tables.
const CHANNEL: &str = "trustboard";
const NOTIFY: &str = "NOTIFY trustboard";
pub(super) const NOTIFY_AND_COMMIT: &str = "NOTIFY trustboard; COMMIT";

/// The address of a database, with its password: shown without it.
#[derive(Clone)]
pub struct PostgresUrl {
    url: String,
    options: Box<PgConnectOptions>,
}

impl FromStr for PostgresUrl {
    type Err = &'static str;

    /// `postgres://user:password@host:port/database`, with parameters such as `?sslmode=`.
    fn from_str(url: &str) -> Result<Self, Self::Err> {
        // What is wrong with it is not repeated: it may be the password.
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| "expected postgres://user:password@host:port/database")?;
        let options = options.application_name("trustboard").statement_cache_capacity(STATEMENTS);
        Ok(Self { url: url.to_owned(), options: Box::new(options) })
    }
}

impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = &self.options;
        let database = to.get_database().unwrap_or_else(|| to.get_username());
        match to.get_socket() {
            Some(socket) => write!(f, "postgres:{}/{database}", socket.display()),
            None => write!(f, "postgres://{}:{}/{database}", to.get_host(), to.get_port()),
        }
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresUrl({self})")
    }
}

impl PartialEq for PostgresUrl {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
    }
}

impl Eq for PostgresUrl {}

/// The connections to one database.
pub(super) struct Pools {
    pub writer: PgPool,
    /// One connection, for what servers say of themselves.
    pub aside: PgPool,
    pub readers: PgPool,
    pub wakes: Wakes,
}

/// Opens the database, and brings its schema up to date.
pub(super) async fn open(url: &PostgresUrl) -> Result<Pools, StoreError> {
    let one = || {
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(CONNECTION_WAIT)
            .idle_timeout(None)
            .max_lifetime(None)
            // A group of commands that cannot begin on a stale connection is begun on a new one.
            .test_before_acquire(false)
            .after_connect(|connection, _| Box::pin(say(connection, WRITER)));
        pool.connect_with((*url.options).clone())
    };
    let (writer, aside) = (one().await?, one().await?);
    migrate(&writer).await?;
    let wakes = match writer.execute(NOTIFY).await {
        Ok(_) => Wakes::Others,
        Err(error) => {
            tracing::info!(%error, "servers do not wake each other here; they look every second");
            Wakes::Nobody
        }
    };
    let readers = PgPoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(CONNECTION_WAIT)
        .after_connect(|connection, _| Box::pin(say(connection, READER)))
        .connect_with((*url.options).clone())
        .await?;
    Ok(Pools { writer, aside, readers, wakes })
}

/// Waits until another server, or this one, has committed something; for ever where that is not
/// told.
#[derive(Debug)]
pub struct Changes {
    pub(super) pool: Option<PgPool>,
    pub(super) listener: Option<PgListener>,
}

impl Changes {
    /// Waits for the next commit. What was committed while nobody waited counts once.
    pub async fn next(&mut self) {
        let Some(pool) = &self.pool else { return std::future::pending().await };
        if self.listener.is_none() {
            self.listener = listen(pool).await;
        }
        let heard = match &mut self.listener {
            Some(listener) => listener.recv().await.is_ok(),
            None => false,
        };
        if !heard {
            // Whoever waits looks at the tables from time to time all the same.
            self.listener = None;
            tokio::time::sleep(CONNECTION_WAIT).await;
        }
    }
}

async fn listen(pool: &PgPool) -> Option<PgListener> {
    let mut listener = PgListener::connect_with(pool).await.ok()?;
    listener.listen(CHANNEL).await.ok()?;
    Some(listener)
}

async fn say(connection: &mut PgConnection, settings: &'static str) -> Result<(), sqlx::Error> {
    connection.execute(settings).await?;
    // Compiling a statement that reads a few rows of 100,000 hosts takes longer than that. Not every
    // engine that speaks PostgreSQL knows the setting.
    if let Err(error) = connection.execute(UNCOMPILED).await {
        tracing::debug!(%error, "the database does not compile statements");
    }
    Ok(())
}

/// Applies what is missing. Each migration is a transaction with its entry in the list of those
/// that were applied, so of two servers that start at the same time one applies it, and the other
/// finds it applied when it tries again.
async fn migrate(writer: &PgPool) -> Result<(), StoreError> {
    let mut migrations = sqlx::migrate!("../migrations/postgres");
    // It would be an advisory lock.
    migrations.set_locking(false);
    let mut attempt = 1;
    loop {
        match migrations.run(writer).await {
            Ok(()) => return Ok(()),
            Err(
                error @ (sqlx::migrate::MigrateError::Execute(_)
                | sqlx::migrate::MigrateError::ExecuteMigration(..)),
            ) if attempt < MIGRATION_ATTEMPTS => {
                tracing::info!(%error, attempt, "a migration is tried again");
                attempt += 1;
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let url: PostgresUrl = "postgres://tb:hunter2@db.example:5433/board".parse().unwrap();
        assert_eq!(url.to_string(), "postgres://db.example:5433/board");
        assert_eq!(format!("{url:?}"), "PostgresUrl(postgres://db.example:5433/board)");
        let error = "postgres://tb:hunter2@[::1/board".parse::<PostgresUrl>().unwrap_err();
        assert!(!error.contains("hunter2"));
    }
}
