//! What an operator chooses for the table of hosts: everybody chooses for themselves.

use async_trait::async_trait;
use trustboard_app::backend::HostTables;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Completion, Scope, TableAction, TableDone, Viewer};

use crate::state::AppState;
use crate::{command, query};

#[async_trait]
impl HostTables for AppState {
    async fn change_table(
        &self,
        viewer: &Viewer,
        action: TableAction,
    ) -> Result<TableDone, Refusal> {
        command::change_table(&self.ctx, viewer, action).await
    }

    async fn complete(
        &self,
        viewer: &Viewer,
        scope: Scope,
        field: &str,
        typed: &str,
    ) -> Result<Completion, Refusal> {
        query::complete(&self.ctx, viewer, scope, field, typed).await
    }
}
