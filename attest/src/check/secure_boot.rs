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

use trustboard_model::appraisal::SecureBoot;
use trustboard_model::check::CheckId;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::{Reason, ReasonCode};

use super::log::{allowed_in_pcr7, separator_refusal, without_nul};
use crate::endorsement::Certificate;
use crate::eventlog::{Event, EventType, ReplayedLog};
use crate::input::History;
use crate::secure_boot::{Guid, SignatureKind, SignatureList, Variable};
use crate::verdict::Ledger;

const CHECKS: [CheckId; 6] = [
    CheckId::SecureBootVariables,
    CheckId::SecureBootEnabled,
    CheckId::SecureBootKeys,
    CheckId::SecureBootAuthority,
    CheckId::SecureBootTestKey,
    CheckId::SecureBootDebug,
];

/// The variables that PFP 1.06, 3.3.4.8 demands in PCR 7, with their name spaces.
const VARIABLES: [(&str, Guid); 5] = [
    ("SecureBoot", Guid::GLOBAL),
    ("PK", Guid::GLOBAL),
    ("KEK", Guid::GLOBAL),
    ("db", Guid::IMAGE_SECURITY),
    ("dbx", Guid::IMAGE_SECURITY),
];

/// What the variables say, all covered by their digests.
struct Variables<'a> {
    secure_boot: &'a [u8],
    pk: SignatureList<'a>,
    kek: SignatureList<'a>,
    db: SignatureList<'a>,
    dbx: SignatureList<'a>,
}

/// Makes all checks of the group and says what is proven.
pub(crate) fn secure_boot(
    log: &ReplayedLog<'_>,
    history: &History,
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
            SecureBoot::On
        }
        [0] => {
            let mut reason = Reason::new(ReasonCode::SecureBootDisabled)
                .at(place_of(log, before, "SecureBoot"))
                .expected("01")
                .found("00");
            if let Some(at) = history.secure_boot_on_at {
                reason = reason.with("last_on", at);
            }
            ledger.refuse(reason);
            for check in [CheckId::SecureBootKeys, CheckId::SecureBootAuthority] {
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

/// H53, H59
fn read_variables<'a>(
    log: &ReplayedLog<'_>,
    before: &[Event<'a>],
    ledger: &mut Ledger,
) -> Option<Variables<'a>> {
    let mut found: [Option<&'a [u8]>; VARIABLES.len()] = [None; VARIABLES.len()];
    let of_type = |event: &&Event<'_>| event.event_type == EventType::EFI_VARIABLE_DRIVER_CONFIG;
    for event in before.iter().filter(of_type) {
        let refuse = |code, expected: &str, seen: String| {
            Reason::new(code).at(event.place()).expected(expected).found(seen)
        };
        let variable = match Variable::parse(event.data) {
            Ok(variable) if variable.padding.is_empty() => variable,
            Ok(variable) => {
                let seen = format!("{} bytes more", variable.padding.len());
                let code = ReasonCode::SecureBootVariableMalformed;
                ledger.refuse(refuse(code, "UEFI_VARIABLE_DATA and nothing else", seen));
                return None;
            }
            Err(error) => {
                let code = ReasonCode::SecureBootVariableMalformed;
                ledger.refuse(refuse(code, "UEFI_VARIABLE_DATA", error.problem));
                return None;
            }
        };
        if !log.covers_data(event) {
            let seen = format!("{}, which the digest does not cover", variable.describe());
            let code = ReasonCode::SecureBootDataForged;
            ledger.refuse(refuse(code, "data whose hash is the event's digest", seen));
            return None;
        }
        // SetupMode, AuditMode, DeployedMode, dbt, dbr, ...: measured by some, demanded by none.
        let Some(slot) = VARIABLES.iter().position(|(name, _)| *name == variable.name) else {
            continue;
        };
        // `position` gave an index into an array of the same length.
        let ((name, guid), slot) = (VARIABLES[slot], &mut found[slot]);
        let misplaced = |expected: String, seen: String| {
            refuse(ReasonCode::SecureBootVariableMisplaced, &expected, seen).with("variable", name)
        };
        if variable.guid != guid {
            ledger.refuse(misplaced(format!("{name} ({guid})"), variable.describe()));
            return None;
        }
        if slot.replace(variable.data).is_some() {
            ledger.refuse(misplaced(format!("{name} once"), format!("{name} a second time")));
            return None;
        }
    }
    if let Some((name, _)) =
        VARIABLES.iter().zip(&found).find(|(_, found)| found.is_none()).map(|(wanted, _)| wanted)
    {
        ledger.refuse(
            Reason::new(ReasonCode::SecureBootVariableMisplaced)
                .at("PCR 7")
                .expected(format!("{name} before the separator"))
                .found("it is not measured there")
                .with("variable", name),
        );
        return None;
    }
    let [secure_boot, lists @ ..] = found;
    let mut lists = lists.into_iter().zip(["PK", "KEK", "db", "dbx"]).map(|(data, name)| {
        SignatureList::parse(data.unwrap_or_default()).map_err(|error| {
            Reason::new(ReasonCode::SecureBootVariableMalformed)
                .at(place_of(log, before, name))
                .expected("EFI signature lists")
                .found(error.problem)
                .with("variable", name)
        })
    });
    let mut next = || match lists.next()? {
        Ok(list) => Some(list),
        Err(reason) => {
            ledger.refuse(reason);
            None
        }
    };
    let (pk, kek, db, dbx) = (next()?, next()?, next()?, next()?);
    Some(Variables { secure_boot: secure_boot.unwrap_or_default(), pk, kek, db, dbx })
}

/// `PCR 7, event 3 (SecureBoot)`
fn place_of(log: &ReplayedLog<'_>, events: &[Event<'_>], name: &str) -> String {
    let named = |event: &&Event<'_>| {
        log.covers_data(event) && Variable::parse(event.data).is_ok_and(|found| found.name == name)
    };
    match events.iter().find(named) {
        Some(event) => format!("{} ({name})", event.place()),
        None => format!("PCR 7 ({name})"),
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

/// H55, second half, and H56.
fn authorities(
    log: &ReplayedLog<'_>,
    variables: &Variables<'_>,
    before: &[Event<'_>],
    after: &[Event<'_>],
    ledger: &mut Ledger,
) {
    let of_type = |event: &&Event<'_>| event.event_type == EventType::EFI_VARIABLE_AUTHORITY;
    let mut names = Vec::new();
    for event in before.iter().chain(after).filter(of_type) {
        match authority(log, variables, event) {
            Ok(name) if names.contains(&name) => {}
            Ok(name) => names.push(name),
            Err(reason) => {
                ledger.skip(CheckId::SecureBootAuthority, "an authority cannot be believed");
                ledger.refuse(*reason);
            }
        }
    }
    if !after.iter().any(|event| of_type(&event)) {
        ledger.refuse(
            Reason::new(ReasonCode::SecureBootAuthorityMissing)
                .at("PCR 7, after the separator")
                .expected("at least one authority")
                .found("none"),
        );
    }
    ledger.pass(CheckId::SecureBootAuthority, names.join(", "));
}

/// One authority: its name if it is acceptable.
fn authority(
    log: &ReplayedLog<'_>,
    variables: &Variables<'_>,
    event: &Event<'_>,
) -> Result<String, Box<Reason>> {
    let refuse = |code, expected: &str, found: String| {
        Box::new(Reason::new(code).at(event.place()).expected(expected).found(found))
    };
    let variable = Variable::parse(event.data).map_err(|error| {
        refuse(ReasonCode::SecureBootVariableMalformed, "UEFI_VARIABLE_DATA", error.problem)
    })?;
    if !authority_is_covered(log, event, &variable) {
        let found = format!("{}, which the digest does not cover", variable.describe());
        let expected = "data whose hash is the event's digest";
        return Err(refuse(ReasonCode::SecureBootDataForged, expected, found));
    }
    let who = |data: &[u8]| match certificate_of(data) {
        Some(certificate) => certificate.subject.to_string(),
        None => format!("{} bytes without a certificate", data.len()),
    };
    if is_revoked(&variables.dbx, variable.data) {
        let found = who(variable.data);
        return Err(refuse(ReasonCode::SecureBootAuthorityRevoked, "no authority of dbx", found));
    }
    match (variable.guid, &variable.name[..]) {
        // db as the firmware uses it, and as old shims name what they find in it.
        (Guid::IMAGE_SECURITY, "db") if variables.db.contains(variable.data) => {
            Ok(format!("db: {}", who(variable.data)))
        }
        // shim's own certificate, which lies in the signed shim; the machine owner's keys; and
        // shim's state (README.tpm of shim).
        (Guid::IMAGE_SECURITY, "vendor_db")
        | (Guid::SHIM, "Shim" | "MokList" | "MokListTrusted" | "SbatLevel" | "MokSBState") => {
            Ok(variable.name.clone())
        }
        _ => {
            let found = format!("{}: {}", variable.describe(), who(variable.data));
            Err(refuse(ReasonCode::SecureBootAuthorityUnknown, "an authority of db", found))
        }
    }
}

/// H56: shims before version 15.3 hash all but the last of six bytes with which they pad the
/// structure. Exactly that is accepted; the padding is no part of what is believed.
fn authority_is_covered(log: &ReplayedLog<'_>, event: &Event<'_>, variable: &Variable<'_>) -> bool {
    const SHIM_PADDING: usize = 6;
    match variable.padding.len() {
        0 => log.covers_data(event),
        SHIM_PADDING => {
            let hashed = event.data.split_last().map_or(&[][..], |(_, hashed)| hashed);
            log.covers(event, hashed)
        }
        _ => false,
    }
}

/// Whether dbx lists this certificate or hash: as itself, or as the hash of its TBS part.
fn is_revoked(dbx: &SignatureList<'_>, data: &[u8]) -> bool {
    const OWNER: usize = 16;
    let bare = data.get(OWNER..).unwrap_or_default();
    dbx.entries().iter().any(|entry| match entry.kind {
        SignatureKind::X509 | SignatureKind::Sha256 => {
            entry.signature == data || entry.signature == bare
        }
        SignatureKind::X509Hash => certificate_of(data)
            .is_some_and(|certificate| entry.signature.starts_with(&certificate.tbs_sha256().0)),
        SignatureKind::Other(_) => false,
    })
}

/// The certificate of an EFI_SIGNATURE_DATA, or one that stands alone.
fn certificate_of(data: &[u8]) -> Option<Certificate> {
    const OWNER: usize = 16;
    let parse = |bytes: &[u8]| Certificate::parse("authority", bytes).ok();
    parse(data).or_else(|| parse(data.get(OWNER..)?))
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

/// G52. "DMA Protection Disabled" is tolerated until policies can ask for it.
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
