//! Gives an operator another role or password.

use trustboard_model::event::Actor;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;

use crate::ctx::Ctx;

/// Gives an operator another role or password.
pub async fn change_operator(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    role: Option<Role>,
    password_hash: Option<String>,
) -> Result<(), Refusal> {
    todo!()
}
