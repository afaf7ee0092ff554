//! Names that begin, or go on, as somebody types them.

use trustboard_model::host_query::{HostQuery, Pattern, Test};
use trustboard_model::time::Timestamp;
use trustboard_model::view::Completion;

use super::Tx;
use super::host_query::{Within, push_where};
use crate::store::StoreError;
use crate::store::sql::QueryBuilder;

/// What has names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamesOf {
    Hosts,
    Clusters,
    Datacenters,
}

impl<Mode> Tx<Mode> {
    /// At most [`Completion::MOST`] names that begin with `typed`, in their order.
    pub(crate) async fn names_that_begin(
        &mut self,
        of: NamesOf,
        within: &Within,
        typed: &str,
    ) -> Result<Vec<String>, StoreError> {
        let begins = HostQuery::of(Test::Name(Pattern::new(&format!("{typed}*"))));
        // The same conditions as on hosts: each table has a name, and an id or a datacenter's.
        let table = match of {
            NamesOf::Hosts => "hosts",
            NamesOf::Clusters => "clusters",
            NamesOf::Datacenters => "(SELECT id AS datacenter_id, name FROM datacenters)",
        };
        let mut sql = QueryBuilder::new("SELECT DISTINCT h.name FROM ");
        sql.push(table).push(" h");
        push_where(&mut sql, within, &begins, Timestamp(0));
        sql.push(" ORDER BY h.name LIMIT ").push_bind(Completion::MOST);
        Ok(sql.build_query_scalar().fetch_all(self.connection()).await?)
    }
}
