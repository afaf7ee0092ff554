//! The second step: verify just the hosts of the cause, and reset those that pass.

use leptos::form::ActionForm as PostForm;
use leptos::prelude::*;
use trustboard_model::host_query::{HostQuery, Test};
use trustboard_model::role::Role;
use trustboard_model::view::{CausePage, HostAction, Scope, Selection};

use super::{phrase, word};
use crate::action::{Kind, field_label};
use crate::bulk::BulkProgress;
use crate::bulk::api::StartBulk;
use crate::component::{Sign, SignMark, refused, say, tell};
use crate::frame::SessionHandle;
use crate::text::{CausePhrase, CauseWord, Phrase};

/// Counts, the button, and how far it is once it is pressed.
#[component]
pub(super) fn ResetPanel(page: Memo<Option<CausePage>>) -> impl IntoView {
    let start = ServerAction::<StartBulk>::new();
    let outcome = start.value();
    let started = Memo::new(move |_| outcome.get().and_then(Result::ok).map(|job| job.id));
    let counts = Memo::new(move |_| {
        page.with(|page| page.as_ref().map_or((0, 0), |page| (page.red, page.cleared)))
    });
    let may_act = SessionHandle::use_here().may_somewhere(Role::Operator);
    let said = move || {
        let (red, cleared) = counts.get();
        if red == 0 {
            return view! { <p class="quiet">{word(CauseWord::NothingRed)}</p> }.into_any();
        }
        view! {
            <p data-red=red data-cleared=cleared>
                <b>{phrase(&CausePhrase::Red { count: red })}</b>
                " "
                {(cleared > 0).then(|| view! {
                    <SignMark sign=Sign::Good />" "{phrase(&CausePhrase::Cleared { count: cleared })}
                })}
            </p>
        }
        .into_any()
    };
    let asks = Memo::new(move |_| may_act && started.get().is_none() && counts.get().0 > 0);
    view! {
        <section class="card" id="reset">
            <h2>{word(CauseWord::Reset)}</h2>
            {said}
            {move || asks.get().then(|| view! { <ResetForm page counts start /> })}
            {move || started.get().map(|id| view! { <BulkProgress id /> })}
        </section>
    }
    .into_any()
}

#[component]
fn ResetForm(
    page: Memo<Option<CausePage>>,
    /// Red alarms, and those that only wait to be reset.
    counts: Memo<(u32, u32)>,
    start: ServerAction<StartBulk>,
) -> impl IntoView {
    let selection = move || page.with(|page| page.as_ref().map(selected).unwrap_or_default());
    // Why these may be reset, if what they booted was approved. Whoever knows better writes it.
    let because = Memo::new(move |_| {
        page.with(|page| {
            let matched = page.as_ref()?.matched.as_ref()?;
            let (name, version) = (matched.name.as_str(), matched.version);
            let name = tell(&Phrase::NameVersion { name, version });
            Some(phrase(&CausePhrase::Approved { name: &name }))
        })
    });
    let typed = SessionHandle::use_here().typed("bulk", "text");
    let text = move || typed.clone().or_else(|| because.get()).unwrap_or_default();
    let passes = Memo::new(move |_| counts.get().1 > 0);
    let outcome = start.value();
    view! {
        <p class="dim">{word(CauseWord::ResetHint)}</p>
        {move || (!passes.get()).then(|| view! {
            <p class="condition">{word(CauseWord::NothingPasses)}</p>
        })}
        <PostForm action=start attr:class="stack">
            <input type="hidden" name="selection" value=selection prop:value=selection />
            <input type="hidden" name="action" value=Kind::VerifyThenReset.code() />
            {move || view! {
                <label>
                    <span>{say(field_label(Kind::VerifyThenReset))}</span>
                    <input
                        type="text"
                        name="text"
                        value=text()
                        required
                        maxlength=HostAction::MAX_TEXT.to_string()
                        autocomplete="off"
                    />
                </label>
            }}
            <div role="status">
                {move || match outcome.get() {
                    Some(Err(failure)) => Some(refused(&failure)),
                    _ => None,
                }}
            </div>
            <div class="buttons">
                <button
                    type="submit"
                    class=move || if passes.get() { "primary" } else { "" }
                    disabled=move || start.pending().get()
                >
                    {move || phrase(&CausePhrase::VerifyThese { count: counts.get().0 })}
                </button>
            </div>
        </PostForm>
    }
    .into_any()
}

/// Just the hosts whose alarm stands for the cause, in JSON.
fn selected(page: &CausePage) -> String {
    let query = HostQuery::of(Test::CauseDifference(page.cause.clone()));
    let selection = Selection::Matching { scope: Scope::Everything, query, seen: page.seq };
    serde_json::to_string(&selection).unwrap_or_default()
}
