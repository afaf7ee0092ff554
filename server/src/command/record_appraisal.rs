//! Records an appraisal: the only way in which an Attestation cell changes.

use std::sync::Arc;

use trustboard_attest::{Appraisal, RecordedIdentity, Standards};
use trustboard_model::alarm::{Alarm, Condition, Finding, Red};
use trustboard_model::digest::Sha256;
use trustboard_model::event::{Actor, EventKind};
use trustboard_model::exception::Exception;
use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::id::{AppraisalId, HostId, JobId};
use trustboard_model::job::{Because, JobState, Step, StepKind, Trigger};
use trustboard_model::time::Timestamp;
use trustboard_model::view::LiveHint;

use super::keep_evidence::{Received, keep};
use super::record_hello::transient;
use crate::ctx::Ctx;
use crate::live::LiveMessage;
use crate::standards::Numbered;
use crate::store::kept::{JudgedWith, standards_digest};
use crate::store::record::HostRecord;
use crate::store::{HostScope, KeptJudging, Lane, StoreError, Wanted, Write};

/// An appraisal that is about to be recorded.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The host.
    pub host: HostId,
    /// What the verifier concluded.
    pub appraisal: Appraisal,
    /// What it was judged by.
    pub judged: Judged,
    /// Why it was verified.
    pub trigger: Trigger,
    /// The job, if it has a row already.
    pub job: Option<JobId>,
    /// The steps that are not on record yet.
    pub steps: Vec<Step>,
    /// The evidence behind it.
    pub basis: Basis,
}

/// What an appraisal was judged by. If that is another thing by the time it is recorded, the
/// evidence is judged again. It is kept beside the evidence.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The number of the cluster's standards.
    number: u64,
    /// The standards, and what names them where they are kept.
    standards: Arc<Standards>,
    digest: Sha256,
    with: JudgedWith,
}

impl Judged {
    /// Judged by the standards that the cluster's record numbers so, with the host's exceptions and
    /// the identity that was on record.
    pub fn by(
        number: u64,
        standards: Arc<Standards>,
        exceptions: Vec<Exception>,
        identity: Option<&RecordedIdentity>,
    ) -> Self {
        let digest = standards_digest(&standards);
        Self::by_numbered(&Numbered { number, standards, digest }, exceptions, identity)
    }

    pub(crate) fn by_numbered(
        by: &Numbered,
        exceptions: Vec<Exception>,
        identity: Option<&RecordedIdentity>,
    ) -> Self {
        let Numbered { number, standards, digest } = by.clone();
        Self { number, standards, digest, with: JudgedWith::of(exceptions, identity) }
    }

    /// The number of the standards.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Names the standards where they are kept.
    pub(super) fn digest(&self) -> Sha256 {
        self.digest
    }

    /// What it was judged by beside the standards.
    pub(super) fn with(&self) -> &JudgedWith {
        &self.with
    }

    pub(super) fn kept(&self) -> KeptJudging<'_> {
        KeptJudging { standards: &self.standards, digest: self.digest, with: &self.with }
    }
}

/// The evidence behind an appraisal.
#[derive(Debug, Clone)]
pub enum Basis {
    /// It just came in, and is kept.
    Received(Box<Received>),
    /// It was on record. Nothing is recorded if newer evidence has come meanwhile.
    Stored {
        /// When it was received.
        received_at: Timestamp,
        /// The wish that is fulfilled by it.
        wish: u64,
    },
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// What the Attestation column reads now.
    pub attestation: Attestation,
    /// Whether it concluded something else than the one before.
    pub changed: bool,
    /// The host's revision now.
    pub revision: u64,
    /// Its revision before.
    pub seen: u64,
    /// The run that this began or extended.
    pub appraisal: AppraisalId,
    /// Whether the same evidence again changes nothing but when it was verified: the host passed,
    /// its alarm is green or waits for a person, and it was judged by what is on record now.
    pub is_steady: bool,
}

/// Records an appraisal.
///
/// One that concludes what the one before did extends its span and makes no event. A job that is
/// given, or that comes of a scheduled verification which changed something, ends here with its
/// last steps. If the operator asked for it and the host passed, the alarm is reset.
///
/// Stored evidence that was judged again is no verification: it changes the verdict and the
/// alarm, and neither "last verified" nor what stood in the way of the last verification.
/// Nothing is given if newer evidence was recorded since, or the host was removed.
pub async fn record_appraisal(
    ctx: &Ctx,
    recording: Recording,
) -> Result<Option<Recorded>, StoreError> {
    let lane = match recording.trigger {
        Trigger::Operator { .. } => Lane::Operators,
        _ => Lane::Hosts,
    };
    let mut write = ctx.write_for(lane).await?;
    let recorded = record(ctx, &mut write, recording).await?;
    write.commit().await?;
    Ok(recorded)
}

/// Records what judging stored evidence again gave, many hosts in one transaction; `unjudged`
/// wait no longer, because there is nothing to judge.
pub(crate) async fn record_judged_again(
    ctx: &Ctx,
    recordings: Vec<Recording>,
    unjudged: &[Wanted],
) -> Result<(), StoreError> {
    let mut write = ctx.write_behind().await?;
    for recording in recordings {
        record(ctx, &mut write, recording).await?;
    }
    for wanted in unjudged {
        write.not_wanted(wanted.host, wanted.number).await?;
    }
    write.commit().await
}

async fn record(
    ctx: &Ctx,
    write: &mut Write,
    recording: Recording,
) -> Result<Option<Recorded>, StoreError> {
    let host = recording.host;
    // What a steady host's answers left beside the record is part of it from here on.
    write.fold_repeated(host).await?;
    // Removed while it was verified.
    let Some(record) = write.host(host).await? else { return Ok(None) };
    if let Basis::Stored { received_at, .. } = recording.basis
        && write.evidence_received_at(host).await? != Some(received_at)
    {
        return Ok(None);
    }
    let standing = write.standing(host).await?;
    let repeated = standing.is_repeated_by(&recording.appraisal);
    // A verification that could not be finished stood in the row: a new one takes it away.
    let new = matches!(recording.basis, Basis::Received(_));
    let changed = !repeated || (new && record.problem.is_some());
    let alarm = record.alarm.clone().after(&recording.appraisal.finding(), write.now());
    let alarm_changed = alarm != record.alarm;

    let job = job_of(ctx, write, &recording, changed || alarm_changed).await?;
    let span = match &record.attested {
        Some(attested) if repeated => attested.appraisal,
        _ => AppraisalId::from_random(ctx.random.id()),
    };
    let appraisal = &recording.appraisal;
    if let Some(attested) = record.attested.as_ref().filter(|_| !repeated) {
        write.keep_last(host, attested.appraisal).await?;
    }
    let new_facts = match &recording.basis {
        Basis::Received(received) => {
            if let Some(from) = gap_before(&record, write.now()) {
                write.put_gap(host, from).await?;
            }
            if repeated {
                write.extend_span(host, span, &standing, appraisal).await?;
            } else {
                write.begin_span(host, span, &standing, appraisal).await?;
            }
            let judged = recording.judged.kept();
            keep(write, host, &standing, received, judged, appraisal.clock()).await?
        }
        Basis::Stored { received_at, wish } => {
            write.not_wanted(host, *wish).await?;
            write.judge_again(host, span, &standing, *received_at, appraisal).await?;
            write.set_judged(host, recording.judged.kept()).await?;
            false
        }
    };
    if !repeated {
        write.keep_first(host, span).await?;
    }
    let up_to_date = is_up_to_date(write, &record, &recording.judged).await?;
    if !up_to_date {
        write.judge_again_later(host, Because::Policy).await?;
    }
    let is_steady = up_to_date
        && appraisal.attestation() == Attestation::Passed
        && alarm.is_left_by_passing()
        && is_still_the_same(write, host, &recording).await?;
    write.set_steady(host, span, is_steady).await?;

    let scope = HostScope::from(&record);
    let mut revision = record.revision;
    if changed {
        let appraised = appraised(&record, span, job, appraisal);
        revision = write.host_event(&Actor::Server, scope, appraised).await?;
    }
    if alarm_changed {
        write.set_alarm(host, &alarm).await?;
        revision = write.host_event(&Actor::Server, scope, moved(&record.alarm, &alarm)).await?;
        if let Some(lapsed) = lapsed(&record.alarm, &alarm) {
            revision = write.host_event(&Actor::Server, scope, lapsed).await?;
        }
    }
    let mut steps = recording.steps.clone();
    let now = write.now();
    steps.push(Step { at: now, kind: StepKind::Recorded, detail: format!("revision {revision}") });
    if let Trigger::Operator { name, key, then_reset: Some(reason) } = &recording.trigger {
        match (appraisal.attestation(), alarm.red()) {
            (Attestation::Passed, Some(red)) => {
                let actor = Actor::of_operator(name, key.as_deref());
                revision = reset(write, scope, red, &actor, reason, None).await?;
                let detail = format!("by {name}: {reason}");
                steps.push(Step { at: now, kind: StepKind::AlarmReset, detail });
            }
            (attestation, _) => {
                let detail = format!("attestation: {}", attestation.code());
                steps.push(Step { at: now, kind: StepKind::AlarmKept, detail });
            }
        }
    } else if let (Attestation::Passed, Some(red)) = (appraisal.attestation(), alarm.red())
        && write.resets_automatically(scope.datacenter).await?
    {
        revision = reset_automatically(write, scope, red).await?;
        let detail = AUTOMATICALLY.to_owned();
        steps.push(Step { at: now, kind: StepKind::AlarmReset, detail });
    }
    if let Some(job) = job {
        write.add_steps(job, &steps).await?;
        write.set_job_state(job, &JobState::Done).await?;
        write.job_hint(host, job).await?;
    }
    if revision == record.revision {
        let other_facts = !standing.has_facts_of(appraisal);
        if new_facts || job.is_some() || other_facts {
            write.hint(transient(scope, "appraised"));
        } else if new {
            let datacenter = scope.datacenter;
            let hint = LiveHint::Verified { host, datacenter, at: now };
            write.hint(LiveMessage { seq: None, hint });
        }
    }
    Ok(Some(Recorded {
        attestation: recording.appraisal.attestation(),
        changed,
        revision,
        seen: record.revision,
        appraisal: span,
        is_steady,
    }))
}

/// The last verification, if it was longer ago than the policy lets a host be without one.
fn gap_before(record: &HostRecord, now: Timestamp) -> Option<Timestamp> {
    let last = record.attested.as_ref()?.last_verified;
    (Freshness::derive(Some(last), record.max_age_s, now) == Freshness::Stale).then_some(last)
}

/// Whether what the appraisal was judged by is what holds now.
async fn is_up_to_date(
    write: &mut Write,
    record: &HostRecord,
    judged: &Judged,
) -> Result<bool, StoreError> {
    let (_, standards, _) = write.interval_standards_and_boot(record.id).await?;
    if standards != judged.number {
        return Ok(false);
    }
    if record.exceptions == 0 {
        return Ok(judged.with.exceptions.is_empty());
    }
    let exceptions = write.exceptions(record.id).await?;
    let known = exceptions.iter().map(|row| row.exception.id);
    Ok(known.eq(judged.with.exceptions.iter().map(|exception| exception.id)))
}

/// Whether the identity that new evidence was appraised with is the one on record, with what is
/// known of it now.
async fn is_still_the_same(
    write: &mut Write,
    host: HostId,
    recording: &Recording,
) -> Result<bool, StoreError> {
    let Basis::Received(received) = &recording.basis else { return Ok(false) };
    let Some(then) = &received.identity else { return Ok(false) };
    let now = write.identity(host).await?.map(|stored| stored.recorded);
    Ok(now.is_some_and(|now| {
        now.tpm == then.tpm
            && now.approved_by_operator == then.approved_by_operator
            && now.duplicate_of == then.duplicate_of
    }))
}

/// The job that this ends; one that is made now for a scheduled verification worth a row.
async fn job_of(
    ctx: &Ctx,
    write: &mut Write,
    recording: &Recording,
    noteworthy: bool,
) -> Result<Option<JobId>, StoreError> {
    if recording.job.is_some() || !noteworthy {
        return Ok(recording.job);
    }
    let job = JobId::from_random(ctx.random.id());
    write.insert_job(job, recording.host, &recording.trigger).await?;
    Ok(Some(job))
}

fn appraised(
    record: &HostRecord,
    span: AppraisalId,
    job: Option<JobId>,
    appraisal: &Appraisal,
) -> EventKind {
    let reasons = match appraisal.finding() {
        Finding::Failed(reasons) => reasons,
        Finding::Passed | Finding::Inconclusive => Vec::new(),
    };
    EventKind::Appraised {
        appraisal: span,
        job,
        from: record.attested.as_ref().map(|_| record.attestation()),
        to: appraisal.attestation(),
        secure_boot: appraisal.report().secure_boot,
        reasons,
    }
}

/// The event for an alarm that an appraisal moved. Appraisals never turn an alarm green.
fn moved(before: &Alarm, after: &Alarm) -> EventKind {
    let occurrence_before = before.red().map_or(0, |red| red.occurrence);
    match after {
        Alarm::Green { occurrences } => {
            EventKind::AlarmConditionChanged { occurrence: *occurrences }
        }
        Alarm::Red(red) if red.occurrence != occurrence_before => {
            EventKind::AlarmRaised { occurrence: red.occurrence, reasons: red.reasons.clone() }
        }
        Alarm::Red(red) => match red.condition {
            Condition::Cleared { .. } => {
                EventKind::AlarmConditionCleared { occurrence: red.occurrence }
            }
            Condition::Holds | Condition::Unknown => {
                EventKind::AlarmConditionChanged { occurrence: red.occurrence }
            }
        },
    }
}

/// What stands as the reason of a reset that nobody asked for.
const AUTOMATICALLY: &str = "the host passed, and its datacenter resets alarms by itself";

/// Resets the alarm of a host that passed, where the datacenter wants that.
async fn reset_automatically(
    write: &mut Write,
    scope: HostScope,
    red: &Red,
) -> Result<u64, StoreError> {
    write.set_alarm(scope.host, &Alarm::Green { occurrences: red.occurrence }).await?;
    let reset = EventKind::AlarmReset {
        occurrence: red.occurrence,
        reason: AUTOMATICALLY.to_owned(),
        condition_held: false,
        reasons: red.reasons.clone(),
        asked_by: None,
    };
    write.host_event(&Actor::Server, scope, reset).await
}

/// The end of a wish to reset the alarm, if the appraisal ended one.
fn lapsed(before: &Alarm, after: &Alarm) -> Option<EventKind> {
    let before = before.red()?;
    let asked = before.reset_asked.as_ref()?;
    if after.red().is_some_and(|red| red.reset_asked.is_some()) {
        return None;
    }
    let asked_by = asked.by.clone();
    Some(EventKind::ResetLapsed { occurrence: before.occurrence, asked_by })
}

/// Resets a red alarm; `asked_by` is who asked for it, where another person confirms it. Gives the
/// host's revision after it.
pub(super) async fn reset(
    write: &mut Write,
    scope: HostScope,
    red: &Red,
    actor: &Actor,
    reason: &str,
    asked_by: Option<&str>,
) -> Result<u64, StoreError> {
    write.set_alarm(scope.host, &Alarm::Green { occurrences: red.occurrence }).await?;
    let reset = EventKind::AlarmReset {
        occurrence: red.occurrence,
        reason: reason.to_owned(),
        condition_held: red.condition == Condition::Holds,
        reasons: red.reasons.clone(),
        asked_by: asked_by.map(str::to_owned),
    };
    write.host_event(actor, scope, reset).await
}
