//! A page that is made of parts: each is written anew only when what it shows changes, so that what
//! somebody types or has opened stays while the page is read again.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use trustboard_model::time::Timestamp;

use super::{Clock, Loaded, answered};
use crate::blank::{FailureView, Loading};
use crate::failure::Failure;

/// What the server answered, for the parts to read.
pub(crate) struct Page<T: Send + Sync + 'static> {
    loaded: Loaded<T>,
    content: Memo<Option<T>>,
    now: Memo<Option<Timestamp>>,
    clock: Clock,
}

impl<T: Send + Sync + 'static> Clone for Page<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Page<T> {}

impl<T> Page<T>
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// Follows the resource, and lets the clock hear when each answer was given: what `now` says.
    pub(crate) fn of<At: Into<Option<Timestamp>>>(
        answer: Resource<Result<T, Failure>>,
        now: impl Fn(&T) -> At + Send + Sync + 'static,
    ) -> Self {
        let loaded = Loaded::of(answer);
        let content = Memo::new(move |_| loaded.get().and_then(Result::ok));
        let now = Memo::new(move |_| content.with(|content| now(content.as_ref()?).into()));
        let page = Self { loaded, content, now, clock: Clock::use_here() };
        Effect::new(move |_| page.hear());
        page
    }

    fn hear(self) {
        if let Some(now) = self.now.get() {
            self.clock.hear(now);
        }
    }

    /// What there is now, if the last answer was no failure.
    pub(crate) fn content(self) -> Memo<Option<T>> {
        self.content
    }

    /// Reads it again.
    pub(crate) fn read_again(self) {
        self.loaded.read_again();
    }

    /// The parts once there is something to see, or why there is not. They are written once.
    pub(crate) fn view(self, parts: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
        let Self { loaded, content, .. } = self;
        let failure = Memo::new(move |_| loaded.get().and_then(Result::err));
        let there = Memo::new(move |_| content.with(Option::is_some));
        view! {
            <Loading loaded=loaded.arrived() />
            {answered(async move {
                loaded.arrive().await;
                untrack(move || self.hear());
                view! {
                    {move || failure.get().map(|why| {
                        view! { <FailureView why retry=move || self.read_again() /> }
                    })}
                    {move || there.get().then(&parts)}
                }
            })}
        }
        .into_any()
    }
}
