//! A new token: how many hosts, for how long, and then the one command that enrols them.

use leptos::prelude::*;
use trustboard_model::id::ClusterId;
use trustboard_model::view::NewToken;

use crate::browser;
use crate::change::Changed;
use crate::component::{Until, admin, tell_admin};
use crate::frame::SessionHandle;
use crate::text::{AdminPhrase, AdminWord};

/// How long a token can be good, in seconds: an hour, a day, a week, a month.
const TIMES: [(u32, AdminWord); 4] = [
    (3600, AdminWord::OneHour),
    (24 * 3600, AdminWord::OneDay),
    (7 * 24 * 3600, AdminWord::OneWeek),
    (30 * 24 * 3600, AdminWord::OneMonth),
];

/// The form for a new token.
#[component]
pub(crate) fn NewTokenForm(
    cluster: ClusterId,
    /// The page that shows the command.
    then: String,
) -> impl IntoView {
    let session = SessionHandle::use_here();
    let uses = session.typed("new-token", "uses").unwrap_or_else(|| "1".to_owned());
    let times = TIMES.map(|(seconds, word)| {
        let chosen = word == AdminWord::OneDay;
        view! { <option value=seconds.to_string() selected=chosen>{admin(word)}</option> }
    });
    let again = new_token(session, cluster).is_some();
    let button = if again { AdminWord::AnotherToken } else { AdminWord::MakeToken };
    view! {
        <form method="post" action="/api/ui/new-token" class="row-form" data-form="new-token">
            <input type="hidden" name="cluster" value=cluster.to_string() />
            <input type="hidden" name="then" value=then />
            <label>
                <span>{admin(AdminWord::TokenUses)}</span>
                <input type="number" name="uses" min="1" max="100000" value=uses required />
            </label>
            <label>
                <span>{admin(AdminWord::TokenExpiry)}</span>
                <select name="ttl_s">{times}</select>
            </label>
            <button type="submit" class:primary=!again>{admin(button)}</button>
        </form>
    }
    .into_any()
}

/// The token that led to this page, if it is one of this cluster.
fn new_token(session: SessionHandle, cluster: ClusterId) -> Option<NewToken> {
    match session.change()?.outcome {
        Ok(Changed::Token(token)) if token.cluster == cluster => Some(token),
        _ => None,
    }
}

/// The command of the token that was just made: shown this once.
#[component]
pub(crate) fn TokenCommand(cluster: ClusterId) -> impl IntoView {
    let Some(token) = new_token(SessionHandle::use_here(), cluster) else {
        return ().into_any();
    };
    let NewToken { command, expires_at, uses, .. } = token;
    let copied = RwSignal::new(false);
    let to_copy = StoredValue::new(command.clone());
    let copy = move |_| {
        copied.set(to_copy.with_value(|command| browser::copy(command)));
    };
    view! {
        <div class="command" id="command">
            <p>{admin(AdminWord::CommandHint)}</p>
            <pre tabindex="0" role="region" aria-label=admin(AdminWord::Command)><code>{command}</code></pre>
            <div class="buttons">
                <button type="button" class="primary needs-script" on:click=copy>{admin(AdminWord::Copy)}</button>
                <span role="status">{move || copied.get().then(|| admin(AdminWord::Copied))}</span>
            </div>
            <p class="dim">
                {tell_admin(&AdminPhrase::TokenGood { uses })}" "<Until at=expires_at />". "
                {admin(AdminWord::ShownOnce)}
            </p>
        </div>
    }
    .into_any()
}
