//! Acknowledge and reset.

use trustboard_model::alarm::{Acknowledgement, Alarm, Red};
use trustboard_model::event::EventKind;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::CommandDone;

use super::{Act, conflict};
use crate::command::record_appraisal::reset;
use crate::command::text::said;
use crate::ctx::Halt;

/// The longest time that an acknowledgement can last, in minutes: a year.
const MAX_MINUTES: u32 = 366 * 24 * 60;

/// Refuses an acknowledgement that would last for ever by another name.
pub(in crate::command) fn check_minutes(minutes: Option<u32>) -> Result<(), Refusal> {
    if minutes.is_some_and(|minutes| !(1..=MAX_MINUTES).contains(&minutes)) {
        return Err(Refusal::invalid("minutes", format!("expected 1 to {MAX_MINUTES}")));
    }
    Ok(())
}

impl Act<'_> {
    /// Says that somebody is on it.
    pub(super) async fn acknowledge(
        mut self,
        comment: &str,
        minutes: Option<u32>,
    ) -> Result<CommandDone, Halt> {
        let comment = said("comment", comment)?.to_owned();
        check_minutes(minutes)?;
        if self.is_acknowledged(&comment, minutes) {
            return Ok(self.unchanged());
        }
        self.refuse_stale()?;
        let at = self.write.now();
        let until = minutes.map(|minutes| at.plus_seconds(i64::from(minutes) * 60));
        let by = self.viewer.name.clone();
        let given = Acknowledgement { by, at, comment: comment.clone(), until };
        let alarm = self.record.alarm.clone().acknowledge(given);
        let Ok(Alarm::Red(red)) = alarm else {
            return Err(conflict("the alarm is green: there is nothing to acknowledge"));
        };
        let occurrence = red.occurrence;
        self.write.set_alarm(self.record.id, &Alarm::Red(red)).await?;
        self.event(EventKind::AlarmAcknowledged { occurrence, comment, until }).await?;
        Ok(self.done())
    }

    /// Whether this operator has said just this. With an expiry only a repetition from the same
    /// page counts as such: on a newer page it is a wish for more time.
    fn is_acknowledged(&self, comment: &str, minutes: Option<u32>) -> bool {
        let standing = self.record.alarm.red().and_then(|red| red.acknowledged.as_ref());
        standing.is_some_and(|standing| {
            standing.holds(self.write.now())
                && standing.by == self.viewer.name
                && standing.comment == comment
                && standing.until.is_some() == minutes.is_some()
                && (minutes.is_none() || self.seen != self.record.revision)
        })
    }

    /// Resets the alarm to green, whether or not the condition holds.
    pub(super) async fn reset(mut self, reason: &str) -> Result<CommandDone, Halt> {
        let reason = said("reason", reason)?;
        let Some(red) = self.record.alarm.red().cloned() else { return Ok(self.unchanged()) };
        self.refuse_stale()?;
        self.reset_now(&red, reason).await?;
        Ok(self.done())
    }

    async fn reset_now(&mut self, red: &Red, reason: &str) -> Result<(), Halt> {
        let scope = self.scope();
        let actor = self.viewer.actor();
        self.record.revision = reset(self.write, scope, red, &actor, reason).await?;
        Ok(())
    }
}
