//! What stands around every screen: the header, the inventory tree, and who is signed in.

mod connection;
mod follow;
mod go;
mod header;
mod heading;
mod navigation;
mod session;

use leptos::prelude::*;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::use_location;
use trustboard_model::view::Inventory;

use crate::advisory::AdvisoryLines;
use crate::api;
use crate::bulk::{BulkDialog, BulkHandle};
use crate::component::say;
use crate::failure::Failure;
use crate::find::FindDialog;
use crate::inventory::Tree;
use crate::live::NewsView;
use crate::text::Ui;

pub(crate) use follow::follow;
use header::Header;
pub(crate) use heading::Heading;
pub(crate) use navigation::Navigation;
#[cfg(feature = "ssr")]
pub(crate) use session::of_request;
pub(crate) use session::{Session, SessionHandle};

/// The inventory, read once for the tree and the overview.
#[derive(Clone, Copy)]
pub(crate) struct InventoryHandle(pub Resource<Result<Inventory, Failure>>);

/// Reads the tree again.
#[derive(Clone, Copy)]
pub(crate) struct TreeReload(RwSignal<u32>);

impl TreeReload {
    /// Nothing to read again yet.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Something changed.
    pub(crate) fn reload(self) {
        self.0.update(|times| *times = times.wrapping_add(1));
    }
}

/// The frame. Whoever is not signed in is sent to the sign-in, and back afterwards.
#[component]
pub(crate) fn Frame() -> impl IntoView {
    let session = SessionHandle::use_here();
    let location = use_location();
    let Some(viewer) = session.viewer() else {
        let here = location.pathname.get_untracked();
        let query = location.search.get_untracked();
        let then = if query.is_empty() { here } else { format!("{here}?{query}") };
        let path = format!("/sign-in?then={}", crate::routes::encoded(&then));
        return view! { <Redirect path /> }.into_any();
    };
    let trigger = use_context::<TreeReload>().unwrap_or_else(TreeReload::new);
    let inventory = Resource::new(move || trigger.0.get(), |_| api::read_inventory());
    provide_context(InventoryHandle(inventory));
    provide_context(BulkHandle::new());
    go::bind();
    // A notice is about the page that the form led to, not about those after it.
    Effect::new(move |before: Option<()>| {
        location.pathname.track();
        if before.is_some() {
            session.forget_notice();
        }
    });
    view! {
        <a class="skip" href="#content" rel="external">{say(Ui::SkipToContent)}</a>
        <Header viewer />
        <Tree inventory />
        <main id="content" tabindex="-1">
            <AdvisoryLines />
            <Outlet />
        </main>
        <NewsView />
        <FindDialog />
        <BulkDialog />
    }
    .into_any()
}
