//! Acknowledge and reset.

use trustboard_model::alarm::{Acknowledgement, Alarm, Red, ResetAsked};
use trustboard_model::event::{Actor, EventKind};
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::CommandDone;

use super::{Act, conflict};
use crate::command::record_appraisal::reset;
use crate::command::text::said;
use crate::ctx::Halt;

/// The longest time that an acknowledgement can last, in minutes: a year.
const MAX_MINUTES: u32 = 366 * 24 * 60;

/// When an acknowledgement lapses, if it does. Refuses one that would last for ever by another name,
/// and one that would have lapsed already.
pub(in crate::command) fn expiry(
    minutes: Option<u32>,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<Option<Timestamp>, Refusal> {
    let after = |minutes: u32| now.plus_seconds(i64::from(minutes) * 60);
    match (minutes, until) {
        (None, None) => Ok(None),
        (Some(minutes), None) if (1..=MAX_MINUTES).contains(&minutes) => Ok(Some(after(minutes))),
        (Some(_), None) => Err(Refusal::invalid("minutes", format!("expected 1 to {MAX_MINUTES}"))),
        (None, Some(until)) if now < until && until <= after(MAX_MINUTES) => Ok(Some(until)),
        (None, Some(_)) => {
            Err(Refusal::invalid("until", "expected a moment to come, within a year"))
        }
        (Some(_), Some(_)) => {
            Err(Refusal::invalid("until", "expected minutes or a moment, not both"))
        }
    }
}

impl Act<'_> {
    /// Says that somebody is on it.
    pub(super) async fn acknowledge(
        mut self,
        comment: &str,
        minutes: Option<u32>,
        until: Option<Timestamp>,
    ) -> Result<CommandDone, Halt> {
        let comment = said("comment", comment)?.to_owned();
        let at = self.write.now();
        let until = expiry(minutes, until, at)?;
        if self.is_acknowledged(&comment, until.is_some()) {
            return Ok(self.unchanged());
        }
        self.refuse_stale()?;
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
    fn is_acknowledged(&self, comment: &str, lapses: bool) -> bool {
        let standing = self.record.alarm.red().and_then(|red| red.acknowledged.as_ref());
        standing.is_some_and(|standing| {
            standing.holds(self.write.now())
                && standing.by == self.viewer.name
                && standing.comment == comment
                && standing.until.is_some() == lapses
                && (!lapses || self.seen != self.record.revision)
        })
    }

    /// Resets the alarm to green, whether or not the condition holds; or asks for it, where that
    /// takes a second person.
    pub(super) async fn reset(mut self, reason: &str) -> Result<CommandDone, Halt> {
        let reason = said("reason", reason)?;
        let Some(red) = self.record.alarm.red().cloned() else { return Ok(self.unchanged()) };
        let two = red.is_uncleared() && self.write.settings().await?.two_person_resets;
        if !two {
            self.refuse_stale()?;
            self.reset_now(&red, &self.viewer.actor(), reason, None).await?;
            return Ok(self.done());
        }
        match &red.reset_asked {
            Some(asked) if asked.by == self.viewer.name => {
                Ok(CommandDone { awaits_second: true, ..self.unchanged() })
            }
            Some(asked) => {
                let by = &asked.by;
                Err(conflict(&format!("{by} asked for this reset: confirm or decline it")))
            }
            None => {
                self.refuse_stale()?;
                self.ask_reset(&red, reason).await
            }
        }
    }

    async fn ask_reset(mut self, red: &Red, reason: &str) -> Result<CommandDone, Halt> {
        let (by, at, reason) = (self.viewer.name.clone(), self.write.now(), reason.to_owned());
        self.set_asked(Some(ResetAsked { by, at, reason: reason.clone() })).await?;
        let occurrence = red.occurrence;
        self.event(EventKind::ResetAsked { occurrence, reason }).await?;
        Ok(CommandDone { awaits_second: true, ..self.done() })
    }

    /// Resets the alarm that another operator asked to reset.
    pub(super) async fn confirm_reset(mut self) -> Result<CommandDone, Halt> {
        let Some(red) = self.record.alarm.red().cloned() else { return Ok(self.unchanged()) };
        let Some(asked) = &red.reset_asked else {
            return Err(conflict("nobody asks for a reset, or the state has changed since"));
        };
        if asked.by == self.viewer.name {
            return Err(conflict("you asked for this reset: another operator must confirm it"));
        }
        self.refuse_stale()?;
        self.reset_now(&red, &self.viewer.actor(), &asked.reason, Some(&asked.by)).await?;
        Ok(self.done())
    }

    /// Declines the reset that somebody asked for, or takes one's own wish back.
    pub(super) async fn decline_reset(mut self, reason: &str) -> Result<CommandDone, Halt> {
        let reason = said("reason", reason)?.to_owned();
        let red = self.record.alarm.red().cloned();
        let Some((red, asked)) = red.and_then(|red| Some((red.occurrence, red.reset_asked?)))
        else {
            return Ok(self.unchanged());
        };
        self.refuse_stale()?;
        self.set_asked(None).await?;
        let asked_by = asked.by;
        self.event(EventKind::ResetDeclined { occurrence: red, asked_by, reason }).await?;
        Ok(self.done())
    }

    async fn set_asked(&mut self, asked: Option<ResetAsked>) -> Result<(), Halt> {
        let alarm = self.record.alarm.clone().ask_reset(asked);
        let alarm = alarm.map_err(|_| conflict("the alarm is green"))?;
        Ok(self.write.set_alarm(self.record.id, &alarm).await?)
    }

    async fn reset_now(
        &mut self,
        red: &Red,
        actor: &Actor,
        reason: &str,
        asked_by: Option<&str>,
    ) -> Result<(), Halt> {
        let scope = self.scope();
        self.record.revision = reset(self.write, scope, red, actor, reason, asked_by).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acknowledgement_lapses_within_a_year_and_not_before_it_begins() {
        let now = Timestamp(1_800_000_000_000);
        let later = now.plus_seconds(600);
        assert_eq!(expiry(None, None, now), Ok(None));
        assert_eq!(expiry(Some(10), None, now), Ok(Some(later)));
        assert_eq!(expiry(None, Some(later), now), Ok(Some(later)));
        let refused = |minutes, until| match expiry(minutes, until, now) {
            Err(Refusal::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        let next_year = now.plus_seconds(400 * 24 * 3600);
        assert_eq!(refused(Some(0), None), "minutes");
        assert_eq!(refused(Some(u32::MAX), None), "minutes");
        for until in [now, now.plus_seconds(-1), next_year] {
            assert_eq!(refused(None, Some(until)), "until");
        }
        assert_eq!(refused(Some(10), Some(later)), "until");
    }
}
