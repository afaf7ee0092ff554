//! English.

mod check;
mod event;
mod message;
mod phrase;
mod reason;
mod ui;
mod words;

use trustboard_model::check::{CheckId, Group};
use trustboard_model::event::EventKind;
use trustboard_model::job::{JobState, StepKind, Trigger};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::ReasonCode;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::verdict::Cause;
use trustboard_model::view::Message;

use super::catalogue::{Catalogue, Leftover};
use super::check::CheckText;
use super::message::MessageEntry;
use super::phrase::Phrase;
use super::reason::ReasonEntry;
use super::ui::Ui;
use super::words::Word;

/// English.
pub(super) struct English;

impl Catalogue for English {
    fn reason(&self, code: ReasonCode) -> &'static ReasonEntry {
        reason::reason(code)
    }

    fn leftover(&self) -> Leftover {
        Leftover {
            place: " Where: {place}.",
            expected: " Expected: {expected}.",
            found: " Found: {found}.",
        }
    }

    fn check(&self, check: CheckId) -> CheckText {
        check::check(check)
    }

    fn group(&self, group: Group) -> &'static str {
        check::group(group)
    }

    fn cause(&self, cause: &Cause) -> MessageEntry {
        message::cause(cause)
    }

    fn message(&self, message: &Message) -> Option<MessageEntry> {
        message::message(message)
    }

    fn event(&self, event: &EventKind) -> &'static str {
        event::event(event)
    }

    fn word(&self, word: Word<'_>) -> &'static str {
        words::word(word)
    }

    fn pcr_purpose(&self, pcr: PcrIndex) -> &'static str {
        words::pcr_purpose(pcr)
    }

    fn role_meaning(&self, role: Role) -> &'static str {
        words::role_meaning(role)
    }

    fn step(&self, step: StepKind) -> &'static str {
        event::step(step)
    }

    fn trigger(&self, trigger: &Trigger) -> &'static str {
        event::trigger(trigger)
    }

    fn job_state(&self, state: &JobState) -> &'static str {
        event::job_state(state)
    }

    fn refusal(&self, refusal: &Refusal) -> &'static str {
        message::refusal(refusal)
    }

    fn ui(&self, key: Ui) -> &'static str {
        ui::ui(key)
    }

    fn phrase(&self, phrase: &Phrase<'_>) -> &'static str {
        phrase::phrase(phrase)
    }

    fn thousands(&self) -> char {
        ','
    }
}
