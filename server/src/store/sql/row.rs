//! What is read back, from a row of either database.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Database, Decode, Postgres, Sqlite, Type};

/// A row in Rust: every `#[derive(FromRow)]` of integers, texts, bytes and [`Flag`]s, and tuples of
/// them.
pub(crate) trait Row:
    for<'r> sqlx::FromRow<'r, SqliteRow> + for<'r> sqlx::FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Row for T where
    T: for<'r> sqlx::FromRow<'r, SqliteRow> + for<'r> sqlx::FromRow<'r, PgRow> + Send + Unpin
{
}

/// Yes or no: a column of 0 and 1, or a condition, which is an integer for SQLite and a boolean for
/// PostgreSQL.
///
/// Columns are integers on both, because conditions such as `alarm_red = 1` and their partial
/// indexes then read the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flag(pub bool);

impl From<Flag> for bool {
    fn from(Flag(flag): Flag) -> Self {
        flag
    }
}

impl Type<Sqlite> for Flag {
    fn type_info() -> <Sqlite as Database>::TypeInfo {
        <bool as Type<Sqlite>>::type_info()
    }

    fn compatible(info: &<Sqlite as Database>::TypeInfo) -> bool {
        <bool as Type<Sqlite>>::compatible(info)
    }
}

impl<'r> Decode<'r, Sqlite> for Flag {
    fn decode(value: <Sqlite as Database>::ValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
        <bool as Decode<'r, Sqlite>>::decode(value).map(Self)
    }
}

impl Type<Postgres> for Flag {
    fn type_info() -> <Postgres as Database>::TypeInfo {
        <bool as Type<Postgres>>::type_info()
    }

    fn compatible(info: &<Postgres as Database>::TypeInfo) -> bool {
        <bool as Type<Postgres>>::compatible(info) || <i64 as Type<Postgres>>::compatible(info)
    }
}

impl<'r> Decode<'r, Postgres> for Flag {
    fn decode(
        value: <Postgres as Database>::ValueRef<'r>,
    ) -> Result<Self, sqlx::error::BoxDynError> {
        // Both of one byte and of eight bytes say no with zeroes only.
        if value.format() == sqlx::postgres::PgValueFormat::Binary {
            return Ok(Self(value.as_bytes()?.iter().any(|byte| *byte != 0)));
        }
        Ok(Self(!matches!(value.as_str()?, "f" | "0")))
    }
}
