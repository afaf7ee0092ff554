//! Approved configurations, for screens and the API.

use async_trait::async_trait;
use trustboard_app::backend::Configurations;
use trustboard_model::id::ConfigurationId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{
    ConfigurationAction, ConfigurationDone, ConfigurationPage, ConfigurationRow, Impact, Viewer,
};

use crate::command::{self, Capture, Edit};
use crate::state::AppState;
use crate::{hypothesis, impact, query};

/// Whoever sees one of a configuration's datacenters may read it and see what an action would do
/// to the hosts that they see.
#[async_trait]
impl Configurations for AppState {
    async fn configurations(
        &self,
        viewer: &Viewer,
        all: bool,
    ) -> Result<Vec<ConfigurationRow>, Refusal> {
        query::configurations(&self.ctx, viewer, all).await
    }

    async fn configuration(
        &self,
        viewer: &Viewer,
        id: ConfigurationId,
    ) -> Result<ConfigurationPage, Refusal> {
        query::configuration(&self.ctx, viewer, id).await
    }

    async fn configuration_impact(
        &self,
        viewer: &Viewer,
        action: ConfigurationAction,
    ) -> Result<Impact, Refusal> {
        let what_if = hypothesis::of_configuration(self, viewer, &action).await;
        self.ctx.answer(match what_if {
            Ok(what_if) => impact::impact(self, what_if).await,
            Err(halt) => Err(halt),
        })
    }

    async fn change_configuration(
        &self,
        viewer: &Viewer,
        action: ConfigurationAction,
    ) -> Result<ConfigurationDone, Refusal> {
        let ctx = &self.ctx;
        let done = match &action {
            ConfigurationAction::Capture { host, name, notes, clusters, pcrs } => {
                let wish = Capture { host: *host, name, notes, clusters, pcrs };
                command::capture_configuration(ctx, viewer, &wish).await
            }
            ConfigurationAction::Edit { id, revision, notes, clusters, pcrs, varies } => {
                let (id, revision) = (*id, *revision);
                let wish = Edit { id, revision, notes, clusters, pcrs, varies };
                command::edit_configuration(ctx, viewer, &wish).await
            }
            ConfigurationAction::Approve { id, revision, keep_older } => {
                command::approve_configuration(ctx, viewer, *id, *revision, *keep_older).await
            }
            ConfigurationAction::Retire { id, revision, reason } => {
                command::retire_configuration(ctx, viewer, *id, *revision, reason).await
            }
            ConfigurationAction::AcceptChange { host, revision, reason, keep_older } => {
                command::accept_change(ctx, viewer, *host, *revision, reason, *keep_older).await
            }
        }?;
        tracing::info!(
            operator = viewer.name,
            configuration.id = %done.configuration.id,
            state = done.state.code(),
            reappraised = done.reappraised,
            "changed a configuration"
        );
        self.jobs.wake_judge();
        Ok(done)
    }
}
