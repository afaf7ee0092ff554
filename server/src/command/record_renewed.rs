//! Records that hosts passed again as before, by evidence of their own: many in one transaction.

use trustboard_model::digest::Sha256;
use trustboard_model::facts::HostFacts;
use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::id::{AppraisalId, ClusterId, DatacenterId, HostId};
use trustboard_model::job::Trigger;
use trustboard_model::protocol::LogPart;
use trustboard_model::time::Timestamp;
use trustboard_model::view::LiveHint;

use super::keep_evidence::{WithoutLogs, without_logs};
use super::record_appraisal::{Basis, Recorded, Recording};
use super::record_hello::transient;
use crate::ctx::Ctx;
use crate::live::LiveMessage;
use crate::query::VerificationContext;
use crate::session::wire;
use crate::store::{HostScope, Pace, RenewedRow, Standing, StoreError};

/// An appraisal in full of a host that passed before, and passes in the same way: after a boot, after
/// the server was started, once an hour. What is to be written of it is made ready here, so that
/// others wait for the writing alone.
#[derive(Debug)]
pub struct Renewal {
    recording: Recording,
    standing: Box<Standing>,
    scope: HostScope,
    revision: u64,
    /// The number of the standards of its cluster that it was judged by.
    standards: u64,
    /// The run that it extends, and when that was last extended.
    span: AppraisalId,
    verified_at: Timestamp,
    message: Vec<u8>,
    context: Vec<u8>,
    judged: String,
    /// The event log, if it is another one.
    log: Option<Sha256>,
    facts: Option<HostFacts>,
}

/// What of a host's record an appraisal was made with.
#[derive(Debug)]
pub struct Known {
    standing: Box<Standing>,
    cluster: ClusterId,
    datacenter: DatacenterId,
    revision: u64,
}

impl Known {
    /// Nothing if the host's next appraisal is to be recorded by itself, whatever it concludes.
    pub fn of(known: &VerificationContext) -> Option<Self> {
        let standing = known.plain.clone()?;
        let VerificationContext { cluster, datacenter, revision, .. } = *known;
        Some(Self { standing, cluster, datacenter, revision })
    }
}

impl Renewal {
    /// Gives the recording back if it is to be recorded by itself: it concludes something else,
    /// somebody waits for it, or it brings something new that others may rely on.
    pub fn of(recording: Recording, known: Option<Known>) -> Result<Self, Box<Recording>> {
        match Parts::of(&recording, known) {
            Some(Parts { known, span, verified_at, message, context, judged, log, facts }) => {
                let Known { standing, cluster, datacenter, revision } = known;
                let scope = HostScope { host: recording.host, cluster, datacenter };
                let standards = recording.judged.number();
                Ok(Self {
                    recording,
                    standing,
                    scope,
                    revision,
                    standards,
                    span,
                    verified_at,
                    message,
                    context,
                    judged,
                    log,
                    facts,
                })
            }
            None => Err(Box::new(recording)),
        }
    }

    /// The host.
    pub fn host(&self) -> HostId {
        self.scope.host
    }

    /// For being recorded by itself.
    pub fn into_recording(self) -> Recording {
        self.recording
    }

    /// What becomes of it if its host's record is what it rests on.
    fn recorded(&self) -> Recorded {
        Recorded {
            attestation: Attestation::Passed,
            changed: false,
            revision: self.revision,
            seen: self.revision,
            appraisal: self.span,
            is_steady: true,
        }
    }

    /// Nothing if the standards of its cluster have changed since: it is to be judged again.
    fn row(&self, pace: Pace, now: Timestamp) -> Option<RenewedRow<'_>> {
        (pace.standards == self.standards).then_some(())?;
        let fresh = Freshness::derive(Some(self.verified_at), pace.max_age_s, now);
        Some(RenewedRow {
            host: self.scope.host,
            revision: self.revision,
            span: self.span,
            standing: &self.standing,
            appraisal: &self.recording.appraisal,
            message: &self.message,
            context: &self.context,
            judged: &self.judged,
            log: self.log.zip(log_bytes(&self.recording)),
            facts: self.facts.as_ref(),
            gap: (fresh == Freshness::Stale).then_some(self.verified_at),
        })
    }
}

/// The event log that a host sent.
fn log_bytes(recording: &Recording) -> Option<&[u8]> {
    let Basis::Received(received) = &recording.basis else { return None };
    match &received.sent.message()?.log {
        LogPart::Full { bytes } => Some(bytes),
        LogPart::Known | LogPart::Absent => None,
    }
}

/// What a recording and the record give together.
struct Parts {
    known: Known,
    span: AppraisalId,
    verified_at: Timestamp,
    message: Vec<u8>,
    context: Vec<u8>,
    judged: String,
    log: Option<Sha256>,
    facts: Option<HostFacts>,
}

impl Parts {
    fn of(recording: &Recording, known: Option<Known>) -> Option<Self> {
        let known = known?;
        let Recording { appraisal, judged, trigger, job, basis, .. } = recording;
        let Basis::Received(received) = basis else { return None };
        let standing = &known.standing;
        let plain = job.is_none()
            && matches!(trigger, Trigger::Scheduled | Trigger::Reconnect)
            && appraisal.attestation() == Attestation::Passed
            && standing.is_repeated_by(appraisal)
            && !standing.signer_wanted
            && judged.with().exceptions.is_empty();
        let (span, _) = standing.report.filter(|_| plain)?;
        let WithoutLogs { message, context, keys, facts, log, systemd_log } =
            without_logs(received, standing, appraisal.report().log_digest)?;
        // What others may rely on must be there already: standards and keys that are kept, and logs
        // but for the host's own of this boot.
        let same = systemd_log == standing.known_systemd_log
            && standing.judged_by == Some(judged.digest())
            && standing.evidence_keys == keys
            && facts.as_ref().is_none_or(|facts| {
                facts.tpm.as_ref().map(|tpm| &tpm.family) == standing.tpm_version.as_ref()
            });
        let is_kept = standing.evidence_log == log && (log.is_none() || standing.known_log == log);
        if !same || (!is_kept && (log.is_none() || log_bytes(recording).is_none())) {
            return None;
        }
        Some(Self {
            span,
            verified_at: standing.verified_at?,
            message,
            context: wire::encode(&context),
            judged: judged.with().to_json(),
            log: log.filter(|_| !is_kept),
            facts,
            known,
        })
    }
}

/// Records them all in one transaction. One whose host's record is no longer what it rests on is
/// left out, with nothing of it written: nothing stands in its place.
///
/// Nothing changes but what was verified and when, so there is no event and no row but those of a
/// boot; browsers get a transient hint each.
pub async fn record_renewed(
    ctx: &Ctx,
    renewals: &[&Renewal],
) -> Result<Vec<Option<Recorded>>, StoreError> {
    let mut write = ctx.write_behind().await?;
    let (now, paces) = (write.now(), write.paces().await?);
    let row = |one| Renewal::row(one, *paces.get(&one.scope.cluster)?, now);
    let rows: Vec<_> = renewals.iter().copied().filter_map(row).collect();
    let renewed = write.renew(&rows).await?;
    for one in renewals.iter().filter(|one| renewed.hosts.contains(&one.host())) {
        if renewed.new_facts.contains(&one.host()) {
            write.hint(transient(one.scope, "appraised"));
        } else {
            let HostScope { host, datacenter, .. } = one.scope;
            let hint = LiveHint::Verified { host, datacenter, at: now };
            write.hint(LiveMessage { seq: None, hint });
        }
    }
    write.commit().await?;
    let recorded = |one: &&Renewal| renewed.hosts.contains(&one.host()).then(|| one.recorded());
    Ok(renewals.iter().map(recorded).collect())
}
