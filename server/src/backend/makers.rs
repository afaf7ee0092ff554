//! TPM makers' certificates: who may do what, and what follows from it.

use async_trait::async_trait;
use trustboard_app::backend::TpmMakers;
use trustboard_model::digest::Sha256;
use trustboard_model::id::ImportId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{ImportReport, MakerAction, MakerDone, MakersPage, Viewer};

use crate::auth::operator::may_everywhere;
use crate::makers::{makers_changed, read_bundle};
use crate::state::AppState;
use crate::{command, query};

/// The longest file name that is looked at, in characters.
const MAX_NAME: usize = 200;

#[async_trait]
impl TpmMakers for AppState {
    async fn makers_page(&self, _: &Viewer) -> Result<MakersPage, Refusal> {
        query::makers(&self.ctx, &self.makers_in_force()).await
    }

    async fn makers_import(&self, _: &Viewer, import: ImportId) -> Result<ImportReport, Refusal> {
        query::makers_import(&self.ctx, import).await
    }
}

impl AppState {
    /// Imports a file of makers' certificates.
    pub async fn import_makers(
        &self,
        viewer: &Viewer,
        file: &str,
        bytes: Vec<u8>,
        trust_published: bool,
    ) -> Result<ImportReport, Refusal> {
        may_everywhere(viewer, Role::Approver)?;
        let file: String = file.chars().take(MAX_NAME).collect();
        let name = file.clone();
        let read = tokio::task::spawn_blocking(move || read_bundle(&name, bytes)).await;
        let found = read.map_err(|error| {
            tracing::error!(%error, "reading a file of makers' certificates broke off");
            Refusal::Unavailable { trace: "makers-import".to_owned() }
        })?;
        let actor = viewer.actor();
        let report =
            command::import_makers(&self.ctx, &actor, &file, found, trust_published).await?;
        tracing::info!(operator = viewer.name, file, counts = ?report.summary.counts, "imported");
        makers_changed(self).await;
        Ok(report)
    }

    /// Trusts, distrusts or removes a maker's certificate.
    pub async fn decide_on_maker(
        &self,
        viewer: &Viewer,
        fingerprint: Sha256,
        action: &MakerAction,
    ) -> Result<MakerDone, Refusal> {
        may_everywhere(viewer, Role::Approver)?;
        let actor = viewer.actor();
        let in_force = self.makers_in_force();
        let done =
            command::decide_on_maker(&self.ctx, &actor, fingerprint, action, &in_force).await?;
        if done.changed {
            let action = action.code();
            tracing::info!(operator = viewer.name, %fingerprint, action, "decided on a maker");
            makers_changed(self).await;
        }
        Ok(done)
    }
}
