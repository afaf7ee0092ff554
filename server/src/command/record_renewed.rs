//! Records that hosts passed again as before, by evidence of their own: many in one transaction.

use trustboard_model::digest::Sha256;
use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::id::{AppraisalId, ClusterId, DatacenterId, HostId};
use trustboard_model::job::Trigger;
use trustboard_model::protocol::LogPart;
use trustboard_model::time::Timestamp;
use trustboard_model::view::LiveHint;

use super::keep_evidence::{Parts, kept};
use super::record_appraisal::{Basis, Ready, Recorded, Recording};
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
    ready: Ready,
    known: Known,
    /// The run that it extends, and when that was last extended.
    span: AppraisalId,
    verified_at: Timestamp,
    context: Vec<u8>,
    judged: String,
    /// The event log, if it is another one.
    log: Option<Sha256>,
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
    /// Gives the recording back if it is to be recorded as one that changes something: it concludes
    /// something else, somebody waits for it, or it brings something new that others may rely on.
    pub fn of(recording: Recording, known: Option<Known>) -> Result<Self, Box<Ready>> {
        let ready = Ready::of(recording);
        let Some(known) = known else { return Err(Box::new(ready)) };
        match Same::of(&ready, &known.standing) {
            Some(Same { span, verified_at, context, judged, log }) => {
                Ok(Self { ready, known, span, verified_at, context, judged, log })
            }
            None => Err(Box::new(ready)),
        }
    }

    /// The host.
    pub fn host(&self) -> HostId {
        self.ready.recording.host
    }

    /// For being recorded as one that changes something.
    pub fn into_ready(self) -> Ready {
        self.ready
    }

    fn scope(&self) -> HostScope {
        let Known { cluster, datacenter, .. } = self.known;
        HostScope { host: self.host(), cluster, datacenter }
    }

    /// What becomes of it if its host's record is what it rests on.
    fn recorded(&self) -> Recorded {
        Recorded {
            attestation: Attestation::Passed,
            changed: false,
            revision: self.known.revision,
            seen: self.known.revision,
            appraisal: self.span,
            is_steady: true,
        }
    }

    /// Nothing if the standards of its cluster have changed since: it is to be judged again.
    fn row(&self, pace: Pace, now: Timestamp) -> Option<RenewedRow<'_>> {
        (pace.standards == self.ready.recording.judged.number()).then_some(())?;
        let fresh = Freshness::derive(Some(self.verified_at), pace.max_age_s, now);
        Some(RenewedRow {
            host: self.host(),
            revision: self.known.revision,
            span: self.span,
            standing: &self.known.standing,
            appraisal: &self.ready.recording.appraisal,
            message: self.ready.parts.as_ref().map_or(&[], Parts::message),
            context: &self.context,
            judged: &self.judged,
            log: self.log.zip(log_bytes(&self.ready.recording)),
            facts: self.ready.parts.as_ref().and_then(Parts::facts),
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

/// What a recording that changes nothing and the record give together.
struct Same {
    span: AppraisalId,
    verified_at: Timestamp,
    context: Vec<u8>,
    judged: String,
    log: Option<Sha256>,
}

impl Same {
    fn of(ready: &Ready, standing: &Standing) -> Option<Self> {
        let Recording { appraisal, judged, trigger, job, basis, .. } = &ready.recording;
        let (Basis::Received(received), Some(parts)) = (basis, &ready.parts) else { return None };
        let plain = job.is_none()
            && matches!(trigger, Trigger::Scheduled | Trigger::Reconnect)
            && appraisal.attestation() == Attestation::Passed
            && standing.is_repeated_by(appraisal)
            && !standing.signer_wanted
            && judged.with().exceptions.is_empty();
        let (span, _) = standing.report.filter(|_| plain)?;
        let kept = kept(received, Some(parts), standing);
        // What others may rely on must be there already: standards and keys that are kept, and logs
        // but for the host's own of this boot.
        let same = kept.sent_systemd_log.is_none()
            && kept.systemd_log == standing.known_systemd_log
            && standing.judged_by == Some(judged.digest())
            && standing.evidence_keys == kept.keys
            && kept.facts.is_none_or(|facts| {
                facts.tpm.as_ref().map(|tpm| &tpm.family) == standing.tpm_version.as_ref()
            });
        let log = kept.log;
        let is_kept = standing.evidence_log == log && (log.is_none() || standing.known_log == log);
        if !same || (!is_kept && kept.sent_log.is_none()) {
            return None;
        }
        Some(Self {
            span,
            verified_at: standing.verified_at?,
            context: wire::encode(&kept.context),
            judged: judged.with().to_json(),
            log: log.filter(|_| !is_kept),
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
    let mut write = ctx.write_gathered().await?;
    let (now, paces) = (write.now(), write.paces().await?);
    let row = |one| Renewal::row(one, *paces.get(&one.known.cluster)?, now);
    let rows: Vec<_> = renewals.iter().copied().filter_map(row).collect();
    let renewed = write.renew(&rows).await?;
    for one in renewals.iter().filter(|one| renewed.hosts.contains(&one.host())) {
        if renewed.new_facts.contains(&one.host()) {
            write.hint(transient(one.scope(), "appraised"));
        } else {
            let HostScope { host, datacenter, .. } = one.scope();
            let hint = LiveHint::Verified { host, datacenter, at: now };
            write.hint(LiveMessage { seq: None, hint });
        }
    }
    write.commit().await?;
    let recorded = |one: &&Renewal| renewed.hosts.contains(&one.host()).then(|| one.recorded());
    Ok(renewals.iter().map(recorded).collect())
}
