//! Red alarms, events, and what a datacenter does with its alarms.

use async_trait::async_trait;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{AlarmFilter, AlarmsPage, EventFilter, EventsPage, Scope, Viewer};

/// What an operator works on.
#[async_trait]
pub trait Alarms: Send + Sync {
    /// One page of red alarms.
    async fn alarms(
        &self,
        viewer: &Viewer,
        scope: Scope,
        filter: AlarmFilter,
    ) -> Result<AlarmsPage, Refusal>;

    /// Jobs and events.
    async fn events(
        &self,
        viewer: &Viewer,
        scope: Scope,
        filter: EventFilter,
    ) -> Result<EventsPage, Refusal>;

    /// Whether a passing appraisal resets the alarms of a datacenter.
    async fn automatic_reset(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
    ) -> Result<bool, Refusal>;

    /// Decides that. True if it was otherwise before.
    async fn set_automatic_reset(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
        on: bool,
    ) -> Result<bool, Refusal>;
}
