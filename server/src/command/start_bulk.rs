//! Starts an action on many hosts.

use std::collections::HashSet;

use trustboard_model::event::EventKind;
use trustboard_model::id::BulkId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{BulkRequest, HostAction, LiveHint, Scope, Selection, Viewer};

use super::act_on_host::expiry;
use super::text::said;
use crate::auth::operator::may_somewhere;
use crate::ctx::{Ctx, Halt};
use crate::live::LiveMessage;
use crate::store::{Tx, Within};

/// Jobs of one operator that may run at a time: enough for a busy morning, too few to keep the
/// others' work waiting.
const MAX_RUNNING: usize = 8;

/// Starts an action on many hosts as a job. Which hosts those are is decided here, once; what is
/// done to each follows, see [`advance_bulk`](super::advance_bulk()).
pub async fn start_bulk(
    ctx: &Ctx,
    viewer: &Viewer,
    request: &BulkRequest,
) -> Result<BulkId, Refusal> {
    ctx.answer(start(ctx, viewer, request).await)
}

async fn start(ctx: &Ctx, viewer: &Viewer, request: &BulkRequest) -> Result<BulkId, Halt> {
    let request = sound(viewer, request)?;
    let (selection, action) = (&request.selection, &request.action);
    let mut write = ctx.write().await?;
    if let HostAction::Acknowledge { minutes, until, .. } = action {
        expiry(*minutes, *until, write.now())?;
    }
    check_seen(selection, write.chain_head().await?.seq.0)?;
    if write.bulk_jobs_of(viewer.id).await?.len() >= MAX_RUNNING {
        let problem = format!("{MAX_RUNNING} of your jobs run already: wait, or cancel one");
        return Err(Refusal::Conflict { problem }.into());
    }
    let within = part_of(&mut write, viewer, selection).await?;
    let id = BulkId::from_random(ctx.random.id());
    let chosen = write.insert_bulk(id, viewer, selection, action, &within).await?;
    if chosen > Selection::MAX_MATCHING {
        let problem = format!("{chosen} hosts match; at most {}", Selection::MAX_MATCHING);
        return Err(Refusal::invalid("query", problem).into());
    }
    if let Selection::Hosts { hosts } = selection {
        let known: HashSet<_> = write.bulk_hosts(id).await?.into_iter().collect();
        for seen in hosts.iter().filter(|seen| !known.contains(&seen.host)) {
            write.insert_failed_item(id, seen.host, &Refusal::not_found("host")).await?;
        }
    }
    let job = write.complete_bulk(id).await?;
    if job.total == 0 {
        let problem = "no host matches: there is nothing to do".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    }
    let started = EventKind::BulkStarted {
        bulk: id,
        action: action.clone(),
        hosts: job.total,
        query: job.query,
    };
    let datacenter = match job.datacenters.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    write.event(&viewer.actor(), datacenter, started).await?;
    let hint = LiveHint::Bulk { bulk: id, datacenters: Vec::new(), since: None };
    write.hint(LiveMessage { seq: None, hint });
    write.commit().await?;
    Ok(id)
}

/// A request with its texts trimmed and each host once, or what is wrong with it.
pub(crate) fn sound(viewer: &Viewer, request: &BulkRequest) -> Result<BulkRequest, Refusal> {
    may_somewhere(viewer, Role::Operator)?;
    let mut request = request.clone();
    match &mut request.action {
        HostAction::Acknowledge { comment, .. } => {
            *comment = said("comment", comment)?.to_owned();
        }
        HostAction::VerifyThenReset { reason }
        | HostAction::Reset { reason }
        | HostAction::DeclineReset { reason }
        | HostAction::EnterMaintenance { reason }
        | HostAction::Disconnect { reason } => *reason = said("reason", reason)?.to_owned(),
        HostAction::AcceptIdentity { .. } => {
            let problem = "identities are accepted one by one: each is a decision on one TPM";
            return Err(Refusal::invalid("action", problem));
        }
        HostAction::VerifyNow
        | HostAction::ConfirmReset
        | HostAction::LeaveMaintenance
        | HostAction::Connect => {}
    }
    sound_selection(&mut request.selection)?;
    Ok(request)
}

/// Each host once, and not too many of them.
pub(crate) fn sound_selection(selection: &mut Selection) -> Result<(), Refusal> {
    let Selection::Hosts { hosts } = selection else { return Ok(()) };
    if hosts.is_empty() || hosts.len() > Selection::MAX_HOSTS {
        let problem = format!("expected 1 to {}; choose more by a query", Selection::MAX_HOSTS);
        return Err(Refusal::invalid("hosts", problem));
    }
    let mut once = HashSet::new();
    hosts.retain(|seen| once.insert(seen.host));
    Ok(())
}

/// Refuses an event that nobody can have seen yet.
pub(crate) fn check_seen(selection: &Selection, head: u64) -> Result<(), Refusal> {
    match selection {
        Selection::Matching { seen, .. } | Selection::FailedOf { seen, .. } if seen.0 > head => {
            Err(Refusal::invalid("seen", format!("the last event is {head}")))
        }
        _ => Ok(()),
    }
}

/// Where a selection is looked for: in the datacenters that the viewer sees.
pub(crate) async fn part_of<Mode>(
    tx: &mut Tx<Mode>,
    viewer: &Viewer,
    selection: &Selection,
) -> Result<Within, Halt> {
    let mut unseen: Vec<_> = tx.datacenters().await?.into_iter().map(|place| place.id).collect();
    if let Selection::Matching { scope: Scope::Datacenter(wanted), .. } = selection
        && !(unseen.contains(wanted) && viewer.sees(*wanted))
    {
        return Err(Refusal::not_found("datacenter").into());
    }
    if let Selection::FailedOf { job, .. } = selection {
        let job = tx.bulk_job(*job).await?;
        if !job.is_some_and(|job| crate::query::shows_bulk(viewer, &job)) {
            return Err(Refusal::not_found("job").into());
        }
    }
    unseen.retain(|id| !viewer.sees(*id));
    Ok(Within::AllBut(unseen))
}
