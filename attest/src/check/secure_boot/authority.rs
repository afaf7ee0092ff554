//! H55, H56: who signed what was booted.

use trustboard_model::check::CheckId;
use trustboard_model::reason::{Reason, ReasonCode};

use super::variables::Variables;
use crate::budget;
use crate::eventlog::{Event, EventType, ReplayedLog};
use crate::secure_boot::{
    Guid, SignatureKind, SignatureList, Variable, authority_is_covered, certificate_of,
};
use crate::verdict::Ledger;

/// H55, second half, and H56.
pub(super) fn authorities(
    log: &ReplayedLog<'_>,
    variables: &Variables<'_>,
    before: &[Event<'_>],
    after: &[Event<'_>],
    ledger: &mut Ledger,
) {
    let of_type = |event: &&Event<'_>| event.event_type == EventType::EFI_VARIABLE_AUTHORITY;
    let mut names = Vec::new();
    let all = || before.iter().chain(after).filter(of_type);
    if all().count() > budget::AUTHORITIES {
        ledger.refuse(
            Reason::new(ReasonCode::SecureBootAuthorityUnknown)
                .at("PCR 7")
                .expected(format!("at most {} authorities", budget::AUTHORITIES))
                .found(all().count()),
        );
        return;
    }
    for event in all() {
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
    if !authority_is_covered(log.bank(), event, &variable) {
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
        | (
            Guid::SHIM,
            "Shim" | "MokList" | "MokListRT" | "MokListTrusted" | "SbatLevel" | "MokSBState",
        ) => Ok(variable.name.clone()),
        _ => {
            let found = format!("{}: {}", variable.describe(), who(variable.data));
            Err(refuse(ReasonCode::SecureBootAuthorityUnknown, "an authority of db", found))
        }
    }
}

/// Whether dbx lists this certificate or hash: as itself, or as the hash of its TBS part.
fn is_revoked(dbx: &SignatureList<'_>, data: &[u8]) -> bool {
    const OWNER: usize = 16;
    let bare = data.get(OWNER..).unwrap_or_default();
    let tbs = certificate_of(data).map(|certificate| certificate.tbs_sha256());
    dbx.entries().iter().any(|entry| match entry.kind {
        SignatureKind::X509 | SignatureKind::Sha256 => {
            entry.signature == data || entry.signature == bare
        }
        SignatureKind::X509Hash => tbs.is_some_and(|tbs| entry.signature.starts_with(&tbs.0)),
        SignatureKind::Other(_) => false,
    })
}
