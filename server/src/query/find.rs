//! Hosts, clusters and datacenters by name, among those that somebody sees.

use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Findings, Scope, Viewer};

use super::within::within;
use crate::ctx::{Ctx, Halt};

/// What has a name with this in it; nothing has an empty one.
pub async fn find(ctx: &Ctx, viewer: &Viewer, name: &str) -> Result<Findings, Refusal> {
    let name = name.trim();
    if name.chars().count() > Findings::LONGEST {
        return Err(Refusal::invalid("name", "no name is that long"));
    }
    if name.is_empty() {
        return Ok(Findings::default());
    }
    ctx.answer(found(ctx, viewer, name).await)
}

async fn found(ctx: &Ctx, viewer: &Viewer, name: &str) -> Result<Findings, Halt> {
    let mut read = ctx.read().await?;
    let within = within(&mut read, viewer, Scope::Everything).await?.within;
    let mut found = read.find(&within, name, Findings::MOST + 1).await?;
    let more = found.len() > Findings::MOST;
    found.truncate(Findings::MOST);
    Ok(Findings { found, more })
}
