//! A statement that is put together piece by piece. What comes from outside is bound, never pushed.

use std::fmt::{Display, Write as _};

use super::query::{Query, QueryAs, QueryScalar, Text};
use super::value::{IntoValue, Value};

/// Lists up to this length are filled up to the next power of two.
const PADDED: usize = 64;

/// A statement in the making.
#[derive(Debug, Default)]
pub(crate) struct QueryBuilder {
    sql: String,
    values: Vec<Value<'static>>,
}

impl QueryBuilder {
    /// Begins with this.
    pub(crate) fn new(sql: &'static str) -> Self {
        Self { sql: sql.to_owned(), values: Vec::new() }
    }

    /// Adds a piece of SQL.
    pub(crate) fn push(&mut self, sql: impl Display) -> &mut Self {
        // A text takes whatever is written to it.
        let _ = write!(self.sql, "{sql}");
        self
    }

    /// Adds a `?` with its value.
    pub(crate) fn push_bind<'v>(&mut self, value: impl IntoValue<'v>) -> &mut Self {
        self.sql.push('?');
        self.values.push(value.into_value().into_owned());
        self
    }

    /// Adds a list: what is pushed to it stands apart by `separator`.
    pub(crate) fn separated(&mut self, separator: &'static str) -> Separated<'_> {
        Separated { query: self, separator, begun: false }
    }

    /// Adds a list in parentheses, to be looked into: a `?` with its value for each, `NULL` if there is
    /// none. Up to [`PADDED`] it is as long as a power of two, the last value being there more than
    /// once, so that there are few statements to prepare.
    pub(crate) fn list<'v, V: IntoValue<'v>>(
        &mut self,
        of: impl IntoIterator<Item = V>,
    ) -> &mut Self {
        self.push("(");
        let (before, mut values) = (self.values.len(), self.separated(", "));
        for value in of {
            values.push_bind(value);
        }
        let length = self.values.len() - before;
        if let (Some(last), 1..=PADDED) = (self.values.last().cloned(), length) {
            for _ in length..length.next_power_of_two() {
                self.sql.push_str(", ?");
                self.values.push(last.clone());
            }
        }
        self.push(if length == 0 { "NULL)" } else { ")" })
    }

    /// Adds rows, `(?, ?), (?, ?)`: `push` writes the values of each.
    pub(crate) fn rows<T>(
        &mut self,
        of: &[T],
        mut push: impl FnMut(&mut Separated<'_>, &T),
    ) -> &mut Self {
        for (index, row) in of.iter().enumerate() {
            self.push(if index == 0 { "(" } else { ", (" });
            push(&mut self.separated(", "), row);
            self.push(")");
        }
        self
    }

    /// As a statement that gives no rows.
    pub(crate) fn build(self) -> Query<'static> {
        Query::new(Text::Built(self.sql), self.values)
    }

    /// As one whose rows are read as `T`.
    pub(crate) fn build_query_as<T>(self) -> QueryAs<'static, T> {
        QueryAs::new(self.build())
    }

    /// As one whose rows have one column, read as `T`.
    pub(crate) fn build_query_scalar<T>(self) -> QueryScalar<'static, T> {
        QueryScalar::new(self.build())
    }

    /// The statement so far.
    #[cfg(test)]
    pub(crate) fn sql(&self) -> &str {
        &self.sql
    }
}

/// A list within a statement.
pub(crate) struct Separated<'b> {
    query: &'b mut QueryBuilder,
    separator: &'static str,
    begun: bool,
}

impl Separated<'_> {
    /// Adds a `?` with its value, behind the separator unless it is the first.
    pub(crate) fn push_bind<'v>(&mut self, value: impl IntoValue<'v>) -> &mut Self {
        if std::mem::replace(&mut self.begun, true) {
            self.query.push(self.separator);
        }
        self.query.push_bind(value);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_rows_stand_apart_and_an_empty_list_holds_nothing() {
        let mut sql = QueryBuilder::new("VALUES ");
        sql.rows(&[(1_i64, "a"), (2, "b")], |row, (number, name)| {
            row.push_bind(*number).push_bind(*name);
        });
        sql.push(" IN ").list([1_i64, 2]).push(" OR ").list(None::<i64>);
        assert_eq!(sql.sql(), "VALUES (?, ?), (?, ?) IN (?, ?) OR (NULL)");
        assert_eq!(sql.values.len(), 6);
    }

    #[test]
    fn lists_are_as_long_as_a_power_of_two_and_hold_nothing_else() {
        let length = |values: i64| {
            let mut sql = QueryBuilder::new("");
            sql.list(0..values);
            let marks = sql.sql().matches('?').count();
            assert_eq!(marks, sql.values.len());
            marks
        };
        assert_eq!([1, 2, 3, 33, 64, 65].map(length), [1, 2, 4, 64, 64, 65]);
        let mut sql = QueryBuilder::new("");
        sql.list(["a", "b", "c"]);
        assert!(matches!(&sql.values[3], Value::Text(Some(last)) if last == "c"), "{sql:?}");
    }
}
