//! Outcomes of all checks, and the verdict that follows from them mechanically.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use trustboard_model::check::{CheckId, CheckResult, Excepted, Outcome, Strictness};
use trustboard_model::exception::Exception;
use trustboard_model::policy::Policy;
use trustboard_model::reason::{Reason, bounded};
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::{Cause, Reasons, Verdict};

use crate::Error;

/// What came of the checks so far. The first outcome of a check stands, except that a refusal
/// replaces what is none.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    outcomes: BTreeMap<CheckId, Outcome>,
    /// The checks in the order in which they were made: the first one that could not be made is
    /// why later ones could not.
    order: Vec<CheckId>,
    cause: Option<Cause>,
}

/// What a part of the checks found, in the order in which it was found. The part depends on nothing
/// that another part found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Findings {
    outcomes: Vec<(CheckId, Outcome)>,
    cause: Option<Cause>,
}

impl Findings {
    /// Whether nothing was refused and everything could be read.
    pub(crate) fn are_good(&self) -> bool {
        let refused = |(_, outcome): &(_, _)| matches!(outcome, Outcome::Failed(_));
        self.cause.is_none() && !self.outcomes.iter().any(refused)
    }

    /// Bytes of memory, about.
    pub(crate) fn bytes(&self) -> usize {
        let of = |(_, outcome): &(CheckId, Outcome)| match outcome {
            Outcome::Passed(Some(text))
            | Outcome::NotEvaluated(text)
            | Outcome::NotApplicable(text) => text.len(),
            Outcome::Passed(None) | Outcome::Failed(_) => 0,
        };
        let texts: usize = self.outcomes.iter().map(of).sum();
        texts + self.outcomes.len() * size_of::<(CheckId, Outcome)>()
    }
}

impl Ledger {
    fn record(&mut self, check: CheckId, outcome: Outcome) {
        if let Entry::Vacant(entry) = self.outcomes.entry(check) {
            entry.insert(outcome);
            self.order.push(check);
        }
    }

    /// The check was made and held. `seen` says what was seen.
    pub(crate) fn pass(&mut self, check: CheckId, seen: impl AsRef<str>) {
        self.record(check, Outcome::Passed(Some(bounded(seen.as_ref()))));
    }

    /// The check that gives this reason refused.
    pub(crate) fn refuse(&mut self, reason: Reason) {
        let check = reason.code.check();
        if !self.refused(check) {
            self.outcomes.insert(check, Outcome::Failed(reason));
        }
    }

    /// The check could not be made.
    pub(crate) fn skip(&mut self, check: CheckId, why: impl AsRef<str>) {
        self.record(check, Outcome::NotEvaluated(bounded(why.as_ref())));
    }

    /// The check does not apply.
    pub(crate) fn not_applicable(&mut self, check: CheckId, why: impl AsRef<str>) {
        self.record(check, Outcome::NotApplicable(bounded(why.as_ref())));
    }

    /// Every check without an outcome could not be made.
    pub(crate) fn skip_rest(&mut self, why: &str) {
        for &check in CheckId::ALL {
            self.skip(check, why);
        }
    }

    /// Every check without an outcome does not apply.
    pub(crate) fn rest_not_applicable(&mut self, why: &str) {
        for &check in CheckId::ALL {
            self.not_applicable(check, why);
        }
    }

    /// Whether a check was refused.
    pub(crate) fn refused(&self, check: CheckId) -> bool {
        matches!(self.outcomes.get(&check), Some(Outcome::Failed(_)))
    }

    /// Why nothing can be concluded, if nothing was refused. The first cause stands.
    pub(crate) fn inconclusive(&mut self, cause: Cause) {
        self.cause.get_or_insert(cause);
    }

    /// A part of the evidence cannot be read.
    pub(crate) fn malformed(&mut self, check: CheckId, error: &Error) {
        self.skip(check, error.to_string());
        let (part, problem) = (error.part.to_owned(), bounded(&error.problem));
        self.inconclusive(Cause::Malformed { part, problem });
    }

    /// What was found, for another ledger.
    pub(crate) fn into_findings(mut self) -> Findings {
        let made = self.order.iter().filter_map(|check| self.outcomes.remove_entry(check));
        let mut outcomes: Vec<_> = made.collect();
        // Refused without having been made before: no later check asks in which order.
        outcomes.extend(self.outcomes);
        Findings { outcomes, cause: self.cause }
    }

    /// Enters what was found elsewhere, as if it had been found here.
    pub(crate) fn enter(&mut self, findings: &Findings) {
        for (check, outcome) in &findings.outcomes {
            match outcome {
                Outcome::Failed(reason) => self.refuse(reason.clone()),
                other => self.record(*check, other.clone()),
            }
        }
        if let Some(cause) = &findings.cause {
            self.inconclusive(cause.clone());
        }
    }

    /// The outcomes so far, in the order of `CheckId::ALL`.
    pub(crate) fn into_outcomes(self) -> Vec<(CheckId, Outcome)> {
        self.outcomes.into_iter().collect()
    }

    /// All results in the order of `CheckId::ALL`, and the verdict:
    ///
    /// 1. a refusal that the policy takes as failure and no exception covers → untrusted, for all
    ///    such reasons;
    /// 2. no TPM, unreadable evidence, an agent that cannot → unknown, for that cause;
    /// 3. a check that the policy takes as failure was not made → unknown;
    /// 4. else trusted, if at least one such check passed: "nothing enabled" is never a pass.
    pub(crate) fn conclude(
        mut self,
        policy: &Policy,
        exceptions: &[Exception],
        now: Timestamp,
    ) -> (Vec<CheckResult>, Verdict) {
        self.skip_rest("an earlier step gave nothing to check");
        let checks: Vec<CheckResult> = self
            .outcomes
            .into_iter()
            .map(|(check, outcome)| CheckResult {
                check,
                strictness: policy.strictness(check),
                exception: exception(&outcome, exceptions, now),
                outcome,
            })
            .collect();
        let demanded = || checks.iter().filter(|result| result.strictness == Strictness::Fail);
        let reasons: Vec<Reason> = demanded()
            .filter(|result| result.condemns())
            .filter_map(|result| match &result.outcome {
                Outcome::Failed(reason) => Some(reason.clone()),
                _ => None,
            })
            .collect();
        let not_made = self.order.iter().find_map(|made| {
            demanded().find(|result| result.check == *made).and_then(|result| {
                let Outcome::NotEvaluated(why) = &result.outcome else { return None };
                Some(Cause::NotEvaluated { check: result.check, problem: why.clone() })
            })
        });
        let signed = demanded().any(|result| {
            result.check == CheckId::QuoteSignature && matches!(result.outcome, Outcome::Passed(_))
        });
        let verdict = if let Ok(reasons) = Reasons::new(reasons) {
            Verdict::Untrusted(reasons)
        } else if let Some(cause) = self.cause.or(not_made) {
            Verdict::Unknown(cause)
        } else if signed {
            Verdict::Trusted
        } else {
            Verdict::Unknown(Cause::NotEvaluated {
                check: CheckId::QuoteSignature,
                problem: "the policy does not demand a verified quote".to_owned(),
            })
        };
        (checks, verdict)
    }
}

/// The exception in force that covers a refusal.
fn exception(outcome: &Outcome, exceptions: &[Exception], now: Timestamp) -> Option<Excepted> {
    let Outcome::Failed(reason) = outcome else { return None };
    exceptions.iter().find(|exception| exception.covers(reason, now)).map(Exception::excepted)
}
