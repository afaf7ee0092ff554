//! E39 and G46: which types of events may stand in which register.
//!
//! No digest covers a type, so an event is not ignored for having an unknown one. PCR 4 and 7,
//! whose content the verdict interprets, refuse (`check/log.rs`). Elsewhere nothing is decided by
//! a type, and firmware has types of its own (0x8401 in PCR 2 of AMD platforms), so what has no
//! place in its register is a warning.

use trustboard_model::check::CheckId;
use trustboard_model::reason::{Reason, ReasonCode};

use crate::eventlog::{EventLog, EventType};
use crate::verdict::Ledger;

/// Looks at every register but PCR 4 and 7.
pub(crate) fn register_types(log: &EventLog<'_>, ledger: &mut Ledger) {
    let events = log.insecure_events().iter().filter(|event| event.extends());
    let unexpected: Vec<_> =
        events.filter(|event| !is_expected(event.pcr, event.event_type)).collect();
    match unexpected.first() {
        None => ledger.pass(CheckId::LogRegisterTypes, "every type has its place"),
        Some(event) => ledger.refuse(
            Reason::new(ReasonCode::RegisterTypeUnexpected)
                .at(event.place())
                .expected("a type of event that the profile puts there")
                .found(format!("{} ({} in all)", event.event_type, unexpected.len())),
        ),
    }
}

/// PFP 1.06, 3.3.4 and 10.4.1 for PCR 0 to 7, with what earlier profiles and firmware in the field
/// put there; the UAPI group's register of Linux TPM PCRs for those above.
fn is_expected(pcr: u32, event_type: EventType) -> bool {
    use EventType as T;
    let everywhere =
        [T::SEPARATOR, T::ACTION, T::EFI_ACTION, T::EVENT_TAG, T::OMIT_BOOT_DEVICE_EVENTS];
    let here: &[EventType] = match pcr {
        0 => &[
            T::S_CRTM_CONTENTS,
            T::S_CRTM_VERSION,
            T::EFI_HCRTM_EVENT,
            T::POST_CODE,
            T::POST_CODE2,
            T::EFI_PLATFORM_FIRMWARE_BLOB,
            T::EFI_PLATFORM_FIRMWARE_BLOB2,
            T::EFI_BOOT_SERVICES_DRIVER,
            T::EFI_RUNTIME_SERVICES_DRIVER,
            T::EFI_HANDOFF_TABLES,
            T::EFI_HANDOFF_TABLES2,
            T::CPU_MICROCODE,
            T::NONHOST_CODE,
            T::NONHOST_CONFIG,
            T::NONHOST_INFO,
        ],
        1 => &[
            T::CPU_MICROCODE,
            T::PLATFORM_CONFIG_FLAGS,
            T::TABLE_OF_DEVICES,
            T::NONHOST_CONFIG,
            T::EFI_HANDOFF_TABLES,
            T::EFI_HANDOFF_TABLES2,
            T::EFI_VARIABLE_DRIVER_CONFIG,
            T::EFI_VARIABLE_BOOT,
            T::EFI_VARIABLE_BOOT2,
            T::POST_CODE,
            T::POST_CODE2,
        ],
        2 => &[
            T::EFI_BOOT_SERVICES_APPLICATION,
            T::EFI_BOOT_SERVICES_DRIVER,
            T::EFI_RUNTIME_SERVICES_DRIVER,
            T::EFI_PLATFORM_FIRMWARE_BLOB,
            T::EFI_PLATFORM_FIRMWARE_BLOB2,
            T::EFI_SPDM_FIRMWARE_BLOB,
        ],
        3 => &[
            T::EFI_VARIABLE_DRIVER_CONFIG,
            T::PLATFORM_CONFIG_FLAGS,
            T::TABLE_OF_DEVICES,
            T::EFI_SPDM_FIRMWARE_CONFIG,
        ],
        5 => &[
            T::EFI_GPT_EVENT,
            T::EFI_GPT_EVENT2,
            T::EFI_VARIABLE_DRIVER_CONFIG,
            T::EFI_VARIABLE_BOOT,
            T::EFI_VARIABLE_BOOT2,
            T::IPL_PARTITION_DATA,
            T::IPL,
        ],
        6 => &[T::COMPACT_HASH],
        // The kernel's IMA extends it, and never the firmware or a boot loader.
        10 => return false,
        8 | 9 | 11..=16 | 23 => &[T::IPL, T::COMPACT_HASH],
        // 4 and 7 are refused for elsewhere; a dynamic launch measures into 17 to 22 what its
        // own specification says.
        _ => return true,
    };
    everywhere.contains(&event_type) || here.contains(&event_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_their_places() {
        for (pcr, event_type, expected) in [
            (0, EventType::S_CRTM_VERSION, true),
            (0, EventType::EFI_VARIABLE_AUTHORITY, false),
            (2, EventType(0x8401), false),
            (9, EventType::IPL, true),
            (10, EventType::IPL, false),
            (10, EventType::SEPARATOR, false),
            (18, EventType(0x401), true),
        ] {
            assert_eq!(is_expected(pcr, event_type), expected, "PCR {pcr}, {event_type}");
        }
    }
}
