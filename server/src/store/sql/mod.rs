//! One text of SQL for every database: statements with their values, as `sqlx` has them, but
//! without naming a database.
//!
//! A statement is written in what SQLite and PostgreSQL both understand, with `?` (or `?1`) for its
//! values; what still differs between the two is a word, and [`translate`] exchanges that. So there
//! is one place to change a query, and two databases cannot drift apart.

mod builder;
mod query;
mod row;
mod translate;
mod value;

use std::io;
use std::time::Duration;

pub(crate) use sqlx::FromRow;
use tokio::time::timeout;

pub(crate) use self::builder::QueryBuilder;
pub(crate) use self::query::{query, query_as, query_scalar};
pub(crate) use self::row::{Flag, Row};

/// A connection to whichever database is open.
pub(crate) enum Connection<'c> {
    Sqlite(&'c mut sqlx::SqliteConnection),
    Postgres(&'c mut sqlx::PgConnection),
}

/// How long a statement may take: PostgreSQL itself ends it after a minute.
const STATEMENT: Duration = Duration::from_secs(65);

/// What the database answers within `limit`. A network that swallows everything gives no answer at
/// all, and TCP would wait for a quarter of an hour.
pub(super) async fn answered<T>(
    limit: Duration,
    asked: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    timeout(limit, asked).await.unwrap_or_else(|_| {
        let words = format!("no answer within {} s", limit.as_secs());
        Err(sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, words)))
    })
}
