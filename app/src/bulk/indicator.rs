//! In the header: a job of mine runs.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use trustboard_model::view::BulkRow;

use super::api::read_own_bulk_jobs;
use super::{BulkHandle, KINDS, job_address, name_of, phrase};
use crate::text::AlarmPhrase;

/// How often running jobs are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// A link to the latest of them; nothing while none runs. Without scripts the job's page is where
/// its start led to.
#[component]
pub(crate) fn BulkIndicator() -> impl IntoView {
    let jobs = RwSignal::new(Vec::<BulkRow>::new());
    let read = move || {
        spawn_local(async move {
            // What cannot be read now is read at the next look.
            if let Ok(found) = read_own_bulk_jobs().await {
                let _ = jobs.try_set(found);
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
    move || {
        let job = jobs.with(|jobs| jobs.first().cloned())?;
        let action = KINDS.into_iter().find(|kind| kind.code() == job.action).map(name_of)?;
        let said = phrase(&AlarmPhrase::JobRuns { action, done: job.done, all: job.total });
        Some(view! {
            <a class="bulk-indicator" href=job_address(job.id)>
                <span class="verifying">{said}</span>
            </a>
        })
    }
}
