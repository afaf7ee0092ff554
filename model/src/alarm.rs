//! The attestation alarm of a host: `green ⇄ red`, latched.
//!
//! ```text
//!            untrusted appraisal                    same reasons again
//!   Green ───────────────────────▶ Red(occurrence n) ◀──────────┐
//!     ▲                              │  │  │                     │
//!     │        operator: reset       │  │  └─────────────────────┘
//!     └──────────────────────────────┘  │ passing appraisal: condition Cleared, colour stays
//!                                       │ new reason or new failure after a pass: occurrence n+1,
//!                                       │                      acknowledgement dropped
//!                                       └ operator: acknowledge (mutes, changes no colour); asks for
//!                                         a reset that takes a second person
//! ```

use serde::{Deserialize, Serialize};

use crate::reason::ReasonCode;
use crate::time::Timestamp;

/// The alarm's state. Each state holds only what it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "colour")]
pub enum Alarm {
    /// Nothing to work on.
    Green {
        /// How many occurrences there were so far.
        occurrences: u32,
    },
    /// Somebody must look.
    Red(Red),
}

/// What a red alarm holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Red {
    /// Counts up over the life of the host, from 1.
    pub occurrence: u32,
    /// When this occurrence was raised.
    pub raised_at: Timestamp,
    /// The codes that raised it, most telling first.
    pub reasons: Vec<ReasonCode>,
    /// Whether the latest appraisal still says so.
    pub condition: Condition,
    /// Who is on it.
    pub acknowledged: Option<Acknowledgement>,
    /// Who asked to reset it, where that takes a second person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reset_asked: Option<ResetAsked>,
}

/// Somebody asked to reset the alarm although its condition is not cleared, and another person has
/// not confirmed it yet. Any change of the condition or of the reasons ends it: it was asked of
/// another state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetAsked {
    /// The operator's name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Whether the reason of a red alarm still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "condition")]
pub enum Condition {
    /// The latest appraisal failed.
    Holds,
    /// A later appraisal passed; the alarm waits for a person.
    Cleared {
        /// Since when.
        at: Timestamp,
    },
    /// The latest appraisal concluded nothing.
    Unknown,
}

/// Somebody is on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// The operator's name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What they said.
    pub comment: String,
    /// When it lapses, if it does.
    pub until: Option<Timestamp>,
}

impl Acknowledgement {
    /// Whether it still counts.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// What an appraisal means for the alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It failed, for these reasons (most telling first).
    Failed(Vec<ReasonCode>),
    /// It passed.
    Passed,
    /// It concluded nothing, or does not apply.
    Inconclusive,
}

/// Why an operator's act on the alarm is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AlarmError {
    /// There is nothing to acknowledge or reset.
    #[error("the alarm is green")]
    AlreadyGreen,
}

impl Red {
    /// Whether resetting it takes a second person, where the server asks for one: unless a later
    /// appraisal passed.
    pub fn is_uncleared(&self) -> bool {
        !matches!(self.condition, Condition::Cleared { .. })
    }

    /// The same with this condition. Another one ends the wish to reset it.
    fn now(self, condition: Condition) -> Self {
        let same = self.condition == condition;
        let reset_asked = self.reset_asked.filter(|_| same);
        Self { condition, reset_asked, ..self }
    }
}

impl Alarm {
    /// The alarm of a host that was never red.
    pub const NEW: Self = Self::Green { occurrences: 0 };

    /// The alarm after an appraisal. Equal to `self` if the appraisal changes nothing.
    #[must_use]
    pub fn after(self, finding: &Finding, now: Timestamp) -> Self {
        match (self, finding) {
            (Self::Green { occurrences }, Finding::Failed(reasons)) => {
                Self::raise(occurrences, reasons, now)
            }
            (green @ Self::Green { .. }, _) => green,
            (Self::Red(red), Finding::Failed(reasons)) => {
                let recurred = matches!(red.condition, Condition::Cleared { .. });
                let new_reason = reasons.iter().any(|code| !red.reasons.contains(code));
                if recurred || new_reason {
                    Self::raise(red.occurrence, reasons, now)
                } else {
                    // Fewer reasons are progress, not a new occurrence.
                    Self::Red(red.now(Condition::Holds))
                }
            }
            (Self::Red(red), Finding::Passed) => match red.condition {
                Condition::Cleared { .. } => Self::Red(red),
                _ => Self::Red(red.now(Condition::Cleared { at: now })),
            },
            (Self::Red(red), Finding::Inconclusive) => match red.condition {
                // What was seen cleared stays so: no answer is not a relapse.
                Condition::Cleared { .. } => Self::Red(red),
                _ => Self::Red(red.now(Condition::Unknown)),
            },
        }
    }

    /// Whether another passing appraisal would leave it as it is.
    pub fn is_left_by_passing(&self) -> bool {
        self.red().is_none_or(|red| matches!(red.condition, Condition::Cleared { .. }))
    }

    fn raise(occurrences: u32, reasons: &[ReasonCode], now: Timestamp) -> Self {
        Self::Red(Red {
            occurrence: occurrences.saturating_add(1),
            raised_at: now,
            reasons: reasons.to_vec(),
            condition: Condition::Holds,
            acknowledged: None,
            reset_asked: None,
        })
    }

    /// The alarm with somebody on it. Acknowledging again replaces who, when and why.
    pub fn acknowledge(self, acknowledgement: Acknowledgement) -> Result<Self, AlarmError> {
        match self {
            Self::Green { .. } => Err(AlarmError::AlreadyGreen),
            Self::Red(red) => Ok(Self::Red(Red { acknowledged: Some(acknowledgement), ..red })),
        }
    }

    /// The alarm whose reset somebody asked for, or nobody asks for any more.
    pub fn ask_reset(self, asked: Option<ResetAsked>) -> Result<Self, AlarmError> {
        match self {
            Self::Green { .. } => Err(AlarmError::AlreadyGreen),
            Self::Red(red) => Ok(Self::Red(Red { reset_asked: asked, ..red })),
        }
    }

    /// The alarm after an operator reset it. Always possible when red.
    pub fn reset(self) -> Result<Self, AlarmError> {
        match self {
            Self::Green { .. } => Err(AlarmError::AlreadyGreen),
            Self::Red(red) => Ok(Self::Green { occurrences: red.occurrence }),
        }
    }

    /// The red state, if it is red.
    pub fn red(&self) -> Option<&Red> {
        match self {
            Self::Green { .. } => None,
            Self::Red(red) => Some(red),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1000);
    const LATER: Timestamp = Timestamp(2000);

    fn failed(codes: &[ReasonCode]) -> Finding {
        Finding::Failed(codes.to_vec())
    }

    fn acknowledged(alarm: Alarm) -> Alarm {
        let who = "ada".to_owned();
        let comment = "on site".to_owned();
        alarm.acknowledge(Acknowledgement { by: who, at: NOW, comment, until: None }).unwrap()
    }

    fn red() -> Alarm {
        Alarm::NEW.after(&failed(&[ReasonCode::SecureBootDisabled]), NOW)
    }

    #[test]
    fn a_failure_raises_occurrence_one() {
        let alarm = red();
        let red = alarm.red().unwrap();
        assert_eq!((red.occurrence, red.raised_at, red.condition), (1, NOW, Condition::Holds));
    }

    #[test]
    fn a_pass_clears_the_condition_and_leaves_it_red_and_acknowledged() {
        let alarm = acknowledged(red()).after(&Finding::Passed, LATER);
        let red = alarm.red().unwrap();
        assert_eq!(red.condition, Condition::Cleared { at: LATER });
        assert!(red.acknowledged.is_some());
        assert_eq!(alarm.clone().after(&Finding::Passed, Timestamp(3000)), alarm);
    }

    #[test]
    fn the_same_failure_keeps_the_acknowledgement() {
        let before = acknowledged(red());
        assert_eq!(before.clone().after(&failed(&[ReasonCode::SecureBootDisabled]), LATER), before);
    }

    #[test]
    fn a_new_reason_or_a_relapse_is_a_new_occurrence_and_drops_the_acknowledgement() {
        let new_reason = failed(&[ReasonCode::EkMismatch, ReasonCode::SecureBootDisabled]);
        let more = acknowledged(red()).after(&new_reason, LATER);
        let relapse = acknowledged(red())
            .after(&Finding::Passed, LATER)
            .after(&failed(&[ReasonCode::SecureBootDisabled]), LATER);
        for alarm in [more, relapse] {
            let red = alarm.red().unwrap().clone();
            assert_eq!((red.occurrence, red.acknowledged), (2, None));
        }
    }

    #[test]
    fn a_wish_to_reset_ends_with_the_state_that_it_was_asked_of() {
        let reason = "cable pulled".to_owned();
        let asked = Some(ResetAsked { by: "ada".to_owned(), at: NOW, reason });
        let before = red().ask_reset(asked.clone()).unwrap();
        let wish = |alarm: &Alarm| alarm.red().unwrap().reset_asked.clone();
        let same = failed(&[ReasonCode::SecureBootDisabled]);
        assert_eq!(wish(&before.clone().after(&same, LATER)), asked);
        let other = failed(&[ReasonCode::EkMismatch]);
        for finding in [other, Finding::Passed, Finding::Inconclusive] {
            assert_eq!(wish(&before.clone().after(&finding, LATER)), None, "{finding:?}");
        }
        assert_eq!(wish(&before.ask_reset(None).unwrap()), None);
        assert_eq!(Alarm::NEW.ask_reset(asked), Err(AlarmError::AlreadyGreen));
    }

    #[test]
    fn reset_keeps_the_count_and_needs_something_red() {
        let green = red().reset().unwrap();
        assert_eq!(green, Alarm::Green { occurrences: 1 });
        assert_eq!(green.clone().reset(), Err(AlarmError::AlreadyGreen));
        let again = green.after(&failed(&[ReasonCode::SecureBootDisabled]), LATER);
        assert_eq!(again.red().unwrap().occurrence, 2);
    }

    #[test]
    fn no_answer_is_neither_a_relapse_nor_a_recovery() {
        let unknown = red().after(&Finding::Inconclusive, LATER);
        assert_eq!(unknown.red().unwrap().condition, Condition::Unknown);
        let cleared = red().after(&Finding::Passed, LATER);
        assert_eq!(cleared.clone().after(&Finding::Inconclusive, LATER), cleared);
    }
}
