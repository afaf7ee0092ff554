//! Accepts what a failed host booted: the next version of the closest configuration.

use trustboard_model::comparison::Comparison;
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::event::EventKind;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{ConfigurationDone, Viewer};

use super::approve_configuration::give;
use super::configuration_rights::may_with;
use super::draft_configuration::{Draft, digest_of};
use super::learn_from_host::learn_from_host;
use super::text::said;
use crate::auth::operator::may_in;
use crate::ctx::{Ctx, Halt};
use crate::store::HostScope;

/// Accepts what a host booted. It becomes the next version of the configuration that it is
/// closest to, for the same clusters, and is approved at once, or awaits the second approval.
pub async fn accept_change(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    revision: u64,
    reason: &str,
    keep_older: bool,
) -> Result<ConfigurationDone, Refusal> {
    ctx.answer(accept(ctx, viewer, host, revision, reason, keep_older).await)
}

async fn accept(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    revision: u64,
    reason: &str,
    keep_older: bool,
) -> Result<ConfigurationDone, Halt> {
    let reason = said("reason", reason)?;
    let mut write = ctx.write().await?;
    let host = write.host(host).await?.ok_or_else(|| Refusal::not_found("host"))?;
    may_in(viewer, Role::Approver, host.datacenter.id, "host")?;
    if revision != host.revision {
        let now = format!("attestation {}", host.attestation().code());
        return Err(Refusal::Stale { seen: revision, current: host.revision, now }.into());
    }
    let conflict = |problem: &str| Refusal::Conflict { problem: problem.to_owned() };
    let from = learn_from_host(&mut write, &host).await?;
    let Some(Comparison::Differs { closest, .. }) = &from.report.comparison else {
        let problem = "the host does not differ from an approved configuration";
        return Err(conflict(problem).into());
    };
    let closest = write.configuration(closest.id).await?;
    let closest = closest.ok_or_else(|| Refusal::not_found("configuration"))?;
    if closest.row.state != ConfigurationState::Approved {
        return Err(conflict("the closest configuration is no longer approved").into());
    }
    let pcrs: Vec<_> = closest.reference.pcrs.keys().copied().collect();
    if let Some(lost) = pcrs.iter().find(|pcr| !from.learned.pcrs.contains_key(pcr)) {
        let problem = format!(
            "the event log of the host does not explain PCR {lost}, of which {} speaks: what it \
             booted cannot be reviewed event by event",
            closest.row.configuration.name
        );
        return Err(conflict(&problem).into());
    }
    let clusters: Vec<_> = closest.row.clusters.iter().map(|cluster| cluster.id).collect();
    may_with(&mut write, viewer, Role::Approver, clusters.iter().copied()).await?;
    let draft = Draft {
        name: &closest.row.configuration.name,
        notes: reason,
        by: &viewer.name,
        source: from.source,
        log: from.log,
        learned: from.learned.following(&closest.reference),
        pcrs: &pcrs,
        clusters: &clusters,
    };
    let (reference, row) = draft.write(ctx, &mut write).await?;
    let actor = viewer.actor();
    let captured = EventKind::ConfigurationCaptured {
        configuration: row.configuration.clone(),
        host: host.name.clone(),
        values: digest_of(&reference),
    };
    write.event(&actor, None, captured).await?;
    let record = write.configuration(row.configuration.id).await?;
    let record = record.ok_or_else(|| Refusal::not_found("configuration"))?;
    let done = give(&mut write, viewer, &record, keep_older).await?;
    let accepted =
        EventKind::ChangeAccepted { configuration: row.configuration, reason: reason.to_owned() };
    write.host_event(&actor, HostScope::from(&host), accepted).await?;
    write.commit().await?;
    Ok(done)
}
