//! The inventory's arrangement and enrolment: who may, and what follows.

use async_trait::async_trait;
use trustboard_app::backend::Arrangement;
use trustboard_model::id::{ClusterId, DatacenterId, HostId, TokenId};
use trustboard_model::protocol::EnrolmentToken;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{
    Arrange, Arranged, DatacenterSettings, EnrolmentPage, FirstSteps, HostList, HostListFilter,
    Impact, NewToken, RemovedHost, Viewer,
};

use crate::auth::operator::{may_everywhere, may_in};
use crate::enrol_command::enrol_command;
use crate::impact::Hypothesis;
use crate::state::AppState;
use crate::{command, hypothesis, impact, query};

#[async_trait]
impl Arrangement for AppState {
    async fn arrange(&self, viewer: &Viewer, action: Arrange) -> Result<Arranged, Refusal> {
        may_arrange(self, viewer, &action).await?;
        let code = action.code();
        let removed = match &action {
            Arrange::RemoveHosts { hosts, .. } => hosts.clone(),
            _ => Vec::new(),
        };
        let arranged = arrange(self, viewer, action).await?;
        let (changed, hosts) = (arranged.changed, arranged.hosts);
        tracing::info!(operator = viewer.name, action = code, changed, hosts, "arranged");
        for host in removed {
            // Its credential is good for nothing any more; one that was left goes on.
            if query::host_is_gone(&self.ctx, host).await? {
                self.sessions.close_removed(host);
                self.jobs.forget(host);
            }
        }
        self.jobs.wake_judge();
        Ok(arranged)
    }

    async fn arrange_impact(&self, viewer: &Viewer, action: Arrange) -> Result<Impact, Refusal> {
        may_arrange(self, viewer, &action).await?;
        let what_if = match &action {
            Arrange::MoveHosts { hosts, to, .. } => hypothesis::of_move(self, hosts, *to).await,
            _ => Ok(Hypothesis::default()),
        };
        let what_if = self.ctx.answer(what_if)?;
        self.ctx.answer(impact::impact(self, what_if).await)
    }

    async fn datacenter_settings(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
    ) -> Result<DatacenterSettings, Refusal> {
        may_in(viewer, Role::Viewer, datacenter, "datacenter")?;
        let mut settings = query::datacenter_settings(&self.ctx, datacenter).await?;
        settings.others.retain(|other| viewer.may(Role::Administrator, other.id));
        Ok(settings)
    }

    async fn host_list(
        &self,
        viewer: &Viewer,
        datacenter: DatacenterId,
        filter: HostListFilter,
    ) -> Result<HostList, Refusal> {
        may_in(viewer, Role::Viewer, datacenter, "datacenter")?;
        let mut list = query::host_list(&self.ctx, datacenter, filter).await?;
        list.targets.retain(|target| viewer.may(Role::Administrator, target.datacenter.id));
        Ok(list)
    }

    async fn removed_host(&self, viewer: &Viewer, host: HostId) -> Result<RemovedHost, Refusal> {
        let removed = query::removed_host(&self.ctx, host).await?;
        may_in(viewer, Role::Viewer, removed.datacenter.id, "host")?;
        Ok(removed)
    }

    async fn enrolment(
        &self,
        viewer: &Viewer,
        cluster: ClusterId,
    ) -> Result<EnrolmentPage, Refusal> {
        let datacenter = query::datacenter_of(&self.ctx, cluster).await?;
        may_in(viewer, Role::Administrator, datacenter, "cluster")?;
        query::enrolment(&self.ctx, cluster).await
    }

    async fn new_token(
        &self,
        viewer: &Viewer,
        cluster: ClusterId,
        ttl_s: u32,
        uses: u32,
        reached_as: Option<&str>,
    ) -> Result<NewToken, Refusal> {
        let datacenter = query::datacenter_of(&self.ctx, cluster).await?;
        may_in(viewer, Role::Administrator, datacenter, "cluster")?;
        let made = command::create_token(&self.ctx, &viewer.actor(), cluster, ttl_s, uses).await;
        let (id, secret) = made?;
        tracing::info!(operator = viewer.name, token.id = %id, uses, "made an enrolment token");
        let token = EnrolmentToken { server: self.site.fingerprint, secret };
        Ok(NewToken {
            id,
            cluster,
            command: enrol_command(&self.vitals.agents(&self.site, reached_as), &token),
            expires_at: self.ctx.clock.now().plus_seconds(i64::from(ttl_s)),
            uses,
        })
    }

    async fn revoke_token(&self, viewer: &Viewer, token: TokenId) -> Result<ClusterId, Refusal> {
        let (cluster, datacenter) = query::place_of_token(&self.ctx, token).await?;
        may_in(viewer, Role::Administrator, datacenter, "token")?;
        command::revoke_token(&self.ctx, &viewer.actor(), token).await?;
        tracing::info!(operator = viewer.name, token.id = %token, "revoked an enrolment token");
        Ok(cluster)
    }

    async fn first_steps(&self, viewer: &Viewer) -> Result<FirstSteps, Refusal> {
        may_everywhere(viewer, Role::Administrator)?;
        query::first_steps(&self.ctx).await
    }
}

/// Refuses what the viewer may not do where it concerns something.
async fn may_arrange(state: &AppState, viewer: &Viewer, action: &Arrange) -> Result<(), Refusal> {
    let may = |datacenter, what| may_in(viewer, Role::Administrator, datacenter, what);
    match action {
        Arrange::CreateDatacenter { .. } => may_everywhere(viewer, Role::Administrator),
        Arrange::RenameDatacenter { id, .. } => may(*id, "datacenter"),
        // It takes with it what others may do there.
        Arrange::DeleteDatacenter { id } => {
            may(*id, "datacenter")?;
            may_everywhere(viewer, Role::Administrator)
        }
        Arrange::CreateCluster { datacenter, .. } => may(*datacenter, "datacenter"),
        Arrange::RenameCluster { id, .. } | Arrange::DeleteCluster { id } => {
            may(query::datacenter_of(&state.ctx, *id).await?, "cluster")
        }
        Arrange::MoveCluster { id, to, .. } => {
            may(query::datacenter_of(&state.ctx, *id).await?, "cluster")?;
            may(*to, "datacenter")
        }
        Arrange::MoveHosts { from, to, .. } => {
            may(*from, "datacenter")?;
            may(query::datacenter_of(&state.ctx, *to).await?, "cluster")
        }
        Arrange::RemoveHosts { from, .. } => may(*from, "datacenter"),
    }
}

async fn arrange(state: &AppState, viewer: &Viewer, action: Arrange) -> Result<Arranged, Refusal> {
    let (ctx, actor) = (&state.ctx, &viewer.actor());
    let done = |changed| Arranged { changed, ..Arranged::default() };
    Ok(match action {
        Arrange::CreateDatacenter { name } => {
            let made = command::create_datacenter(ctx, actor, &name).await?;
            Arranged { datacenter: Some(made), ..done(true) }
        }
        Arrange::RenameDatacenter { id, seen, name } => {
            done(command::rename_datacenter(ctx, actor, id, &seen, &name).await?)
        }
        Arrange::DeleteDatacenter { id } => {
            command::delete_datacenter(ctx, actor, id).await?;
            done(true)
        }
        Arrange::CreateCluster { datacenter, name, profile } => {
            let policy = profile.policy();
            let made = command::create_cluster(ctx, actor, datacenter, &name, policy).await?;
            Arranged { cluster: Some(made), ..done(true) }
        }
        Arrange::RenameCluster { id, seen, name } => {
            done(command::rename_cluster(ctx, actor, id, &seen, &name).await?)
        }
        Arrange::MoveCluster { id, from, to } => {
            let moved = command::move_cluster(ctx, actor, id, from, to).await?;
            Arranged { hosts: moved.unwrap_or(0), ..done(moved.is_some()) }
        }
        Arrange::DeleteCluster { id } => {
            command::delete_cluster(ctx, actor, id).await?;
            done(true)
        }
        Arrange::MoveHosts { hosts, from, to } => {
            command::move_hosts(ctx, actor, &hosts, from, to).await?
        }
        Arrange::RemoveHosts { hosts, from, reason, confirm } => {
            command::remove_hosts(ctx, actor, &hosts, from, &reason, &confirm).await?
        }
    })
}
