//! What an event says, for those who review a configuration or read a difference.

use trustboard_model::boot::{Said, Topic};
use trustboard_model::digest::HashAlg;

use crate::eventlog::{Event, EventType};
use crate::hash;

/// What an event is about and what the log says of it.
pub(super) fn describe(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let topic = match (event.pcr, event.event_type) {
        (8 | 12, EventType::IPL) if event.data.starts_with(b"kernel_cmdline") => {
            Topic::KernelCommandLine
        }
        (8, EventType::IPL) => Topic::LoaderCommand,
        (4, EventType::EFI_BOOT_SERVICES_APPLICATION) => Topic::BootLoader,
        (7, EventType::EFI_VARIABLE_DRIVER_CONFIG) => Topic::SecureBootVariable,
        (7, EventType::EFI_VARIABLE_AUTHORITY) => Topic::Authority,
        (14, _) => Topic::Mok,
        (0, _) => Topic::Firmware,
        _ => Topic::Other,
    };
    let covered = match (hash::hash(bank, &[event.data]), event.digest(bank)) {
        (Some(computed), Some(digest)) => computed.as_ref() == digest,
        _ => false,
    };
    let printable = event.data.iter().all(|byte| (0x20..0x7F).contains(byte));
    let said = (printable && !event.data.is_empty()).then(|| {
        let text = String::from_utf8_lossy(event.data);
        if covered { Said::covered(&text) } else { Said::untrusted(&text) }
    });
    (topic, said)
}
