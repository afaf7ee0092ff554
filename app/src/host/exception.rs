//! Exceptions of one host: granting one for exactly what was found, and who granted those that
//! are in force.

use leptos::prelude::*;
use trustboard_model::check::Excepted;
use trustboard_model::exception::{ExceptedValue, Exception};
use trustboard_model::id::HostId;
use trustboard_model::reason::Reason;

use crate::component::{Until, language, say, trust};
use crate::configuration::ReasonInput;
use crate::frame::SessionHandle;
use crate::text::{self, Trust, Ui};

/// How long one is granted for if nobody says otherwise, in days.
const USUAL_DAYS: u32 = 30;

/// The exception that a refusal fell under: who, why, until when.
#[component]
pub(super) fn ExceptedView(excepted: Excepted) -> impl IntoView {
    view! {
        <p class="excepted">
            <span class="token">{trust(Trust::Exception)}</span>" "
            {trust(Trust::GrantedBy)}" "<bdi>{excepted.by}</bdi>
            " · "<bdi>{excepted.reason}</bdi>
            " · "{trust(Trust::Until)}" "<Until at=excepted.expires_at />
        </p>
    }
    .into_any()
}

/// The form that grants one. What it covers is shown, and nothing else is covered.
#[component]
pub(super) fn GrantForm(host: HostId, revision: Memo<u64>, reason: Reason) -> impl IntoView {
    let check = reason.code.check();
    let value = ExceptedValue::of(&reason);
    // Only strings: it can always be written.
    let json = serde_json::to_string(&value).unwrap_or_default();
    let language = language();
    let fact = |word: &'static str, value: Option<String>| {
        value.map(|value| {
            let value = text::fact(language, &value).into_owned();
            view! { <div><dt>{word}</dt><dd><code><bdi>{value}</bdi></code></dd></div> }
        })
    };
    let session = SessionHandle::use_here();
    let refused = session.change().is_some_and(|change| {
        change.form == "grant" && change.typed("grant", "check") == Some(check.code())
    });
    let days = session.typed("grant", "days").filter(|_| refused);
    view! {
        <details class="fold grant" data-grant=check.code() open=refused>
            <summary>{format!("{}…", trust(Trust::Grant))}</summary>
            <form method="post" action="/api/ui/grant-exception" class="stack">
                <p class="dim">{trust(Trust::GrantHint)}</p>
                <dl class="facts">
                    {fact(say(Ui::CheckColumn), Some(text::check(language, check).title.to_owned()))}
                    {fact(say(Ui::Where), value.place)}
                    {fact(say(Ui::Found), value.found)}
                </dl>
                <input type="hidden" name="host" value=host.to_string() />
                <input
                    type="hidden"
                    name="revision"
                    value=revision.get_untracked().to_string()
                    prop:value=move || revision.get().to_string()
                />
                <input type="hidden" name="check" value=check.code() />
                <input type="hidden" name="value" value=json />
                <ReasonInput form="grant" />
                <label>
                    <span>{trust(Trust::Days)}</span>
                    <input
                        type="number"
                        name="days"
                        min="1"
                        max=Exception::MOST_DAYS.to_string()
                        value=days.unwrap_or_else(|| USUAL_DAYS.to_string())
                        required
                    />
                </label>
                <div class="buttons">
                    <button type="submit" class="primary">{trust(Trust::Grant)}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
