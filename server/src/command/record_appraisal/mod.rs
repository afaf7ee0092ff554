//! Records appraisals: the only way in which an Attestation cell changes.
//!
//! ```text
//! read    what all of them rest on: hosts, standings, identities, exceptions, standards
//! decide  what becomes of each host, by itself (`decide`)
//! write   each kind of row, of all hosts, in one statement
//! ```
//!
//! One appraisal is the case of one. A statement costs a hand-over to the database's thread and back,
//! which is most of what recording costs, so many that wait are recorded for little more than one.

mod alarm;
mod decide;
mod on_record;
mod recording;

use std::collections::HashSet;

use trustboard_model::id::{AppraisalId, HostId, JobId};
use trustboard_model::job::Because;
use trustboard_model::time::Timestamp;
use trustboard_model::view::LiveHint;

pub(super) use self::alarm::reset;
use self::decide::{Decision, Ids, decide};
use self::on_record::OnRecord;
pub use self::recording::{Basis, Judged, Ready, Recorded, Recording};
use super::keep_evidence::{Kept, kept};
use super::record_hello::transient;
use crate::ctx::Ctx;
use crate::live::LiveMessage;
use crate::session::wire;
use crate::store::record::HostRecord;
use crate::store::{
    AlarmRow, AppraisalRow, EndedJob, EvidenceRow, HostEvents, HostScope, Lane, Standing,
    StoreError, Wanted, Write,
};

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
    let ready = Ready::of(recording);
    Ok(record_appraisals(ctx, &[&ready]).await?.pop().flatten())
}

/// Records appraisals in one transaction, as if one after the other. If it fails, none of them is
/// recorded.
pub async fn record_appraisals(
    ctx: &Ctx,
    all: &[&Ready],
) -> Result<Vec<Option<Recorded>>, StoreError> {
    let mut write = ctx.write_for(lane(all)).await?;
    let recorded = record(ctx, &mut write, all).await?;
    write.commit().await?;
    Ok(recorded)
}

/// Records what judging stored evidence again gave, many hosts in one transaction; `unjudged`
/// wait no longer, because there is nothing to judge.
pub(crate) async fn record_judged_again(
    ctx: &Ctx,
    all: &[&Ready],
    unjudged: &[Wanted],
) -> Result<(), StoreError> {
    let mut write = ctx.write_gathered().await?;
    record(ctx, &mut write, all).await?;
    let unjudged: Vec<_> = unjudged.iter().map(|wanted| (wanted.host, wanted.number)).collect();
    write.not_wanted(&unjudged).await?;
    write.commit().await
}

/// Whom they may keep waiting: what an operator asked for goes before what hosts do.
fn lane(all: &[&Ready]) -> Lane {
    let asked = all.iter().any(|one| one.is_asked_for());
    if asked { Lane::Operators } else { Lane::Hosts }
}

async fn record(
    ctx: &Ctx,
    write: &mut Write,
    all: &[&Ready],
) -> Result<Vec<Option<Recorded>>, StoreError> {
    let mut recorded = vec![None; all.len()];
    let mut rest: Vec<usize> = (0..all.len()).collect();
    while !rest.is_empty() {
        // A host's second one is to see what its first one did.
        let mut hosts = HashSet::with_capacity(rest.len());
        let (these, later) =
            rest.into_iter().partition(|index| hosts.insert(all[*index].recording.host));
        rest = later;
        let these: Vec<usize> = these;
        let of_one_each: Vec<&Ready> = these.iter().map(|index| all[*index]).collect();
        let done = record_of_one_each(ctx, write, &of_one_each).await?;
        for (index, done) in these.into_iter().zip(done) {
            recorded[index] = done;
        }
    }
    Ok(recorded)
}

/// An appraisal with what is on record of its host, and what becomes of it.
struct Decided<'a> {
    ready: &'a Ready,
    record: &'a HostRecord,
    standing: &'a Standing,
    decision: Decision,
}

/// Records appraisals, each of another host.
async fn record_of_one_each(
    ctx: &Ctx,
    write: &mut Write,
    all: &[&Ready],
) -> Result<Vec<Option<Recorded>>, StoreError> {
    let on_record = OnRecord::read(write, all).await?;
    let (recorded, decided) = decide_all(ctx, all, &on_record, write.now());
    if !decided.is_empty() {
        write_all(write, &decided).await?;
    }
    Ok(recorded)
}

/// What becomes of each, and what is to be written.
fn decide_all<'a>(
    ctx: &Ctx,
    all: &[&'a Ready],
    on_record: &'a OnRecord,
    now: Timestamp,
) -> (Vec<Option<Recorded>>, Vec<Decided<'a>>) {
    let (mut recorded, mut decided) = (Vec::with_capacity(all.len()), Vec::new());
    for ready in all {
        let before = on_record.of(ready.recording.host);
        let one = before.and_then(|before| {
            let span = AppraisalId::from_random(ctx.random.id());
            let ids = Ids { span, job: JobId::from_random(ctx.random.id()) };
            let decision = decide(&ready.recording, before, ids, now)?;
            let (record, standing) = (before.record, before.standing);
            Some(Decided { ready, record, standing, decision })
        });
        recorded.push(one.as_ref().map(|one| one.decision.recorded));
        decided.extend(one);
    }
    (recorded, decided)
}

impl Decided<'_> {
    fn host(&self) -> HostId {
        self.record.id
    }

    fn row(&self) -> AppraisalRow<'_> {
        let Decision { recorded, begins, of, .. } = &self.decision;
        AppraisalRow {
            host: self.record.id,
            span: recorded.appraisal,
            begins: *begins,
            standing: self.standing,
            appraisal: &self.ready.recording.appraisal,
            of: *of,
            revision: recorded.revision,
            steady: recorded.is_steady,
        }
    }

    /// What is kept of evidence that came in.
    fn kept(&self) -> Option<(&Self, Kept<'_>, Vec<u8>)> {
        let Basis::Received(received) = &self.ready.recording.basis else { return None };
        let kept = kept(received, self.ready.parts.as_ref(), self.standing);
        let context = wire::encode(&kept.context);
        Some((self, kept, context))
    }

    fn evidence<'a>(&'a self, kept: &'a Kept<'_>, context: &'a [u8]) -> EvidenceRow<'a> {
        let Recording { appraisal, judged, .. } = &self.ready.recording;
        EvidenceRow {
            host: self.record.id,
            standing: self.standing,
            message: kept.message,
            context,
            log: kept.log,
            systemd_log: kept.systemd_log,
            keys: kept.keys,
            resets: appraisal.clock().map(|clock| clock.reset_count),
            judged: judged.kept(),
            sent_log: kept.sent_log,
            sent_systemd_log: kept.sent_systemd_log,
        }
    }

    fn ended_job(&self) -> Option<EndedJob<'_>> {
        let (id, is_new) = self.decision.job?;
        let new = is_new.then_some(&self.ready.recording.trigger);
        Some(EndedJob { id, host: self.record.id, new, steps: &self.decision.steps })
    }

    /// What happened, and what browsers are told beside that.
    fn events(&self, new_facts: bool, now: Timestamp) -> HostEvents {
        let scope = HostScope::from(self.record);
        let HostScope { host, datacenter, .. } = scope;
        let Decision { events, job, other_facts, .. } = &self.decision;
        let plain = |hint| LiveMessage { seq: None, hint };
        let mut hints = Vec::new();
        if let Some((job, _)) = *job {
            hints.push(plain(LiveHint::Job { host, datacenter, job }));
        }
        if events.is_empty() {
            let is_new = matches!(self.ready.recording.basis, Basis::Received(_));
            if new_facts || job.is_some() || *other_facts {
                hints.push(transient(scope, "appraised"));
            } else if is_new {
                hints.push(plain(LiveHint::Verified { host, datacenter, at: now }));
            }
        }
        HostEvents { scope, events: events.clone(), hints }
    }
}

/// Writes what was decided, each kind of row of all hosts at a time.
async fn write_all(write: &mut Write, all: &[Decided<'_>]) -> Result<(), StoreError> {
    // Before the evidence of the runs that begin takes its place.
    let ended = all.iter().filter_map(|one| Some((one.decision.ended?, one.host())));
    write.keep_last(&ended.collect::<Vec<_>>()).await?;
    let gaps = all.iter().filter_map(|one| Some((one.host(), one.decision.gap?)));
    write.put_gaps(&gaps.collect::<Vec<_>>()).await?;
    let rows: Vec<_> = all.iter().map(Decided::row).collect();
    write.put_appraisals(&rows).await?;

    let kept: Vec<_> = all.iter().filter_map(Decided::kept).collect();
    let rows: Vec<_> =
        kept.iter().map(|(one, kept, context)| one.evidence(kept, context)).collect();
    let left = write.put_evidence(&rows).await?;
    let facts = kept.iter().filter_map(|(one, kept, _)| Some((one.host(), kept.facts?)));
    let new_facts = write.put_facts(&facts.collect::<Vec<_>>()).await?;
    let stored = |one: &Decided<'_>| match one.ready.recording.basis {
        Basis::Stored { wish, .. } => Some((one.host(), wish)),
        Basis::Received(_) => None,
    };
    write.not_wanted(&all.iter().filter_map(stored).collect::<Vec<_>>()).await?;
    let judged = all.iter().filter(|one| stored(one).is_some());
    let judged: Vec<_> =
        judged.map(|one| (one.host(), one.ready.recording.judged.kept())).collect();
    write.set_judged(&judged).await?;
    let again = all.iter().filter(|one| one.decision.judge_again).map(Decided::host);
    write.judge_all_again_later(&again.collect::<Vec<_>>(), Because::Policy).await?;
    let begun = all.iter().filter(|one| one.decision.begins);
    let begun: Vec<_> = begun.map(|one| (one.decision.recorded.appraisal, one.host())).collect();
    write.keep_first(&begun).await?;
    write.release_logs(&left).await?;

    let alarms = all.iter().filter_map(|one| {
        let was_red = one.record.alarm.red().is_some();
        let alarm = one.decision.alarm.as_ref()?;
        Some(AlarmRow { host: one.host(), cluster: one.record.cluster.id, was_red, alarm })
    });
    write.set_alarms(&alarms.collect::<Vec<_>>()).await?;
    let jobs: Vec<_> = all.iter().filter_map(Decided::ended_job).collect();
    write.end_jobs(&jobs).await?;
    let now = write.now();
    let events = all.iter().map(|one| one.events(new_facts.contains(&one.host()), now));
    write.events_of_hosts(events.collect()).await
}
