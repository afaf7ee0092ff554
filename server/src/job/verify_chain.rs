//! Verifies the chain of events in the background, one verification at a time of all servers, and
//! records what it found.

use std::sync::PoisonError;

use trustboard_model::event::{Actor, EventSeq};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ChainProgress, Viewer};

use crate::query::{self, ChainState};
use crate::state::AppState;
use crate::{command, query as queries};

/// Starts a verification, unless one runs: then that one is as good.
pub(crate) async fn start(state: &AppState, viewer: &Viewer) -> Result<(), Refusal> {
    let end = queries::chain_end(&state.ctx).await;
    let EventSeq(of) = end.map_err(|error| state.ctx.unavailable(&error))?;
    let progress =
        ChainProgress { by: viewer.name.clone(), since: state.ctx.clock.now(), verified: 0, of };
    {
        let mut running = state.vitals.chain.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            return Ok(());
        }
        *running = Some(progress);
    }
    match command::lease_chain_check(&state.ctx).await {
        Ok(true) => {}
        Ok(false) => {
            forget(state);
            let problem = "another server verifies the chain of events at this moment".to_owned();
            return Err(Refusal::Conflict { problem });
        }
        Err(error) => {
            forget(state);
            return Err(state.ctx.unavailable(&error));
        }
    }
    tracing::info!(operator = viewer.name, events = of, "verifying the chain of events");
    tokio::spawn(verify(state.clone(), viewer.actor()));
    Ok(())
}

async fn verify(state: AppState, by: Actor) {
    // In a task of its own: whatever happens there, the next verification can start.
    let looking = tokio::spawn({
        let state = state.clone();
        async move {
            let note = |verified: u64| {
                let mut running = state.vitals.chain.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(progress) = running.as_mut() {
                    progress.verified = verified;
                }
            };
            query::verify_chain_with(&state.ctx, &note).await
        }
    });
    let keeping = tokio::spawn(keep(state.clone()));
    let looked = looking.await;
    keeping.abort();
    match looked {
        Ok(Ok(found)) => {
            match &found {
                ChainState::Whole { events, head } => {
                    tracing::info!(events, %head, "the chain of events is whole");
                }
                ChainState::Broken { seq, problem } => {
                    tracing::error!(event = seq.0, problem, "the chain of events is broken");
                }
            }
            if let Err(error) = command::record_chain_check(&state.ctx, &by, &found).await {
                tracing::error!(%error, "the verification of the chain could not be recorded");
            }
        }
        Ok(Err(error)) => tracing::error!(%error, "the chain of events could not be verified"),
        Err(error) => tracing::error!(%error, "verifying the chain of events broke off"),
    }
    if let Err(error) = command::leave_chain_check(&state.ctx).await {
        tracing::warn!(%error, "other servers wait before they verify the chain again");
    }
    forget(&state);
}

/// Keeps the verification this server's for as long as it runs.
async fn keep(state: AppState) {
    loop {
        tokio::time::sleep(command::CHAIN_LEASE / 3).await;
        if let Err(error) = command::lease_chain_check(&state.ctx).await {
            tracing::warn!(%error, "another server may verify the chain at the same time");
        }
    }
}

fn forget(state: &AppState) {
    *state.vitals.chain.lock().unwrap_or_else(PoisonError::into_inner) = None;
}
