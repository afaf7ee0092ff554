//! Verifications that wait, run or have ended, and bulk jobs.

use leptos::prelude::*;
use trustboard_model::job::JobState;
use trustboard_model::view::{BulkRow, JobLine};

use super::{phrase, word};
use crate::action::Kind;
use crate::bulk::job_address;
use crate::component::{Relative, language, say};
use crate::text::{self, AlarmPhrase, AlarmWord, Ui};

/// Bulk jobs, the latest first; nothing if there is none.
#[component]
pub(super) fn BulkJobs(jobs: Vec<BulkRow>) -> impl IntoView {
    if jobs.is_empty() {
        return ().into_any();
    }
    let row = |job: BulkRow| {
        let action = Kind::ALL.into_iter().find(|kind| kind.code() == job.action);
        let action = action.map(|kind| {
            let label = text::action(language(), &kind.with(String::new(), None));
            label.trim_end_matches('…').trim_end()
        });
        view! {
            <tr data-row=job.id.to_string() data-bulk=job.id.to_string()>
                <th scope="row"><a href=job_address(job.id)>{action}</a></th>
                <td>{text::bulk_state(language(), job.state)}</td>
                <td>{phrase(&AlarmPhrase::DoneOf { done: job.done, all: job.total })}</td>
                <td class="number">{text::number(language(), job.failed.into())}</td>
                <td><bdi>{job.started_by}</bdi>" "<small><Relative at=job.started_at /></small></td>
            </tr>
        }
    };
    view! {
        <section>
            <h2 id="bulk-jobs">{word(AlarmWord::BulkJobs)}</h2>
            <div class="table-region" role="region" aria-labelledby="bulk-jobs" tabindex="0">
                <table class="bulk-jobs">
                    <thead>
                        <tr>
                            <th scope="col">{word(AlarmWord::BulkAction)}</th>
                            <th scope="col">{word(AlarmWord::State)}</th>
                            <th scope="col">{word(AlarmWord::Progress)}</th>
                            <th scope="col" class="number">{word(AlarmWord::Failed)}</th>
                            <th scope="col">{word(AlarmWord::StartedBy)}</th>
                        </tr>
                    </thead>
                    <tbody>{jobs.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// Verifications: those that wait or run first. Each leads to its steps on the host's page.
#[component]
pub(super) fn Verifications(jobs: Vec<JobLine>) -> impl IntoView {
    let none = jobs.is_empty();
    let row = |job: JobLine| {
        let steps = format!("/hosts/{}?job={}#job-{}", job.host.id, job.id, job.id);
        let running = matches!(job.state, JobState::Queued | JobState::Running);
        view! {
            <tr data-row=job.id.to_string() data-job=job.id.to_string()>
                <th scope="row"><a href=steps><bdi>{job.host.name}</bdi></a></th>
                <td class:verifying=running>{text::job_state(language(), &job.state)}</td>
                <td>{text::trigger(language(), &job.trigger)}</td>
                <td><Relative at=job.queued_at /></td>
                <td>{job.ended_at.map(|at| view! { <Relative at /> })}</td>
            </tr>
        }
    };
    view! {
        <section>
            <h2 id="verifications">{word(AlarmWord::VerificationJobs)}</h2>
            {none.then(|| view! { <p class="dim">{word(AlarmWord::NoJobs)}</p> })}
            {(!none).then(|| view! {
                <div class="table-region" role="region" aria-labelledby="verifications" tabindex="0">
                    <table class="verifications">
                        <thead>
                            <tr>
                                <th scope="col">{say(Ui::Name)}</th>
                                <th scope="col">{word(AlarmWord::State)}</th>
                                <th scope="col">{say(Ui::JobStartedColumn)}</th>
                                <th scope="col">{word(AlarmWord::StartedAt)}</th>
                                <th scope="col">{word(AlarmWord::EndedAt)}</th>
                            </tr>
                        </thead>
                        <tbody>{jobs.into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            })}
        </section>
    }
    .into_any()
}
