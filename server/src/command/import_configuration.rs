//! Makes a draft of a configuration from an event log.

use trustboard_attest::reference::learn_from_log;
use trustboard_model::event::EventKind;
use trustboard_model::id::ClusterId;
use trustboard_model::protocol::limit;
use trustboard_model::reason::bounded;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{ConfigurationDone, Source, Viewer};

use super::draft_configuration::{
    Draft, configuration_name, digest_of, not_learned, notes as checked, scope,
};
use crate::auth::operator::may_somewhere;
use crate::ctx::{Ctx, Halt};

/// What is imported.
#[derive(Debug, Clone)]
pub struct Import<'a> {
    /// The file's name, as the browser gave it.
    pub file: &'a str,
    /// The event log, at most `limit::LOG_BYTES`.
    pub log: &'a [u8],
    /// The name; with that of an existing one it becomes its next version.
    pub name: &'a str,
    /// Notes.
    pub notes: &'a str,
    /// The clusters.
    pub clusters: &'a [ClusterId],
}

/// Makes a draft from an event log (`binary_bios_measurements`). Nothing vouches for it but
/// whoever approves it.
pub async fn import_configuration(
    ctx: &Ctx,
    viewer: &Viewer,
    wish: &Import<'_>,
) -> Result<ConfigurationDone, Refusal> {
    ctx.answer(import(ctx, viewer, wish).await)
}

async fn import(ctx: &Ctx, viewer: &Viewer, wish: &Import<'_>) -> Result<ConfigurationDone, Halt> {
    may_somewhere(viewer, Role::Operator)?;
    let (name, notes) = (configuration_name(wish.name)?, checked(wish.notes)?);
    if wish.log.len() > limit::LOG_BYTES {
        let problem = format!("{} bytes; at most {}", wish.log.len(), limit::LOG_BYTES);
        return Err(Refusal::invalid("log", problem).into());
    }
    let learned = learn_from_log(wish.log).map_err(|error| not_learned(&error))?;
    let file = bounded(wish.file);
    let mut write = ctx.write().await?;
    let clusters = scope(&mut write, viewer, wish.clusters).await?;
    let log = write.add_log(wish.log).await?;
    let draft = Draft {
        name,
        notes,
        by: &viewer.name,
        source: Source::File { name: file.clone() },
        log,
        learned,
        pcrs: &[],
        clusters: &clusters,
    };
    let (reference, row) = draft.write(ctx, &mut write).await?;
    let imported = EventKind::ConfigurationImported {
        configuration: row.configuration.clone(),
        file,
        values: digest_of(&reference),
    };
    write.event(&viewer.actor(), None, imported).await?;
    write.commit().await?;
    let (configuration, state) = (row.configuration, row.state);
    Ok(ConfigurationDone { configuration, state, reappraised: 0 })
}
