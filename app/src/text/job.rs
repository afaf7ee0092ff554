//! Jobs in words.

use trustboard_model::job::{JobState, StepKind, Trigger};

use super::{Language, format, template};

/// What a step did: `Challenge sent`.
pub fn step(language: Language, step: StepKind) -> &'static str {
    language.catalogue().step(step)
}

/// Why a verification was started: `By the schedule`.
pub fn trigger(language: Language, trigger: &Trigger) -> String {
    let values = match trigger {
        Trigger::Scheduled | Trigger::Boot | Trigger::Reconnect | Trigger::Reappraised { .. } => {
            Vec::new()
        }
        Trigger::Operator { name, .. } => vec![("name", name.clone())],
    };
    template::text(language.catalogue().trigger(trigger), values.as_slice())
}

/// How far a job is: `Running`.
pub fn job_state(language: Language, state: &JobState) -> String {
    let values = match state {
        JobState::Queued | JobState::Running | JobState::Done => Vec::new(),
        JobState::Failed { problem } => format::optional(&[("problem", problem)]),
    };
    template::text(language.catalogue().job_state(state), values.as_slice())
}
