//! One version of a configuration, as a reviewer needs it.

use trustboard_attest::reference::differences;
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::id::ConfigurationId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ConfigurationPage, Viewer};

use super::configurations::seen;
use crate::ctx::{Ctx, Halt};

/// One version with its events, its history, and how it differs from the one in use.
pub async fn configuration(
    ctx: &Ctx,
    viewer: &Viewer,
    id: ConfigurationId,
) -> Result<ConfigurationPage, Refusal> {
    ctx.answer(page(ctx, viewer, id).await)
}

async fn page(ctx: &Ctx, viewer: &Viewer, id: ConfigurationId) -> Result<ConfigurationPage, Halt> {
    let mut read = ctx.read().await?;
    let record = read.configuration(id).await?;
    let record = record.ok_or_else(|| Refusal::not_found("configuration"))?;
    let mut roles = Vec::new();
    let mut two_approvals = read.settings().await?.two_person_approvals;
    for cluster in &record.row.clusters {
        let Some(cluster) = read.cluster(cluster.id).await? else { continue };
        two_approvals |= cluster.policy.two_approvals;
        roles.push(viewer.role_in(cluster.datacenter.id));
    }
    let role = roles.into_iter().min().unwrap_or_else(|| viewer.rights.strongest());
    let row = seen(&mut read, viewer, vec![record.row]).await?.pop();
    let row = row.ok_or_else(|| Refusal::not_found("configuration"))?;
    let versions = read.versions(&row.configuration.name).await?;
    let versions = seen(&mut read, viewer, versions).await?;
    let in_use = versions
        .iter()
        .find(|row| row.state == ConfigurationState::Approved && row.configuration.id != id);
    let before = match in_use {
        Some(row) => read.configuration(row.configuration.id).await?,
        None => None,
    };
    Ok(ConfigurationPage {
        differences: before
            .as_ref()
            .map(|before| differences(&before.reference, &record.reference))
            .unwrap_or_default(),
        before: before.map(|before| before.row.configuration),
        offered: record.offered.pcrs.keys().copied().collect(),
        log: record.log,
        versions,
        two_approvals,
        role,
        row,
        reference: record.reference,
    })
}
