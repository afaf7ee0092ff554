//! Roles in single datacenters, as an event tells them.

use trustboard_model::refusal::Refusal;
use trustboard_model::rights::{Rights, RoleIn};

use crate::ctx::Halt;
use crate::store::Write;

/// The roles in single datacenters with the datacenters' names, by name. Refused if one of the
/// datacenters is not there.
pub(super) async fn roles_in(write: &mut Write, rights: &Rights) -> Result<Vec<RoleIn>, Halt> {
    let mut roles = Vec::with_capacity(rights.datacenters.len());
    for (&id, &role) in &rights.datacenters {
        let named = write.datacenter(id).await?.ok_or_else(|| Refusal::not_found("datacenter"))?;
        roles.push(RoleIn { id, name: named.name, role });
    }
    roles.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(roles)
}
