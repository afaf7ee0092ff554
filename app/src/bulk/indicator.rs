//! In the header: a job of mine runs.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use trustboard_model::view::BulkRow;

use super::api::read_own_bulk_jobs;
use super::{BulkHandle, KINDS, job_address, name_of, phrase};
use crate::component::answered;
use crate::served;
use crate::text::AlarmPhrase;

/// How often running jobs are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// A link to the latest of them; nothing while none runs. Without scripts the job's page is where
/// its start led to.
#[component]
pub(crate) fn BulkIndicator() -> impl IntoView {
    if served::is_here() {
        let link = async { read_own_bulk_jobs().await.ok().and_then(|jobs| link(jobs.first()?)) };
        return answered(link).into_any();
    }
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
    let latest = Memo::new(move |_| jobs.with(|jobs| jobs.first().cloned()));
    (move || link(latest.get().as_ref()?)).into_any()
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
