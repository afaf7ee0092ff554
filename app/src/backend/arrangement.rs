//! The inventory's arrangement, and enrolment.

use async_trait::async_trait;
use trustboard_model::id::{ClusterId, DatacenterId, HostId, TokenId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{
    Arrange, Arranged, DatacenterSettings, EnrolmentPage, FirstSteps, HostList, HostListFilter,
    Impact, NewToken, RemovedHost, Viewer,
};

/// Where things are, who arrives, and who has left.
#[async_trait]
pub trait Arrangement: Send + Sync {
    /// Changes the inventory.
    async fn arrange(&self, viewer: &Viewer, action: Arrange) -> Result<Arranged, Refusal>;

    /// What it would do to the hosts' verdicts. Only moving hosts does anything to them.
    async fn arrange_impact(&self, viewer: &Viewer, action: Arrange) -> Result<Impact, Refusal>;

    /// The Configuration tab of a datacenter.
    async fn datacenter_settings(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
    ) -> Result<DatacenterSettings, Refusal>;

    /// The Hosts tab of a datacenter.
    async fn host_list(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
        filter: HostListFilter,
    ) -> Result<HostList, Refusal>;

    /// What is left of a host that was removed.
    async fn removed_host(&self, viewer: &Viewer, host: HostId) -> Result<RemovedHost, Refusal>;

    /// The enrolment page of a cluster.
    async fn enrolment(
        &self,
        viewer: &Viewer,
        cluster: ClusterId,
    ) -> Result<EnrolmentPage, Refusal>;

    /// Makes an enrolment token for `uses` hosts, good for `ttl_s` seconds. `reached_as` is the host
    /// by which the browser reached the server: hosts probably can, too.
    async fn new_token(
        &self,
        viewer: &Viewer,
        cluster: ClusterId,
        ttl_s: u32,
        uses: u32,
        reached_as: Option<&str>,
    ) -> Result<NewToken, Refusal>;

    /// Revokes an enrolment token; its cluster.
    async fn revoke_token(&self, viewer: &Viewer, token: TokenId) -> Result<ClusterId, Refusal>;

    /// How far the first steps are.
    async fn first_steps(&self, viewer: &Viewer) -> Result<FirstSteps, Refusal>;
}
