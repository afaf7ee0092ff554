//! One cause: reads alone.

use async_trait::async_trait;
use trustboard_app::backend::Causes;
use trustboard_model::host_query::Fingerprint;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{CausePage, Viewer};

use crate::query;
use crate::state::AppState;

#[async_trait]
impl Causes for AppState {
    async fn cause(&self, viewer: &Viewer, cause: Fingerprint) -> Result<CausePage, Refusal> {
        query::cause(&self.ctx, viewer, cause).await
    }
}
