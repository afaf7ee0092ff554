//! How far a job is: numbers, a bar, what was not done and why.

use std::time::Duration;

use leptos::form::ActionForm as PostForm;
use leptos::prelude::*;
use trustboard_model::id::BulkId;
use trustboard_model::view::{BulkFailure, BulkJob, BulkState, Selection};

use super::api::{CancelBulk, read_bulk_job};
use super::{address, job_address, phrase, word};
use crate::action::{Kind, of_action};
use crate::component::{Clock, Loaded, Moment, answered, language, refused, say};
use crate::frame::SessionHandle;
use crate::text::{self, AlarmPhrase, AlarmWord, Ui};

/// How often a job that runs is looked at besides what the live stream says.
const LOOK: Duration = Duration::from_secs(1);

/// A job as it goes on.
#[component]
pub(crate) fn BulkProgress(
    id: BulkId,
    /// The failures that are skipped.
    #[prop(optional)]
    after: u32,
) -> impl IntoView {
    let answer = Resource::new(|| (), move |()| async move { read_bulk_job(id, after).await });
    let shown = Loaded::of(answer);
    let clock = Clock::use_here();
    let job = Memo::new(move |_| shown.get().and_then(Result::ok));
    let runs = Memo::new(move |_| job.with(|job| job.as_ref().is_some_and(|job| !is_settled(job))));
    let hear = move || {
        if let Some(job) = job.get() {
            clock.hear(job.now);
        }
    };
    Effect::new(move |_| hear());
    Effect::new(move |_| {
        if runs.get()
            && let Ok(handle) = set_interval_with_handle(move || shown.read_again(), LOOK)
        {
            on_cleanup(move || handle.clear());
        }
    });
    view! {
        {answered(async move {
            shown.arrive().await;
            untrack(hear);
            move || shown.view(move |job| view! { <JobView job after /> }.into_any())
        })}
    }
    .into_any()
}

/// Whether nothing about it will change any more.
fn is_settled(job: &BulkJob) -> bool {
    job.state != BulkState::Running
}

#[component]
fn JobView(job: BulkJob, after: u32) -> impl IntoView {
    let kind = of_action(&job.action);
    let state = text::bulk_state(language(), job.state);
    let done = phrase(&AlarmPhrase::DoneOf { done: job.done(), all: job.total });
    let left = match job.state {
        BulkState::Cancelled => AlarmWord::NotDone,
        BulkState::Running | BulkState::Done => AlarmWord::Waiting,
    };
    let numbers = [
        (AlarmWord::Changed, job.changed, "changed"),
        (AlarmWord::Unchanged, job.unchanged, "unchanged"),
        (AlarmWord::Failed, job.failed, "failed"),
        (left, job.waiting(), "waiting"),
    ];
    let (id, runs) = (job.id, job.state == BulkState::Running);
    view! {
        <section class="bulk-job" data-state=code(job.state) data-bulk-job=id.to_string()>
            <p class="bulk-state" role="status">
                <strong>{state}</strong>
                ": "
                {done}
            </p>
            <progress
                max=job.total.to_string()
                value=job.done().to_string()
                aria-label=word(AlarmWord::Progress)
            ></progress>
            <dl class="bulk-numbers">
                {numbers
                    .map(|(label, count, class)| view! {
                        <div class=class><dt>{word(label)}</dt><dd>{text::number(language(), count.into())}</dd></div>
                    })
                    .collect_view()}
            </dl>
            <p class="dim">
                {word(AlarmWord::StartedBy)} " " <bdi>{job.started_by}</bdi> " · "
                <Moment at=job.started_at />
                {job.ended_at.map(|at| view! { " · " {word(AlarmWord::EndedAt)} " " <Moment at /> })}
            </p>
            {job.query.filter(|query| !query.is_all()).map(|query| view! {
                <p class="dim">{word(AlarmWord::ChosenBy)} " " <code><bdi>{query.to_string()}</bdi></code></p>
            })}
            {runs.then(|| view! {
                <p class="dim">
                    {word(AlarmWord::BulkGoesOn)} " "
                    <a href=job_address(id)>{word(AlarmWord::BulkOpen)}</a>
                </p>
                <CancelForm id />
            })}
            <Failures id failures=job.failures failed=job.failed after kind seq=job.seq />
        </section>
    }
    .into_any()
}

const fn code(state: BulkState) -> &'static str {
    match state {
        BulkState::Running => "running",
        BulkState::Cancelled => "cancelled",
        BulkState::Done => "done",
    }
}

#[component]
fn CancelForm(id: BulkId) -> impl IntoView {
    let cancel = ServerAction::<CancelBulk>::new();
    let outcome = cancel.value();
    let left = SessionHandle::use_here().change().filter(|left| left.form == "cancel-bulk");
    view! {
        <PostForm action=cancel attr:class="bulk-cancel">
            <input type="hidden" name="id" value=id.to_string() />
            <button type="submit" title=word(AlarmWord::BulkCancelHint)>{word(AlarmWord::BulkCancel)}</button>
            <div role="status">
                {move || match (outcome.get(), left.clone()) {
                    (Some(Err(failure)), _) => Some(refused(&failure)),
                    (None, Some(change)) => change.outcome.err().map(|why| refused(&why)),
                    _ => None,
                }}
            </div>
        </PostForm>
    }
    .into_any()
}

/// The hosts on which it was not done, each with why, and the way to try just those again.
#[component]
fn Failures(
    id: BulkId,
    failures: Vec<BulkFailure>,
    failed: u32,
    after: u32,
    kind: Kind,
    seq: trustboard_model::event::EventSeq,
) -> impl IntoView {
    if failed == 0 {
        return ().into_any();
    }
    let shown = after.saturating_add(u32::try_from(failures.len()).unwrap_or(u32::MAX));
    let more = (shown < failed).then(|| format!("{}?after={shown}", job_address(id)));
    let retry = address(&Selection::FailedOf { job: id, seen: seq }, kind);
    let row = |BulkFailure { host, refusal }: BulkFailure| {
        view! {
            <tr data-failed=host.id.to_string()>
                <th scope="row"><a href=format!("/hosts/{}", host.id)><bdi>{host.name}</bdi></a></th>
                <td>{text::refusal(language(), &refusal)}</td>
            </tr>
        }
    };
    view! {
        <h2>{word(AlarmWord::Failures)}</h2>
        <div class="table-region" role="region" aria-label=word(AlarmWord::Failures) tabindex="0">
            <table class="bulk-failures">
                <thead>
                    <tr>
                        <th scope="col">{say(Ui::Name)}</th>
                        <th scope="col">{word(AlarmWord::Reason)}</th>
                    </tr>
                </thead>
                <tbody>{failures.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="buttons">
            <a class="button" href=retry data-retry="">{word(AlarmWord::RetryFailed)}</a>
            {more.map(|href| view! { <a class="button quiet" href=href>{word(AlarmWord::MoreFailures)}</a> })}
        </p>
    }
    .into_any()
}
