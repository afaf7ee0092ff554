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

pub(crate) use sqlx::FromRow;

pub(crate) use self::builder::QueryBuilder;
pub(crate) use self::query::{query, query_as, query_scalar};
pub(crate) use self::row::{Flag, Row};

/// A connection to whichever database is open.
pub(crate) enum Connection<'c> {
    Sqlite(&'c mut sqlx::SqliteConnection),
    Postgres(&'c mut sqlx::PgConnection),
}
