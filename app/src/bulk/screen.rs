//! `/bulk?...`: the page that asks before an action on many hosts is started. What the dialog is with
//! scripts, this is without.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use trustboard_model::view::Selection;

use super::address::parse;
use super::form::BulkForm;
use super::{job_address, word};
use crate::action::Kind;
use crate::blank::FailureView;
use crate::component::say;
use crate::failure::Failure;
use crate::frame::Heading;
use crate::text::{AlarmWord, Ui};

/// The page.
#[component]
pub(crate) fn BulkScreen() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let pairs: Vec<(String, String)> =
            query.get().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
        parse(&pairs).map_err(Failure::from)
    });
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=word(AlarmWord::BulkTitle).to_owned() parents>""</Heading>
        {move || match asked.get() {
            Err(why) => view! { <FailureView why retry=|| () /> }.into_any(),
            Ok((_, None)) => view! {
                <section class="blank" data-blank="nothing-chosen">
                    <p>{word(AlarmWord::BulkNothingChosen)}</p>
                    <a class="button" href="/alarms">{word(AlarmWord::Alarms)}</a>
                </section>
            }
            .into_any(),
            Ok((kind, Some(selection))) => view! { <Asking selection kind /> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Asking(selection: Selection, kind: Kind) -> impl IntoView {
    let navigate = use_navigate();
    let started = Callback::new(move |id| {
        navigate(&job_address(id), NavigateOptions::default());
    });
    view! {
        <div class="card bulk-page">
            <BulkForm selection kind=RwSignal::new(kind) started />
        </div>
    }
    .into_any()
}
