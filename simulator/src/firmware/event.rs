//! Event types and the encoding of one event (PFP 1.06, 10.2 to 10.4).

use trustboard_model::digest::Digest;
use trustboard_model::pcr::PcrIndex;

use super::bank::Bank;

/// A `TCG_EVENTTYPE` (PFP 1.06, 10.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventType(u32);

impl EventType {
    /// Informational; extends nothing.
    const NO_ACTION: Self = Self(0x0000_0003);
    /// Ends the firmware phase of a register.
    pub const SEPARATOR: Self = Self(0x0000_0004);
    /// Version of the static core root of trust for measurement.
    pub const S_CRTM_VERSION: Self = Self(0x0000_0008);
    /// Initial program load: what shim and GRUB use.
    pub const IPL: Self = Self(0x0000_000D);
    /// A variable that configures the firmware: Secure Boot.
    pub const EFI_VARIABLE_DRIVER_CONFIG: Self = Self(0x8000_0001);
    /// A boot variable.
    pub const EFI_VARIABLE_BOOT: Self = Self(0x8000_0002);
    /// An image loaded from storage.
    pub const EFI_BOOT_SERVICES_APPLICATION: Self = Self(0x8000_0003);
    /// The partition table that was booted from.
    pub const EFI_GPT: Self = Self(0x8000_0006);
    /// A phase of the boot, in words.
    pub const EFI_ACTION: Self = Self(0x8000_0007);
    /// A firmware volume.
    pub const EFI_PLATFORM_FIRMWARE_BLOB: Self = Self(0x8000_0008);
    /// Configuration tables: SMBIOS.
    pub const EFI_HANDOFF_TABLES: Self = Self(0x8000_0009);
    /// The authority that signed what was loaded.
    pub const EFI_VARIABLE_AUTHORITY: Self = Self(0x8000_00E0);

    /// Appends a `TCG_PCR_EVENT2`.
    pub(super) fn write(self, log: &mut Vec<u8>, pcr: PcrIndex, digests: &[Digest], data: &[u8]) {
        log.extend(u32::from(u8::from(pcr)).to_le_bytes());
        log.extend(self.0.to_le_bytes());
        log.extend(length(digests.len()).to_le_bytes());
        for digest in digests {
            log.extend(digest.alg().tpm_id().to_le_bytes());
            log.extend(digest.as_bytes());
        }
        log.extend(length(data.len()).to_le_bytes());
        log.extend(data);
    }
}

/// The first event: `TCG_PCClientPCREvent` with a `TCG_EfiSpecIDEvent` (PFP 1.06, 10.4.5.1).
pub(super) fn spec_id_event(banks: &[Bank]) -> Vec<u8> {
    let mut event = b"Spec ID Event03\0".to_vec();
    event.extend(0_u32.to_le_bytes()); // platformClass: client
    event.extend([0, 2, 0, 2]); // specVersionMinor, specVersionMajor, specErrata, uintnSize (64 bit)
    event.extend(length(banks.len()).to_le_bytes());
    for bank in banks {
        event.extend(bank.alg().tpm_id().to_le_bytes());
        event.extend(u16::try_from(bank.alg().len()).expect("at most 64").to_le_bytes());
    }
    event.push(0); // vendorInfoSize
    let mut log = 0_u32.to_le_bytes().to_vec(); // PCR 0
    log.extend(EventType::NO_ACTION.0.to_le_bytes());
    log.extend([0; 20]); // the SHA-1 digest of the old format
    log.extend(length(event.len()).to_le_bytes());
    log.extend(event);
    log
}

/// The event that says from which locality the TPM was started (PFP 1.06, 10.4.5.3).
pub(super) fn locality_event(banks: &[Bank], locality: u8) -> Vec<u8> {
    let zeros: Vec<_> = banks.iter().map(|bank| Digest::filled(bank.alg(), 0)).collect();
    let mut data = b"StartupLocality\0".to_vec();
    data.push(locality);
    let mut log = Vec::new();
    let first = PcrIndex::try_from(0).expect("PCR 0 exists");
    EventType::NO_ACTION.write(&mut log, first, &zeros, &data);
    log
}

/// A length field. Everything measured here is a few KiB.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a simulated event is far below 4 GiB")
}
