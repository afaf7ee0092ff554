//! What an action would do, in sentences.

use leptos::prelude::*;
use trustboard_model::view::{BulkPreview, HostAction};

use super::{phrase, word};
use crate::text::{AlarmPhrase, AlarmWord};

/// The counts that matter, where, and some names. That conditions hold is said plainly.
#[component]
pub(super) fn PreviewView(preview: BulkPreview, action: HostAction) -> impl IntoView {
    let BulkPreview {
        changing,
        unchanged,
        stale,
        forbidden,
        impossible,
        condition_holds,
        datacenters,
        examples,
        ..
    } = preview;
    let others = [
        (unchanged, AlarmPhrase::AlreadySo { count: unchanged }),
        (stale, AlarmPhrase::Stale { count: stale }),
        (forbidden, AlarmPhrase::Forbidden { count: forbidden }),
        (impossible, AlarmPhrase::Impossible { count: impossible }),
    ];
    let others: Vec<_> = others
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, said)| view! { <li>{phrase(said)}</li> })
        .collect();
    let holds = matches!(action, HostAction::Reset { .. }) && condition_holds > 0;
    let places: Vec<_> = datacenters
        .into_iter()
        .map(|(place, hosts)| {
            view! { <li><bdi>{place.name}</bdi>" "<span class="dim">{hosts}</span></li> }
        })
        .collect();
    let names: Vec<_> =
        examples.into_iter().map(|host| view! { <li><bdi>{host.name}</bdi></li> }).collect();
    view! {
        <div class="bulk-preview" data-changing=changing data-holds=condition_holds>
            <p class="bulk-changing"><strong>{phrase(&AlarmPhrase::Changing { count: changing })}</strong></p>
            {(!others.is_empty()).then(|| view! { <ul class="bulk-others">{others}</ul> })}
            {holds.then(|| view! {
                <p class="condition holds" data-condition="">
                    {phrase(&AlarmPhrase::ConditionHolds { count: condition_holds })}
                </p>
            })}
            {(changing == 0).then(|| view! { <p class="dim">{word(AlarmWord::BulkNothing)}</p> })}
            {(!places.is_empty()).then(|| view! {
                <div class="bulk-list">
                    <h3>{word(AlarmWord::BulkWhere)}</h3>
                    <ul>{places}</ul>
                </div>
            })}
            {(!names.is_empty()).then(|| view! {
                <div class="bulk-list">
                    <h3>{word(AlarmWord::BulkExamples)}</h3>
                    <ul>{names}</ul>
                </div>
            })}
        </div>
    }
    .into_any()
}
