//! Gives an operator other roles.

use trustboard_model::event::EventKind;
use trustboard_model::id::OperatorId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role;
use trustboard_model::view::{UserDone, Viewer};

use super::roles_in::roles_in;
use crate::auth::operator::manages_users;
use crate::ctx::{Ctx, Halt};
use crate::store::Write;
use crate::store::record::OperatorRecord;

/// Gives an operator these rights; `seen` is what they had on the page. They count from the next
/// request on. The last administrator stays one.
pub async fn set_rights(
    ctx: &Ctx,
    viewer: &Viewer,
    id: OperatorId,
    seen: &Rights,
    rights: &Rights,
) -> Result<UserDone, Refusal> {
    ctx.answer(set(ctx, viewer, id, seen, rights).await)
}

async fn set(
    ctx: &Ctx,
    viewer: &Viewer,
    id: OperatorId,
    seen: &Rights,
    rights: &Rights,
) -> Result<UserDone, Halt> {
    manages_users(viewer)?;
    let mut write = ctx.write().await?;
    let operator = found(&mut write, id).await?;
    if operator.rights == *rights {
        write.commit().await?;
        return Ok(UserDone { name: operator.name, changed: false, link: None });
    }
    if operator.rights != *seen {
        let problem = format!("the roles of {} have changed since this page", operator.name);
        return Err(Refusal::Conflict { problem }.into());
    }
    if rights.everywhere != Some(Role::Administrator) {
        keep_an_administrator(&mut write, &operator).await?;
    }
    let datacenters = roles_in(&mut write, rights).await?;
    write.set_rights(id, rights).await?;
    let (name, role) = (operator.name.clone(), rights.everywhere);
    let changed = EventKind::OperatorChanged { name, role, datacenters };
    write.event(&viewer.actor(), None, changed).await?;
    write.commit().await?;
    Ok(UserDone { name: operator.name, changed: true, link: None })
}

/// The operator with this id.
pub(super) async fn found(write: &mut Write, id: OperatorId) -> Result<OperatorRecord, Halt> {
    let operator = write.operator_by_id(id).await?;
    Ok(operator.ok_or_else(|| Refusal::not_found("operator"))?)
}

/// Refuses what would leave nobody who can manage users.
pub(super) async fn keep_an_administrator(
    write: &mut Write,
    operator: &OperatorRecord,
) -> Result<(), Halt> {
    let is_one =
        operator.rights.everywhere == Some(Role::Administrator) && operator.disabled.is_none();
    if is_one && write.other_administrators(operator.id).await? == 0 {
        let problem = format!("{} is the last administrator", operator.name);
        return Err(Refusal::Conflict { problem }.into());
    }
    Ok(())
}
