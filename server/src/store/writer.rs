//! The connection that writes, of whichever database is open.

use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use sqlx::{Executor as _, Postgres, Sqlite};
use tokio::time::timeout;

use super::postgres;
use super::sql::{Connection, answered};

/// How long the end or the beginning of a command may take: the database gives up waiting for the
/// chain's lock after eight seconds.
const BRIEF: Duration = Duration::from_secs(12);

/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);

/// Where the connection that writes is found: a pool of one.
#[derive(Debug, Clone)]
pub(super) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool, Wakes),
    /// PostgreSQL, beside the order of the chain of events.
    Aside(PgPool),
}

/// Whether a commit can wake the other servers (`NOTIFY`): a hint, which some engines lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wakes {
    Others,
    Nobody,
}

/// The connection, taken out of its pool.
#[derive(Debug)]
pub(super) enum Pooled {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>, Wakes),
}

/// Begins a group of commands on PostgreSQL. The row of the chain's end is locked before anything
/// is read, so commands of every process that writes run one after the other: the chain has one
/// order, and what a command decides upon cannot be outdated by another before it writes. Each
/// statement sees all that was committed before it began (READ COMMITTED), and after the lock that
/// is all that any command has written: a stricter isolation could only refuse what the lock has
/// put in order already. A row lock is what every engine that speaks PostgreSQL has.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED;
                     SELECT seq FROM chain_head FOR UPDATE";

/// Begins what is no part of the chain's order, and waits for nobody in it: a server must be able to
/// say that it is there however many commands wait for their turns.
const BEGIN_ASIDE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

impl Pool {
    /// Takes the connection out, and begins a transaction.
    pub(super) async fn begin(&self) -> Result<Pooled, sqlx::Error> {
        match self {
            Self::Postgres(pool, wakes) => Ok(Pooled::Postgres(begun(pool, BEGIN).await?, *wakes)),
            Self::Aside(pool) => {
                Ok(Pooled::Postgres(begun(pool, BEGIN_ASIDE).await?, Wakes::Nobody))
            }
            Self::Sqlite(pool) => {
                let mut connection = pool.acquire().await?;
                // IMMEDIATE: what is read first cannot be outdated by another process before the
                // write.
                connection.execute("BEGIN IMMEDIATE").await?;
                Ok(Pooled::Sqlite(connection))
            }
        }
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool, _) | Self::Aside(pool) => pool.close().await,
        }
    }
}

/// Takes the connection out, and begins a transaction with this statement.
async fn begun(
    pool: &PgPool,
    begin: &'static str,
) -> Result<PoolConnection<Postgres>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    if let Err(error) = answered(BRIEF, connection.execute(begin)).await {
        // The database was restarted, perhaps: nothing was done yet, so a fresh connection is worth
        // one attempt.
        tracing::warn!(%error, "the connection that writes is made anew");
        close(connection).await;
        connection = pool.acquire().await?;
        answered(BRIEF, connection.execute(begin)).await?;
    }
    Ok(connection)
}

impl Pooled {
    pub(super) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Sqlite(connection) => Connection::Sqlite(connection),
            Self::Postgres(connection, _) => Connection::Postgres(connection),
        }
    }

    /// Runs statements without values.
    pub(super) async fn run(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => connection.execute(sql).await.map(drop),
            Self::Postgres(connection, _) => {
                answered(BRIEF, connection.execute(sql)).await.map(drop)
            }
        }
    }

    /// Commits, and wakes the other servers if that is possible.
    pub(super) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Self::Postgres(_, Wakes::Others) => self.run(postgres::NOTIFY_AND_COMMIT).await,
            Self::Sqlite(_) | Self::Postgres(..) => self.run("COMMIT").await,
        }
    }

    pub(super) async fn close(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection, _) => {
                close(connection).await;
                Ok(())
            }
        }
    }
}

/// Closes a connection, with a goodbye if the database takes it.
async fn close(mut connection: PoolConnection<Postgres>) {
    connection.close_on_drop();
    // An error says that it is closed already.
    let _ = timeout(GOODBYE, connection.close()).await;
}
