//! Finding things by name, for the quick search.

use async_trait::async_trait;
use trustboard_app::backend::Finder;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Findings, Viewer};

use crate::query;
use crate::state::AppState;

#[async_trait]
impl Finder for AppState {
    async fn find(&self, viewer: &Viewer, name: &str) -> Result<Findings, Refusal> {
        query::find(&self.ctx, viewer, name).await
    }
}
