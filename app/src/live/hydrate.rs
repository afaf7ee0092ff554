//! What a page hears of its stream, in the page's signals.

use leptos::prelude::*;
use trustboard_dom::live::{self, Heard};
use trustboard_model::view::LiveHint;

use super::{Connection, LiveState, Start};
use crate::advisory::Told;
use crate::component::Clock;
use crate::frame::SessionHandle;

/// Listens until the current reactive owner is cleaned up.
pub(crate) fn listen(state: LiveState, start: Start, hear: impl Fn(LiveHint) + Clone + 'static) {
    let clock = Clock::use_here();
    state.0.set(Connection::Connecting);
    let begin = live::Start {
        viewer: SessionHandle::use_here().viewer().map(|viewer| viewer.id.to_string()),
        datacenter: start.datacenter.map(|id| id.to_string()),
        after: start.after.0,
    };
    let told = use_context::<Told>();
    let read_told = move || {
        if let Some(told) = told {
            told.read_again();
        }
    };
    let listening = live::listen(begin, move |heard| match heard {
        Heard::Live => {
            // What was said meanwhile is not repeated: it is no event.
            if matches!(state.0.try_get_untracked(), Some(Connection::Lost { .. })) {
                read_told();
            }
            state.0.set(Connection::Live);
        }
        Heard::Lost => {
            let lost = matches!(state.0.try_get_untracked(), None | Some(Connection::Lost { .. }));
            if !lost {
                state.0.set(Connection::Lost { since: untrack(|| clock.now()) });
            }
        }
        // What this page cannot read comes from a newer server: the tables will tell.
        Heard::Hint(json) => match serde_json::from_str(&json).unwrap_or(LiveHint::Reload) {
            LiveHint::Advisory => read_told(),
            hint => hear(hint),
        },
        Heard::Gap => {
            read_told();
            hear(LiveHint::Reload);
        }
    });
    // The closures that the browser calls hold this only weakly: it ends here.
    let kept = StoredValue::new_local(listening);
    on_cleanup(move || {
        state.0.set(Connection::Off);
        kept.dispose();
    });
}
