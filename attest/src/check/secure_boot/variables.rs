//! H53, H59: the variables that PCR 7 must hold, each once and covered by its digest.

use trustboard_model::reason::{Reason, ReasonCode};

use crate::eventlog::{Event, EventType, ReplayedLog};
use crate::secure_boot::{Guid, SignatureList, Variable};
use crate::verdict::Ledger;

/// The variables that PFP 1.06, 3.3.4.8 demands in PCR 7, with their name spaces.
const VARIABLES: [(&str, Guid); 5] = [
    ("SecureBoot", Guid::GLOBAL),
    ("PK", Guid::GLOBAL),
    ("KEK", Guid::GLOBAL),
    ("db", Guid::IMAGE_SECURITY),
    ("dbx", Guid::IMAGE_SECURITY),
];

const MODES: [&str; 3] = ["SetupMode", "AuditMode", "DeployedMode"];

/// What the variables say, all covered by their digests.
pub(super) struct Variables<'a> {
    pub secure_boot: &'a [u8],
    pub pk: SignatureList<'a>,
    pub kek: SignatureList<'a>,
    pub db: SignatureList<'a>,
    pub dbx: SignatureList<'a>,
    /// SetupMode, AuditMode and DeployedMode, where they are measured.
    pub modes: Vec<(&'static str, &'a [u8])>,
}

/// H53, H59
pub(super) fn read_variables<'a>(
    log: &ReplayedLog<'_>,
    before: &[Event<'a>],
    ledger: &mut Ledger,
) -> Option<Variables<'a>> {
    let mut modes = Vec::new();
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
        if let Some(name) = MODES.into_iter().find(|name| *name == variable.name) {
            modes.push((name, variable.data));
        }
        // The modes, dbt, dbr, ...: measured by some, demanded by none.
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
    Some(Variables { secure_boot: secure_boot.unwrap_or_default(), pk, kek, db, dbx, modes })
}

/// `PCR 7, event 3 (SecureBoot)`
pub(super) fn place_of(log: &ReplayedLog<'_>, events: &[Event<'_>], name: &str) -> String {
    let named = |event: &&Event<'_>| {
        log.covers_data(event) && Variable::parse(event.data).is_ok_and(|found| found.name == name)
    };
    match events.iter().find(named) {
        Some(event) => format!("{} ({name})", event.place()),
        None => format!("PCR 7 ({name})"),
    }
}
