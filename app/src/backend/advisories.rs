//! What every reader is told of the server.

use leptos::prelude::use_context;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{self, Viewer};

/// What stands above every page. As it is when a page is written, it stands in the context
/// ([`view::Advisories`]).
pub trait Advisories: Send + Sync {
    /// As it is now. Whoever is signed in may know.
    fn advisories(&self, viewer: &Viewer) -> Result<view::Advisories, Refusal>;
}

/// As it was when the page was asked for.
pub(crate) fn at_request() -> view::Advisories {
    use_context().unwrap_or_default()
}
