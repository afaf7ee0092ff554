//! What the host booted, in words: from the replayed log only, by topic in the order of a boot.
//! What no digest covers is marked, and what was not evaluated says so.

use std::collections::BTreeMap;

use leptos::prelude::*;
use trustboard_model::appraisal::{PcrRow, PcrState, Report};
use trustboard_model::boot::{BootItem, Topic};
use trustboard_model::pcr::PcrIndex;

use crate::component::{DigestText, SaidText, Sign, SignMark, language, place, tell, trust};
use crate::text::{self, Phrase, Trust};

/// Topics with more items are folded at first.
const OPEN_ITEMS: usize = 6;

/// What the section shows of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    items: Vec<BootItem>,
    pcrs: Vec<PcrRow>,
}

impl Shown {
    /// Of the latest appraisal.
    pub(super) fn of(report: Option<&Report>) -> Option<Self> {
        report.map(|report| Self { items: report.booted.clone(), pcrs: report.pcrs.clone() })
    }
}

/// The section.
#[component]
pub(super) fn Booted(shown: Option<Shown>) -> impl IntoView {
    let Shown { items, pcrs } =
        shown.unwrap_or_else(|| Shown { items: Vec::new(), pcrs: Vec::new() });
    let content = if items.is_empty() {
        view! { <p class="dim">{trust(Trust::NothingBooted)}</p> }.into_any()
    } else {
        let untrusted = items.iter().any(|item| item.said.as_ref().is_some_and(|s| !s.covered));
        let mut topics: BTreeMap<Topic, Vec<BootItem>> = BTreeMap::new();
        for item in items {
            topics.entry(item.topic).or_default().push(item);
        }
        let topics = topics.into_iter().map(|(topic, items)| view! { <TopicView topic items /> });
        view! {
            <p class="dim">{trust(Trust::BootedHint)}</p>
            {untrusted.then(|| view! {
                <p class="dim untrusted-meaning">
                    <b>{trust(Trust::Untrusted)}</b>": "{trust(Trust::UntrustedMeaning)}
                </p>
            })}
            <div class="topics">{topics.collect_view()}</div>
        }
        .into_any()
    };
    let dark = not_evaluated(&pcrs);
    view! {
        <section class="card" id="booted">
            <h2>{trust(Trust::Booted)}</h2>
            {content}
            {(!dark.is_empty()).then(|| view! { <NotEvaluated pcrs=dark /> })}
        </section>
    }
    .into_any()
}

#[component]
fn TopicView(topic: Topic, items: Vec<BootItem>) -> impl IntoView {
    let open = items.len() <= OPEN_ITEMS;
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let items = items.into_iter().map(|item| {
        view! {
            <li>
                <span class="what"><SaidText said=item.said /></span>
                <span class="dim number">{place(item.pcr, item.event)}</span>
                {item.digest.map(|digest| view! { <DigestText hex=digest.to_string() /> })}
            </li>
        }
    });
    view! {
        <details class="group" data-topic=format!("{topic:?}") open=open>
            <summary>
                <b>{text::topic(language(), topic)}</b>
                <span class="dim">{tell(&Phrase::EventsExtended { count })}</span>
            </summary>
            <ul class="booted">{items.collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// Registers of which the report knows nothing, once each.
fn not_evaluated(pcrs: &[PcrRow]) -> Vec<PcrIndex> {
    let mut dark: Vec<_> = pcrs
        .iter()
        .filter(|row| matches!(row.state, PcrState::NotEvaluated | PcrState::Unexplained))
        .map(|row| row.pcr)
        .collect();
    dark.sort_unstable();
    dark.dedup();
    dark
}

#[component]
fn NotEvaluated(pcrs: Vec<PcrIndex>) -> impl IntoView {
    let items = pcrs.into_iter().map(|pcr| {
        let purpose = text::pcr_purpose(language(), pcr);
        view! {
            <li data-not-evaluated=pcr.to_string()>
                <SignMark sign=Sign::Unknown />
                {format!("PCR {pcr} ({purpose})")}": "
                <b>{trust(Trust::NotEvaluated)}</b>
            </li>
        }
    });
    view! { <ul class="not-evaluated">{items.collect_view()}</ul> }
}
