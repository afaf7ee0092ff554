//! The log of the verification jobs, step by step.

use leptos::prelude::*;
use trustboard_model::job::{Job, JobState, Step, StepKind};
use trustboard_model::time::Timestamp;

use crate::component::{Moment, Sign, SignMark, history, language, say};
use crate::text::{self, HistoryWord, Language, Ui};

/// The jobs, newest first.
#[component]
pub(super) fn Jobs(jobs: Memo<Vec<Job>>) -> impl IntoView {
    let empty = Memo::new(move |_| jobs.with(Vec::is_empty));
    let ids = move || jobs.with(|jobs| jobs.iter().map(|job| job.id).collect::<Vec<_>>());
    let newest = Memo::new(move |_| jobs.with(|jobs| jobs.first().map(|job| job.id)));
    view! {
        <section class="card" id="jobs">
            <h2>{say(Ui::Jobs)}</h2>
            <p class="dim">{say(if empty.get_untracked() { Ui::NoJobs } else { Ui::JobsHint })}</p>
            // Each job keeps its place in the page, so that an open one stays open.
            <For each=ids key=|id| *id let:id>
                {
                    let job = Memo::new(move |_| {
                        jobs.with(|jobs| jobs.iter().find(|job| job.id == id).cloned())
                    });
                    let open = newest.get_untracked() == Some(id);
                    view! {
                        <details class="job" data-job=id.to_string() open=open>
                            {move || job.get().map(|job| view! { <JobView job /> })}
                        </details>
                    }
                }
            </For>
        </section>
    }
    .into_any()
}

/// Those that are queued or running, if there are any.
#[component]
pub(super) fn RunningJobs(jobs: Memo<Vec<Job>>) -> impl IntoView {
    view! {
        <section class="card" id="running">
            <h2>{history(HistoryWord::RunningJobs)}</h2>
            {move || {
                jobs.get()
                    .into_iter()
                    .map(|job| view! { <details class="job" open=true><JobView job /></details> })
                    .collect_view()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn JobView(job: Job) -> impl IntoView {
    let language = language();
    let sign = match &job.state {
        JobState::Queued | JobState::Running => Sign::Unknown,
        JobState::Done => Sign::Good,
        JobState::Failed { .. } => Sign::Bad,
    };
    let took = job.ended_at.map(|end| duration(language, end.millis_since(job.queued_at)));
    let steps = steps(&job);
    view! {
        <summary>
            <SignMark sign />
            <b>{text::job_state(language, &job.state)}</b>
            <bdi>{text::trigger(language, &job.trigger)}</bdi>
            <Moment at=job.queued_at />
            <span class="dim">{took}</span>
        </summary>
        <ol class="steps">{steps}</ol>
    }
    .into_any()
}

/// Each step with the time since the job was queued.
fn steps(job: &Job) -> impl IntoView + use<> {
    let start: Timestamp = job.queued_at;
    job.steps
        .iter()
        .map(|Step { at, kind, detail }| {
            let trouble = matches!(
                kind,
                StepKind::Problem
                    | StepKind::SessionMissing
                    | StepKind::AgentRefused
                    | StepKind::AlarmKept
            );
            view! {
                <li class:trouble=trouble>
                    <time datetime=at.to_string() title=text::moment(language(), *at)>
                        {format!("+{}", duration(language(), at.millis_since(start)))}
                    </time>
                    <b>{text::step(language(), *kind)}</b>
                    <bdi>{text::fact(language(), detail).into_owned()}</bdi>
                </li>
            }
        })
        .collect_view()
}

/// `43 ms`, `2.4 s`, `3 min`.
fn duration(language: Language, milliseconds: i64) -> String {
    match milliseconds.max(0) {
        ms @ 0..1000 => format!("{ms} ms"),
        ms @ 1000..60_000 => {
            format!("{}{}{} s", ms / 1000, text::decimal_mark(language), ms % 1000 / 100)
        }
        ms => format!("{} min", ms / 60_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_short() {
        let said: Vec<_> =
            [-5, 43, 999, 2_450, 60_000, 190_000].map(|ms| duration(Language::En, ms)).into();
        assert_eq!(said, ["0 ms", "43 ms", "999 ms", "2.4 s", "1 min", "3 min"]);
        assert_eq!(duration(Language::De, 2_450), "2,4 s");
    }
}
