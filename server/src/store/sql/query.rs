//! A statement with its values, run on whichever database is open.

use std::marker::PhantomData;

use futures_util::stream::{BoxStream, StreamExt as _};
use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};

use super::value::{IntoValue, Value, for_postgres, for_sqlite};
use super::{Connection, Row, STATEMENT, answered, translate};

/// The text of a statement.
#[derive(Debug)]
pub(super) enum Text {
    /// Written in this program: it is never copied.
    Written(&'static str),
    /// Put together by a [`super::QueryBuilder`], out of what is written in this program.
    Built(String),
}

impl Text {
    fn for_sqlite(self) -> SqlStr {
        match self {
            Self::Written(sql) => sql.into_sql_str(),
            Self::Built(sql) => AssertSqlSafe(sql).into_sql_str(),
        }
    }

    fn for_postgres(&self) -> SqlStr {
        match self {
            Self::Written(sql) => AssertSqlSafe(translate::written(sql)).into_sql_str(),
            Self::Built(sql) => AssertSqlSafe(translate::translate(sql)).into_sql_str(),
        }
    }
}

/// A statement that gives no rows.
#[derive(Debug)]
#[must_use = "a statement does nothing until it is run"]
pub(crate) struct Query<'q> {
    text: Text,
    values: Vec<Value<'q>>,
}

/// What a statement has done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Done {
    rows: u64,
}

impl Done {
    /// How many rows were written.
    pub(crate) fn rows_affected(self) -> u64 {
        self.rows
    }
}

/// A statement that gives no rows.
pub(crate) fn query<'q>(sql: &'static str) -> Query<'q> {
    Query::new(Text::Written(sql), Vec::new())
}

/// A statement whose rows are read as `T`.
pub(crate) fn query_as<'q, T>(sql: &'static str) -> QueryAs<'q, T> {
    QueryAs { query: query(sql), row: PhantomData }
}

/// A statement whose rows have one column, read as `T`.
pub(crate) fn query_scalar<'q, T>(sql: &'static str) -> QueryScalar<'q, T> {
    QueryScalar(query_as(sql))
}

impl<'q> Query<'q> {
    pub(super) fn new(text: Text, values: Vec<Value<'q>>) -> Self {
        Self { text, values }
    }

    /// Binds the next `?`.
    pub(crate) fn bind(mut self, value: impl IntoValue<'q>) -> Self {
        self.values.push(value.into_value());
        self
    }

    /// Runs it.
    pub(crate) async fn execute(self, connection: Connection<'_>) -> Result<Done, sqlx::Error> {
        let rows = match connection {
            Connection::Sqlite(connection) => {
                let arguments = for_sqlite(self.values)?;
                let query = sqlx::query_with(self.text.for_sqlite(), arguments);
                query.execute(connection).await?.rows_affected()
            }
            Connection::Postgres(connection) => {
                let arguments = for_postgres(&self.values)?;
                let query = sqlx::query_with(self.text.for_postgres(), arguments);
                answered(STATEMENT, query.execute(connection)).await?.rows_affected()
            }
        };
        Ok(Done { rows })
    }
}

/// A statement whose rows are read as `T`.
#[must_use = "a statement does nothing until it is run"]
pub(crate) struct QueryAs<'q, T> {
    query: Query<'q>,
    row: PhantomData<fn() -> T>,
}

/// Runs `$method` of `sqlx` on either database.
macro_rules! run {
    ($this:ident, $connection:ident, $method:ident) => {
        match $connection {
            Connection::Sqlite(connection) => {
                let arguments = for_sqlite($this.query.values)?;
                let query = sqlx::query_as_with($this.query.text.for_sqlite(), arguments);
                query.$method(connection).await
            }
            Connection::Postgres(connection) => {
                let arguments = for_postgres(&$this.query.values)?;
                let query = sqlx::query_as_with($this.query.text.for_postgres(), arguments);
                answered(STATEMENT, query.$method(connection)).await
            }
        }
    };
}

impl<'q, T> QueryAs<'q, T> {
    pub(super) fn new(query: Query<'q>) -> Self {
        Self { query, row: PhantomData }
    }

    /// Binds the next `?`.
    pub(crate) fn bind(mut self, value: impl IntoValue<'q>) -> Self {
        self.query = self.query.bind(value);
        self
    }
}

impl<T: Row> QueryAs<'_, T> {
    /// The only row.
    pub(crate) async fn fetch_one(self, connection: Connection<'_>) -> Result<T, sqlx::Error> {
        run!(self, connection, fetch_one)
    }

    /// The only row, if there is one.
    pub(crate) async fn fetch_optional(
        self,
        connection: Connection<'_>,
    ) -> Result<Option<T>, sqlx::Error> {
        run!(self, connection, fetch_optional)
    }

    /// All rows.
    pub(crate) async fn fetch_all(self, connection: Connection<'_>) -> Result<Vec<T>, sqlx::Error> {
        run!(self, connection, fetch_all)
    }
}

impl<'q, T: Row + 'q> QueryAs<'q, T> {
    /// One row after the other, for more of them than are wanted in memory.
    pub(crate) fn fetch(self, connection: Connection<'q>) -> BoxStream<'q, Result<T, sqlx::Error>> {
        let refused = |error| futures_util::stream::once(std::future::ready(Err(error))).boxed();
        match connection {
            Connection::Sqlite(connection) => match for_sqlite(self.query.values) {
                Ok(arguments) => {
                    sqlx::query_as_with(self.query.text.for_sqlite(), arguments).fetch(connection)
                }
                Err(error) => refused(error),
            },
            Connection::Postgres(connection) => match for_postgres(&self.query.values) {
                Ok(arguments) => {
                    sqlx::query_as_with(self.query.text.for_postgres(), arguments).fetch(connection)
                }
                Err(error) => refused(error),
            },
        }
    }
}

/// A statement whose rows have one column, read as `T`.
#[must_use = "a statement does nothing until it is run"]
pub(crate) struct QueryScalar<'q, T>(QueryAs<'q, (T,)>);

impl<'q, T> QueryScalar<'q, T> {
    pub(super) fn new(query: Query<'q>) -> Self {
        Self(QueryAs::new(query))
    }

    /// Binds the next `?`.
    pub(crate) fn bind(self, value: impl IntoValue<'q>) -> Self {
        Self(self.0.bind(value))
    }
}

impl<T> QueryScalar<'_, T>
where
    (T,): Row,
{
    /// The only row's value.
    pub(crate) async fn fetch_one(self, connection: Connection<'_>) -> Result<T, sqlx::Error> {
        self.0.fetch_one(connection).await.map(|(value,)| value)
    }

    /// The only row's value, if there is one.
    pub(crate) async fn fetch_optional(
        self,
        connection: Connection<'_>,
    ) -> Result<Option<T>, sqlx::Error> {
        Ok(self.0.fetch_optional(connection).await?.map(|(value,)| value))
    }

    /// Every row's value.
    pub(crate) async fn fetch_all(self, connection: Connection<'_>) -> Result<Vec<T>, sqlx::Error> {
        let rows = self.0.fetch_all(connection).await?;
        Ok(rows.into_iter().map(|(value,)| value).collect())
    }
}

impl<'q, T: 'q> QueryScalar<'q, T>
where
    (T,): Row,
{
    /// One row's value after the other.
    pub(crate) fn fetch(self, connection: Connection<'q>) -> BoxStream<'q, Result<T, sqlx::Error>> {
        self.0.fetch(connection).map(|row| row.map(|(value,)| value)).boxed()
    }
}
