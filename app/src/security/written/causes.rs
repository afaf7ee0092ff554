//! Causes before hosts: what is wrong, and how many hosts share it.

use leptos::prelude::*;
use trustboard_model::host_query::Test;
use trustboard_model::reason::ReasonCode;
use trustboard_model::view::{CauseGroup, SecurityFilter};

use crate::component::{Relative, language, say, tell};
use crate::security::state;
use crate::text::{self, Phrase, Ui};

/// The strip of causes. Each filters the table; the chosen one shows everything again.
#[component]
pub(super) fn Causes(
    causes: Vec<CauseGroup>,
    chosen: Option<ReasonCode>,
    path: String,
    /// The address of everything.
    all: String,
) -> impl IntoView {
    let strip = if causes.is_empty() {
        view! { <p class="dim">{say(Ui::CausesNone)}</p> }.into_any()
    } else {
        let cards = causes.into_iter().map(|cause| {
            let current = chosen == Some(cause.reason);
            view! { <li><Cause cause current path=path.clone() all=all.clone() /></li> }
        });
        view! { <ul>{cards.collect_view()}</ul> }.into_any()
    };
    view! { <section class="causes" aria-label=say(Ui::Causes)>{strip}</section> }
}

#[component]
fn Cause(cause: CauseGroup, current: bool, path: String, all: String) -> impl IntoView {
    let language = language();
    let reason = Test::Reason(cause.reason.code().to_owned());
    let href =
        if current { all } else { state::address(&path, &SecurityFilter::only(reason), None) };
    let names = cause.clusters.join(", ");
    view! {
        <a
            class="cause"
            href=href
            data-noscroll=""
            data-reason=cause.reason.code()
            aria-current=current.then_some("true")
        >
            <span class="number">
                {text::number(language, cause.hosts.into())}
                <span class="hidden">" "{tell(&Phrase::Hosts { count: cause.hosts })}</span>
            </span>
            <span class="title">{text::reason_title(language, cause.reason)}</span>
            <span class="where">
                <bdi>{tell(&Phrase::InClusters { names: &names })}</bdi>
                " · "
                <Relative at=cause.since />
            </span>
        </a>
    }
}
