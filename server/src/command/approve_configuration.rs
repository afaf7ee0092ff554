//! Approves a configuration: from now on hosts of its clusters may boot it.

use std::collections::BTreeSet;

use trustboard_model::configuration::ConfigurationState;
use trustboard_model::event::EventKind;
use trustboard_model::id::{ClusterId, ConfigurationId};
use trustboard_model::job::Because;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{By, ConfigurationDone, ConfigurationRow, Viewer};

use super::configuration_rights::may_with;
use super::draft_configuration::digest_of;
use super::edit_configuration::refuse_stale;
use crate::ctx::{Ctx, Halt};
use crate::store::{ConfigurationRecord, Write};

/// Approves a draft, or gives the second approval where a policy of its clusters or the server's settings demand
/// two. The
/// second must be another person's. Unless `keep_older`, older approved versions of the same name
/// are superseded.
pub async fn approve_configuration(
    ctx: &Ctx,
    viewer: &Viewer,
    id: ConfigurationId,
    revision: u64,
    keep_older: bool,
) -> Result<ConfigurationDone, Refusal> {
    ctx.answer(approve(ctx, viewer, id, revision, keep_older).await)
}

async fn approve(
    ctx: &Ctx,
    viewer: &Viewer,
    id: ConfigurationId,
    revision: u64,
    keep_older: bool,
) -> Result<ConfigurationDone, Halt> {
    let mut write = ctx.write().await?;
    let record = write.configuration(id).await?;
    let record = record.ok_or_else(|| Refusal::not_found("configuration"))?;
    may_with(&mut write, viewer, Role::Approver, clusters(&record.row)).await?;
    let approved_before = record.row.approvals.iter().any(|by| by.name == viewer.name);
    let unchanged = match record.row.state {
        ConfigurationState::Approved => true,
        ConfigurationState::AwaitingSecond => approved_before,
        ConfigurationState::Draft => false,
        ConfigurationState::Superseded | ConfigurationState::Retired => {
            let problem = "it is out of use: capture a new version".to_owned();
            return Err(Refusal::Conflict { problem }.into());
        }
    };
    if unchanged {
        let ConfigurationRow { configuration, state, .. } = record.row;
        write.commit().await?;
        return Ok(ConfigurationDone { configuration, state, reappraised: 0 });
    }
    refuse_stale(&record, revision)?;
    let done = give(&mut write, viewer, &record, keep_older).await?;
    write.commit().await?;
    Ok(done)
}

/// Gives this person's approval to a draft or to one that awaits the second.
pub(super) async fn give(
    write: &mut Write,
    viewer: &Viewer,
    record: &ConfigurationRecord,
    keep_older: bool,
) -> Result<ConfigurationDone, Halt> {
    if record.row.clusters.is_empty() {
        let problem = "it is for no cluster: choose its clusters first".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    }
    let configuration = record.row.configuration.clone();
    let by = By { name: viewer.name.clone(), at: write.now() };
    let mut approvals = record.row.approvals.clone();
    approvals.push(by.clone());
    let needed = if two_approvals(write, &record.row).await? { 2 } else { 1 };
    let complete = approvals.len() >= needed;
    let state =
        if complete { ConfigurationState::Approved } else { ConfigurationState::AwaitingSecond };
    write.set_configuration_state(configuration.id, state, &approvals, None).await?;
    let actor = viewer.actor();
    let values = digest_of(&record.reference);
    let event =
        EventKind::ConfigurationApproved { configuration: configuration.clone(), values, complete };
    write.event(&actor, None, event).await?;
    let mut reappraised = 0;
    if complete {
        let mut concerned: BTreeSet<ClusterId> = clusters(&record.row);
        if !keep_older {
            for older in superseded(&write.versions(&configuration.name).await?, &record.row) {
                // What is in use elsewhere is taken away by those who may, there.
                may_with(write, viewer, Role::Approver, clusters(older)).await?;
                concerned.extend(clusters(older));
                let id = older.configuration.id;
                let state = ConfigurationState::Superseded;
                write.set_configuration_state(id, state, &older.approvals, Some(&by)).await?;
                let event = EventKind::ConfigurationSuperseded {
                    configuration: older.configuration.clone(),
                    version: configuration.version,
                };
                write.event(&actor, None, event).await?;
            }
        }
        for cluster in concerned {
            reappraised += write.standards_changed(cluster, Because::Configurations).await?;
        }
    }
    Ok(ConfigurationDone { configuration, state, reappraised })
}

/// The versions that approving `row` supersedes: older ones that are approved.
pub(crate) fn superseded<'r>(
    versions: &'r [ConfigurationRow],
    row: &ConfigurationRow,
) -> impl Iterator<Item = &'r ConfigurationRow> {
    let version = row.configuration.version;
    versions.iter().filter(move |other| {
        other.configuration.version < version && other.state == ConfigurationState::Approved
    })
}

/// The clusters that a version is for.
pub(crate) fn clusters(row: &ConfigurationRow) -> BTreeSet<ClusterId> {
    row.clusters.iter().map(|cluster| cluster.id).collect()
}

async fn two_approvals(write: &mut Write, row: &ConfigurationRow) -> Result<bool, Halt> {
    if write.settings().await?.two_person_approvals {
        return Ok(true);
    }
    for cluster in &row.clusters {
        if write.cluster(cluster.id).await?.is_some_and(|found| found.policy.two_approvals) {
            return Ok(true);
        }
    }
    Ok(false)
}
