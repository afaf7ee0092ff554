//! Maintenance mode.

use trustboard_model::event::EventKind;
use trustboard_model::view::CommandDone;

use super::Act;
use crate::command::text::said;
use crate::ctx::Halt;

impl Act<'_> {
    pub(super) async fn enter_maintenance(mut self, reason: &str) -> Result<CommandDone, Halt> {
        let reason = said("reason", reason)?;
        if self.record.maintenance.is_some() {
            return Ok(self.unchanged());
        }
        self.write.set_maintenance(self.record.id, Some(reason)).await?;
        self.event(EventKind::MaintenanceEntered { reason: reason.to_owned() }).await?;
        Ok(self.done())
    }

    pub(super) async fn leave_maintenance(mut self) -> Result<CommandDone, Halt> {
        if self.record.maintenance.is_none() {
            return Ok(self.unchanged());
        }
        self.write.set_maintenance(self.record.id, None).await?;
        self.event(EventKind::MaintenanceLeft).await?;
        Ok(self.done())
    }
}
