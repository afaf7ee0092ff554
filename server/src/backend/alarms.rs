//! Red alarms, events and the automatic reset, for screens and the API.

use async_trait::async_trait;
use trustboard_app::backend::Alarms;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{AlarmFilter, AlarmsPage, EventFilter, EventsPage, Scope, Viewer};

use crate::state::AppState;
use crate::{command, query};

/// Rows of a page on the screen.
const ROWS: u32 = 100;

/// Whoever is signed in reads what they see of it; the setting is an administrator's.
#[async_trait]
impl Alarms for AppState {
    async fn alarms(
        &self,
        viewer: &Viewer,
        scope: Scope,
        filter: AlarmFilter,
    ) -> Result<AlarmsPage, Refusal> {
        query::alarms(&self.ctx, viewer, scope, filter, ROWS).await
    }

    async fn events(
        &self,
        viewer: &Viewer,
        scope: Scope,
        filter: EventFilter,
    ) -> Result<EventsPage, Refusal> {
        query::events(&self.ctx, viewer, scope, filter).await
    }

    async fn automatic_reset(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
    ) -> Result<bool, Refusal> {
        query::automatic_reset(&self.ctx, viewer, datacenter).await
    }

    async fn set_automatic_reset(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
        on: bool,
    ) -> Result<bool, Refusal> {
        command::set_automatic_reset(&self.ctx, viewer, datacenter, on).await
    }
}
