//! Views without content: empty, no match, not connected, failed to load, not allowed, not there.
//! Each is another view with another next step.

use leptos::prelude::*;
use leptos_meta::Title;
use trustboard_model::refusal::Refusal;

use crate::component::{language, say};
use crate::failure::Failure;
use crate::text::{self, Ui};

/// Nothing is wrong, there is just nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::enum_variant_names, reason = "each names what there is none of")]
pub(crate) enum Blank {
    /// No datacenter in the inventory.
    NoDatacenters,
    /// No host in the datacenter.
    #[cfg_attr(feature = "hydrate", expect(dead_code, reason = "a page of the server's alone"))]
    NoHosts,
    /// The filter hides every host.
    NoMatch,
}

/// Nothing to show, and the way on.
#[component]
pub(crate) fn BlankView(
    blank: Blank,
    /// Where everything is shown again.
    #[prop(optional, into)]
    clear: String,
) -> impl IntoView {
    let (kind, title, hint) = match blank {
        Blank::NoDatacenters => ("empty", Ui::NoDatacenters, Ui::NoDatacentersHint),
        Blank::NoHosts => ("empty", Ui::NoHosts, Ui::NoHostsHint),
        Blank::NoMatch => ("no-match", Ui::NoMatch, Ui::NoMatchHint),
    };
    let way_on = (blank == Blank::NoMatch)
        .then(|| view! { <a class="button" href=clear>{say(Ui::FilterClear)}</a> });
    view! {
        <section class="blank" data-blank=kind>
            <h2>{say(title)}</h2>
            <p>{say(hint)}</p>
            {way_on}
        </section>
    }
    .into_any()
}

/// Something is wrong: what, and the way on.
#[component]
pub(crate) fn FailureView(why: Failure, retry: impl Fn() + 'static) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::backend::answer_with(&why);
    let language = language();
    let words = |refusal: &Refusal| text::refusal(language, refusal);
    let load_failed = say(Ui::LoadFailedHint).to_owned();
    let (kind, title, hint) = match &why {
        Failure::NotReached => {
            ("not-connected", Ui::NotConnected, say(Ui::NotConnectedHint).to_owned())
        }
        Failure::Unreadable => ("failed", Ui::LoadFailed, load_failed),
        Failure::Refused(refusal) => match refusal {
            Refusal::SignInRequired => {
                ("signed-out", Ui::SignIn, say(Ui::SessionExpired).to_owned())
            }
            Refusal::Forbidden { .. } => ("forbidden", Ui::ForbiddenTitle, words(refusal)),
            Refusal::NotFound { .. } => ("not-found", Ui::NotFoundTitle, words(refusal)),
            Refusal::Unavailable { trace } => {
                ("failed", Ui::LoadFailed, format!("{load_failed} {trace}"))
            }
            other => ("failed", Ui::LoadFailed, words(other)),
        },
    };
    let way_on = match &why {
        Failure::Refused(Refusal::SignInRequired) => {
            view! { <a class="button" href="/sign-in" rel="external">{say(Ui::SignIn)}</a> }
                .into_any()
        }
        Failure::Refused(
            Refusal::NotFound { .. } | Refusal::Forbidden { .. } | Refusal::Invalid { .. },
        ) => view! { <a class="button" href="/">{say(Ui::AllDatacenters)}</a> }.into_any(),
        // Without the wasm the same address again does the same.
        _ => view! {
            <a class="button" href="" on:click=move |event| { event.prevent_default(); retry(); }>
                {say(Ui::TryAgain)}
            </a>
        }
        .into_any(),
    };
    // Nothing else stands on the page then, so this is what it is about.
    let is_page =
        matches!(why, Failure::Refused(Refusal::NotFound { .. } | Refusal::Forbidden { .. }));
    let heading = if is_page {
        view! { <Title text=say(title) /><h1>{say(title)}</h1> }.into_any()
    } else {
        view! { <h2>{say(title)}</h2> }.into_any()
    };
    view! {
        <section class="blank failure" data-blank=kind role="alert">
            {heading}
            <p>{hint}</p>
            {way_on}
        </section>
    }
    .into_any()
}

/// While the first answer is on its way to a browser that asked for it. The server waits for its
/// answer before it writes the page, so this begins in an effect.
#[component]
pub(crate) fn Loading(
    /// Whether there is something else to see.
    #[prop(into)]
    loaded: Signal<bool>,
) -> impl IntoView {
    let late = RwSignal::new(false);
    Effect::new(move |_| late.set(!loaded.get()));
    move || late.get().then(|| view! { <p class="loading" role="status">{say(Ui::Loading)}</p> })
}
