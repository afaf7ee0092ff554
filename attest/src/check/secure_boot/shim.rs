//! H60: what shim was told, and whose keys it used.

use trustboard_model::check::CheckId;
use trustboard_model::reason::{Reason, ReasonCode};

use crate::eventlog::{Event, ReplayedLog};
use crate::secure_boot::{Guid, Variable, authority_is_covered, certificate_of, common_name};
use crate::verdict::Ledger;

const STATE: &str = "MokSBState";

/// Whether shim verifies what it starts: with MokSBState set to 1 it does not, and Secure Boot
/// says nothing of the boot loader and the kernel. shim measures the state into PCR 7 (README.tpm);
/// it is found by its digest, whatever type and words the log gives the event.
pub(super) fn validation(log: &ReplayedLog<'_>, events: &[Event<'_>], ledger: &mut Ledger) {
    let disabled = Variable::marshal(Guid::SHIM, STATE, &[1]);
    match events.iter().find(|event| event.covers(log.bank(), &disabled)) {
        Some(event) => ledger.refuse(
            Reason::new(ReasonCode::ShimValidationDisabled)
                .at(event.place())
                .expected("MokSBState not set")
                .found("MokSBState=01"),
        ),
        None => ledger.pass(CheckId::ShimValidation, "MokSBState is not set"),
    }
}

/// Whether an image was let start by a key of the machine owner's list. Such a key is somebody's
/// decision on that machine, so it is shown; whether it is a fault is the policy's.
///
/// Since shim 15.7 its own certificate and the owner's keys are verified from one list and logged
/// as `MokListRT`: shim does not say which kind it was, so that passes, with the key's name. What
/// the lists hold is not measured by value; PCR 14 proves that they are those of an approved
/// configuration.
pub(super) fn machine_owner_keys(log: &ReplayedLog<'_>, events: &[Event<'_>], ledger: &mut Ledger) {
    let mut of_shim = Vec::new();
    for event in events {
        let Ok(variable) = Variable::parse(event.data) else { continue };
        let covered = authority_is_covered(log.bank(), event, &variable);
        let Some(key) = certificate_of(variable.data).filter(|_| covered) else { continue };
        match (variable.guid, &variable.name[..]) {
            (Guid::SHIM, "MokList") => {
                ledger.refuse(
                    Reason::new(ReasonCode::MachineOwnerKeyUsed)
                        .at(event.place())
                        .expected("a key of db or of the distribution")
                        .found(format!("MokList: {}", common_name(&key))),
                );
                return;
            }
            (Guid::SHIM, "MokListRT") => of_shim.push(format!("MokListRT: {}", common_name(&key))),
            _ => {}
        }
    }
    of_shim.dedup();
    let seen = if of_shim.is_empty() { "none was used".to_owned() } else { of_shim.join(", ") };
    ledger.pass(CheckId::MachineOwnerKeys, seen);
}
