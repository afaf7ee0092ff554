//! Group H and G52: what PCR 7 proves about Secure Boot.
//!
//! Every event is read through a replayed log, and its data is believed only where the digest is
//! that of the data: types and undigested data are anybody's words (G46). The rules:
//!
//! * only allowed event types stand in PCR 7 (`check/log.rs`);
//! * SecureBoot, PK, KEK, db and dbx stand once each, before the separator, under their GUIDs,
//!   and no variable stands after it;
//! * an authority's data is covered by its digest, but for shim's one historic padding;
//! * an authority is one of db's signatures and none of dbx's, or is shim's.

mod authority;
mod currency;
mod shim;
mod variables;

use trustboard_model::appraisal::SecureBoot;
use trustboard_model::check::CheckId;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::{Reason, ReasonCode};

use self::authority::authorities;
use self::variables::{Variables, place_of, read_variables};
use super::log::{allowed_in_pcr7, separator_refusal, without_nul};
use crate::boot::LastOn;
use crate::eventlog::{Event, EventType, ReplayedLog};
use crate::secure_boot::{OfficialRevocations, SignatureList, certificate_of};
use crate::verdict::Ledger;

const CHECKS: [CheckId; 11] = [
    CheckId::SecureBootVariables,
    CheckId::SecureBootEnabled,
    CheckId::SecureBootKeys,
    CheckId::SecureBootAuthority,
    CheckId::SecureBootTestKey,
    CheckId::SecureBootDebug,
    CheckId::SecureBootMode,
    CheckId::ShimValidation,
    CheckId::MachineOwnerKeys,
    CheckId::SecureBootRevocations,
    CheckId::SecureBootRollover,
];

/// What is asked only of a host with Secure Boot on.
const OF_SECURE_BOOT_ON: [CheckId; 7] = [
    CheckId::SecureBootKeys,
    CheckId::SecureBootAuthority,
    CheckId::SecureBootMode,
    CheckId::ShimValidation,
    CheckId::MachineOwnerKeys,
    CheckId::SecureBootRevocations,
    CheckId::SecureBootRollover,
];

/// Makes all checks of the group and says what is proven.
pub(crate) fn secure_boot(
    log: &ReplayedLog<'_>,
    last_on: &LastOn,
    official: Option<&OfficialRevocations>,
    ledger: &mut Ledger,
) -> SecureBoot {
    // PCR 7; the index is below 24.
    let events = PcrIndex::try_from(7).ok().and_then(|pcr| log.events(pcr));
    let Some(events) = events else {
        skip_all("the log does not explain PCR 7", ledger);
        return SecureBoot::Unknown;
    };
    let refused = PcrIndex::try_from(7).ok().and_then(|pcr| separator_refusal(log, pcr, events));
    if refused.is_some() || !events.iter().all(allowed_in_pcr7) {
        let why = "PCR 7 holds events whose meaning is not certain";
        skip_all(why, ledger);
        return SecureBoot::Unknown;
    }
    if let Some(forged) = events.iter().find(|event| is_of_spdm(event) && !log.covers_data(event)) {
        ledger.refuse(
            Reason::new(ReasonCode::SecureBootDataForged)
                .at(forged.place())
                .expected("data whose hash is the event's digest")
                .found(format!("{}, which the digest does not cover", forged.event_type)),
        );
        skip_all("an event of PCR 7 cannot be believed", ledger);
        return SecureBoot::Unknown;
    }
    debug_mode(log, events, ledger);
    let separator = events.iter().position(|event| event.event_type == EventType::SEPARATOR);
    let (before, after) = events.split_at(separator.unwrap_or(events.len()));
    let is_variable =
        |event: &&Event<'_>| event.event_type == EventType::EFI_VARIABLE_DRIVER_CONFIG;
    if !events.iter().any(|event| is_variable(&event)) {
        unsupported("the firmware measured no Secure Boot variable", ledger);
        return SecureBoot::Unsupported;
    }
    if let Some(late) = after.iter().find(is_variable) {
        ledger.refuse(
            Reason::new(ReasonCode::SecureBootVariableMisplaced)
                .at(late.place())
                .expected("no variable after the separator")
                .found("one"),
        );
    }
    let Some(variables) = read_variables(log, before, ledger) else {
        skip_all("the variables are refused", ledger);
        return SecureBoot::Unknown;
    };
    ledger.pass(CheckId::SecureBootVariables, "SecureBoot, PK, KEK, db and dbx, once each");
    test_key(&variables.pk, ledger);
    match variables.secure_boot {
        [1] if ledger.refused(CheckId::SecureBootVariables) => {
            skip_all("the variables are refused", ledger);
            SecureBoot::Unknown
        }
        [1] => {
            ledger.pass(CheckId::SecureBootEnabled, "SecureBoot is 01");
            keys(&variables, ledger);
            authorities(log, &variables, before, after, ledger);
            mode(&variables, ledger);
            shim::validation(log, events, ledger);
            shim::machine_owner_keys(log, events, ledger);
            currency::revocations(log, before, &variables.dbx, official, ledger);
            currency::rollover(&variables, ledger);
            SecureBoot::On
        }
        [0] => {
            let mut reason = Reason::new(ReasonCode::SecureBootDisabled)
                .at(place_of(log, before, "SecureBoot"))
                .expected("SecureBoot = 1")
                .found("SecureBoot = 0");
            if let Some(at) = last_on.get() {
                reason = reason.with("last_on", at);
            }
            ledger.refuse(reason);
            for check in OF_SECURE_BOOT_ON {
                ledger.not_applicable(check, "Secure Boot is off");
            }
            SecureBoot::Off
        }
        [] => {
            unsupported("SecureBoot is empty", ledger);
            SecureBoot::Unsupported
        }
        other => {
            ledger.refuse(
                Reason::new(ReasonCode::SecureBootVariableMalformed)
                    .at(place_of(log, before, "SecureBoot"))
                    .expected("one byte, 00 or 01")
                    .found(format!("{} bytes, or another value", other.len())),
            );
            SecureBoot::Unknown
        }
    }
}

/// Policies and authorities of devices are variables too, covered as a whole (PFP 1.06, 10.4.1):
/// nothing that says otherwise may hide behind their types.
fn is_of_spdm(event: &Event<'_>) -> bool {
    [EventType::EFI_SPDM_DEVICE_POLICY, EventType::EFI_SPDM_DEVICE_AUTHORITY]
        .contains(&event.event_type)
}

fn skip_all(why: &str, ledger: &mut Ledger) {
    for check in CHECKS {
        ledger.skip(check, why);
    }
}

/// H54: neither on nor off. Not an error of the log: such firmware exists.
fn unsupported(found: &str, ledger: &mut Ledger) {
    ledger.refuse(
        Reason::new(ReasonCode::SecureBootUnsupported)
            .at("PCR 7")
            .expected("SecureBoot, one byte")
            .found(found),
    );
    for check in CHECKS {
        ledger.not_applicable(check, found);
    }
}

/// H55, first half.
fn keys(variables: &Variables<'_>, ledger: &mut Ledger) {
    let lists = [("PK", &variables.pk), ("KEK", &variables.kek), ("db", &variables.db)];
    let empty: Vec<_> =
        lists.iter().filter(|(_, list)| list.is_empty()).map(|(name, _)| *name).collect();
    if empty.is_empty() {
        let counts: Vec<String> =
            lists.iter().map(|(name, list)| format!("{name} {}", list.entries().len())).collect();
        ledger.pass(CheckId::SecureBootKeys, counts.join(", "));
    } else {
        ledger.refuse(
            Reason::new(ReasonCode::SecureBootKeysMissing)
                .at("PCR 7")
                .expected("PK, KEK and db with at least one key each")
                .found(format!("{} empty", empty.join(", "))),
        );
    }
}

/// H55: in setup mode anybody may replace the keys, and in audit mode nothing is enforced (UEFI
/// 2.10, 32.3). Most firmware does not measure its mode; DeployedMode 0 is the usual user mode.
fn mode(variables: &Variables<'_>, ledger: &mut Ledger) {
    let open: Vec<&str> = variables
        .modes
        .iter()
        .filter(|(name, value)| *name != "DeployedMode" && *value != [0])
        .map(|(name, _)| *name)
        .collect();
    if !open.is_empty() {
        ledger.refuse(
            Reason::new(ReasonCode::SecureBootSetupMode)
                .at("PCR 7")
                .expected("user mode or deployed mode")
                .found(format!("{} is set", open.join(", "))),
        );
    } else if variables.modes.is_empty() {
        ledger.not_applicable(CheckId::SecureBootMode, "the firmware does not measure its mode");
    } else {
        let deployed = variables.modes.contains(&("DeployedMode", &[1][..]));
        let mode = if deployed { "deployed mode" } else { "user mode" };
        ledger.pass(CheckId::SecureBootMode, mode);
    }
}

/// H58: platform keys that their makers marked as not for products (CVE-2024-8105, "PKfail").
fn test_key(pk: &SignatureList<'_>, ledger: &mut Ledger) {
    let marks = ["DO NOT TRUST", "DO NOT SHIP"];
    let subject = pk.entries().iter().find_map(|entry| {
        let certificate = certificate_of(entry.whole)?;
        let names = format!("{}, {}", certificate.subject, certificate.issuer).to_uppercase();
        marks.iter().any(|mark| names.contains(mark)).then(|| certificate.subject.to_string())
    });
    match subject {
        Some(subject) => ledger.refuse(
            Reason::new(ReasonCode::SecureBootTestKey)
                .at("PCR 7 (PK)")
                .expected("a platform key of the host's maker or owner")
                .found(subject),
        ),
        None if pk.is_empty() => ledger.not_applicable(CheckId::SecureBootTestKey, "PK is empty"),
        None => ledger.pass(CheckId::SecureBootTestKey, "PK is not marked as a test key"),
    }
}

/// G52. "DMA Protection Disabled" is another check's (`check/boot.rs`).
fn debug_mode(log: &ReplayedLog<'_>, events: &[Event<'_>], ledger: &mut Ledger) {
    let actions = || events.iter().filter(|event| event.event_type == EventType::EFI_ACTION);
    if let Some(forged) = actions().find(|event| !log.covers_data(event)) {
        // The text is not what was extended: it may have been anything.
        ledger.refuse(
            Reason::new(ReasonCode::SecureBootDebugMode)
                .at(forged.place())
                .expected("an action whose digest covers it")
                .found("one whose digest does not"),
        );
    } else if let Some(debug) = actions().find(|e| without_nul(e.data) == b"UEFI Debug Mode") {
        ledger.refuse(
            Reason::new(ReasonCode::SecureBootDebugMode)
                .at(debug.place())
                .expected("no debugger")
                .found("UEFI Debug Mode"),
        );
    } else {
        let notes: Vec<_> =
            actions().map(|event| String::from_utf8_lossy(without_nul(event.data))).collect();
        let seen = if notes.is_empty() { "no debug mode".to_owned() } else { notes.join(", ") };
        ledger.pass(CheckId::SecureBootDebug, seen);
    }
}
