//! Makes the first administrator, for who has the setup code.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::OperatorId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role;

use super::SignedIn;
use super::sign_in::{From, open_session, refuse};
use super::text::operator_name;
use crate::ctx::{Ctx, Halt};
use crate::setup_code::SetupCode;
use crate::store::record::OperatorRecord;
use crate::store::secret::SecretHash;

/// What the audit calls somebody who came with a code that is good for nothing.
const NOBODY: &str = "(setup code)";

/// Makes the first administrator and signs them in. The code is used up.
///
/// # Errors
///
/// [`Refusal::Conflict`] if there is an operator, [`Refusal::WrongCredentials`] if the code is not
/// the one in force or has expired.
pub async fn claim_server(
    ctx: &Ctx,
    code: &SetupCode,
    name: &str,
    password_hash: String,
    from: &From,
) -> Result<SignedIn, Refusal> {
    ctx.answer(claim(ctx, code, name, password_hash, from).await)
}

async fn claim(
    ctx: &Ctx,
    code: &SetupCode,
    name: &str,
    password_hash: String,
    from: &From,
) -> Result<SignedIn, Halt> {
    let name = operator_name(name)?;
    let mut write = ctx.write().await?;
    if write.has_operators().await? {
        let problem = "this server has an operator already; sign in".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    }
    if !write.take_setup_code(SecretHash::of(code.secret())).await? {
        return refuse(write, NOBODY.to_owned()).await;
    }
    let id = OperatorId::from_random(ctx.random.id());
    let rights = Rights::everywhere(Role::Administrator);
    let operator = OperatorRecord {
        id,
        name: name.to_owned(),
        rights,
        password_hash: Some(password_hash),
        language: None,
        disabled: None,
    };
    write.insert_operator(&operator).await?;
    let created = EventKind::OperatorCreated {
        name: operator.name.clone(),
        role: Some(Role::Administrator),
        datacenters: Vec::new(),
    };
    write.event(&Actor::Operator(operator.name.clone()), None, created).await?;
    open_session(ctx, write, operator, from).await
}
