//! What becomes of a host with an appraisal: decided upon what is on record, without looking anywhere.

use trustboard_attest::RecordedIdentity;
use trustboard_model::alarm::Alarm;
use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::id::{AppraisalId, ExceptionId, JobId};
use trustboard_model::job::{Step, StepKind, Trigger};
use trustboard_model::time::Timestamp;

use super::alarm::{after_reset, moved};
use super::recording::{Basis, Judged, Recorded, Recording};
use crate::store::record::HostRecord;
use crate::store::{Of, Standing};

/// What is on record of a host that an appraisal is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'a> {
    pub record: &'a HostRecord,
    pub standing: &'a Standing,
    /// The identity on record.
    pub identity: Option<&'a RecordedIdentity>,
    /// Exceptions that have not ended, those that end first first.
    pub exceptions: &'a [ExceptionId],
    /// The number of what its cluster's hosts are judged by.
    pub standards: u64,
    /// Whether its datacenter resets the alarms of hosts that pass.
    pub resets_automatically: bool,
}

/// Names for what may be made of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ids {
    pub span: AppraisalId,
    pub job: JobId,
}

/// What is to be written.
#[derive(Debug)]
pub(super) struct Decision {
    pub recorded: Recorded,
    /// Whether a new run begins.
    pub begins: bool,
    /// The run that ends.
    pub ended: Option<AppraisalId>,
    pub of: Of,
    /// Since when the host was not verified, if that was longer than its policy allows.
    pub gap: Option<Timestamp>,
    /// Whether it was judged by what does not hold any more.
    pub judge_again: bool,
    /// The alarm, if it is another one now.
    pub alarm: Option<Alarm>,
    /// What happened, in order.
    pub events: Vec<(Actor, EventKind)>,
    /// The job that ends, and whether it has no row yet.
    pub job: Option<(JobId, bool)>,
    /// The job's last steps.
    pub steps: Vec<Step>,
    /// Whether the facts of the verdict are other ones: a row of the table reads otherwise.
    pub other_facts: bool,
}

/// What stands as the reason of a reset that nobody asked for.
const AUTOMATICALLY: &str = "the host passed, and its datacenter resets alarms by itself";

/// Nothing if newer evidence was recorded since.
pub(super) fn decide(
    recording: &Recording,
    before: Before<'_>,
    ids: Ids,
    now: Timestamp,
) -> Option<Decision> {
    let Before { record, standing, .. } = before;
    let Recording { appraisal, trigger, basis, .. } = recording;
    if let Basis::Stored { received_at, .. } = basis
        && standing.received_at != Some(*received_at)
    {
        return None;
    }
    let attested = record.attested.as_ref();
    let attestation = appraisal.attestation();
    let begins = !standing.is_repeated_by(appraisal);
    // A verification that could not be finished stood in the row: a new one takes it away.
    let (of, settles) = of(recording, record);
    let changed = begins || settles;
    let found = record.alarm.clone().after(&appraisal.finding(), now);
    let moves = found != record.alarm;
    let made = (changed || moves).then_some((ids.job, true));
    let job = recording.job.map(|job| (job, false)).or(made);
    let span = attested.filter(|_| !begins).map_or(ids.span, |attested| attested.appraisal);

    let mut events = Vec::new();
    if changed {
        let from = attested.map(|_| record.attestation());
        events.push((Actor::Server, appraised(recording, from, span, job.map(|(id, _)| id))));
    }
    if moves {
        events.extend(moved(&record.alarm, &found).map(|event| (Actor::Server, event)));
    }
    let mut steps = recording.steps.clone();
    let mut step = |kind, detail| steps.push(Step { at: now, kind, detail });
    let revision = |events: &[_]| record.revision.saturating_add(events.len() as u64);
    step(StepKind::Recorded, format!("revision {}", revision(&events)));
    // A reset that comes of it counts from the next one on.
    let is_left = found.is_left_by_passing();
    let passed = attestation == Attestation::Passed;
    let mut alarm = found;
    if let Trigger::Operator { name, key, then_reset: Some(reason) } = trigger {
        if let (true, Some(red)) = (passed, alarm.red()) {
            let (green, reset) = after_reset(red, reason, None);
            events.push((Actor::of_operator(name, key.as_deref()), reset));
            step(StepKind::AlarmReset, format!("by {name}: {reason}"));
            alarm = green;
        } else {
            step(StepKind::AlarmKept, format!("attestation: {}", attestation.code()));
        }
    } else if let (true, Some(red)) = (passed && before.resets_automatically, alarm.red()) {
        let (green, reset) = after_reset(red, AUTOMATICALLY, None);
        events.push((Actor::Server, reset));
        step(StepKind::AlarmReset, AUTOMATICALLY.to_owned());
        alarm = green;
    }

    let up_to_date = is_up_to_date(&before, &recording.judged);
    Some(Decision {
        recorded: Recorded {
            attestation,
            changed,
            revision: revision(&events),
            seen: record.revision,
            appraisal: span,
            is_steady: up_to_date && passed && is_left && is_still_the_same(&before, basis),
        },
        begins,
        ended: attested.filter(|_| begins).map(|attested| attested.appraisal),
        of,
        gap: gap_before(record, basis, now),
        judge_again: !up_to_date,
        alarm: (alarm != record.alarm).then_some(alarm),
        events,
        job,
        steps,
        other_facts: !standing.has_facts_of(appraisal),
    })
}

/// What the appraisal is of, and whether that settles what stood in the way of the last one.
fn of(recording: &Recording, record: &HostRecord) -> (Of, bool) {
    match recording.basis {
        Basis::Received(_) => {
            let had_problem = record.problem.is_some();
            (Of::NewEvidence { had_problem }, had_problem)
        }
        Basis::Stored { received_at, .. } => {
            let last = record.attested.as_ref().and_then(|attested| attested.last_passed);
            let passed = recording.appraisal.attestation() == Attestation::Passed;
            let passed_at = Some(received_at).filter(|at| passed && last.is_none_or(|l| l < *at));
            (Of::Stored { passed_at }, false)
        }
    }
}

/// The last verification, if it was longer ago than the policy lets a host be without one.
fn gap_before(record: &HostRecord, basis: &Basis, now: Timestamp) -> Option<Timestamp> {
    let Basis::Received(_) = basis else { return None };
    let last = record.attested.as_ref()?.last_verified;
    (Freshness::derive(Some(last), record.max_age_s, now) == Freshness::Stale).then_some(last)
}

/// Whether what the appraisal was judged by is what holds now.
fn is_up_to_date(before: &Before<'_>, judged: &Judged) -> bool {
    let then = judged.with().exceptions.iter().map(|exception| exception.id);
    before.standards == judged.number() && before.exceptions.iter().copied().eq(then)
}

/// Whether the identity that new evidence was appraised with is the one on record, with what is
/// known of it now.
fn is_still_the_same(before: &Before<'_>, basis: &Basis) -> bool {
    let Basis::Received(received) = basis else { return false };
    received.identity.as_ref().zip(before.identity).is_some_and(|(then, now)| {
        now.tpm == then.tpm
            && now.approved_by_operator == then.approved_by_operator
            && now.duplicate_of == then.duplicate_of
    })
}

fn appraised(
    recording: &Recording,
    from: Option<Attestation>,
    span: AppraisalId,
    job: Option<JobId>,
) -> EventKind {
    use trustboard_model::alarm::Finding;
    let appraisal = &recording.appraisal;
    let reasons = match appraisal.finding() {
        Finding::Failed(reasons) => reasons,
        Finding::Passed | Finding::Inconclusive => Vec::new(),
    };
    EventKind::Appraised {
        appraisal: span,
        job,
        from,
        to: appraisal.attestation(),
        secure_boot: appraisal.report().secure_boot,
        reasons,
    }
}
