//! Verify now, and verify then reset.

use trustboard_model::host::Presence;
use trustboard_model::job::Trigger;
use trustboard_model::view::CommandDone;

use super::{Act, conflict};
use crate::command::start_job::queue;
use crate::command::text::said;
use crate::ctx::Halt;

/// Jobs of one host that may wait at a time: each operator's wish to verify and reset is one.
const MAX_WAITING: usize = 8;

impl Act<'_> {
    /// Queues a verification. One that waits or runs and does the same is as good: it is named
    /// instead.
    pub(super) async fn verify(mut self, then_reset: Option<&str>) -> Result<CommandDone, Halt> {
        let then_reset =
            then_reset.map(|reason| said("reason", reason).map(str::to_owned)).transpose()?;
        if self.record.presence == Presence::Disconnected {
            return Err(conflict("the host is disconnected; connect it first"));
        }
        let (name, key) = (self.viewer.name.clone(), self.viewer.key.clone());
        let wish = Trigger::Operator { name, key, then_reset };
        let active = self.write.active_jobs(self.record.id).await?;
        let plain = matches!(wish, Trigger::Operator { then_reset: None, .. });
        if let Some((job, _)) = active.iter().find(|(_, trigger)| plain || *trigger == wish) {
            let job = Some(*job);
            return Ok(CommandDone { job, ..self.unchanged() });
        }
        if active.len() >= MAX_WAITING {
            return Err(conflict("too many verifications of this host wait already"));
        }
        let actor = self.viewer.actor();
        let (job, revision) = queue(self.ctx, self.write, &actor, &self.record, &wish).await?;
        self.record.revision = revision;
        Ok(CommandDone { job: Some(job), ..self.done() })
    }
}
