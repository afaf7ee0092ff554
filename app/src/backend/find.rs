//! Finding things by name.

use async_trait::async_trait;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Findings, Viewer};

/// Finds things by name.
#[async_trait]
pub trait Finder: Send + Sync {
    /// Hosts, clusters and datacenters that the viewer sees and whose name holds this.
    async fn find(&self, viewer: &Viewer, name: &str) -> Result<Findings, Refusal>;
}
