//! What a host booted, as reference values: a part of capturing and accepting.

use trustboard_attest::reference::{Learned, learn_from_report};
use trustboard_model::appraisal::Report;
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::digest::Sha256;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Source;

use super::draft_configuration::not_learned;
use crate::ctx::Halt;
use crate::store::Tx;
use crate::store::record::HostRecord;

/// What must have been proven before anything is learned from a host: that the log is what its
/// TPM measured. Whether the host passed otherwise is for whoever approves to judge.
const PROVEN: [CheckId; 5] = [
    CheckId::NonceFresh,
    CheckId::NonceBinding,
    CheckId::QuoteSignature,
    CheckId::QuoteDigest,
    CheckId::ReplayPolicyBank,
];

/// What was learned, and where from.
pub(crate) struct LearnedFromHost {
    pub learned: Learned,
    pub log: Sha256,
    pub source: Source,
    pub report: Report,
}

/// Learns from the latest appraisal of a host, whose log replayed.
pub(crate) async fn learn_from_host<Mode>(
    tx: &mut Tx<Mode>,
    host: &HostRecord,
) -> Result<LearnedFromHost, Halt> {
    let conflict = |problem: &str| Refusal::Conflict { problem: problem.to_owned() };
    let Some(attested) = &host.attested else {
        return Err(conflict("the host was never verified: there is nothing to learn from").into());
    };
    let report = tx.report(attested.appraisal).await?;
    if let Some(check) = PROVEN.into_iter().find(|check| !passed(&report, *check)) {
        let problem = format!(
            "the latest appraisal did not prove what the host booted: {} did not pass",
            check.code()
        );
        return Err(conflict(&problem).into());
    }
    let log = match report.log_digest {
        Some(digest) => tx.event_log(digest).await?.map(|bytes| (digest, bytes)),
        None => None,
    };
    let Some((digest, bytes)) = log else {
        return Err(conflict("the event log of the latest appraisal is not kept").into());
    };
    let learned = learn_from_report(&bytes, &report.pcrs).map_err(|error| not_learned(&error))?;
    let (id, name, at) = (host.id, host.name.clone(), attested.last_verified);
    let source = Source::Host { host: id, name, at };
    Ok(LearnedFromHost { learned, log: digest, source, report })
}

fn passed(report: &Report, check: CheckId) -> bool {
    report
        .checks
        .iter()
        .any(|result| result.check == check && matches!(result.outcome, Outcome::Passed(_)))
}
