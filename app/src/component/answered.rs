//! A view that waits for an answer of the server.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;

/// Owners that live as long as the page that the server writes.
///
/// A screen's signals belong to its route's owner, which the router lets go of before an answer
/// that is late has been written: reading one of them would then end the request in a panic. The
/// browser needs none of this: its routes live until one goes elsewhere.
#[derive(Clone, Default)]
pub(crate) struct Kept(Arc<Mutex<Vec<Owner>>>);

impl Kept {
    fn keep(&self, owner: Owner) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(owner);
    }
}

/// Shows what `view` gives once it is there, within the owner that is current now.
pub(crate) fn answered<Fut>(view: Fut) -> Suspend<OwnedView<Fut::Output>>
where
    Fut: Future + Send + 'static,
    Fut::Output: Send + 'static,
{
    let owner = Owner::current().unwrap_or_default();
    if let Some(kept) = use_context::<Kept>() {
        kept.keep(owner.clone());
    }
    Suspend::new(async move {
        let view = view.await;
        OwnedView::new_with_owner(view, owner)
    })
}
