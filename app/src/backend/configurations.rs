//! Approved configurations.

use async_trait::async_trait;
use trustboard_model::id::ConfigurationId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{
    ConfigurationAction, ConfigurationDone, ConfigurationPage, ConfigurationRow, Impact, Viewer,
};

/// Approved configurations: lists, reviews, changes.
#[async_trait]
pub trait Configurations: Send + Sync {
    /// Every version that is a draft, awaits approval or is approved; with `all` the ended ones too.
    async fn configurations(
        &self,
        viewer: &Viewer,
        all: bool,
    ) -> Result<Vec<ConfigurationRow>, Refusal>;

    /// One version.
    async fn configuration(
        &self,
        viewer: &Viewer,
        id: ConfigurationId,
    ) -> Result<ConfigurationPage, Refusal>;

    /// What an action would do to the hosts of its clusters. Writes nothing.
    async fn configuration_impact(
        &self,
        viewer: &Viewer,
        action: ConfigurationAction,
    ) -> Result<Impact, Refusal>;

    /// Does it.
    async fn change_configuration(
        &self,
        viewer: &Viewer,
        action: ConfigurationAction,
    ) -> Result<ConfigurationDone, Refusal>;
}
