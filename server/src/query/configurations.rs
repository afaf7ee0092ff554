//! The list of configurations.

use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ConfigurationRow, Viewer};

use crate::ctx::{Ctx, Halt};
use crate::store::Tx;

/// Every version that the viewer sees by name, the newest first; with `all` those that ended, too.
pub async fn configurations(
    ctx: &Ctx,
    viewer: &Viewer,
    all: bool,
) -> Result<Vec<ConfigurationRow>, Refusal> {
    ctx.answer(list(ctx, viewer, all).await)
}

async fn list(ctx: &Ctx, viewer: &Viewer, all: bool) -> Result<Vec<ConfigurationRow>, Halt> {
    let mut read = ctx.read().await?;
    let rows = read.configurations(all).await?;
    seen(&mut read, viewer, rows).await
}

/// Those that the viewer sees, with the clusters that they see. One without clusters concerns
/// nobody's hosts, and is everybody's to see.
pub(super) async fn seen<Mode>(
    read: &mut Tx<Mode>,
    viewer: &Viewer,
    rows: Vec<ConfigurationRow>,
) -> Result<Vec<ConfigurationRow>, Halt> {
    if viewer.rights.everywhere.is_some() {
        return Ok(rows);
    }
    let datacenters = read.datacenters_by_cluster().await?;
    let sees = |cluster: &_| datacenters.get(cluster).is_some_and(|id| viewer.sees(*id));
    let mut kept = Vec::new();
    for mut row in rows {
        let before = row.clusters.len();
        row.clusters.retain(|cluster| sees(&cluster.id));
        if before == 0 || !row.clusters.is_empty() {
            row.elsewhere = u32::try_from(before - row.clusters.len()).unwrap_or(u32::MAX);
            kept.push(row);
        }
    }
    Ok(kept)
}
