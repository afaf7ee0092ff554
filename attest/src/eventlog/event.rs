//! One event, and the types that PFP 1.06 registers (10.4.1).

use std::fmt;

use trustboard_model::digest::HashAlg;

use crate::hash;

/// The type of an event. Attacker-controlled: replay does not cover it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventType(pub u32);

macro_rules! event_types {
    ($($name:ident = $value:literal;)*) => {
        impl EventType {
            $(
                #[doc = concat!("`EV_", stringify!($name), "`")]
                pub const $name: Self = Self($value);
            )*

            fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($value => Some(concat!("EV_", stringify!($name))),)*
                    _ => None,
                }
            }
        }
    };
}

event_types! {
    PREBOOT_CERT = 0x0000_0000;
    POST_CODE = 0x0000_0001;
    UNUSED = 0x0000_0002;
    NO_ACTION = 0x0000_0003;
    SEPARATOR = 0x0000_0004;
    ACTION = 0x0000_0005;
    EVENT_TAG = 0x0000_0006;
    S_CRTM_CONTENTS = 0x0000_0007;
    S_CRTM_VERSION = 0x0000_0008;
    CPU_MICROCODE = 0x0000_0009;
    PLATFORM_CONFIG_FLAGS = 0x0000_000A;
    TABLE_OF_DEVICES = 0x0000_000B;
    COMPACT_HASH = 0x0000_000C;
    IPL = 0x0000_000D;
    IPL_PARTITION_DATA = 0x0000_000E;
    NONHOST_CODE = 0x0000_000F;
    NONHOST_CONFIG = 0x0000_0010;
    NONHOST_INFO = 0x0000_0011;
    OMIT_BOOT_DEVICE_EVENTS = 0x0000_0012;
    POST_CODE2 = 0x0000_0013;
    EFI_VARIABLE_DRIVER_CONFIG = 0x8000_0001;
    EFI_VARIABLE_BOOT = 0x8000_0002;
    EFI_BOOT_SERVICES_APPLICATION = 0x8000_0003;
    EFI_BOOT_SERVICES_DRIVER = 0x8000_0004;
    EFI_RUNTIME_SERVICES_DRIVER = 0x8000_0005;
    EFI_GPT_EVENT = 0x8000_0006;
    EFI_ACTION = 0x8000_0007;
    EFI_PLATFORM_FIRMWARE_BLOB = 0x8000_0008;
    EFI_HANDOFF_TABLES = 0x8000_0009;
    EFI_PLATFORM_FIRMWARE_BLOB2 = 0x8000_000A;
    EFI_HANDOFF_TABLES2 = 0x8000_000B;
    EFI_VARIABLE_BOOT2 = 0x8000_000C;
    EFI_GPT_EVENT2 = 0x8000_000D;
    EFI_HCRTM_EVENT = 0x8000_0010;
    EFI_VARIABLE_AUTHORITY = 0x8000_00E0;
    EFI_SPDM_FIRMWARE_BLOB = 0x8000_00E1;
    EFI_SPDM_FIRMWARE_CONFIG = 0x8000_00E2;
    EFI_SPDM_DEVICE_POLICY = 0x8000_00E3;
    EFI_SPDM_DEVICE_AUTHORITY = 0x8000_00E4;
}

/// The registered name, or the number.
impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "event type {:#010x}", self.0),
        }
    }
}

/// One event as the log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<'a> {
    /// Its place in the log, from 1.
    pub number: u32,
    /// The register that it says it extends.
    pub pcr: u32,
    /// Untrusted: not verified by replay.
    pub event_type: EventType,
    /// One slot for each of `HashAlg::ALL`.
    pub(super) digests: [Option<&'a [u8]>; HashAlg::ALL.len()],
    /// Untrusted, unless a digest is compared with it.
    pub data: &'a [u8],
}

impl<'a> Event<'a> {
    /// What it extends into a bank, if anything.
    pub fn digest(&self, bank: HashAlg) -> Option<&'a [u8]> {
        // `HashAlg` numbers its variants in the order of `ALL`, from 0.
        self.digests.get(bank as usize).copied().flatten()
    }

    /// The digests, weakest algorithm first.
    pub fn digests(&self) -> impl Iterator<Item = (HashAlg, &'a [u8])> {
        HashAlg::ALL.into_iter().filter_map(|alg| Some((alg, self.digest(alg)?)))
    }

    /// Whether its digest in a bank is that of `data`. Proves something only if the event explains
    /// a quoted register.
    pub fn covers(&self, bank: HashAlg, data: &[u8]) -> bool {
        match (hash::hash(bank, &[data]), self.digest(bank)) {
            (Some(computed), Some(digest)) => computed.as_ref() == digest,
            _ => false,
        }
    }

    /// Whether its digest in a bank is that of its data.
    pub fn covers_data(&self, bank: HashAlg) -> bool {
        self.covers(bank, self.data)
    }

    /// EV_NO_ACTION informs and never extends (PFP 1.06, 10.4.1).
    pub fn extends(&self) -> bool {
        self.event_type != EventType::NO_ACTION
    }

    /// `PCR 7, event 3`.
    pub fn place(&self) -> String {
        format!("PCR {}, event {}", self.pcr, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_algorithm_has_the_slot_of_its_number() {
        for (slot, alg) in HashAlg::ALL.into_iter().enumerate() {
            assert_eq!(alg as usize, slot);
        }
    }

    #[test]
    fn types_show_their_registered_name_or_their_number() {
        assert_eq!(EventType::IPL.to_string(), "EV_IPL");
        assert_eq!(EventType(0x8401).to_string(), "event type 0x00008401");
    }
}
