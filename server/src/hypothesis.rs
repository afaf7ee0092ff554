//! What an action would change of what hosts are judged by. Nothing is written.

use std::collections::BTreeSet;
use std::sync::Arc;

use trustboard_attest::Standards;
use trustboard_model::comparison::Comparison;
use trustboard_model::configuration::{ConfigurationRef, ConfigurationState, Reference};
use trustboard_model::exception::Exception;
use trustboard_model::id::{ClusterId, ConfigurationId, HostId};
use trustboard_model::policy::Policy;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{ConfigurationAction, PolicyAction, Viewer};

use crate::auth::operator::may_in;
use crate::command::{self, Grant, clusters, learn_from_host, sound_policy, superseded};
use crate::ctx::Halt;
use crate::impact::Hypothesis;
use crate::state::AppState;
use crate::store::{ClusterRecord, ConfigurationRecord, Read};

/// What an action on configurations would change. Drafts change nothing.
pub(crate) async fn of_configuration(
    state: &AppState,
    viewer: &Viewer,
    action: &ConfigurationAction,
) -> Result<Hypothesis, Halt> {
    let mut read = state.ctx.read().await?;
    match action {
        ConfigurationAction::Capture { .. } | ConfigurationAction::Edit { .. } => {
            Ok(Hypothesis::default())
        }
        ConfigurationAction::Approve { id, keep_older, .. } => {
            let record = seen_configuration(&mut read, viewer, *id).await?;
            let scope = clusters(&record.row);
            approve(state, viewer, &mut read, &record, scope, *keep_older).await
        }
        ConfigurationAction::Retire { id, .. } => {
            let record = seen_configuration(&mut read, viewer, *id).await?;
            if record.row.state != ConfigurationState::Approved {
                return Ok(Hypothesis::default());
            }
            let gone = BTreeSet::from([*id]);
            assume(state, viewer, &mut read, &clusters(&record.row), &gone, None).await
        }
        ConfigurationAction::AcceptChange { host, keep_older, .. } => {
            accept(state, viewer, &mut read, *host, *keep_older).await
        }
    }
}

/// What an action on policies and exceptions would change.
pub(crate) async fn of_policy(
    state: &AppState,
    viewer: &Viewer,
    action: &PolicyAction,
) -> Result<Hypothesis, Halt> {
    let mut read = state.ctx.read().await?;
    match action {
        PolicyAction::Set { cluster, seen, policy } => {
            let record = cluster_of(&mut read, *cluster).await?;
            may_in(viewer, Role::Viewer, record.datacenter.id, "cluster")?;
            let policy = sound_policy((**policy).clone())?;
            let before = &record.policy;
            if policy == (Policy { version: policy.version, ..before.clone() }) {
                return Ok(Hypothesis::default());
            }
            if *seen != before.version {
                let now = format!("the policy is {}", before.label());
                let (seen, current) = (u64::from(*seen), u64::from(before.version));
                return Err(Refusal::Stale { seen, current, now }.into());
            }
            let policy = Policy { version: before.version.saturating_add(1), ..policy };
            let approved = read.approved(*cluster).await?;
            let standards = Standards {
                policy,
                makers: state.makers(),
                revocations: state.revocations(),
                approved,
            };
            Ok(Hypothesis {
                hosts: read.hosts_of(*cluster).await?,
                standards: [(*cluster, Arc::new(standards))].into(),
                exceptions: None,
            })
        }
        PolicyAction::Grant { host, revision, check, value, reason, days } => {
            let record = read.host(*host).await?.ok_or_else(|| Refusal::not_found("host"))?;
            may_in(viewer, Role::Viewer, record.datacenter.id, "host")?;
            let mut exceptions = exceptions(&mut read, *host).await?;
            if exceptions.iter().any(|exception| exception.value == *value) {
                return Ok(Hypothesis::default());
            }
            let report = match &record.attested {
                Some(attested) => Some(read.report(attested.appraisal).await?),
                None => None,
            };
            let (host, revision, check, days) = (*host, *revision, *check, *days);
            let wish = Grant { host, revision, check, value, reason, days };
            let now = state.ctx.clock.now();
            let new = command::exception(&state.ctx, viewer, &wish, report.as_ref(), now)?;
            exceptions.push(new);
            Ok(only(host, exceptions))
        }
        PolicyAction::Revoke { id, .. } => {
            let Some(row) = read.exception(*id).await? else {
                if read.knows_exception(*id).await? {
                    return Ok(Hypothesis::default());
                }
                return Err(Refusal::not_found("exception").into());
            };
            let host = row.exception.host;
            let record = read.host(host).await?.ok_or_else(|| Refusal::not_found("exception"))?;
            may_in(viewer, Role::Viewer, record.datacenter.id, "exception")?;
            let mut exceptions = exceptions(&mut read, host).await?;
            exceptions.retain(|exception| exception.id != *id);
            Ok(only(host, exceptions))
        }
    }
}

/// What moving hosts to another cluster would change: they would be judged by its standards.
pub(crate) async fn of_move(
    state: &AppState,
    hosts: &[HostId],
    to: ClusterId,
) -> Result<Hypothesis, Halt> {
    let mut read = state.ctx.read().await?;
    let record = cluster_of(&mut read, to).await?;
    let approved = read.approved(to).await?;
    let (policy, makers, revocations) = (record.policy, state.makers(), state.revocations());
    let standards = Arc::new(Standards { policy, makers, revocations, approved });
    let mut what_if = Hypothesis::default();
    for &host in hosts {
        let record = read.host(host).await?.ok_or_else(|| Refusal::not_found("host"))?;
        what_if.standards.insert(record.cluster.id, Arc::clone(&standards));
        what_if.hosts.push(host);
    }
    Ok(what_if)
}

fn only(host: HostId, exceptions: Vec<Exception>) -> Hypothesis {
    Hypothesis { hosts: vec![host], exceptions: Some(exceptions), ..Hypothesis::default() }
}

async fn exceptions(read: &mut Read, host: HostId) -> Result<Vec<Exception>, Halt> {
    let rows = read.exceptions(host).await?;
    Ok(rows.into_iter().map(|row| row.exception).collect())
}

async fn configuration(read: &mut Read, id: ConfigurationId) -> Result<ConfigurationRecord, Halt> {
    let record = read.configuration(id).await?;
    Ok(record.ok_or_else(|| Refusal::not_found("configuration"))?)
}

/// A configuration, if the viewer sees one of its clusters, or it has none.
async fn seen_configuration(
    read: &mut Read,
    viewer: &Viewer,
    id: ConfigurationId,
) -> Result<ConfigurationRecord, Halt> {
    let record = configuration(read, id).await?;
    let datacenters = read.datacenters_by_cluster().await?;
    let sees = |cluster| datacenters.get(cluster).is_some_and(|id| viewer.sees(*id));
    let scope = clusters(&record.row);
    if !scope.is_empty() && !scope.iter().any(sees) {
        return Err(Refusal::not_found("configuration").into());
    }
    Ok(record)
}

async fn cluster_of(read: &mut Read, id: ClusterId) -> Result<ClusterRecord, Halt> {
    Ok(read.cluster(id).await?.ok_or_else(|| Refusal::not_found("cluster"))?)
}

/// `record` would be approved for `scope`.
async fn approve(
    state: &AppState,
    viewer: &Viewer,
    read: &mut Read,
    record: &ConfigurationRecord,
    scope: BTreeSet<ClusterId>,
    keep_older: bool,
) -> Result<Hypothesis, Halt> {
    let (mut gone, mut concerned) = (BTreeSet::new(), scope.clone());
    if !keep_older {
        let versions = read.versions(&record.row.configuration.name).await?;
        for older in superseded(&versions, &record.row) {
            gone.insert(older.configuration.id);
            concerned.extend(clusters(older));
        }
    }
    assume(state, viewer, read, &concerned, &gone, Some((&record.reference, &scope))).await
}

/// What the host booted would be the next version of the closest configuration.
async fn accept(
    state: &AppState,
    viewer: &Viewer,
    read: &mut Read,
    host: HostId,
    keep_older: bool,
) -> Result<Hypothesis, Halt> {
    let host = read.host(host).await?.ok_or_else(|| Refusal::not_found("host"))?;
    may_in(viewer, Role::Viewer, host.datacenter.id, "host")?;
    let from = learn_from_host(read, &host).await?;
    let Some(Comparison::Differs { closest, .. }) = &from.report.comparison else {
        let problem = "the host does not differ from an approved configuration".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    };
    let mut record = configuration(read, closest.id).await?;
    let versions = read.versions(&closest.name).await?;
    let newest = versions.first().map_or(0, |row| row.configuration.version);
    let next = ConfigurationRef {
        id: ConfigurationId::from_random(state.ctx.random.id()),
        name: closest.name.clone(),
        version: newest.saturating_add(1),
    };
    record.reference = from.learned.following(&record.reference).into_reference(next.clone());
    record.row.configuration = next;
    let scope = clusters(&record.row);
    approve(state, viewer, read, &record, scope, keep_older).await
}

/// The hosts of those clusters that the viewer sees would be judged without the configurations that are `gone`, and with
/// `added` where it is for.
async fn assume(
    state: &AppState,
    viewer: &Viewer,
    read: &mut Read,
    concerned: &BTreeSet<ClusterId>,
    gone: &BTreeSet<ConfigurationId>,
    added: Option<(&Reference, &BTreeSet<ClusterId>)>,
) -> Result<Hypothesis, Halt> {
    let mut what_if = Hypothesis::default();
    for &cluster in concerned {
        let record = cluster_of(read, cluster).await?;
        if !viewer.sees(record.datacenter.id) {
            continue;
        }
        let mut approved = read.approved(cluster).await?;
        approved.retain(|reference| !gone.contains(&reference.configuration.id));
        if let Some((reference, scope)) = added
            && scope.contains(&cluster)
        {
            approved.retain(|other| other.configuration.id != reference.configuration.id);
            approved.insert(0, reference.clone());
        }
        let (policy, makers, revocations) = (record.policy, state.makers(), state.revocations());
        let standards = Standards { policy, makers, revocations, approved };
        what_if.standards.insert(cluster, Arc::new(standards));
        what_if.hosts.extend(read.hosts_of(cluster).await?);
    }
    Ok(what_if)
}
