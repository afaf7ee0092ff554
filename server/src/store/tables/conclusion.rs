//! What an appraisal concludes, and what the search finds of it.

use serde::Serialize;
use trustboard_model::appraisal::{Report, SecureBoot};
use trustboard_model::check::{CheckId, Outcome, Strictness};
use trustboard_model::comparison::Comparison;
use trustboard_model::digest::Sha256;
use trustboard_model::host::Attestation;
use trustboard_model::id::{ConfigurationId, ExceptionId};
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::verdict::{Cause, Verdict};

use super::column::json;
use crate::store::secret::sha256;

/// What makes two appraisals the same: codes, not the facts that differ with every quote (a
/// nonce, an offset, the agent's words), and not the policy's version: that is an event of its
/// own. In this order, as JSON, it stands in its column.
#[derive(Serialize)]
pub(super) struct Conclusion<'a> {
    attestation: Attestation,
    reasons: Vec<ReasonCode>,
    warnings: Vec<ReasonCode>,
    cause: Option<(&'a str, Option<&'a str>)>,
    secure_boot: SecureBoot,
    compared: Option<Compared>,
    excepted: Vec<ExceptionId>,
}

/// What the comparison with the approved configurations gave, in what stays the same for a boot.
#[derive(Serialize)]
enum Compared {
    Matched(ConfigurationId),
    Differs(Sha256),
}

impl<'a> Conclusion<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        Self {
            attestation: Attestation::of(&report.verdict),
            reasons: codes(reasons(report)),
            warnings: codes(&warnings(report)),
            cause: cause(report).map(|cause| (cause.code(), detail(cause))),
            secure_boot: report.secure_boot,
            compared: report.comparison.as_ref().map(|comparison| match comparison {
                Comparison::Matched { configuration } => Compared::Matched(configuration.id),
                Comparison::Differs { fingerprint, .. } => Compared::Differs(*fingerprint),
            }),
            excepted: excepted(report),
        }
    }
}

fn detail(cause: &Cause) -> Option<&str> {
    match cause {
        Cause::Malformed { part, .. } => Some(part),
        Cause::NotEvaluated { check, .. } => Some(check.code()),
        Cause::NoTpm | Cause::HostRefused { .. } => None,
    }
}

fn cause(report: &Report) -> Option<&Cause> {
    match &report.verdict {
        Verdict::Unknown(cause) => Some(cause),
        Verdict::Trusted | Verdict::Untrusted(_) => None,
    }
}

pub(super) fn reasons(report: &Report) -> &[Reason] {
    match &report.verdict {
        Verdict::Untrusted(reasons) => reasons.all(),
        Verdict::Trusted | Verdict::Unknown(_) => &[],
    }
}

/// What hosts with the same most telling reason are told apart by: the fingerprint of the difference
/// from the approved configurations, or a digest of what was expected and found.
pub(super) fn difference(report: &Report) -> Option<Sha256> {
    let reason = reasons(report).first()?;
    match &report.comparison {
        Some(Comparison::Differs { fingerprint, .. })
            if reason.code.check() == CheckId::ApprovedConfiguration =>
        {
            Some(*fingerprint)
        }
        _ => {
            let same = json(&(reason.code, &reason.expected, &reason.found));
            Some(sha256(&[same.as_bytes()]))
        }
    }
}

/// The failed checks that the policy only warns of, the most telling first.
pub(super) fn warnings(report: &Report) -> Vec<Reason> {
    let warned = report
        .checks
        .iter()
        .filter(|check| check.strictness == Strictness::Warn && check.exception.is_none());
    let mut warnings: Vec<_> = warned
        .filter_map(|check| match &check.outcome {
            Outcome::Failed(reason) => Some(reason.clone()),
            _ => None,
        })
        .collect();
    warnings.sort_by_key(|reason| reason.code);
    warnings
}

/// The exceptions without which the verdict would be another one, or a warning would stand.
fn excepted(report: &Report) -> Vec<ExceptionId> {
    report.checks.iter().filter_map(|check| Some(check.exception.as_ref()?.id)).collect()
}

/// The configuration that the host matched.
pub(super) fn matched(report: &Report) -> Option<ConfigurationId> {
    match &report.comparison {
        Some(Comparison::Matched { configuration }) => Some(configuration.id),
        Some(Comparison::Differs { .. }) | None => None,
    }
}

/// The codes without repetition, in their order.
pub(super) fn codes(reasons: &[Reason]) -> Vec<ReasonCode> {
    let mut codes: Vec<_> = reasons.iter().map(|reason| reason.code).collect();
    codes.dedup();
    codes
}

/// Every code of a report, each with a space on either side.
pub(super) fn searchable(report: &Report) -> String {
    let mut text = String::new();
    let reasons = codes(reasons(report)).into_iter().chain(codes(&warnings(report)));
    for code in reasons.map(ReasonCode::code).chain(cause(report).map(Cause::code)) {
        if text.is_empty() {
            text.push(' ');
        }
        text.push_str(code);
        text.push(' ');
    }
    text
}

#[cfg(test)]
mod tests {
    use trustboard_model::check::{CheckId, CheckResult};
    use trustboard_model::verdict::Reasons;

    use super::*;
    use crate::store::tables::column::json;

    fn report(verdict: Verdict, warned: &[Reason]) -> Report {
        let result = |reason: &Reason| CheckResult {
            check: CheckId::ReplayOtherBanks,
            outcome: Outcome::Failed(reason.clone()),
            strictness: Strictness::Warn,
            exception: None,
        };
        Report {
            verdict,
            checks: warned.iter().map(result).collect(),
            secure_boot: SecureBoot::Off,
            pcrs: Vec::new(),
            booted: Vec::new(),
            comparison: None,
            clock: None,
            log_digest: None,
            policy: "Linux server, version 1".to_owned(),
            verifier: "0.1.0".to_owned(),
        }
    }

    fn failed(found: &str) -> Report {
        let reason = Reason::new(ReasonCode::NonceMismatch).found(found);
        report(Verdict::Untrusted(Reasons::new(vec![reason]).unwrap()), &[])
    }

    #[test]
    fn facts_that_differ_with_every_quote_are_no_new_conclusion() {
        let conclusion = |report: &Report| json(&Conclusion::of(report));
        assert_eq!(conclusion(&failed("00")), conclusion(&failed("ff")));
        assert_ne!(conclusion(&failed("00")), conclusion(&report(Verdict::Trusted, &[])));
        let refused = |problem: &str| {
            let problem = problem.to_owned();
            report(Verdict::Unknown(Cause::HostRefused { problem }), &[])
        };
        assert_eq!(conclusion(&refused("a")), conclusion(&refused("b")));
        assert_ne!(conclusion(&refused("a")), conclusion(&report(Verdict::Trusted, &[])));
    }

    #[test]
    fn failures_are_the_same_difference_if_their_facts_are() {
        let found = |text: &str| difference(&failed(text)).unwrap();
        assert_eq!(found("00"), found("00"));
        assert_ne!(found("00"), found("ff"));
        assert_eq!(difference(&report(Verdict::Trusted, &[])), None);
        let elsewhere = Reason::new(ReasonCode::QuoteSignatureInvalid).found("00");
        let elsewhere = Verdict::Untrusted(Reasons::new(vec![elsewhere]).unwrap());
        assert_ne!(difference(&report(elsewhere, &[])), difference(&failed("00")));
    }

    #[test]
    fn a_warning_more_is_a_new_conclusion_and_can_be_searched_for() {
        let warning = [Reason::new(ReasonCode::ReplayMismatchOtherBank)];
        let warned = report(Verdict::Trusted, &warning);
        let clean = report(Verdict::Trusted, &[]);
        assert_ne!(json(&Conclusion::of(&warned)), json(&Conclusion::of(&clean)));
        assert_eq!(searchable(&warned), " replay.mismatch-other-bank ");
        assert_eq!(searchable(&clean), "");
    }
}
