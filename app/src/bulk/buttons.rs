//! The buttons for a selection.

use leptos::prelude::*;
use trustboard_model::view::Selection;

use super::{BulkHandle, address};
use crate::action::Kind;
use crate::component::{language, say};
use crate::text::{self, Ui};

/// The actions that are offered beside a table; the dialog has the others.
pub(crate) const OFFERED: [Kind; 4] =
    [Kind::Acknowledge, Kind::Reset, Kind::VerifyThenReset, Kind::VerifyNow];

/// The buttons that act on a selection: links to the page that asks, which with scripts open the
/// dialog instead. Nothing is shown without a selection.
#[component]
pub(crate) fn BulkButtons(
    /// What is chosen now.
    #[prop(into)]
    selection: Signal<Option<Selection>>,
    /// Only those that deal with alarms.
    #[prop(optional)]
    few: bool,
) -> impl IntoView {
    let handle = BulkHandle::use_here();
    let offered = if few { &OFFERED[..3] } else { &OFFERED[..] };
    let button = move |kind: Kind| {
        let href = move || selection.get().map(|chosen| address(&chosen, kind));
        let ask = move |event: leptos::ev::MouseEvent| {
            if event.ctrl_key() || event.meta_key() || event.shift_key() {
                return;
            }
            if let Some(chosen) = selection.get_untracked() {
                event.prevent_default();
                handle.ask(chosen, kind);
            }
        };
        let label = text::action(language(), &kind.with(String::new(), None));
        view! {
            <a class="button" data-bulk=kind.code() href=href on:click=ask>
                {label}
            </a>
        }
    };
    view! {
        <Show when=move || selection.with(Option::is_some)>
            <span class="bulk-buttons" role="group" aria-label=say(Ui::Actions)>
                {offered.iter().copied().map(button).collect_view()}
            </span>
        </Show>
    }
    .into_any()
}
