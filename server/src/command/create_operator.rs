//! Makes an operator.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::OperatorId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Rights;

use super::roles_in::roles_in;
use super::text::operator_name;
use crate::ctx::{Ctx, Halt};
use crate::store::Write;
use crate::store::record::OperatorRecord;

/// Makes an operator. The name must be free, in any case of its letters. Without a password hash
/// only a sign-in code lets them in.
pub async fn create_operator(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    rights: impl Into<Rights>,
    password_hash: Option<String>,
) -> Result<OperatorId, Refusal> {
    ctx.answer(create(ctx, actor, name, rights.into(), password_hash).await)
}

async fn create(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    rights: Rights,
    password_hash: Option<String>,
) -> Result<OperatorId, Halt> {
    let mut write = ctx.write().await?;
    let id = insert(ctx, &mut write, actor, name, rights, password_hash).await?;
    write.commit().await?;
    Ok(id)
}

/// Makes an operator in a transaction that goes on.
pub(super) async fn insert(
    ctx: &Ctx,
    write: &mut Write,
    actor: &Actor,
    name: &str,
    rights: Rights,
    password_hash: Option<String>,
) -> Result<OperatorId, Halt> {
    let name = operator_name(name)?;
    if write.operator(name).await?.is_some() {
        let problem = format!("there is an operator named {name} already");
        return Err(Refusal::Conflict { problem }.into());
    }
    let id = OperatorId::from_random(ctx.random.id());
    let name = name.to_owned();
    let operator =
        OperatorRecord { id, name, rights, password_hash, language: None, disabled: None };
    let datacenters = roles_in(write, &operator.rights).await?;
    write.insert_operator(&operator).await?;
    let created = EventKind::OperatorCreated {
        role: operator.rights.everywhere,
        name: operator.name,
        datacenters,
    };
    write.event(actor, None, created).await?;
    Ok(id)
}
