//! What can be done to the ticked alarms, and to all that match.

use leptos::prelude::*;
use trustboard_model::view::AlarmsPage;

use super::state::{Alarms, matching};
use super::{phrase, word};
use crate::action::Kind;
use crate::bulk::BulkButtons;
use crate::component::language;
use crate::text::{self, AlarmPhrase, AlarmWord};

/// The actions of the form without scripts.
const PLAIN: [Kind; 4] = [Kind::Acknowledge, Kind::Reset, Kind::VerifyThenReset, Kind::VerifyNow];

/// All that match: one line above the table.
#[component]
pub(super) fn AllMatching(page: RwSignal<AlarmsPage>) -> impl IntoView {
    let selection = Signal::derive(move || {
        page.with(|page| (page.total > 0).then(|| matching(page, &page.filter.query)))
    });
    let total = Memo::new(move |_| page.with(|page| page.total));
    view! {
        <Show when=move || { total.get() > 0 }>
            <p class="all-matching" data-all="">
                <span>{move || phrase(&AlarmPhrase::AllThatMatch { count: total.get() })}</span>
                <BulkButtons selection />
            </p>
        </Show>
    }
    .into_any()
}

/// The ticked ones: a bar below the table. Without scripts its buttons send the boxes to the page
/// that asks.
#[component]
pub(super) fn Ticked(alarms: Alarms) -> impl IntoView {
    let count = Memo::new(move |_| u32::try_from(alarms.ticked.get().len()).unwrap_or(u32::MAX));
    let handle = crate::bulk::BulkHandle::use_here();
    let button = move |kind: Kind| {
        let label = text::action(language(), &kind.with(String::new(), None));
        let ask = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            if let Some(chosen) = untrack(|| alarms.chosen()) {
                handle.ask(chosen, kind);
            }
        };
        view! {
            <button type="submit" name="action" value=kind.code() data-ticked=kind.code() on:click=ask>
                {label}
            </button>
        }
    };
    view! {
        <div class="alarm-bar" class:floating=move || { count.get() > 0 } role="group" aria-label=word(AlarmWord::SelectionActs)>
            <span role="status">
                {move || (count.get() > 0).then(|| phrase(&AlarmPhrase::Chosen { count: count.get() }))}
            </span>
            {PLAIN.map(button).collect_view()}
            <Show when=move || { count.get() > 0 }>
                <button type="button" class="quiet" on:click=move |_| alarms.tick_all(false)>
                    {word(AlarmWord::ClearSelection)}
                </button>
            </Show>
        </div>
    }
    .into_any()
}
