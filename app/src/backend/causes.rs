//! One cause: hosts that fail in the same way.

use async_trait::async_trait;
use trustboard_model::host_query::Fingerprint;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{CausePage, Viewer};

/// What hosts of one cause differ in, and what is left to do about them.
#[async_trait]
pub trait Causes: Send + Sync {
    /// The hosts of a cause that the viewer sees.
    async fn cause(&self, viewer: &Viewer, cause: Fingerprint) -> Result<CausePage, Refusal>;
}
