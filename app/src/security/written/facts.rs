//! What the page knows of itself, for the program in the browser.

use leptos::prelude::*;
use trustboard_model::view::{SecurityPage, Selection};

use crate::frame::SessionHandle;
use crate::security::state;

/// The facts.
#[component]
pub(super) fn Facts(page: SecurityPage) -> impl IntoView {
    let viewer = SessionHandle::use_here().viewer();
    let (id, name) = viewer.map(|viewer| (viewer.id.to_string(), viewer.name)).unzip();
    view! {
        <div
            id="facts"
            hidden
            data-viewer=id
            data-viewer-name=name
            data-now=page.now.0.to_string()
            data-seq=page.seq.0.to_string()
            data-datacenter=page.datacenter.as_ref().map(|datacenter| datacenter.id.to_string())
            data-query=page.filter.query.to_string()
            data-total=page.total.to_string()
            data-columns=page.columns.to_string()
            data-address=state::address_of(&page)
            data-most=Selection::MAX_HOSTS.to_string()
        ></div>
    }
    .into_any()
}
