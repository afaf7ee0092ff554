//! The port through which screens reach the server: reads and one write. The server implements
//! it with its queries and commands; server functions read it from the context.

use std::sync::Arc;

use async_trait::async_trait;
use trustboard_model::id::{DatacenterId, HostId, JobId};
use trustboard_model::job::Job;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{
    CommandDone, HostCommand, HostPage, HostRow, Inventory, SecurityFilter, SecurityPage, Viewer,
};

/// What the server does for a screen. Every method checks what `viewer` may do.
#[async_trait]
pub trait Backend: Send + Sync {
    /// The inventory tree.
    async fn inventory(&self, viewer: &Viewer) -> Result<Inventory, Refusal>;

    /// Monitor > Security of one datacenter.
    async fn security(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
        filter: SecurityFilter,
    ) -> Result<SecurityPage, Refusal>;

    /// One row of the table, after the live stream said that it changed.
    async fn row(&self, viewer: &Viewer, host: HostId) -> Result<HostRow, Refusal>;

    /// The host page.
    async fn host(&self, viewer: &Viewer, host: HostId) -> Result<HostPage, Refusal>;

    /// One job with its steps.
    async fn job(&self, viewer: &Viewer, host: HostId, job: JobId) -> Result<Job, Refusal>;

    /// Does something to a host.
    async fn command(&self, viewer: &Viewer, command: HostCommand) -> Result<CommandDone, Refusal>;
}

/// The backend as it stands in the context of every page and server function.
#[derive(Clone)]
pub struct BackendHandle(pub Arc<dyn Backend>);
