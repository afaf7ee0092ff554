//! What screens and the API reach the server through: queries and commands, nothing more.

mod access;
pub(crate) mod administration;
mod advisories;
mod alarms;
mod arrangement;
mod bulk;
mod causes;
mod configurations;
mod find;
mod history;
mod makers;
mod policies;
mod table;

use async_trait::async_trait;
use trustboard_app::backend::Backend;
use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Job;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{
    CommandDone, HostAction, HostCommand, HostPage, HostRow, Inventory, Scope, SecurityFilter,
    SecurityPage, Viewer,
};

use crate::session::Nudge;
use crate::state::AppState;
use crate::{command, query};

/// Queries show what the viewer sees; commands ask for the role in the datacenter of the host.
#[async_trait]
impl Backend for AppState {
    async fn inventory(&self, viewer: &Viewer) -> Result<Inventory, Refusal> {
        query::inventory(&self.ctx, &viewer.rights.sees()).await
    }

    async fn security(
        &self,
        viewer: &Viewer,
        scope: Scope,
        filter: SecurityFilter,
    ) -> Result<SecurityPage, Refusal> {
        query::security(&self.ctx, viewer, scope, filter).await
    }

    async fn row(&self, viewer: &Viewer, host: HostId) -> Result<HostRow, Refusal> {
        query::row(&self.ctx, &viewer.rights.sees(), host).await
    }

    async fn host(&self, viewer: &Viewer, host: HostId) -> Result<HostPage, Refusal> {
        query::host(&self.ctx, &viewer.rights.sees(), host).await
    }

    async fn job(&self, viewer: &Viewer, host: HostId, job: JobId) -> Result<Job, Refusal> {
        query::job(&self.ctx, &viewer.rights.sees(), host, job).await
    }

    async fn command(&self, viewer: &Viewer, command: HostCommand) -> Result<CommandDone, Refusal> {
        let done = command::act_on_host(&self.ctx, viewer, &command).await?;
        tracing::info!(
            operator = viewer.name,
            host.id = %command.host,
            action = command.action.code(),
            changed = done.changed,
            "acted on a host"
        );
        match command.action {
            HostAction::VerifyNow | HostAction::VerifyThenReset { .. } => self.jobs.wake(),
            HostAction::Disconnect { .. } => self.sessions.nudge(command.host, Nudge::Park),
            HostAction::Connect | HostAction::AcceptIdentity { .. } if done.changed => {
                self.jobs.wake_judge();
                self.sessions.nudge(command.host, Nudge::Wake);
            }
            _ => {}
        }
        Ok(done)
    }
}
