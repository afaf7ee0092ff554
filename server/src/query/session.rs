//! Who holds a session; nobody if it has expired.

use trustboard_model::view::Viewer;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Who holds a session; nobody if it has expired.
pub async fn session(ctx: &Ctx, secret: &[u8]) -> Result<Option<Viewer>, StoreError> {
    todo!()
}
