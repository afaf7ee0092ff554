//! What the Message column says: the one place that decides it.
//!
//! The first that applies, because an operator needs it most:
//!
//! 1. *Disconnected*: somebody took the host out; nothing else is going to change.
//! 2. *Reasons*: the host failed, whether or not it still answers.
//! 3. *Not responding*: what the columns read is getting old.
//! 4. *Verification failed*: the host is there, but its last verification could not be finished.
//! 5. *Never verified*, *unknown* with its cause, *warnings*, or nothing.

use trustboard_model::host::Presence;
use trustboard_model::verdict::Verdict;
use trustboard_model::view::Message;

use crate::store::record::HostRecord;

/// What the Message column says of a host.
pub(super) fn message(record: &HostRecord) -> Message {
    let verdict = record.attested.as_ref().map(|attested| &attested.verdict);
    if record.presence == Presence::Disconnected {
        let reason = record.presence_reason.clone().unwrap_or_default();
        return Message::Disconnected { reason };
    }
    if let Some(Verdict::Untrusted(reasons)) = verdict {
        return Message::Reasons { reasons: reasons.all().to_vec() };
    }
    if record.presence == Presence::NotResponding {
        return Message::NotResponding { since: record.presence_since };
    }
    if let Some(problem) = &record.problem {
        return Message::VerificationFailed { problem: problem.text.clone(), at: problem.at };
    }
    match &record.attested {
        None => Message::NeverVerified,
        Some(attested) => match &attested.verdict {
            Verdict::Unknown(cause) => Message::Unknown { cause: cause.clone() },
            Verdict::Trusted | Verdict::Untrusted(_) if attested.warnings.is_empty() => {
                Message::Nothing
            }
            Verdict::Trusted | Verdict::Untrusted(_) => {
                Message::Warnings { reasons: attested.warnings.clone() }
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use trustboard_model::alarm::Alarm;
    use trustboard_model::appraisal::SecureBoot;
    use trustboard_model::host::IdentityState;
    use trustboard_model::id::{AppraisalId, ClusterId, DatacenterId, HostId};
    use trustboard_model::reason::{Reason, ReasonCode};
    use trustboard_model::time::Timestamp;
    use trustboard_model::verdict::{Cause, Reasons};
    use trustboard_model::view::Named;

    use super::*;
    use crate::store::record::{Attested, Problem};

    fn host(verdict: Option<Verdict>) -> HostRecord {
        let attested = verdict.map(|verdict| Attested {
            appraisal: AppraisalId::from_random([4; 16]),
            verdict,
            warnings: Vec::new(),
            secure_boot: SecureBoot::On,
            since: Timestamp(1),
            last_verified: Timestamp(2),
            last_passed: None,
        });
        HostRecord {
            id: HostId::from_random([1; 16]),
            name: "web".to_owned(),
            revision: 1,
            cluster: Named { id: ClusterId::from_random([2; 16]), name: "c".to_owned() },
            datacenter: Named { id: DatacenterId::from_random([3; 16]), name: "d".to_owned() },
            max_age_s: 60,
            presence: Presence::Connected,
            presence_since: Timestamp(3),
            presence_reason: None,
            maintenance: None,
            identity: IdentityState::Enrolled,
            attested,
            alarm: Alarm::NEW,
            problem: None,
            tpm_version: None,
            exceptions: 0,
            ek_by_operator: false,
            verifying: false,
        }
    }

    fn failed() -> Verdict {
        let reasons = vec![Reason::new(ReasonCode::SecureBootDisabled)];
        Verdict::Untrusted(Reasons::new(reasons).unwrap())
    }

    #[test]
    fn says_what_the_verdict_says() {
        assert_eq!(message(&host(None)), Message::NeverVerified);
        assert_eq!(message(&host(Some(Verdict::Trusted))), Message::Nothing);
        let cause = Cause::NoTpm;
        assert_eq!(
            message(&host(Some(Verdict::Unknown(cause.clone())))),
            Message::Unknown { cause }
        );
        assert!(
            matches!(message(&host(Some(failed()))), Message::Reasons { reasons } if reasons.len() == 1)
        );
        let mut warned = host(Some(Verdict::Trusted));
        let warnings = vec![Reason::new(ReasonCode::ReplayMismatchOtherBank)];
        warned.attested.as_mut().unwrap().warnings = warnings.clone();
        assert_eq!(message(&warned), Message::Warnings { reasons: warnings });
    }

    #[test]
    fn a_failure_stands_above_silence_and_silence_above_the_rest() {
        let problem = Some(Problem { text: "no answer".to_owned(), at: Timestamp(9) });
        let silent = |verdict| HostRecord {
            presence: Presence::NotResponding,
            problem: problem.clone(),
            ..host(verdict)
        };
        let since = Timestamp(3);
        assert!(matches!(message(&silent(Some(failed()))), Message::Reasons { .. }));
        assert_eq!(message(&silent(Some(Verdict::Trusted))), Message::NotResponding { since });
        assert_eq!(message(&silent(None)), Message::NotResponding { since });
        let there = HostRecord { presence: Presence::Connected, ..silent(Some(Verdict::Trusted)) };
        assert!(matches!(message(&there), Message::VerificationFailed { .. }));
    }

    #[test]
    fn disconnected_stands_above_all() {
        let host = HostRecord {
            presence: Presence::Disconnected,
            presence_reason: Some("board swap".to_owned()),
            ..host(Some(failed()))
        };
        assert_eq!(message(&host), Message::Disconnected { reason: "board swap".to_owned() });
    }
}
