//! Group G: the course of the boot, as PCR 2, 4, 5 and 7 prove it.
//!
//! Types of events are anybody's words, digests are not: an action is looked for by the digest of
//! its text, so that calling it something else does not hide it.

use trustboard_model::boot::Said;
use trustboard_model::check::CheckId;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::{Reason, ReasonCode};

use crate::eventlog::{Event, EventType, ReplayedLog};
use crate::verdict::Ledger;

/// Actions of PFP 1.06, 10.4.4.
const CALLING: &[u8] = b"Calling EFI Application from Boot Option";
const RETURNING: &[u8] = b"Returning from EFI Application from Boot Option";
const LEAVING: &[u8] = b"Exit Boot Services Invocation";
const LEFT: &[u8] = b"Exit Boot Services Returned with Success";
const NOT_LEFT: &[u8] = b"Exit Boot Services Returned with Failure";
const NO_DMA_PROTECTION: &[u8] = b"DMA Protection Disabled";

/// G49 to G52.
pub(crate) fn course(log: &ReplayedLog<'_>, ledger: &mut Ledger) {
    applications(log, ledger);
    services_left(log, ledger);
    option_roms(log, ledger);
    dma_protection(log, ledger);
}

/// The events of a register, if the log explains it; else the check is skipped.
fn events<'l, 'a>(
    log: &'l ReplayedLog<'a>,
    pcr: u8,
    check: CheckId,
    ledger: &mut Ledger,
) -> Option<&'l [Event<'a>]> {
    // The callers name registers below 24.
    let events = PcrIndex::try_from(pcr).ok().and_then(|pcr| log.events(pcr));
    if events.is_none() {
        ledger.skip(check, format!("the log does not explain PCR {pcr}"));
    }
    events
}

/// G49. Peers differ: go-tpm-tools refuses an application before the first call unless it is told
/// to allow it, others do not look. Makers' own agents run there on genuine hosts, so by default
/// it is a warning, as is a boot option that gave up: what ran after it is measured all the same.
fn applications(log: &ReplayedLog<'_>, ledger: &mut Ledger) {
    let check = CheckId::BootApplications;
    let Some(pcr4) = events(log, 4, check, ledger) else { return };
    // Older firmware measures its actions into PCR 5.
    let Some(pcr5) = events(log, 5, check, ledger) else { return };
    let actions = |text: &'static [u8]| {
        let is_it = move |event: &&Event<'_>| event.covers(log.bank(), text);
        pcr4.iter().chain(pcr5).filter(is_it)
    };
    if let Some(returned) = actions(RETURNING).min_by_key(|event| event.number) {
        ledger.refuse(
            Reason::new(ReasonCode::BootOptionFailed)
                .at(returned.place())
                .expected("a boot option that starts the operating system")
                .found(format!("{} boot options that gave up", actions(RETURNING).count())),
        );
        return;
    }
    let Some(called) = actions(CALLING).map(|event| event.number).min() else {
        ledger.skip(check, "the firmware does not say when it calls a boot option");
        return;
    };
    let early = pcr4.iter().find(|event| {
        event.event_type == EventType::EFI_BOOT_SERVICES_APPLICATION && event.number < called
    });
    match early {
        Some(event) => ledger.refuse(
            Reason::new(ReasonCode::ApplicationBeforeOption)
                .at(event.place())
                .expected("no application before a boot option is called")
                .found(path(log, event)),
        ),
        None => ledger.pass(check, format!("{} calls", actions(CALLING).count())),
    }
}

/// G50. go-tpm-tools believes no application without it; elsewhere nobody looks. Firmware that
/// stops logging earlier is in genuine hosts, and PCR 5 is quoted whatever the log says: a log
/// that was cut there does not explain it. So a log without it is a warning.
fn services_left(log: &ReplayedLog<'_>, ledger: &mut Ledger) {
    let check = CheckId::BootServicesLeft;
    let Some(events) = events(log, 5, check, ledger) else { return };
    let is_there = |text: &[u8]| events.iter().any(|event| event.covers(log.bank(), text));
    if is_there(LEAVING) && is_there(LEFT) {
        // Linux calls again with a fresh memory map if the first call fails.
        let twice = if is_there(NOT_LEFT) { ", after a failure" } else { "" };
        ledger.pass(check, format!("left{twice}"));
        return;
    }
    let found = match (is_there(LEAVING), is_there(NOT_LEFT)) {
        (_, true) => "Exit Boot Services Returned with Failure",
        (true, false) => "Exit Boot Services Invocation alone",
        (false, false) => "neither",
    };
    ledger.refuse(
        Reason::new(ReasonCode::BootServicesNotLeft)
            .at("PCR 5")
            .expected("Exit Boot Services Invocation and Returned with Success")
            .found(found),
    );
}

/// G51. Where code came from stands in a path that no digest covers: a hint, weaker than the
/// digest itself, which PCR 2 proves. Only policies that want no such code make it a failure.
fn option_roms(log: &ReplayedLog<'_>, ledger: &mut Ledger) {
    let Some(events) = events(log, 2, CheckId::OptionRoms, ledger) else { return };
    let of_devices: Vec<_> = events.iter().filter(|event| is_option_rom(log, event)).collect();
    match of_devices.first() {
        None => ledger.pass(CheckId::OptionRoms, "none measured"),
        Some(event) => ledger.refuse(
            Reason::new(ReasonCode::OptionRomLoaded)
                .at(event.place())
                .expected("no code of a device")
                .found(format!("{} ({} in all)", path(log, event), of_devices.len())),
        ),
    }
}

fn is_option_rom(log: &ReplayedLog<'_>, event: &Event<'_>) -> bool {
    let is_image = [
        EventType::EFI_BOOT_SERVICES_DRIVER,
        EventType::EFI_RUNTIME_SERVICES_DRIVER,
        EventType::EFI_BOOT_SERVICES_APPLICATION,
    ]
    .contains(&event.event_type);
    is_image && crate::meaning::is_of_a_device(&path(log, event))
}

/// G52. Windows' firmware requirements put the action into PCR 7 when the IOMMU is off at boot.
fn dma_protection(log: &ReplayedLog<'_>, ledger: &mut Ledger) {
    let Some(events) = events(log, 7, CheckId::DmaProtection, ledger) else { return };
    let with_zero = [NO_DMA_PROTECTION, &[0]].concat();
    let disabled = events.iter().find(|event| {
        event.covers(log.bank(), NO_DMA_PROTECTION) || event.covers(log.bank(), &with_zero)
    });
    match disabled {
        None => ledger.pass(CheckId::DmaProtection, "not measured as disabled"),
        Some(event) => ledger.refuse(
            Reason::new(ReasonCode::DmaProtectionDisabled)
                .at(event.place())
                .expected("memory protected from devices")
                .found("DMA Protection Disabled"),
        ),
    }
}

/// The words beside an image's digest, which prove nothing.
fn path(log: &ReplayedLog<'_>, event: &Event<'_>) -> String {
    let words = log.meaning(event).1.map(|Said { text, .. }| text);
    words.unwrap_or_else(|| "an image without a path".to_owned())
}
