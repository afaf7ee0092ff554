//! Actions and separators: the phases of a boot.

use trustboard_model::boot::{Said, Topic};
use trustboard_model::bytes::to_hex;
use trustboard_model::digest::HashAlg;

use super::said;
use super::text::text;
use crate::eventlog::Event;

/// EV_SEPARATOR, EV_ACTION and EV_EFI_ACTION: their digest is that of their data (PFP 1.06,
/// 10.4.1). What firmware says of its settings stands in PCR 7 (3.3.4.8).
pub(super) fn meaning(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let topic = match text(event.data).as_deref() {
        Some("UEFI Debug Mode" | "DMA Protection Disabled") => Topic::FirmwareConfiguration,
        _ => Topic::Phase,
    };
    let words =
        text(event.data).unwrap_or_else(|| to_hex(event.data.get(..8).unwrap_or(event.data)));
    (topic, said(words, event.covers_data(bank)))
}
