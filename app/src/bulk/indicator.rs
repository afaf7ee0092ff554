//! In the header: a job of mine runs; and a notice when it has ended.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use trustboard_model::id::BulkId;
use trustboard_model::view::{BulkJob, BulkRow};

use super::api::{read_bulk_job, read_own_bulk_jobs};
use super::{BulkHandle, KINDS, job_address, name_of, phrase, word};
use crate::action::of_action;
use crate::component::{Sign, SignMark, answered};
use crate::served;
use crate::text::{AlarmPhrase, AlarmWord};

/// How often running jobs are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// A link to the latest of them, and what became of one that was seen running, until it is closed or
/// opened. Without scripts the job's page is where its start led to.
#[component]
pub(crate) fn BulkIndicator() -> impl IntoView {
    if served::is_here() {
        return answered(served_indicator(served::watched_job())).into_any();
    }
    let jobs = RwSignal::new(Vec::<BulkRow>::new());
    let ended = RwSignal::new(None::<BulkJob>);
    let read = move || {
        spawn_local(async move {
            // What cannot be read now is read at the next look.
            let Ok(found) = read_own_bulk_jobs().await else { return };
            let runs = |id| found.iter().any(|job| job.id == id);
            let before = jobs.try_get_untracked().unwrap_or_default();
            let gone = before.into_iter().map(|job| job.id).find(|id| !runs(*id));
            let _ = jobs.try_set(found);
            if let Some(id) = gone
                && let Ok(job) = read_bulk_job(id, 0).await
            {
                let _ = ended.try_set(Some(job));
            }
        });
    };
    let location = use_location();
    let dialog = BulkHandle::use_here();
    // A job is started on a page or in the dialog: after both it is time to look.
    Effect::new(move |_| {
        location.pathname.track();
        dialog.track();
        read();
    });
    let some = Memo::new(move |_| jobs.with(|jobs| !jobs.is_empty()));
    Effect::new(move |_| {
        if some.get()
            && let Ok(handle) = set_interval_with_handle(read, LOOK)
        {
            on_cleanup(move || handle.clear());
        }
    });
    let latest = Memo::new(move |_| jobs.with(|jobs| jobs.first().cloned()));
    let close = Callback::new(move |()| ended.set(None));
    view! {
        {move || link(latest.get().as_ref()?)}
        <span class="bulk-ended" role="status">
            {move || ended.get().map(|job| view! { <Ended job close /> })}
        </span>
    }
    .into_any()
}

/// The same where the server writes each state of the page: what became of the job that the page
/// showed running, said by the page in which it runs no more.
async fn served_indicator(watched: Option<BulkId>) -> AnyView {
    let jobs = read_own_bulk_jobs().await.unwrap_or_default();
    let ended = match watched.filter(|id| jobs.iter().all(|job| job.id != *id)) {
        Some(id) => read_bulk_job(id, 0).await.ok(),
        None => None,
    };
    let close = Callback::new(|()| ());
    view! {
        {jobs.first().and_then(link)}
        <span class="bulk-ended" role="status" data-stays="bulk-ended">
            {ended.map(|job| view! { <Ended job close /> })}
        </span>
    }
    .into_any()
}

fn link(job: &BulkRow) -> Option<AnyView> {
    let action = KINDS.into_iter().find(|kind| kind.code() == job.action).map(name_of)?;
    let said = phrase(&AlarmPhrase::JobRuns { action, done: job.done, all: job.total });
    let link = view! {
        <a class="bulk-indicator" href=job_address(job.id)>
            <span class="verifying">{said}</span>
        </a>
    };
    Some(link.into_any())
}

/// What became of a job.
#[component]
fn Ended(job: BulkJob, close: Callback<()>) -> impl IntoView {
    let (action, id) = (name_of(of_action(&job.action)), job.id);
    let (changed, failed) = (job.changed.saturating_add(job.unchanged), job.failed);
    let said = phrase(&AlarmPhrase::JobEnded { action, changed, failed });
    let sign = if failed == 0 { Sign::Good } else { Sign::Bad };
    view! {
        <a class="bulk-indicator" href=job_address(id) on:click=move |_| close.run(())>
            <SignMark sign />" "{said}
        </a>
        <button
            type="button"
            class="quiet"
            aria-label=word(AlarmWord::Close)
            on:click=move |_| close.run(())
        >
            "×"
        </button>
    }
    .into_any()
}
