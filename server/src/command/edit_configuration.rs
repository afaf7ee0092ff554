//! Edits a draft of a configuration.

use std::collections::BTreeSet;

use trustboard_attest::reference::validate;
use trustboard_model::configuration::{ConfigurationState, Reference};
use trustboard_model::event::EventKind;
use trustboard_model::id::{ClusterId, ConfigurationId};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{ConfigurationDone, Viewer};

use super::approve_configuration::clusters as clusters_of;
use super::configuration_rights::may_with;
use super::draft_configuration::{digest_of, notes as checked, scope};
use crate::ctx::{Ctx, Halt};
use crate::store::ConfigurationRecord;

/// What a draft shall be.
#[derive(Debug, Clone)]
pub struct Edit<'a> {
    /// The draft.
    pub id: ConfigurationId,
    /// Its revision as the operator saw it.
    pub revision: u64,
    /// Notes.
    pub notes: &'a str,
    /// The clusters.
    pub clusters: &'a [ClusterId],
    /// The registers that it shall speak of.
    pub pcrs: &'a [PcrIndex],
    /// The events that may vary, by number.
    pub varies: &'a [u32],
}

/// Edits a draft. What is approved, or was, stays as it is: a change to it is a new version.
pub async fn edit_configuration(
    ctx: &Ctx,
    viewer: &Viewer,
    wish: &Edit<'_>,
) -> Result<ConfigurationDone, Refusal> {
    ctx.answer(edit(ctx, viewer, wish).await)
}

async fn edit(ctx: &Ctx, viewer: &Viewer, wish: &Edit<'_>) -> Result<ConfigurationDone, Halt> {
    let notes = checked(wish.notes)?;
    let mut write = ctx.write().await?;
    let record = write.configuration(wish.id).await?;
    let record = record.ok_or_else(|| Refusal::not_found("configuration"))?;
    may_with(&mut write, viewer, Role::Operator, clusters_of(&record.row)).await?;
    let state = record.row.state;
    let configuration = record.row.configuration.clone();
    let done = ConfigurationDone { configuration: configuration.clone(), state, reappraised: 0 };
    let clusters = scope(&mut write, viewer, wish.clusters).await?;
    let reference = edited(&record, wish)?;
    let same_scope = {
        let before: BTreeSet<_> = record.row.clusters.iter().map(|cluster| cluster.id).collect();
        before == clusters.iter().copied().collect()
    };
    if reference == record.reference && same_scope && notes == record.row.notes {
        write.commit().await?;
        return Ok(done);
    }
    refuse_stale(&record, wish.revision)?;
    if state != ConfigurationState::Draft {
        let problem = "only a draft can be edited: capture a new version".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    }
    write.edit_configuration(notes, &reference, &clusters).await?;
    let values = digest_of(&reference);
    let event = EventKind::ConfigurationEdited { configuration, values };
    write.event(&viewer.actor(), None, event).await?;
    write.commit().await?;
    Ok(done)
}

/// The values with the registers and the varying events of the wish.
fn edited(record: &ConfigurationRecord, wish: &Edit<'_>) -> Result<Reference, Refusal> {
    let mut reference = record.offered.clone();
    if let Some(missing) = wish.pcrs.iter().find(|pcr| !reference.pcrs.contains_key(pcr)) {
        let problem = format!("the event log does not explain PCR {missing}");
        return Err(Refusal::invalid("pcrs", problem));
    }
    reference.pcrs.retain(|pcr, _| wish.pcrs.contains(pcr));
    let mut known = BTreeSet::new();
    for event in reference.pcrs.values_mut().flat_map(|register| &mut register.events) {
        event.varies = wish.varies.contains(&event.number);
        known.insert(event.number);
    }
    let offered = |number: &u32| {
        record.offered.pcrs.values().any(|r| r.events.iter().any(|e| e.number == *number))
    };
    if let Some(number) =
        wish.varies.iter().find(|number| !known.contains(number) && !offered(number))
    {
        return Err(Refusal::invalid("varies", format!("there is no event {number}")));
    }
    validate(&reference).map_err(|error| Refusal::invalid("pcrs", error))?;
    Ok(reference)
}

/// Refuses what was asked of an older revision.
pub(super) fn refuse_stale(record: &ConfigurationRecord, seen: u64) -> Result<(), Refusal> {
    let current = record.row.revision;
    if seen == current {
        return Ok(());
    }
    Err(Refusal::Stale { seen, current, now: format!("configuration {}", record.row.state.code()) })
}
