//! What every reader is told of the server.

use trustboard_app::backend::Advisories;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{self, Viewer};

use crate::state::AppState;

impl Advisories for AppState {
    fn advisories(&self, _viewer: &Viewer) -> Result<view::Advisories, Refusal> {
        Ok(AppState::advisories(self))
    }
}
