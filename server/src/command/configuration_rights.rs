//! Who may do what with a configuration: its role counts in the datacenters of all its clusters.

use trustboard_model::id::ClusterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::Viewer;

use crate::auth::operator::may_somewhere;
use crate::ctx::Halt;
use crate::store::Write;

/// Refuses whoever may not do what needs `needs` in the datacenters of all these clusters. Without
/// clusters it concerns nobody's hosts: the role anywhere is enough. To whoever sees none of the
/// datacenters, the configuration is not there.
pub(super) async fn may_with(
    write: &mut Write,
    viewer: &Viewer,
    needs: Role,
    clusters: impl IntoIterator<Item = ClusterId>,
) -> Result<(), Halt> {
    let (mut some, mut seen, mut all) = (false, false, true);
    for cluster in clusters {
        let Some(datacenter) = write.datacenter_of(cluster).await? else { continue };
        some = true;
        seen |= viewer.sees(datacenter);
        all &= viewer.may(needs, datacenter);
    }
    if !some {
        return Ok(may_somewhere(viewer, needs)?);
    }
    match (seen, all) {
        (false, _) => Err(Refusal::not_found("configuration").into()),
        (true, false) => Err(Refusal::Forbidden { needs }.into()),
        (true, true) => Ok(()),
    }
}
