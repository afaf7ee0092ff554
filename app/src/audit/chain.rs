//! Whether the chain of events is whole: what the last verification found, and how far a running one
//! is.

use std::time::Duration;

use leptos::prelude::*;
use trustboard_model::view::{ChainCheck, ChainFound, ChainProgress, ChainResult};

use super::api::read_chain_check;
use crate::component::{Loaded, Moment, Sign, SignMark, admin, answered, language, tell_admin};
use crate::text::{self, AdminPhrase, AdminWord};

/// How often a running verification is asked how far it is.
const ASK: Duration = Duration::from_secs(1);

/// The card.
#[component]
pub(super) fn Chain() -> impl IntoView {
    let answer = Resource::new(|| (), |()| read_chain_check());
    let check = Loaded::of(answer);
    let runs =
        Memo::new(move |_| matches!(check.get(), Some(Ok(ChainCheck { running: Some(_), .. }))));
    // Asked again as long as one runs: each answer starts the wait for the next.
    Effect::new(move |_| {
        check.get();
        if runs.get() {
            set_timeout(move || check.read_again(), ASK);
        }
    });
    view! {
        <section class="card chain" id="chain">
            <h2>{admin(AdminWord::ChainTitle)}</h2>
            <p class="dim">{admin(AdminWord::ChainIntro)}</p>
            {answered(async move {
                check.arrive().await;
                move || check.view(move |check| view! { <Found check /> }.into_any())
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Found(check: ChainCheck) -> impl IntoView {
    let ChainCheck { running, last } = check;
    let idle = running.is_none();
    view! {
        <div role="status">
            {match (running, last) {
                (Some(progress), _) => view! { <Running progress /> }.into_any(),
                (None, Some(result)) => view! { <Result result /> }.into_any(),
                (None, None) => view! { <p class="dim">{admin(AdminWord::ChainNever)}</p> }.into_any(),
            }}
        </div>
        {idle.then(|| view! {
            <form method="post" action="/api/ui/verify-chain">
                <button type="submit">{admin(AdminWord::VerifyChain)}</button>
            </form>
        })}
    }
    .into_any()
}

#[component]
fn Running(progress: ChainProgress) -> impl IntoView {
    let ChainProgress { by, since: _, verified, of } = progress;
    let words = tell_admin(&AdminPhrase::ChainRuns { verified, of, by: &by });
    view! {
        <p class="running">
            <progress value=verified.to_string() max=of.max(1).to_string() aria-label=admin(AdminWord::ChainTitle)></progress>
            " "<bdi>{words}</bdi>
        </p>
    }
}

#[component]
fn Result(result: ChainResult) -> impl IntoView {
    let ChainResult { at, by, found } = result;
    let by = text::actor(language(), &by);
    let content = match found {
        ChainFound::Whole { events, head } => view! {
            <p class="verdict">
                <SignMark sign=Sign::Good />
                <span>{tell_admin(&AdminPhrase::ChainWhole { events })}</span>
            </p>
            <p>
                {admin(AdminWord::ChainHead)}" "<code class="hash">{head.to_string()}</code>
            </p>
            <p class="dim">{admin(AdminWord::ChainHeadHint)}</p>
        }
        .into_any(),
        ChainFound::Broken { first, problem } => view! {
            <p class="verdict bad" role="alert">
                <SignMark sign=Sign::Bad />
                <span>
                    {tell_admin(&AdminPhrase::ChainBroken { number: first.0 })}" "
                    <bdi>{text::fact(language(), &problem).into_owned()}</bdi>
                </span>
            </p>
            <p>{admin(AdminWord::ChainBrokenHint)}</p>
        }
        .into_any(),
    };
    view! {
        {content}
        <p class="dim"><bdi>{by}</bdi>" · "<Moment at /></p>
    }
    .into_any()
}
