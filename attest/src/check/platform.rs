//! What the policy asks of the platform. Facts are claims of the host, signed with the quote.

use std::cmp::Ordering;

use trustboard_model::check::CheckId;
use trustboard_model::digest::HashAlg;
use trustboard_model::facts::HostFacts;
use trustboard_model::policy::Policy;
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::tpm_problem::{TpmProblem, TpmProblemKind};
use trustboard_model::verdict::Cause;

use crate::input::Input;
use crate::tpm::VerifiedQuote;
use crate::verdict::Ledger;

/// There is no quote: says why, from unsigned facts, which can only make things worse.
pub(crate) fn absent_tpm(input: &Input<'_>, facts: &HostFacts, ledger: &mut Ledger) {
    if let Some(problem) = &facts.tpm_problem {
        ledger.refuse(unusable(problem));
    } else if facts.tpm.is_some() {
        ledger.skip(CheckId::TpmPresent, "the host says that it has a TPM 2.0, but sent no quote");
        if input.identity.is_none() {
            ledger.refuse(
                Reason::new(ReasonCode::NoCachedIdentity)
                    .expected("an identity on record")
                    .found("a TPM that the host speaks of"),
            );
        }
    } else if input.identity.is_some() {
        ledger.refuse(
            Reason::new(ReasonCode::TpmGone).expected("the TPM on record").found("no TPM 2.0"),
        );
    } else if input.standards.policy.require_tpm {
        ledger
            .refuse(Reason::new(ReasonCode::TpmMissing).expected("a TPM 2.0").found("no TPM 2.0"));
    } else {
        ledger.not_applicable(CheckId::TpmPresent, "the host has no TPM 2.0");
        ledger.inconclusive(Cause::NoTpm);
    }
}

/// Why a TPM that is there cannot be used.
fn unusable(problem: &TpmProblem) -> Reason {
    let code = match problem.kind {
        TpmProblemKind::Version12 => ReasonCode::TpmVersion12,
        TpmProblemKind::NoDriver => ReasonCode::TpmNoDriver,
        TpmProblemKind::NotPermitted => ReasonCode::TpmNotPermitted,
        TpmProblemKind::Busy => ReasonCode::TpmBusy,
        TpmProblemKind::FailureMode => ReasonCode::TpmFailureMode,
        TpmProblemKind::LockedOut => ReasonCode::TpmLockedOut,
        TpmProblemKind::Owned => ReasonCode::TpmOwned,
        TpmProblemKind::HierarchyDisabled => ReasonCode::TpmHierarchyDisabled,
        TpmProblemKind::EkCreationFailed => ReasonCode::EkCreationFailed,
        TpmProblemKind::NoBank => ReasonCode::Sha256BankInactive,
        TpmProblemKind::NotAnswering => ReasonCode::TpmUnreachable,
    };
    Reason::new(code).expected("a TPM 2.0 that answers").found(&problem.text)
}

/// There is a quote, so there is a TPM 2.0.
pub(crate) fn present_tpm(ledger: &mut Ledger) {
    ledger.pass(CheckId::TpmPresent, "it made a quote");
}

/// D29: the bank is active if it is quoted.
pub(crate) fn sha256_bank(quote: &VerifiedQuote, facts: &HostFacts, ledger: &mut Ledger) {
    let mut quoted = quote.info().selection.iter().filter(|bank| !bank.pcrs.is_empty());
    let active = facts.tpm.as_ref().map(|tpm| &tpm.active_banks[..]).unwrap_or_default();
    if quoted.any(|bank| bank.alg() == Some(HashAlg::Sha256)) {
        ledger.pass(CheckId::Sha256Bank, "it is quoted");
    } else if active.contains(&HashAlg::Sha256) {
        ledger.skip(CheckId::Sha256Bank, "the host says that it is active, but did not quote it");
    } else {
        let names: Vec<_> = active.iter().map(|bank| bank.name()).collect();
        let found = if names.is_empty() { "none named".to_owned() } else { names.join(", ") };
        ledger.refuse(
            Reason::new(ReasonCode::Sha256BankInactive)
                .expected("an active SHA-256 bank")
                .found(format!("active banks: {found}")),
        );
    }
}

/// Interface, operating system and agent, as the policy asks. Without facts nothing is evaluated.
pub(crate) fn requirements(policy: &Policy, facts: Option<&HostFacts>, ledger: &mut Ledger) {
    let Some(facts) = facts else {
        for check in [CheckId::TpmInterface, CheckId::OsVersion, CheckId::AgentVersion] {
            ledger.skip(check, "the host's facts are not signed for this challenge");
        }
        return;
    };
    match &facts.tpm {
        None => ledger.skip(CheckId::TpmInterface, "the host does not describe its TPM"),
        Some(tpm) if policy.interfaces.contains(&tpm.interface) => {
            ledger.pass(CheckId::TpmInterface, tpm.interface.name());
        }
        Some(tpm) => {
            let names: Vec<_> = policy.interfaces.iter().map(|i| i.name()).collect();
            ledger.refuse(
                Reason::new(ReasonCode::TpmInterfaceRefused)
                    .expected(names.join(" or "))
                    .found(tpm.interface.name()),
            );
        }
    }
    os_version(policy, facts, ledger);
    match &policy.minimum_agent {
        None => ledger.not_applicable(CheckId::AgentVersion, "the policy names no minimum"),
        Some(minimum) if compare_versions(&facts.agent_version, minimum) != Ordering::Less => {
            ledger.pass(CheckId::AgentVersion, &facts.agent_version);
        }
        Some(minimum) => ledger.refuse(
            Reason::new(ReasonCode::AgentTooOld)
                .expected(format!("{minimum} or newer"))
                .found(&facts.agent_version),
        ),
    }
}

fn os_version(policy: &Policy, facts: &HostFacts, ledger: &mut Ledger) {
    if policy.minimum_os.is_empty() {
        ledger.not_applicable(CheckId::OsVersion, "the policy names no minimum");
        return;
    }
    let Some(id) = &facts.os_id else {
        ledger.skip(CheckId::OsVersion, "the host does not say which system it runs");
        return;
    };
    let Some(minimum) = policy.minimum_os.get(id) else {
        ledger.not_applicable(CheckId::OsVersion, format!("the policy names no minimum for {id}"));
        return;
    };
    match &facts.os_version {
        // Rolling distributions have no VERSION_ID: then the policy's minimum cannot be met.
        None => ledger.skip(CheckId::OsVersion, format!("{id} does not say its version")),
        Some(version) if compare_versions(version, minimum) != Ordering::Less => {
            ledger.pass(CheckId::OsVersion, format!("{id} {version}"));
        }
        Some(version) => ledger.refuse(
            Reason::new(ReasonCode::OsTooOld)
                .expected(format!("{id} {minimum} or newer"))
                .found(format!("{id} {version}"))
                .with("os", id),
        ),
    }
}

/// Compares versions field by field: numbers as numbers, and a missing field as zero. A text
/// field (`rc1`) is older than a number.
fn compare_versions(a: &str, b: &str) -> Ordering {
    let fields = |text: &str| -> Vec<Result<u64, String>> {
        text.split(|c: char| !c.is_ascii_alphanumeric())
            .map(|field| field.parse().map_err(|_| field.to_owned()))
            .collect()
    };
    let (a, b) = (fields(a), fields(b));
    let zero = Ok(0);
    for i in 0..a.len().max(b.len()) {
        let order = match (a.get(i).unwrap_or(&zero), b.get(i).unwrap_or(&zero)) {
            (Ok(a), Ok(b)) => a.cmp(b),
            (Err(a), Err(b)) => a.cmp(b),
            (Ok(_), Err(_)) => Ordering::Greater,
            (Err(_), Ok(_)) => Ordering::Less,
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_people_read_them() {
        for (older, newer) in [
            ("9", "12"),
            ("12.4", "12.10"),
            ("24.04", "24.10"),
            ("1.0-rc1", "1.0"),
            ("0.1", "0.1.1"),
        ] {
            assert_eq!(compare_versions(older, newer), Ordering::Less, "{older} {newer}");
        }
        assert_eq!(compare_versions("12", "12.0"), Ordering::Equal);
    }
}
