//! Enrolments, recorded as many at a time as wait: a rack that is switched on enrols at once.

use futures_util::future::join_all;
use trustboard_model::id::{EnrolmentId, HostId};
use trustboard_model::refusal::Refusal;

use super::together::Together;
use crate::command::{self, Applicant, Begun, Finished, Unwrapped};
use crate::ctx::Ctx;
use crate::state::AppState;
use crate::store::StoreError;

/// Enrolments in one write: as many hosts come in at a time.
const MOST: usize = 64;

/// The way of enrolments to the record.
#[derive(Debug)]
pub(super) struct Enrolments {
    begin: Together<Box<Applicant>, Begun>,
    finish: Together<Unwrapped, Finished>,
}

impl Default for Enrolments {
    fn default() -> Self {
        Self { begin: Together::with_room_for(MOST), finish: Together::with_room_for(MOST) }
    }
}

/// Keeps the keys of a host until its TPM has proven them, with those that wait beside it.
pub(crate) async fn begin(state: &AppState, applicant: Applicant) -> Result<EnrolmentId, Refusal> {
    let answered = state.jobs.enrolments.begin.ask(Box::new(applicant)).await;
    answered.map_err(|error| state.ctx.unavailable(&error))?
}

/// Enrols a host whose TPM has proven its keys, likewise.
pub(crate) async fn finish(state: &AppState, unwrapped: Unwrapped) -> Result<HostId, Refusal> {
    let answered = state.jobs.enrolments.finish.ask(unwrapped).await;
    answered.map_err(|error| state.ctx.unavailable(&error))?
}

/// Records what waits, for as long as the process runs.
pub async fn run(state: AppState) {
    let Enrolments { begin, finish } = &state.jobs.enrolments;
    tokio::join!(
        begin.run(MOST, |waiting| begin_all(state.ctx.clone(), waiting)),
        finish.run(MOST, |waiting| finish_all(state.ctx.clone(), waiting)),
    );
}

/// Begins these in one transaction; or each by itself if that fails.
pub async fn begin_all(ctx: Ctx, waiting: Vec<Box<Applicant>>) -> Vec<Begun> {
    let all: Vec<&Applicant> = waiting.iter().map(|one| &**one).collect();
    match command::begin_enrolments(&ctx, &all).await {
        Ok(begun) => begun,
        Err(error) if all.len() == 1 => vec![Err(ctx.unavailable(&error))],
        Err(error) => {
            failed(&error, all.len());
            let alone = |one| {
                let ctx = &ctx;
                async move {
                    let begun = command::begin_enrolments(ctx, &[one]).await;
                    only(begun).unwrap_or_else(|error| Err(ctx.unavailable(&error)))
                }
            };
            join_all(all.into_iter().map(alone)).await
        }
    }
}

/// Finishes these in one transaction; or each by itself if that fails.
pub async fn finish_all(ctx: Ctx, waiting: Vec<Unwrapped>) -> Vec<Finished> {
    match command::finish_enrolments(&ctx, &waiting).await {
        Ok(finished) => finished,
        Err(error) if waiting.len() == 1 => vec![Err(ctx.unavailable(&error))],
        Err(error) => {
            failed(&error, waiting.len());
            let alone = |one| {
                let ctx = &ctx;
                async move {
                    let finished = command::finish_enrolments(ctx, &[one]).await;
                    only(finished).unwrap_or_else(|error| Err(ctx.unavailable(&error)))
                }
            };
            join_all(waiting.into_iter().map(alone)).await
        }
    }
}

fn failed(error: &StoreError, hosts: usize) {
    tracing::error!(%error, hosts, "enrolments could not be recorded together");
}

/// What became of the only one.
fn only<T>(answers: Result<Vec<T>, StoreError>) -> Result<T, StoreError> {
    let missing = || StoreError::Database(sqlx::Error::WorkerCrashed);
    answers.and_then(|mut answers| answers.pop().ok_or_else(missing))
}
