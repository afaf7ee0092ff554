//! The History tab: a moment that was opened, the timeline, and the same in lists.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{PastAsked, PastView};
use super::history::History;
use super::moment::{AskMoment, MomentCard};
use super::timeline::{Boots, Gaps, TimelineCard};
use crate::blank::FailureView;
use crate::component::Loaded;

/// How many days are shown if the address does not say.
const USUAL_DAYS: &str = "30";

/// What the address asks for.
pub(super) fn asked() -> Memo<PastAsked> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| {
            let text = |name: &str| query.get(name).filter(|text| !text.is_empty());
            let (from, until, days) = (text("from"), text("until"), text("days"));
            let usual = from.is_none() && until.is_none() && days.is_none();
            let days = days.or_else(|| usual.then(|| USUAL_DAYS.to_owned()));
            PastAsked { from, until, days, at: text("at") }
        })
    })
}

/// The tab. Each part is written anew only when what it shows changes.
#[component]
pub(super) fn Past(past: Loaded<Option<PastView>>, asked: Memo<PastAsked>) -> impl IntoView {
    let view = Memo::new(move |_| past.get().and_then(Result::ok).flatten());
    let failure = Memo::new(move |_| past.get().and_then(Result::err));
    let moment = Memo::new(move |_| view.with(|view| view.as_ref()?.moment.clone()));
    let timeline =
        Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.timeline.clone())));
    let at = Memo::new(move |_| asked.with(|asked| asked.at.clone().unwrap_or_default()));
    view! {
        {move || failure.get().map(|why| {
            view! { <FailureView why retry=move || past.read_again() /> }
        })}
        {move || view! { <AskMoment asked=at.get() /> }}
        {move || moment.get().map(|answer| view! { <MomentCard answer /> })}
        {move || timeline.get().map(|timeline| {
            let (spans, events) = (timeline.spans.clone(), timeline.events.clone());
            let (host, boots, gaps) = (timeline.host, timeline.boots.clone(), timeline.gaps.clone());
            view! {
                <TimelineCard timeline />
                <div class="pair">
                    <Boots boots />
                    <Gaps gaps />
                </div>
                <History host spans events />
            }
        })}
    }
    .into_any()
}
