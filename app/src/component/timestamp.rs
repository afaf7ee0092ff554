//! Moments: relative to the page's own clock, and absolute. The first rendering reads no clock and
//! no time zone, so that server and browser agree; the browser then lets the clock run and shows
//! the reader's zone, with UTC for the pointer (title) and for the keyboard: beside the moment that
//! has the focus, or in the row that it is in.

use std::time::Duration;

use leptos::prelude::*;
use trustboard_model::time::Timestamp;

use super::language;
use crate::browser;
use crate::text::{self, Language};

/// The page's clock: the server's time when the page was read, running on in the browser.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    now: RwSignal<Timestamp>,
    /// The server's time, and the browser's milliseconds when it was heard.
    heard: StoredValue<(Timestamp, i64)>,
    /// Whether moments are shown in the reader's zone.
    local: RwSignal<bool>,
}

/// How often relative times move on. They are in seconds below a minute.
const TICK: Duration = Duration::from_secs(5);

impl Clock {
    /// A clock that waits for the first page.
    pub(crate) fn new() -> Self {
        Self {
            now: RwSignal::new(Timestamp(0)),
            heard: StoredValue::new((Timestamp(0), 0)),
            local: RwSignal::new(false),
        }
    }

    /// The clock of this page.
    pub(crate) fn use_here() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// The server's time, as a page that just arrived says.
    pub(crate) fn hear(self, now: Timestamp) {
        self.heard.set_value((now, browser::elapsed_ms()));
        if self.now.get_untracked() != now {
            self.now.set(now);
        }
    }

    /// Lets it run. Only in an effect.
    pub(crate) fn run(self) {
        self.local.set(true);
        let tick = move || {
            let (then, heard) = self.heard.get_value();
            let passed = browser::elapsed_ms() - heard;
            self.now.set(Timestamp(then.0.saturating_add(passed)));
        };
        if let Ok(handle) = set_interval_with_handle(tick, TICK) {
            on_cleanup(move || handle.clear());
        }
    }

    /// The time now.
    pub(crate) fn now(self) -> Timestamp {
        self.now.get()
    }

    /// A moment in words: in the reader's zone once that is known.
    pub(crate) fn moment(self, at: Timestamp) -> String {
        let language = language();
        if self.local.get() {
            in_zone(language, at, browser::zone_minutes(at))
        } else {
            text::moment(language, at)
        }
    }
}

/// `2026-11-21 18:12:18 +01:00`.
fn in_zone(language: Language, at: Timestamp, minutes: i32) -> String {
    if minutes == 0 {
        return text::moment(language, at);
    }
    let there = at.plus_seconds(i64::from(minutes) * 60);
    let sign = if minutes < 0 { '-' } else { '+' };
    let ahead = minutes.unsigned_abs();
    format!("{} {sign}{:02}:{:02}", text::wall(language, there), ahead / 60, ahead % 60)
}

/// `12 s ago`, the moment itself in the title.
#[component]
pub(crate) fn Relative(at: Timestamp) -> impl IntoView {
    let clock = Clock::use_here();
    let language = language();
    view! {
        <time datetime=at.to_string() title=move || title(clock, at) data-utc=text::moment(language, at)>
            {move || text::ago(language, at, clock.now())}
        </time>
    }
    .into_any()
}

/// The moment itself, with how long ago it was in small.
#[component]
pub(crate) fn Moment(at: Timestamp) -> impl IntoView {
    let clock = Clock::use_here();
    let language = language();
    view! {
        <time
            class="moment"
            tabindex="0"
            datetime=at.to_string()
            title=text::moment(language, at)
            data-utc=text::moment(language, at)
        >
            <span>{move || clock.moment(at)}</span>
            " "
            <small>{move || text::ago(language, at, clock.now())}</small>
        </time>
    }
    .into_any()
}

/// A moment to come: without how long ago it was.
#[component]
pub(crate) fn Until(at: Timestamp) -> impl IntoView {
    let clock = Clock::use_here();
    view! {
        <time
            class="moment"
            tabindex="0"
            datetime=at.to_string()
            title=text::moment(language(), at)
            data-utc=text::moment(language(), at)
        >
            {move || clock.moment(at)}
        </time>
    }
    .into_any()
}

/// The moment in the reader's zone, and in UTC if that is another.
fn title(clock: Clock, at: Timestamp) -> String {
    let (here, utc) = (clock.moment(at), text::moment(language(), at));
    if here == utc { utc } else { format!("{here} · {utc}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_shown_in_the_readers_zone() {
        let at = Timestamp(1_763_744_400_250);
        assert_eq!(in_zone(Language::En, at, 0), "2025-11-21 17:00:00 UTC");
        assert_eq!(in_zone(Language::En, at, 60), "2025-11-21 18:00:00 +01:00");
        assert_eq!(in_zone(Language::En, at, -570), "2025-11-21 07:30:00 -09:30");
        assert_eq!(in_zone(Language::En, at, 480), "2025-11-22 01:00:00 +08:00");
        assert_eq!(in_zone(Language::De, at, 60), "21.11.2025, 18:00:00 +01:00");
    }
}
