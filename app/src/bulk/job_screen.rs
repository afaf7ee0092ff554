//! `/jobs/bulk/ID`: one job.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use trustboard_model::id::BulkId;
use trustboard_model::refusal::Refusal;

use super::progress::BulkProgress;
use super::word;
use crate::blank::FailureView;
use crate::component::say;
use crate::frame::Heading;
use crate::text::{AlarmWord, Ui};

/// The page of a job.
#[component]
pub(crate) fn BulkJobScreen() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let id = params.with(|params| params.get("bulk").unwrap_or_default());
        let after = query.with(|query| query.get("after").unwrap_or_default());
        (id.parse::<BulkId>().ok(), after.parse::<u32>().unwrap_or(0))
    });
    let parents = vec![
        (say(Ui::AllDatacenters).to_owned(), "/".to_owned()),
        (word(AlarmWord::Events).to_owned(), "/events".to_owned()),
    ];
    view! {
        <Heading title=word(AlarmWord::BulkJob).to_owned() parents>""</Heading>
        {move || {
            if let (Some(id), after) = asked.get() {
                view! { <div class="card"><BulkProgress id after /></div> }.into_any()
            } else {
                let why = Refusal::not_found("job").into();
                view! { <FailureView why retry=|| () /> }.into_any()
            }
        }}
    }
    .into_any()
}
