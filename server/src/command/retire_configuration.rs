//! Takes a configuration out of use, or throws a draft away.

use trustboard_model::configuration::ConfigurationState;
use trustboard_model::event::EventKind;
use trustboard_model::id::ConfigurationId;
use trustboard_model::job::Because;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{By, ConfigurationDone, Viewer};

use super::approve_configuration::clusters;
use super::configuration_rights::may_with;
use super::edit_configuration::refuse_stale;
use super::text::said;
use crate::ctx::{Ctx, Halt};

/// Takes a configuration out of use. An operator may throw a draft away; what is approved takes
/// an approver.
pub async fn retire_configuration(
    ctx: &Ctx,
    viewer: &Viewer,
    id: ConfigurationId,
    revision: u64,
    reason: &str,
) -> Result<ConfigurationDone, Refusal> {
    ctx.answer(retire(ctx, viewer, id, revision, reason).await)
}

async fn retire(
    ctx: &Ctx,
    viewer: &Viewer,
    id: ConfigurationId,
    revision: u64,
    reason: &str,
) -> Result<ConfigurationDone, Halt> {
    let reason = said("reason", reason)?;
    let mut write = ctx.write().await?;
    let record = write.configuration(id).await?;
    let record = record.ok_or_else(|| Refusal::not_found("configuration"))?;
    let before = record.row.state;
    let draft = before == ConfigurationState::Draft;
    let needs = if draft { Role::Operator } else { Role::Approver };
    may_with(&mut write, viewer, needs, clusters(&record.row)).await?;
    let configuration = record.row.configuration.clone();
    let state = ConfigurationState::Retired;
    if before == state {
        write.commit().await?;
        return Ok(ConfigurationDone { configuration, state, reappraised: 0 });
    }
    refuse_stale(&record, revision)?;
    if before == ConfigurationState::Superseded {
        let problem = "a newer version took its place already".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    }
    let by = By { name: viewer.name.clone(), at: write.now() };
    write.set_configuration_state(id, state, &record.row.approvals, Some(&by)).await?;
    let retired = EventKind::ConfigurationRetired {
        configuration: configuration.clone(),
        reason: reason.to_owned(),
    };
    write.event(&viewer.actor(), None, retired).await?;
    let mut reappraised = 0;
    if before == ConfigurationState::Approved {
        for cluster in clusters(&record.row) {
            reappraised += write.standards_changed(cluster, Because::Configurations).await?;
        }
    }
    write.commit().await?;
    Ok(ConfigurationDone { configuration, state, reappraised })
}
