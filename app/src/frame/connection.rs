//! Whether the page is live, and if not, since when and why that matters.

use leptos::prelude::*;

use crate::component::{Clock, front, language, say};
use crate::live::{Connection, LiveState};
use crate::text::{self, FrontWord, Ui};

/// How long a broken stream counts as one that comes back at once.
const SOON_S: i64 = 10;

/// The stream's state: a shape, a word, and in the title what it means.
#[component]
pub(super) fn ConnectionState() -> impl IntoView {
    let state = use_context::<LiveState>().map(|state| state.0);
    let clock = Clock::use_here();
    let now = move || state.map(|state| state.get()).unwrap_or_default();
    // Since when it has been gone for so long that it is worth saying.
    let gone = Memo::new(move |_| match now() {
        Connection::Lost { since } if clock.now() >= since.plus_seconds(SOON_S) => Some(since),
        _ => None,
    });
    let class = move || match now() {
        Connection::Live => "live on",
        Connection::Connecting => "live wait",
        Connection::Lost { .. } => "live lost",
        Connection::Off => "live off",
    };
    let words = move || match now() {
        Connection::Live => say(Ui::LiveConnected),
        Connection::Connecting => say(Ui::LiveConnecting),
        Connection::Lost { .. } if gone.get().is_some() => front(FrontWord::Offline),
        Connection::Lost { .. } => say(Ui::LiveReconnecting),
        Connection::Off => say(Ui::LiveNone),
    };
    let meaning = move || match (now(), gone.get()) {
        (Connection::Lost { .. }, Some(since)) => {
            text::offline_since(language(), &clock.moment(since))
        }
        (Connection::Lost { .. }, None) => say(Ui::LiveLost).to_owned(),
        (Connection::Live, _) => say(Ui::LiveConnected).to_owned(),
        (Connection::Connecting, _) => say(Ui::LiveConnecting).to_owned(),
        (Connection::Off, _) => say(Ui::LiveOff).to_owned(),
    };
    view! {
        <span class=class title=meaning data-kept="">
            <span class="dot" aria-hidden="true"></span>
            <span role="status">{words}</span>
            {move || gone.get().map(|since| view! {
                <time class="since" datetime=since.to_string()>
                    {move || text::ago(language(), since, clock.now())}
                </time>
            })}
        </span>
    }
    .into_any()
}
