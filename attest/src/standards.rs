//! What the hosts of a cluster are judged by.

use std::sync::Arc;

use trustboard_model::configuration::Reference;
use trustboard_model::policy::Policy;

use crate::Makers;
use crate::secure_boot::OfficialRevocations;

/// Everything that is the same for all hosts of a cluster. Made anew when any of it changes and
/// shared by all appraisals until then: that two appraisals had the same `Arc` says that they
/// were judged by the same.
#[derive(Debug, Clone)]
pub struct Standards {
    /// The policy of the cluster.
    pub policy: Policy,
    /// The roots and intermediates of trusted TPM makers.
    pub makers: Arc<Makers>,
    /// The official list of revocations, if the server was given one.
    pub revocations: Option<Arc<OfficialRevocations>>,
    /// The configurations that are approved for the cluster.
    pub approved: Vec<Reference>,
}
