//! H57, H58: whether revocations and keys are up to date.

use trustboard_model::check::CheckId;
use trustboard_model::reason::{Reason, ReasonCode};

use super::variables::{Variables, place_of};
use crate::eventlog::{Event, ReplayedLog};
use crate::secure_boot::{OfficialRevocations, SignatureKind, SignatureList};
use crate::secure_boot::{certificate_of, common_name};
use crate::verdict::Ledger;

/// H57. A list that is older than the official one is a warning by default: fwupd and the
/// distributions deliver updates on their own time, and shim's SBAT level revokes meanwhile.
pub(super) fn revocations(
    log: &ReplayedLog<'_>,
    before: &[Event<'_>],
    dbx: &SignatureList<'_>,
    official: Option<&OfficialRevocations>,
    ledger: &mut Ledger,
) {
    let check = CheckId::SecureBootRevocations;
    let Some(official) = official else {
        ledger.skip(check, "the server was given no official list of revocations");
        return;
    };
    let of_when = official.published().map(|date| format!(" of {date}")).unwrap_or_default();
    let (missing, all) = (official.missing_in(dbx), official.len());
    if missing == 0 {
        ledger.pass(check, format!("all {all} of the official list{of_when}"));
        return;
    }
    let mut reason = Reason::new(ReasonCode::RevocationsMissing)
        .at(place_of(log, before, "dbx"))
        .expected(format!("all {all} of the official list{of_when}"))
        .found(format!("{missing} are missing, {} are there", dbx.entries().len()))
        .with("missing", missing);
    if let Some(date) = official.published() {
        reason = reason.with("official_of", date);
    }
    ledger.refuse(reason);
}

/// Keys of Microsoft that expire in 2026, and what follows them.
const SUCCESSORS: [(&str, &str); 2] = [
    ("Microsoft Windows Production PCA 2011", "Windows UEFI CA 2023"),
    ("Microsoft Corporation UEFI CA 2011", "Microsoft UEFI CA 2023"),
];
const KEK_SUCCESSOR: (&str, &str) =
    ("Microsoft Corporation KEK CA 2011", "Microsoft Corporation KEK 2K CA 2023");

/// H58. Without the successors the host goes on booting what is signed with the old keys, but
/// takes neither a boot loader signed with the new ones nor an update of dbx.
pub(super) fn rollover(variables: &Variables<'_>, ledger: &mut Ledger) {
    let db = names(&variables.db);
    let kek = names(&variables.kek);
    let has = |names: &[String], name: &str| names.iter().any(|found| found == name);
    let of_db = SUCCESSORS.iter().map(|pair| (&db, "db", pair));
    let of_kek = std::iter::once((&kek, "KEK", &KEK_SUCCESSOR));
    let mut expiring =
        of_db.chain(of_kek).filter(|(names, _, (old, _))| has(names, old)).peekable();
    if expiring.peek().is_none() {
        let why = "no key of Microsoft that expires in 2026";
        ledger.not_applicable(CheckId::SecureBootRollover, why);
        return;
    }
    let pending: Vec<String> = expiring
        .filter(|(names, _, (_, new))| !has(names, new))
        .map(|(_, list, (_, new))| format!("{new} ({list})"))
        .collect();
    if pending.is_empty() {
        ledger.pass(CheckId::SecureBootRollover, "the successors of 2023 are there");
        return;
    }
    ledger.refuse(
        Reason::new(ReasonCode::RolloverPending)
            .at("PCR 7 (db, KEK)")
            .expected(pending.join(", "))
            .found("only the keys of 2011"),
    );
}

/// What the certificates of a list call themselves.
fn names(list: &SignatureList<'_>) -> Vec<String> {
    let certificates = list.entries().iter().filter(|entry| entry.kind == SignatureKind::X509);
    certificates.filter_map(|e| Some(common_name(&certificate_of(e.signature)?))).collect()
}
