//! Makes an operator.

use trustboard_model::event::Actor;
use trustboard_model::id::OperatorId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;

use crate::ctx::Ctx;

/// Makes an operator.
pub async fn create_operator(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    role: Role,
    password_hash: Option<String>,
) -> Result<OperatorId, Refusal> {
    todo!()
}
