//! Does what a bulk job asks to the next of its hosts.

use trustboard_model::event::{Actor, EventKind, EventSeq};
use trustboard_model::id::{BulkId, DatacenterId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role;
use trustboard_model::view::{BulkState, HostAction, HostCommand, LiveHint, Viewer};

use super::act_on_host::act_in;
use crate::ctx::{Ctx, Halt};
use crate::live::LiveMessage;
use crate::store::{BulkItem, BulkRecord, ItemState, StoreError, Verified, Write};

/// Hosts of one transaction: others who write wait no longer than this many take.
const BATCH: u32 = 200;

/// Hosts of one job that are verified at a time: each of them may bring two megabytes of evidence.
const VERIFYING: u32 = 128;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Advanced {
    /// Whether there is more to do at once.
    pub more: bool,
    /// Hosts that are being verified.
    pub verifying: u32,
    /// The hosts that were acted on, and how.
    pub acted: Option<(HostAction, Vec<HostId>)>,
}

/// What has been counted in this transaction.
#[derive(Default)]
struct Counted {
    changed: u32,
    unchanged: u32,
    failed: u32,
}

impl Counted {
    fn add(&mut self, state: &ItemState) {
        match state {
            ItemState::Verifying(_) => {}
            ItemState::Changed => self.changed += 1,
            ItemState::Unchanged => self.unchanged += 1,
            ItemState::Failed(_) => self.failed += 1,
        }
    }

    const fn any(&self) -> bool {
        self.changed + self.unchanged + self.failed > 0
    }
}

/// Does what a bulk job asks to the next of its hosts, several in one transaction, each as the
/// single command would: with its own event, or refused for its own reason. Ends the job after
/// the last.
pub async fn advance_bulk(ctx: &Ctx, id: BulkId) -> Result<Advanced, StoreError> {
    let mut write = ctx.write().await?;
    let Some(job) = write.bulk_job(id).await? else { return Ok(Advanced::default()) };
    let mut counted = Counted::default();
    let verified = write.verified_items(id, BATCH).await?;
    for verified in &verified {
        let state = concluded(&job.action, verified);
        write.set_item(id, verified.number, &state).await?;
        counted.add(&state);
    }
    let verifying = write.verifying_items(id).await?;
    let mut advanced = Advanced { verifying, ..Advanced::default() };
    let items = match job.state {
        BulkState::Running => write.waiting_items(id, room(&job.action, verifying)).await?,
        BulkState::Cancelled | BulkState::Done => Vec::new(),
    };
    let acted = act_on_each(ctx, &mut write, &job, &items, &mut counted).await?;
    advanced.verifying += acted.verifying;
    advanced.acted = Some((job.action.clone(), acted.hosts));
    write.count_bulk(id, counted.changed, counted.unchanged, counted.failed).await?;
    if job.state == BulkState::Running {
        let left = !write.waiting_items(id, 1).await?.is_empty();
        advanced.more = left && room(&job.action, advanced.verifying) > 0;
        if !left && advanced.verifying == 0 {
            end(&mut write, &job, BulkState::Done, Actor::Server).await?;
        }
    }
    if items.is_empty() && !counted.any() && write.has_no_events() {
        // Nothing happened: nothing to write, nobody to tell.
        return Ok(advanced);
    }
    fold_hints(&mut write, id);
    write.commit().await?;
    Ok(advanced)
}

/// How many hosts may be taken on now.
fn room(action: &HostAction, verifying: u32) -> u32 {
    if is_followed(action) { VERIFYING.saturating_sub(verifying).min(BATCH) } else { BATCH }
}

/// Whether the action starts a verification whose end is waited for.
fn is_followed(action: &HostAction) -> bool {
    matches!(action, HostAction::VerifyNow | HostAction::VerifyThenReset { .. })
}

struct Acted {
    hosts: Vec<HostId>,
    verifying: u32,
}

async fn act_on_each(
    ctx: &Ctx,
    write: &mut Write,
    job: &BulkRecord,
    items: &[BulkItem],
    counted: &mut Counted,
) -> Result<Acted, StoreError> {
    let mut acted = Acted { hosts: Vec::new(), verifying: 0 };
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Ok(acted) };
    let viewer = acting(write, &job.viewer).await?;
    let mut others = Vec::new();
    for item in items {
        let state = match &viewer {
            Some(viewer) => act_on_one(ctx, write, viewer, &job.action, item).await?,
            None => ItemState::Failed(Refusal::Forbidden { needs: Role::Operator }),
        };
        counted.add(&state);
        match state {
            ItemState::Changed => acted.hosts.push(item.host),
            ItemState::Verifying(_) => {
                acted.hosts.push(item.host);
                acted.verifying += 1;
                others.push((item.number, state));
            }
            ItemState::Unchanged | ItemState::Failed(_) => others.push((item.number, state)),
        }
    }
    for (number, state) in &others {
        write.set_item(job.id, *number, state).await?;
    }
    // Those that wait still are the ones that were changed: one statement for them all.
    write.set_items_changed(job.id, first.number, last.number).await?;
    Ok(acted)
}

/// Whoever started the job, with what they may do now: never more than when they started it.
async fn acting(write: &mut Write, started: &Viewer) -> Result<Option<Viewer>, StoreError> {
    let now = write.operator_by_id(started.id).await?;
    let now = now.filter(|operator| operator.disabled.is_none());
    Ok(now.map(|now| Viewer { rights: both(&started.rights, &now.rights), ..started.clone() }))
}

/// What both rights allow.
fn both(one: &Rights, other: &Rights) -> Rights {
    let places = one.datacenters.keys().chain(other.datacenters.keys());
    Rights {
        everywhere: one.everywhere.min(other.everywhere),
        datacenters: places
            .filter_map(|id| Some((*id, one.role_in(*id).min(other.role_in(*id))?)))
            .collect(),
    }
}

async fn act_on_one(
    ctx: &Ctx,
    write: &mut Write,
    viewer: &Viewer,
    action: &HostAction,
    item: &BulkItem,
) -> Result<ItemState, StoreError> {
    let mark = write.mark().await?;
    let command = HostCommand { host: item.host, revision: item.revision, action: action.clone() };
    match act_in(ctx, write, viewer, &command).await {
        Ok(done) => {
            write.keep(mark).await?;
            Ok(match done.job {
                Some(job) if is_followed(action) => ItemState::Verifying(job),
                // The wish is on record; the alarm is as red as before.
                _ if done.awaits_second => ItemState::Failed(Refusal::Conflict {
                    problem: "the reset was asked for: another operator must confirm it".to_owned(),
                }),
                _ if done.changed => ItemState::Changed,
                _ => ItemState::Unchanged,
            })
        }
        Err(halt) => {
            write.undo(mark).await?;
            let refusal = match halt {
                Halt::Refused(refusal) => refusal,
                // One host that cannot be read keeps the others from nothing.
                Halt::Failed(error) => ctx.unavailable(&error),
            };
            if is_nothing_to_do(write, action, item.host, &refusal).await? {
                return Ok(ItemState::Unchanged);
            }
            Ok(ItemState::Failed(refusal))
        }
    }
}

/// Whether it was refused because nobody needs to be on it: of many, that is no failure.
async fn is_nothing_to_do(
    write: &mut Write,
    action: &HostAction,
    host: HostId,
    refusal: &Refusal,
) -> Result<bool, StoreError> {
    if !matches!((action, refusal), (HostAction::Acknowledge { .. }, Refusal::Conflict { .. }))
        && !matches!((action, refusal), (HostAction::Acknowledge { .. }, Refusal::Stale { .. }))
    {
        return Ok(false);
    }
    Ok(write.host(host).await?.is_some_and(|host| host.alarm.red().is_none()))
}

/// What became of a host whose verification has ended.
fn concluded(action: &HostAction, verified: &Verified) -> ItemState {
    let failed = |problem| ItemState::Failed(Refusal::Conflict { problem });
    if let Some(problem) = &verified.problem {
        return failed(format!("the host could not be verified: {problem}"));
    }
    if !matches!(action, HostAction::VerifyThenReset { .. }) || verified.reset {
        return ItemState::Changed;
    }
    match verified.kept.as_deref() {
        // It passed, and there was nothing to reset.
        Some("attestation: passed") => ItemState::Unchanged,
        _ => failed("the host was verified and did not pass: the alarm stays red".to_owned()),
    }
}

/// Ends a job that runs.
pub(super) async fn end(
    write: &mut Write,
    job: &BulkRecord,
    state: BulkState,
    actor: Actor,
) -> Result<(), StoreError> {
    write.end_bulk(job.id, state).await?;
    let Some(ended) = write.bulk_job(job.id).await? else { return Ok(()) };
    let kind = EventKind::BulkEnded {
        bulk: job.id,
        changed: ended.changed,
        unchanged: ended.unchanged,
        failed: ended.failed,
        cancelled: state == BulkState::Cancelled,
    };
    let datacenter = match job.datacenters.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    write.event(&actor, datacenter, kind).await
}

/// Puts one hint in the place of those of single hosts: a browser reads its page again once, not a
/// row ten thousand times.
pub(super) fn fold_hints(write: &mut Write, bulk: BulkId) {
    let mut datacenters: Vec<DatacenterId> = Vec::new();
    let mut seqs: Option<(EventSeq, EventSeq)> = None;
    for message in write.take_hints() {
        if let LiveHint::Host { datacenter, .. } = message.hint
            && !datacenters.contains(&datacenter)
        {
            datacenters.push(datacenter);
        }
        if let Some(seq) = message.seq {
            let (first, last) = seqs.unwrap_or((seq, seq));
            seqs = Some((first.min(seq), last.max(seq)));
        }
    }
    let hint = LiveHint::Bulk { bulk, datacenters, since: seqs.map(|(first, _)| first) };
    write.hint(LiveMessage { seq: seqs.map(|(_, last)| last), hint });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verified(problem: Option<&str>, reset: bool, kept: Option<&str>) -> Verified {
        let owned = |text: &str| text.to_owned();
        Verified { number: 1, problem: problem.map(owned), reset, kept: kept.map(owned) }
    }

    #[test]
    fn a_job_does_what_its_operator_may_still_do_and_could_when_it_began() {
        let (one, two) = (DatacenterId::from_random([1; 16]), DatacenterId::from_random([2; 16]));
        let mut before = Rights::everywhere(Role::Viewer);
        before.datacenters = [(one, Role::Administrator)].into();
        let after = Rights::everywhere(Role::Operator);
        assert_eq!(both(&before, &after).role_in(one), Some(Role::Operator));
        assert_eq!(both(&before, &after).role_in(two), Some(Role::Viewer));
        assert_eq!(both(&before, &Rights::only_in(two, Role::Operator)).role_in(one), None);
    }

    #[test]
    fn passing_failing_and_not_answering_are_told_apart() {
        let careful = HostAction::VerifyThenReset { reason: "fixed".to_owned() };
        assert_eq!(concluded(&careful, &verified(None, true, None)), ItemState::Changed);
        let green = verified(None, false, Some("attestation: passed"));
        assert_eq!(concluded(&careful, &green), ItemState::Unchanged);
        let problem = |verified| match concluded(&careful, &verified) {
            ItemState::Failed(Refusal::Conflict { problem }) => problem,
            other => panic!("{other:?}"),
        };
        let red = problem(verified(None, false, Some("attestation: failed")));
        let silent = problem(verified(Some("no session"), false, None));
        assert!(red.contains("did not pass") && silent.contains("no session"), "{red} {silent}");
        let now = HostAction::VerifyNow;
        assert_eq!(concluded(&now, &verified(None, false, None)), ItemState::Changed);
        assert!(matches!(concluded(&now, &verified(Some("x"), false, None)), ItemState::Failed(_)));
    }
}
