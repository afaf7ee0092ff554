//! What became of the form that led here, with what is shown this once.

use leptos::prelude::*;

use super::{AccessDone, Did, Shown};
use crate::change::Changed;
use crate::component::{Moment, access, refused};
use crate::frame::SessionHandle;
use crate::text::AccessWord;

/// Done, with the link or the key; or refused, and why.
#[component]
pub(super) fn Outcome() -> impl IntoView {
    let change = SessionHandle::use_here().change();
    let shown = change.map(|change| match change.outcome {
        Ok(Changed::Access(done)) => view! { <Done done /> }.into_any(),
        Ok(_) => ().into_any(),
        Err(failure) => refused(&failure),
    });
    view! { <div class="change" role="status">{shown}</div> }.into_any()
}

#[component]
fn Done(done: AccessDone) -> impl IntoView {
    let said = match done.did {
        Did::Nothing => AccessWord::DoneNothing,
        Did::Created => AccessWord::DoneCreated,
        Did::Roles => AccessWord::DoneRoles,
        Did::PasswordReset => AccessWord::DonePasswordReset,
        Did::Disabled => AccessWord::DoneDisabled,
        Did::Enabled => AccessWord::DoneEnabled,
        Did::Password => AccessWord::DonePassword,
        Did::Ended => AccessWord::DoneEnded,
        Did::KeyMade => AccessWord::KeyShownHint,
        Did::Revoked => AccessWord::DoneRevoked,
        Did::Settings => AccessWord::DoneSettings,
    };
    let key = done.did == Did::KeyMade;
    view! {
        <p class="outcome done">{access(said)}</p>
        {done.shown.map(|shown| view! { <Once shown key /> })}
    }
    .into_any()
}

/// A link or a key, in a field from which it can be copied.
#[component]
fn Once(shown: Shown, key: bool) -> impl IntoView {
    let heading = if key { AccessWord::KeyShown } else { AccessWord::LinkHeading };
    view! {
        <section class="card once" data-once="">
            <h2>{access(heading)}": "<bdi>{shown.name}</bdi></h2>
            <input type="text" class="code" readonly aria-label=access(heading) value=shown.text />
            {(!key).then(|| view! { <p class="hint">{access(AccessWord::LinkHint)}</p> })}
            <p>{access(AccessWord::GoodUntil)}" "<Moment at=shown.until /></p>
        </section>
    }
    .into_any()
}
