//! The table of hosts beside its rows: what an operator chooses for it, and what helps to filter.

use async_trait::async_trait;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Completion, Scope, TableAction, TableDone, Viewer};

/// What an operator chooses for the table of hosts.
#[async_trait]
pub trait HostTables: Send + Sync {
    /// Remembers columns; saves, deletes and puts first views.
    async fn change_table(
        &self,
        viewer: &Viewer,
        action: TableAction,
    ) -> Result<TableDone, Refusal>;

    /// Names that complete what is typed into a field of the filter.
    async fn complete(
        &self,
        viewer: &Viewer,
        scope: Scope,
        field: &str,
        typed: &str,
    ) -> Result<Completion, Refusal>;
}
