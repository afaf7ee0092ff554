//! What is read again at SIGHUP: the makers' certificates and the list of revocations.

use std::path::PathBuf;

use trustboard_model::job::Because;

use crate::config::{Config, Problems};
use crate::makers::{Folder, makers_changed};
use crate::revocations;
use crate::state::AppState;

/// Reads the makers' certificates and the list of revocations again at every SIGHUP.
pub(crate) async fn reload(state: AppState, config: Config) {
    use tokio::signal::unix::{SignalKind, signal};
    let mut hangup = match signal(SignalKind::hangup()) {
        Ok(hangup) => hangup,
        Err(error) => return tracing::error!(%error, "SIGHUP cannot be received"),
    };
    while hangup.recv().await.is_some() {
        if config.makers_dir.is_none() && config.revocations_file.is_none() {
            tracing::info!("SIGHUP: no makers_dir and no revocations_file, nothing to read again");
        }
        if let Some(dir) = config.makers_dir.clone() {
            reload_makers(&state, dir).await;
        }
        if let Some(file) = config.revocations_file.clone() {
            reload_revocations(&state, file).await;
        }
    }
}

async fn reload_makers(state: &AppState, dir: PathBuf) {
    match tokio::task::spawn_blocking(move || Folder::read(&dir)).await {
        Ok((folder, problems)) if problems.is_empty() => {
            state.replace_makers_folder(folder);
            makers_changed(state).await;
        }
        Ok((_, problems)) => {
            let problem = Problems(problems);
            tracing::error!(%problem, "the makers' certificates stay as they were");
        }
        Err(error) => tracing::error!(%error, "reading the makers' certificates broke off"),
    }
}

async fn reload_revocations(state: &AppState, file: PathBuf) {
    match tokio::task::spawn_blocking(move || revocations::read(&file)).await {
        Ok(Ok(list)) => {
            state.replace_revocations(list);
            state.note_standards(Because::Revocations).await;
        }
        Ok(Err(problem)) => {
            tracing::error!(%problem, "the official list of revocations stays as it was");
        }
        Err(error) => tracing::error!(%error, "reading the list of revocations broke off"),
    }
}
