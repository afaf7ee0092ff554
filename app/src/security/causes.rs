//! Causes before hosts: what is wrong, and how many hosts share it.

use leptos::prelude::*;
use trustboard_model::view::{CauseGroup, SecurityFilter, SecurityPage};

use super::state;
use crate::component::{Relative, language, say, tell};
use crate::text::{self, Phrase, Ui};

/// The strip of causes. Each filters the table; the chosen one shows everything again.
#[component]
pub(super) fn Causes(page: RwSignal<SecurityPage>, path: Signal<String>) -> impl IntoView {
    let causes = Memo::new(move |_| page.with(|page| page.causes.clone()));
    let chosen = Memo::new(move |_| page.with(|page| page.filter.reason));
    view! {
        <section class="causes" aria-label=say(Ui::Causes)>
            {move || {
                let causes = causes.get();
                if causes.is_empty() {
                    return view! { <p class="dim">{say(Ui::CausesNone)}</p> }.into_any();
                }
                let cards = causes.into_iter().map(|cause| {
                    let current = chosen.get() == Some(cause.reason);
                    view! { <li><Cause cause current path /></li> }
                });
                view! { <ul>{cards.collect_view()}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Cause(cause: CauseGroup, current: bool, path: Signal<String>) -> impl IntoView {
    let language = language();
    let filter =
        SecurityFilter { reason: (!current).then_some(cause.reason), ..SecurityFilter::ALL };
    let names = cause.clusters.join(", ");
    view! {
        <a
            class="cause"
            href=move || state::address(&path.get(), &filter, None)
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
