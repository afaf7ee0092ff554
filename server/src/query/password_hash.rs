//! The hash that a password is verified against.

use crate::ctx::Ctx;
use crate::store::StoreError;

/// The hash that an operator's password is verified against; nothing if there is no such operator,
/// they have no password, or they were disabled.
pub async fn password_hash(ctx: &Ctx, name: &str) -> Result<Option<String>, StoreError> {
    let operator = ctx.read().await?.operator(name).await?;
    Ok(operator.filter(|one| one.disabled.is_none()).and_then(|one| one.password_hash))
}
