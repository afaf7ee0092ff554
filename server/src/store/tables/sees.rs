//! Restricts a query to the datacenters that somebody sees.
use crate::store::sql::QueryBuilder;

use trustboard_model::rights::Sees;

/// Pushes a condition that holds for rows whose `column`, the id of a datacenter, is among those
/// that are seen: always one that can stand behind `WHERE` or `AND`.
pub(super) fn restrict(query: &mut QueryBuilder, column: &str, sees: &Sees) {
    match sees {
        Sees::Everything => {
            query.push("1 = 1");
        }
        Sees::Only(ids) if ids.is_empty() => {
            query.push("1 = 0");
        }
        Sees::Only(ids) => {
            query.push(column).push(" IN (");
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(id.to_string());
            }
            query.push(")");
        }
    }
}
