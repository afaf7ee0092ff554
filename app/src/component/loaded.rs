//! A page's answer in a signal: what was shown stays while it is read again.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answered;
use crate::blank::{FailureView, Loading};
use crate::failure::Failure;

/// The answer of a resource, once it has arrived.
pub(crate) struct Loaded<T: Send + Sync + 'static> {
    answer: Resource<Result<T, Failure>>,
    shown: RwSignal<Option<Result<T, Failure>>>,
}

impl<T: Send + Sync + 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loaded<T> {}

impl<T> Loaded<T>
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// Follows the resource.
    pub(crate) fn of(answer: Resource<Result<T, Failure>>) -> Self {
        let loaded = Self { answer, shown: RwSignal::new(None) };
        Effect::new(move |_| {
            if let Some(fresh) = answer.get() {
                loaded.show(fresh);
            }
        });
        loaded
    }

    fn show(self, fresh: Result<T, Failure>) {
        if self.shown.with_untracked(|shown| shown.as_ref() != Some(&fresh)) {
            self.shown.set(Some(fresh));
        }
    }

    /// Waits for the first answer.
    pub(crate) async fn arrive(self) {
        self.show(self.answer.await);
    }

    /// Whether there is something to see.
    pub(crate) fn arrived(self) -> Signal<bool> {
        Signal::derive(move || self.shown.with(Option::is_some))
    }

    /// What there is now.
    pub(crate) fn get(self) -> Option<Result<T, Failure>> {
        self.shown.get()
    }

    /// Reads it again.
    pub(crate) fn read_again(self) {
        self.answer.refetch();
    }

    /// A page that is written anew as a whole with each answer that differs, once the first one is
    /// there.
    pub(crate) fn whole(self, page: impl Fn(T) -> AnyView + Send + Sync + 'static) -> AnyView {
        view! {
            <Loading loaded=self.arrived() />
            {answered(async move {
                self.arrive().await;
                move || self.view(&page)
            })}
        }
        .into_any()
    }

    /// What there is to see: the page, or why it is not there.
    pub(crate) fn view(self, page: impl Fn(T) -> AnyView) -> Option<AnyView> {
        self.get().map(|answer| match answer {
            Ok(answer) => page(answer),
            Err(why) => view! { <FailureView why retry=move || self.read_again() /> }.into_any(),
        })
    }
}
