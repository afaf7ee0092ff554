//! Images: applications and drivers that the firmware was asked to start.

use trustboard_model::boot::{Said, Topic};
use trustboard_model::digest::HashAlg;

use super::device_path::device_path;
use super::grub::file_topic;
use super::said;
use crate::eventlog::{Event, EventType};
use crate::reader::Reader;

/// UEFI_IMAGE_LOAD_EVENT. The digest is that of the image, so the path beside it is anybody's
/// word (PFP 1.06, 10.2.3; CHECKS 47).
pub(super) fn meaning(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let path = path(event.data).map(device_path).unwrap_or_default();
    let topic = match (event.event_type, event.pcr) {
        (EventType::EFI_BOOT_SERVICES_APPLICATION, 4) if file_topic(&path) == Topic::Kernel => {
            Topic::Kernel
        }
        (EventType::EFI_BOOT_SERVICES_APPLICATION, 4) => Topic::BootLoader,
        _ => Topic::Driver,
    };
    (topic, said(path, event.covers_data(bank)))
}

/// The device path of the structure: after the image's place, size and link-time address.
pub(super) fn path(data: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader::new("image load event", data);
    reader.take(3 * 8, "image").ok()?;
    let size = usize::try_from(reader.u64_le("LengthOfDevicePath").ok()?).ok()?;
    reader.rest().get(..size)
}
