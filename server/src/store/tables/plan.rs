//! How SQLite goes about a statement, for tests that no page looks at all hosts.

use crate::store::sql::QueryBuilder;
use crate::store::{Lane, Store};

/// The steps of the plan for what `push` writes; what is bound does not matter for that.
pub(super) async fn plan(store: &Store, push: impl FnOnce(&mut QueryBuilder)) -> Vec<String> {
    let mut read = store.read(Lane::Operators).await.unwrap();
    let mut explain = QueryBuilder::new("EXPLAIN QUERY PLAN ");
    push(&mut explain);
    let rows: Vec<(i64, i64, i64, String)> =
        explain.build_query_as().fetch_all(read.connection()).await.unwrap();
    rows.into_iter().map(|(.., detail)| detail).collect()
}
