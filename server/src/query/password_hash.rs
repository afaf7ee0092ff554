//! The hash that a password is verified against.

use crate::ctx::Ctx;
use crate::store::StoreError;

/// The hash that a password is verified against.
pub async fn password_hash(ctx: &Ctx, name: &str) -> Result<Option<String>, StoreError> {
    todo!()
}
