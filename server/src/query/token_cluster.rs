//! The cluster that an enrolment token leads to, if it can be used now.

use trustboard_model::id::ClusterId;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// The cluster that an enrolment token leads to, if it can be used now.
pub async fn token_cluster(ctx: &Ctx, secret: &[u8]) -> Result<Option<ClusterId>, StoreError> {
    todo!()
}
