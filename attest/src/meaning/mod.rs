//! What an event is about, and what its log says of it, for an operator to read.
//!
//! Nothing is decided here. The topic follows from the register and the event's type, and types
//! are covered by nothing (PFP 1.06, 10.4.1; CHECKS 46); so a topic sorts words and is no proof.
//! Words are *covered* only if the event's digest is that of bytes that determine exactly these
//! words; whatever stands beside the digest of something else (the path of an image, the name of
//! a file) is anybody's and says so. Both are hostile text: bounded, and escaped where shown.

mod action;
mod booted;
mod command_line;
mod device_path;
mod firmware;
mod grub;
mod image;
mod load_option;
mod partition_table;
mod shim;
mod stub;
mod text;
mod variable;

use trustboard_model::boot::{Said, Topic};
use trustboard_model::digest::HashAlg;

use crate::eventlog::{Event, EventType, ReplayedLog};

pub(crate) use booted::{booted, is_of_a_device};
pub use device_path::device_path;
pub use load_option::LoadOption;
pub use partition_table::PartitionTable;

/// What an event is about and says. Its words are judged by its digest in `bank`, which proves
/// something only if the event explains a quoted register: see [`ReplayedLog::meaning`].
pub fn meaning(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    match (event.event_type, event.pcr) {
        (EventType::SEPARATOR | EventType::ACTION | EventType::EFI_ACTION, _) => {
            action::meaning(event, bank)
        }
        (
            EventType::EFI_VARIABLE_DRIVER_CONFIG
            | EventType::EFI_VARIABLE_BOOT
            | EventType::EFI_VARIABLE_BOOT2
            | EventType::EFI_VARIABLE_AUTHORITY,
            _,
        ) => variable::meaning(event, bank),
        (
            EventType::EFI_BOOT_SERVICES_APPLICATION
            | EventType::EFI_BOOT_SERVICES_DRIVER
            | EventType::EFI_RUNTIME_SERVICES_DRIVER,
            _,
        ) => image::meaning(event, bank),
        (EventType::EFI_GPT_EVENT | EventType::EFI_GPT_EVENT2, _) => {
            partition_table::meaning(event, bank)
        }
        (EventType::IPL, 8 | 9) => grub::meaning(event, bank),
        (EventType::IPL, 11..=13) => stub::section(event, bank),
        (EventType::IPL, 14) => shim::meaning(event, bank),
        (EventType::EVENT_TAG, _) => stub::tagged(event, bank),
        _ => firmware::meaning(event, bank),
    }
}

impl ReplayedLog<'_> {
    /// What one of this log's events is about and says: [`meaning`] in the log's bank.
    pub fn meaning(&self, event: &Event<'_>) -> (Topic, Option<Said>) {
        meaning(event, self.bank())
    }
}

/// Words with the coverage that was found; nothing if there are no words.
fn said(text: impl AsRef<str>, covered: bool) -> Option<Said> {
    let text = text.as_ref().trim();
    let said = if covered { Said::covered } else { Said::untrusted };
    (!text.is_empty()).then(|| said(text))
}
