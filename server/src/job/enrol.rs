//! Enrolments, recorded as many at a time as wait: a rack that is switched on enrols at once.

use trustboard_model::id::{EnrolmentId, HostId};
use trustboard_model::refusal::Refusal;

use super::all_or_each::all_or_each;
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

/// Begins these.
#[expect(clippy::vec_box, reason = "as they come out of the queue")]
async fn begin_all(ctx: Ctx, waiting: Vec<Box<Applicant>>) -> Vec<Begun> {
    let all = waiting.iter().map(|one| &**one).collect();
    let begun = all_or_each("enrolments", all, |some: Vec<&Applicant>| {
        let ctx = &ctx;
        async move { command::begin_enrolments(ctx, &some).await }
    });
    told(&ctx, begun.await)
}

/// Finishes these.
pub async fn finish_all(ctx: Ctx, waiting: Vec<Unwrapped>) -> Vec<Finished> {
    let finished = all_or_each("enrolments", waiting, |some: Vec<Unwrapped>| {
        let ctx = &ctx;
        async move { command::finish_enrolments(ctx, &some).await }
    });
    told(&ctx, finished.await)
}

/// What whoever waits is told.
fn told<A>(
    ctx: &Ctx,
    answers: Vec<Result<Result<A, Refusal>, StoreError>>,
) -> Vec<Result<A, Refusal>> {
    let told = |answer: Result<_, _>| answer.unwrap_or_else(|error| Err(ctx.unavailable(&error)));
    answers.into_iter().map(told).collect()
}
