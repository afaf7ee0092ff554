//! Events of the firmware that are neither variables nor images.

use trustboard_model::boot::{Said, Topic};
use trustboard_model::bytes::to_hex;
use trustboard_model::digest::HashAlg;

use super::said;
use super::text::{narrow, text};
use crate::eventlog::{Event, EventType};
use crate::reader::Reader;
use crate::secure_boot::Guid;

/// Versions, code, tables and settings; and whatever else has no better home.
pub(super) fn meaning(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let topic = topic(event);
    let words = match event.event_type {
        EventType::S_CRTM_VERSION => version(event.data),
        EventType::EFI_PLATFORM_FIRMWARE_BLOB | EventType::POST_CODE => {
            text(event.data).or_else(|| blob(event.data))
        }
        EventType::EFI_PLATFORM_FIRMWARE_BLOB2 | EventType::POST_CODE2 => {
            described_blob(event.data).or_else(|| text(event.data))
        }
        EventType::EFI_HANDOFF_TABLES2 => described(event.data),
        EventType::NONHOST_INFO => platform_technology(event.data).or_else(|| prefix(event.data)),
        _ => text(event.data).or_else(|| prefix(event.data)),
    };
    (topic, words.and_then(|words| said(words, event.covers_data(bank))))
}

fn topic(event: &Event<'_>) -> Topic {
    match (event.pcr, event.event_type) {
        (
            _,
            EventType::S_CRTM_VERSION
            | EventType::S_CRTM_CONTENTS
            | EventType::EFI_HCRTM_EVENT
            | EventType::CPU_MICROCODE
            | EventType::NONHOST_CODE
            | EventType::NONHOST_INFO,
        ) => Topic::Firmware,
        (
            _,
            EventType::EFI_SPDM_FIRMWARE_BLOB
            | EventType::EFI_SPDM_FIRMWARE_CONFIG
            | EventType::EFI_SPDM_DEVICE_AUTHORITY
            | EventType::EFI_SPDM_DEVICE_POLICY,
        )
        | (2 | 3, _) => Topic::Driver,
        (
            _,
            EventType::EFI_HANDOFF_TABLES
            | EventType::EFI_HANDOFF_TABLES2
            | EventType::TABLE_OF_DEVICES
            | EventType::PLATFORM_CONFIG_FLAGS
            | EventType::NONHOST_CONFIG,
        )
        | (1 | 6, _) => Topic::FirmwareConfiguration,
        (0, _) => Topic::Firmware,
        _ => Topic::Other,
    }
}

/// The version is text, or a GUID (PFP 1.06, 10.4.1), or whatever the maker takes for one.
fn version(data: &[u8]) -> Option<String> {
    text(data).or_else(|| {
        let zeros = data.iter().all(|&byte| byte == 0);
        match <[u8; 16]>::try_from(data) {
            Ok(guid) if !zeros => Some(Guid(guid).to_string()),
            _ => (!zeros && data.len() <= 64).then(|| to_hex(data)),
        }
    })
}

/// UEFI_PLATFORM_FIRMWARE_BLOB (PFP 1.06, 10.2.2): where the measured code lay.
fn blob(data: &[u8]) -> Option<String> {
    let mut reader = Reader::new("firmware blob", data);
    let (base, length) = (reader.u64_le("BlobBase").ok()?, reader.u64_le("BlobLength").ok()?);
    (reader.is_empty() && length > 0).then(|| format!("{length} bytes at {base:#x}"))
}

/// UEFI_PLATFORM_FIRMWARE_BLOB2: a description before it.
fn described_blob(data: &[u8]) -> Option<String> {
    let size = usize::from(*data.first()?);
    let words = described(data)?;
    let blob = blob(data.get(1 + size..).unwrap_or_default());
    Some(blob.map_or_else(|| words.clone(), |blob| format!("{words}, {blob}")))
}

/// A description with its size in the first byte.
fn described(data: &[u8]) -> Option<String> {
    let (size, rest) = data.split_first()?;
    narrow(rest.get(..usize::from(*size))?)
}

/// The name at the head of a structure that is not text: `IntelCSxEEvent01`.
fn prefix(data: &[u8]) -> Option<String> {
    const SHORTEST: usize = 4;
    let end = data.iter().position(|byte| !byte.is_ascii_graphic() && *byte != b' ')?;
    let name = data.get(..end).filter(|name| name.len() >= SHORTEST)?;
    narrow(name)
}

/// Google's virtual machines name the confidential-computing technology in PCR 0.
fn platform_technology(data: &[u8]) -> Option<String> {
    let rest = data.strip_prefix(b"GCE NonHostInfo\0")?;
    let technology = match rest.first()? {
        0 => "no confidential computing",
        1 => "AMD SEV",
        2 => "AMD SEV-ES",
        3 => "Intel TDX",
        4 => "AMD SEV-SNP",
        other => return Some(format!("GCE NonHostInfo, technology {other}")),
    };
    Some(format!("GCE NonHostInfo, {technology}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_text_a_guid_or_bytes() {
        assert_eq!(version(b"N\x002\0J\0\0\0").as_deref(), Some("N2J"));
        let guid = version(&Guid::GLOBAL.0).unwrap();
        assert_eq!(guid, "8be4df61-93ca-11d2-aa0d-00e098032b8c");
        assert_eq!(version(&[0, 0]), None);
        assert_eq!(version(&[1, 2, 3]).as_deref(), Some("010203"));
    }

    #[test]
    fn blobs_say_where_they_lay() {
        let bytes = [0x82_0000_u64.to_le_bytes(), 0xE_0000_u64.to_le_bytes()].concat();
        assert_eq!(blob(&bytes).as_deref(), Some("917504 bytes at 0x820000"));
        let described = [&b"\x05Fv(1)"[..], &bytes].concat();
        assert_eq!(described_blob(&described).as_deref(), Some("Fv(1), 917504 bytes at 0x820000"));
        assert_eq!(described_blob(b"\xFFFv"), None);
        assert_eq!(prefix(b"IntelCSxEEvent01\0\x01\x02").as_deref(), Some("IntelCSxEEvent01"));
    }
}
