//! Puts the makers' certificates in force, at the start and after every change.

use trustboard_model::job::Because;

use crate::ctx::Ctx;
use crate::state::AppState;
use crate::store::StoreError;

use super::{Folder, InForce};

/// What is in force by the folder and the database.
pub async fn load(ctx: &Ctx, folder: Folder) -> Result<InForce, StoreError> {
    let mut read = ctx.read().await?;
    let records = read.maker_certificates().await?;
    let lists = read.maker_lists().await?;
    let combined = tokio::task::spawn_blocking(move || InForce::of(&folder, records, lists));
    // It neither panics nor is it aborted, short of the runtime's own end.
    combined.await.map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))
}

/// Called after every change of the makers' certificates, by this process or another: puts them in
/// force, and has stored evidence judged again by them.
///
/// If they cannot be read, the former ones stay in force and the log says so.
pub async fn makers_changed(state: &AppState) {
    match state.load_makers().await {
        Ok(()) => state.note_standards(Because::Makers).await,
        Err(error) => tracing::error!(%error, "the makers' certificates stay as they were"),
    }
}
