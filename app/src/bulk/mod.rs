//! Actions on many hosts: choose, see what will happen, start, follow, stop.
//!
//! Whoever shows hosts uses two things of it:
//! - [`BulkButtons`]: the buttons for a [`Selection`](trustboard_model::view::Selection). Without
//!   scripts they are links to the page `/bulk`, see [`address()`]; with them they open the dialog.
//! - [`BulkHandle::ask`]: opens the dialog for a selection and an action.
//!
//! The dialog stands once, in the frame. What it starts is a job with a page of its own,
//! `/jobs/bulk/ID`, which goes on when the page is left.

mod address;
pub mod api;
mod buttons;
mod dialog;
mod form;
mod indicator;
mod job_screen;
mod preview;
mod progress;
mod screen;

pub(crate) use address::{address, job_address};
pub(crate) use buttons::BulkButtons;
#[cfg(not(feature = "hydrate"))]
pub(crate) use buttons::OFFERED;
pub(crate) use dialog::{BulkDialog, BulkHandle};
pub(crate) use indicator::BulkIndicator;
pub(crate) use job_screen::BulkJobScreen;
pub(crate) use progress::BulkProgress;
pub(crate) use screen::BulkScreen;

use crate::action::Kind;
use crate::component::language;
use crate::text::{self, AlarmPhrase, AlarmWord};

/// The actions that make sense for many hosts, in the order of the buttons. An identity is accepted
/// host by host.
pub(crate) const KINDS: [Kind; 10] = [
    Kind::Acknowledge,
    Kind::Reset,
    Kind::VerifyThenReset,
    Kind::ConfirmReset,
    Kind::DeclineReset,
    Kind::VerifyNow,
    Kind::EnterMaintenance,
    Kind::LeaveMaintenance,
    Kind::Disconnect,
    Kind::Connect,
];

/// A word of these pages.
fn word(key: AlarmWord) -> &'static str {
    text::alarm_word(language(), key)
}

/// A phrase of these pages.
fn phrase(said: &AlarmPhrase<'_>) -> String {
    text::alarm_phrase(language(), said)
}

/// An action's name, without the dots that promise a form.
fn name_of(kind: Kind) -> &'static str {
    let label = text::action(language(), &kind.with(String::new(), None));
    label.trim_end_matches('…').trim_end()
}
