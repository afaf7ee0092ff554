//! UEFI variables: Secure Boot's, boot options, and a maker's own.

use trustboard_model::boot::{Said, Topic};
use trustboard_model::bytes::to_hex;
use trustboard_model::digest::HashAlg;

use super::load_option::LoadOption;
use super::said;
use super::text::{one_line, text};
use crate::eventlog::{Event, EventType};
use crate::secure_boot::{
    Guid, SignatureKind, SignatureList, Variable, authority_is_covered, certificate_of, common_name,
};

/// EV_EFI_VARIABLE_*: UEFI_VARIABLE_DATA, which the digest covers, but for boot options.
pub(super) fn meaning(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let Ok(variable) = Variable::parse(event.data) else {
        let topic = if event.pcr == 7 { Topic::SecureBootVariable } else { Topic::Other };
        return (topic, None);
    };
    let covered = match event.event_type {
        EventType::EFI_VARIABLE_AUTHORITY => authority_is_covered(bank, event, &variable),
        _ => variable.padding.is_empty() && event.covers_data(bank),
    };
    match event.event_type {
        EventType::EFI_VARIABLE_AUTHORITY => authority(&variable, covered),
        EventType::EFI_VARIABLE_BOOT | EventType::EFI_VARIABLE_BOOT2 => {
            boot_variable(&variable, covered, event.covers(bank, variable.data))
        }
        _ if event.pcr == 7 => (Topic::SecureBootVariable, said(policy(&variable), covered)),
        _ => {
            let words = format!("{}, {} bytes", variable.describe(), variable.data.len());
            (Topic::FirmwareConfiguration, said(words, covered))
        }
    }
}

/// The authority that let an image start, or what shim says of itself in the same form.
fn authority(variable: &Variable<'_>, covered: bool) -> (Topic, Option<Said>) {
    let name = &variable.name;
    if variable.guid == Guid::SHIM && (name.starts_with("Sbat") || name == "SBAT") {
        let level = text(variable.data).map_or_else(|| to_hex(variable.data), |t| one_line(&t));
        return (Topic::Sbat, said(level, covered));
    }
    if variable.guid == Guid::SHIM && variable.data.len() <= 8 {
        return (Topic::Mok, said(format!("{name}={}", to_hex(variable.data)), covered));
    }
    (Topic::Authority, said(format!("{name}: {}", signer(variable.data)), covered))
}

fn signer(data: &[u8]) -> String {
    match certificate_of(data) {
        Some(certificate) => common_name(&certificate),
        None => format!("{} bytes without a certificate", data.len()),
    }
}

/// EV_EFI_VARIABLE_BOOT: firmware hashes the content alone, so the words leave out the name
/// unless the digest is that of the whole (EV_EFI_VARIABLE_BOOT2; PFP 1.06, 10.4.1).
fn boot_variable(
    variable: &Variable<'_>,
    whole_covered: bool,
    content_covered: bool,
) -> (Topic, Option<Said>) {
    let content = if variable.name == "BootOrder" {
        let option = |pair: &[u8]| match pair {
            [low, high] => format!("Boot{high:02X}{low:02X}"),
            _ => "?".to_owned(),
        };
        variable.data.chunks(2).map(option).collect::<Vec<_>>().join(", ")
    } else {
        LoadOption::parse(variable.data).map(|option| option.to_string()).unwrap_or_default()
    };
    let words = if whole_covered || !content_covered {
        if content.is_empty() {
            variable.name.clone()
        } else {
            format!("{}: {content}", variable.name)
        }
    } else {
        content
    };
    (Topic::BootOption, said(words, whole_covered || content_covered))
}

/// A variable of PCR 7.
fn policy(variable: &Variable<'_>) -> String {
    let name = &variable.name;
    if variable.data.len() <= 1 {
        let value = to_hex(variable.data);
        return if value.is_empty() {
            format!("{name} is empty")
        } else {
            format!("{name}={value}")
        };
    }
    let Ok(list) = SignatureList::parse(variable.data) else {
        return format!("{name}, {} bytes", variable.data.len());
    };
    let subjects: Vec<String> = list
        .entries()
        .iter()
        .filter(|entry| entry.kind == SignatureKind::X509)
        .filter_map(|entry| Some(common_name(&certificate_of(entry.signature)?)))
        .collect();
    let hashes = list.entries().iter().filter(|e| e.kind != SignatureKind::X509).count();
    let mut parts = subjects;
    if hashes > 0 {
        parts.push(format!("{hashes} hashes"));
    }
    format!("{name}: {}", parts.join("; "))
}
