//! Groups E and G48: the event log can be read, and its separators stand where they must.

use trustboard_model::bytes::to_hex;
use trustboard_model::check::CheckId;
use trustboard_model::facts::HostFacts;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::{Reason, ReasonCode};

use super::register_types::register_types;
use crate::eventlog::{Event, EventLog, EventType, Format, LogErrorKind, ReplayedLog};
use crate::input::{History, Log};
use crate::verdict::Ledger;

/// E41. Gives the bytes of the log, if there are any.
pub(crate) fn log_bytes<'a>(
    log: Log<'a>,
    facts: &HostFacts,
    history: &History,
    ledger: &mut Ledger,
) -> Option<&'a [u8]> {
    match log {
        Log::Bytes([]) | Log::Absent => {
            ledger.refuse(missing(facts, history));
            None
        }
        Log::NotKept(digest) => {
            let why = format!("log {digest} is no longer stored; the next answer brings it again");
            ledger.skip(CheckId::LogPresent, why);
            None
        }
        Log::Bytes(bytes) => {
            ledger.pass(CheckId::LogPresent, format!("{} bytes", bytes.len()));
            Some(bytes)
        }
    }
}

/// E36 to E39. Gives the log if it can be read.
pub(crate) fn read_log<'a>(bytes: &'a [u8], ledger: &mut Ledger) -> Option<EventLog<'a>> {
    let log = match EventLog::parse(bytes) {
        Ok(log) => log,
        Err(error) => {
            let code = match error.kind {
                LogErrorKind::Truncated => ReasonCode::LogTruncated,
                LogErrorKind::Malformed => ReasonCode::LogMalformed,
            };
            ledger.refuse(
                Reason::new(code).at(format!("event {}", error.event)).found(&error.problem),
            );
            return None;
        }
    };
    let format = match log.format() {
        Format::CryptoAgile { .. } => "crypto-agile",
        Format::Sha1 => "SHA-1 format",
    };
    ledger.pass(CheckId::LogStructure, format!("{} events, {format}", log.len()));
    log_rules(&log, ledger);
    Some(log)
}

/// E38, E39
pub(crate) fn log_rules(log: &EventLog<'_>, ledger: &mut Ledger) {
    no_action(log, ledger);
    event_types(log, ledger);
    register_types(log, ledger);
}

/// E41. With Secure Boot off GRUB starts Linux past the kernel's EFI stub, which alone hands the
/// firmware's log on: both are mended by switching Secure Boot on. What the variable says is a
/// claim, so it decides how the refusal is told, never whether.
fn missing(facts: &HostFacts, history: &History) -> Reason {
    let why = facts.log_absent.as_deref().unwrap_or("the host does not say why");
    let refuse = |code| Reason::new(code).expected("the firmware's event log").found(why);
    match (facts.secure_boot_variable, history.secure_boot_on_at) {
        (Some(false), Some(at)) => refuse(ReasonCode::LogMissingSecureBootOff).with("last_on", at),
        (Some(false), None) => refuse(ReasonCode::LogMissingSecureBootOff),
        (Some(true) | None, _) => refuse(ReasonCode::LogMissing),
    }
}

/// E38: EV_NO_ACTION extends nothing, so its digest is zero (PFP 1.06, 10.4.1); StartupLocality
/// stands once, before PCR 0 is extended, and is 0, 3 or 4 (10.4.5.3).
fn no_action(log: &EventLog<'_>, ledger: &mut Ledger) {
    let mut pcr0_extended = false;
    let mut locality_seen = false;
    for event in log.insecure_events() {
        pcr0_extended |= event.extends() && event.pcr == 0;
        if event.extends() {
            continue;
        }
        // Windows closes its logs with an EV_NO_ACTION for no register that carries a digest.
        let of_a_register = event.pcr < u32::from(PcrIndex::COUNT);
        if of_a_register && event.digests().any(|(_, digest)| digest.iter().any(|&b| b != 0)) {
            ledger.refuse(
                Reason::new(ReasonCode::NoActionExtends)
                    .at(event.place())
                    .expected("a digest of zeros in EV_NO_ACTION")
                    .found("another digest"),
            );
        }
        let named = event.data.starts_with(b"StartupLocality");
        if named && event.pcr == 0 {
            let problem = match event.startup_locality() {
                _ if locality_seen => Some("a second StartupLocality".to_owned()),
                _ if pcr0_extended => Some("StartupLocality after PCR 0 was extended".to_owned()),
                Some(0 | 3 | 4) => None,
                Some(other) => Some(format!("locality {other}")),
                None => Some("StartupLocality without a locality".to_owned()),
            };
            locality_seen = true;
            if let Some(problem) = problem {
                ledger.refuse(
                    Reason::new(ReasonCode::StartupLocalityMisplaced)
                        .at(event.place())
                        .expected("0, 3 or 4, once, before the first event of PCR 0")
                        .found(problem),
                );
            }
        }
    }
    let locality = log.startup_locality().map_or("not named".to_owned(), |l| l.to_string());
    ledger.pass(CheckId::LogNoAction, format!("startup locality {locality}"));
}

/// E39 and G46: types are not covered by digests, so where types decide what is believed, only
/// known ones may stand. Elsewhere unknown types are tolerated (firmware has its own, as 0x8401).
fn event_types(log: &EventLog<'_>, ledger: &mut Ledger) {
    let mut refused = false;
    for event in log.insecure_events().iter().filter(|event| event.extends()) {
        let expected = match event.pcr {
            4 if !allowed_in_pcr4(event) => "an application, action, separator or IPL event",
            7 if !allowed_in_pcr7(event) => {
                "a Secure Boot variable, authority, action or separator"
            }
            index if index >= u32::from(PcrIndex::COUNT) => "a PCR from 0 to 23",
            _ => continue,
        };
        refused = true;
        ledger.refuse(
            Reason::new(ReasonCode::EventTypeNotAllowed)
                .at(event.place())
                .expected(expected)
                .found(event.event_type),
        );
    }
    if !refused {
        ledger.pass(CheckId::LogEventTypes, "PCR 4 and PCR 7 hold only known types");
    }
}

/// PFP 1.06, 3.3.4.5: boot applications and what announces them; shim and GRUB add EV_IPL.
fn allowed_in_pcr4(event: &Event<'_>) -> bool {
    [
        EventType::SEPARATOR,
        EventType::EFI_ACTION,
        EventType::EFI_BOOT_SERVICES_APPLICATION,
        EventType::IPL,
        EventType::OMIT_BOOT_DEVICE_EVENTS,
    ]
    .contains(&event.event_type)
}

/// PFP 1.06, 3.3.4.8.
pub(super) fn allowed_in_pcr7(event: &Event<'_>) -> bool {
    match event.event_type {
        EventType::EFI_VARIABLE_DRIVER_CONFIG
        | EventType::EFI_VARIABLE_AUTHORITY
        | EventType::SEPARATOR
        | EventType::EFI_SPDM_DEVICE_POLICY
        | EventType::EFI_SPDM_DEVICE_AUTHORITY => true,
        // The only actions that the profile and Windows' firmware requirements put here.
        EventType::EFI_ACTION => {
            [&b"UEFI Debug Mode"[..], b"DMA Protection Disabled"].contains(&without_nul(event.data))
        }
        _ => false,
    }
}

pub(super) fn without_nul(text: &[u8]) -> &[u8] {
    text.strip_suffix(&[0]).unwrap_or(text)
}

/// G48: exactly one separator in each of PCR 0 to 7. A second one or an error tells more than a
/// missing one elsewhere.
pub(crate) fn separators(log: &ReplayedLog<'_>, ledger: &mut Ledger) {
    let mut unproven = Vec::new();
    let mut refusals = Vec::new();
    for pcr in PcrIndex::all().take(8) {
        match log.events(pcr) {
            Some(events) => refusals.extend(separator_refusal(log, pcr, events)),
            None => unproven.push(pcr),
        }
    }
    refusals.sort_by_key(|reason| std::cmp::Reverse(reason.code));
    for reason in refusals {
        ledger.refuse(reason);
    }
    if unproven.is_empty() {
        ledger.pass(CheckId::Separators, "one in each of PCR 0-7");
    } else {
        let unproven = crate::tpm::ranges(&unproven);
        ledger.skip(CheckId::Separators, format!("the log does not explain PCR {unproven}"));
    }
}

/// One register: one separator of four zeros or four 0xFF, with its digest; the number 1 says
/// that the firmware met an error (PFP 1.06, 10.4.1).
pub(super) fn separator_refusal(
    log: &ReplayedLog<'_>,
    pcr: PcrIndex,
    events: &[Event<'_>],
) -> Option<Reason> {
    let refuse = |code, place: String, expected: &str, found: String| {
        Some(Reason::new(code).at(place).expected(expected).found(found).with("pcr", pcr))
    };
    let mut of_pcr = events.iter().filter(|event| event.event_type == EventType::SEPARATOR);
    let Some(separator) = of_pcr.next() else {
        let place = format!("PCR {pcr}");
        return refuse(ReasonCode::SeparatorMissing, place, "one separator", "none".to_owned());
    };
    let regular = matches!(separator.data, [0, 0, 0, 0] | [0xFF, 0xFF, 0xFF, 0xFF]);
    if !regular || !log.covers_data(separator) {
        let data = to_hex(separator.data.get(..8).unwrap_or(separator.data));
        let covered =
            if log.covers_data(separator) { "" } else { ", which its digest does not cover" };
        let found = format!("{data}{covered}");
        let expected = "00000000 or ffffffff";
        return refuse(ReasonCode::SeparatorError, separator.place(), expected, found);
    }
    let second = of_pcr.next()?;
    let found = format!("a second one after event {}", separator.number);
    refuse(ReasonCode::SeparatorDuplicate, second.place(), "one separator", found)
}
