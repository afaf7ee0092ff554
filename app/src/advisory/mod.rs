//! What stands above every page while it lasts: the server cannot write, verifications are behind
//! schedule. It comes and goes by itself, with the live stream.

pub mod api;
mod lines;

use leptos::prelude::*;
use trustboard_model::view::Advisories;

pub(crate) use lines::AdvisoryLines;

/// What the reader is told, in the context of every page.
#[derive(Clone, Copy)]
pub(crate) struct Told(RwSignal<Advisories>);

impl Told {
    /// As it was when the server wrote the page.
    pub(crate) fn new(advisories: Advisories) -> Self {
        Self(RwSignal::new(advisories))
    }

    /// What is told on this page.
    fn use_here() -> Self {
        use_context().unwrap_or_else(|| Self::new(Advisories::default()))
    }

    fn get(self) -> Advisories {
        self.0.get()
    }

    /// Reads it again, because the stream said so. What cannot be read stays as it was.
    #[cfg(feature = "hydrate")]
    pub(crate) fn read_again(self) {
        leptos::task::spawn_local(async move {
            if let Ok(advisories) = api::read_advisories().await {
                self.0.try_update(|told| {
                    let changed = *told != advisories;
                    *told = advisories;
                    changed
                });
            }
        });
    }
}
