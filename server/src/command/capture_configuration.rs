//! Makes a draft of a configuration from what a host booted.

use trustboard_model::event::EventKind;
use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{ConfigurationDone, Viewer};

use super::draft_configuration::{Draft, configuration_name, digest_of, notes as checked, scope};
use super::learn_from_host::learn_from_host;
use crate::auth::operator::may_in;
use crate::ctx::{Ctx, Halt};

/// What is captured.
#[derive(Debug, Clone)]
pub struct Capture<'a> {
    /// The host.
    pub host: HostId,
    /// The name; with that of an existing one it becomes its next version.
    pub name: &'a str,
    /// Notes.
    pub notes: &'a str,
    /// The clusters; empty for the host's own.
    pub clusters: &'a [ClusterId],
    /// The registers; empty for those of the version before, or else the usual ones.
    pub pcrs: &'a [PcrIndex],
}

/// Makes a draft from what a host booted, by its latest appraisal, whose log replayed.
pub async fn capture_configuration(
    ctx: &Ctx,
    viewer: &Viewer,
    wish: &Capture<'_>,
) -> Result<ConfigurationDone, Refusal> {
    ctx.answer(capture(ctx, viewer, wish).await)
}

async fn capture(
    ctx: &Ctx,
    viewer: &Viewer,
    wish: &Capture<'_>,
) -> Result<ConfigurationDone, Halt> {
    let (name, notes) = (configuration_name(wish.name)?, checked(wish.notes)?);
    let mut write = ctx.write().await?;
    let host = write.host(wish.host).await?.ok_or_else(|| Refusal::not_found("host"))?;
    may_in(viewer, Role::Operator, host.datacenter.id, "host")?;
    let clusters = match wish.clusters {
        [] => vec![host.cluster.id],
        chosen => scope(&mut write, viewer, chosen).await?,
    };
    let from = learn_from_host(&mut write, &host).await?;
    let draft = Draft {
        name,
        notes,
        by: &viewer.name,
        source: from.source,
        log: from.log,
        learned: from.learned,
        pcrs: wish.pcrs,
        clusters: &clusters,
    };
    let (reference, row) = draft.write(ctx, &mut write).await?;
    let captured = EventKind::ConfigurationCaptured {
        configuration: row.configuration.clone(),
        host: host.name,
        values: digest_of(&reference),
    };
    write.event(&viewer.actor(), None, captured).await?;
    write.commit().await?;
    let (configuration, state) = (row.configuration, row.state);
    Ok(ConfigurationDone { configuration, state, reappraised: 0 })
}
