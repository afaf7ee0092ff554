//! What becomes of a host's alarm, in events.

use trustboard_model::alarm::{Alarm, Condition, Red};
use trustboard_model::event::{Actor, EventKind};

use crate::store::{HostScope, StoreError, Write};

/// The events for an alarm that an appraisal moved. Appraisals never turn an alarm green.
pub(super) fn moved(before: &Alarm, after: &Alarm) -> impl Iterator<Item = EventKind> {
    let occurrence_before = before.red().map_or(0, |red| red.occurrence);
    let event = match after {
        Alarm::Green { occurrences } => {
            EventKind::AlarmConditionChanged { occurrence: *occurrences }
        }
        Alarm::Red(red) if red.occurrence != occurrence_before => {
            EventKind::AlarmRaised { occurrence: red.occurrence, reasons: red.reasons.clone() }
        }
        Alarm::Red(red) => match red.condition {
            Condition::Cleared { .. } => {
                EventKind::AlarmConditionCleared { occurrence: red.occurrence }
            }
            Condition::Holds | Condition::Unknown => {
                EventKind::AlarmConditionChanged { occurrence: red.occurrence }
            }
        },
    };
    [event].into_iter().chain(lapsed(before, after))
}

/// The end of a wish to reset the alarm, if the appraisal ended one.
fn lapsed(before: &Alarm, after: &Alarm) -> Option<EventKind> {
    let before = before.red()?;
    let asked = before.reset_asked.as_ref()?;
    if after.red().is_some_and(|red| red.reset_asked.is_some()) {
        return None;
    }
    let asked_by = asked.by.clone();
    Some(EventKind::ResetLapsed { occurrence: before.occurrence, asked_by })
}

/// The alarm after a reset, and the event; `asked_by` is who asked for it, where another person
/// confirms it.
pub(super) fn after_reset(red: &Red, reason: &str, asked_by: Option<&str>) -> (Alarm, EventKind) {
    let event = EventKind::AlarmReset {
        occurrence: red.occurrence,
        reason: reason.to_owned(),
        condition_held: red.condition == Condition::Holds,
        reasons: red.reasons.clone(),
        asked_by: asked_by.map(str::to_owned),
    };
    (Alarm::Green { occurrences: red.occurrence }, event)
}

/// Resets a red alarm. Gives the host's revision after it.
pub(in crate::command) async fn reset(
    write: &mut Write,
    scope: HostScope,
    red: &Red,
    actor: &Actor,
    reason: &str,
    asked_by: Option<&str>,
) -> Result<u64, StoreError> {
    let (alarm, event) = after_reset(red, reason, asked_by);
    write.set_alarm(scope.host, &alarm).await?;
    write.host_event(actor, scope, event).await
}

#[cfg(test)]
mod tests {
    use trustboard_model::alarm::{Finding, ResetAsked};
    use trustboard_model::reason::ReasonCode;
    use trustboard_model::time::Timestamp;

    use super::*;

    fn codes(before: &Alarm, after: &Alarm) -> Vec<&'static str> {
        moved(before, after).map(|event| event.code()).collect()
    }

    #[test]
    fn each_change_of_an_alarm_has_its_event() {
        let at = Timestamp;
        let failed = |code| Finding::Failed(vec![code]);
        let red = Alarm::NEW.after(&failed(ReasonCode::NonceMismatch), at(1));
        assert_eq!(codes(&Alarm::NEW, &red), ["alarm-raised"]);
        let cleared = red.clone().after(&Finding::Passed, at(2));
        assert_eq!(codes(&red, &cleared), ["alarm-condition-cleared"]);
        let unknown = red.clone().after(&Finding::Inconclusive, at(2));
        assert_eq!(codes(&red, &unknown), ["alarm-condition-changed"]);
        let again = cleared.clone().after(&failed(ReasonCode::NonceMismatch), at(3));
        assert_eq!(codes(&cleared, &again), ["alarm-raised"]);
        let asked = ResetAsked { by: "ada".to_owned(), at: at(2), reason: "known".to_owned() };
        let asked = red.ask_reset(Some(asked)).unwrap();
        let cleared = asked.clone().after(&Finding::Passed, at(3));
        assert_eq!(codes(&asked, &cleared), ["alarm-condition-cleared", "reset-lapsed"]);
        let (green, event) = after_reset(cleared.red().unwrap(), "done", None);
        assert_eq!((green.red(), event.code()), (None, "alarm-reset"));
    }
}
