//! Whether the alarms of a datacenter reset themselves: a small form for its configuration.

use leptos::form::ActionForm as PostForm;
use leptos::prelude::*;
use trustboard_model::id::DatacenterId;
use trustboard_model::role::Role;

use super::api::{SetAutomaticReset, read_automatic_reset};
use super::word;
use crate::component::{Loaded, answered, refused};
use crate::frame::SessionHandle;
use crate::text::AlarmWord;

/// What holds now, and for administrators the button that changes it.
#[component]
pub(crate) fn AutomaticReset(
    /// The datacenter.
    datacenter: DatacenterId,
) -> impl IntoView {
    let session = SessionHandle::use_here();
    let set = ServerAction::<SetAutomaticReset>::new();
    let outcome = set.value();
    let version = set.version();
    let answer = Resource::new(move || version.get(), move |_| read_automatic_reset(datacenter));
    let shown = Loaded::of(answer);
    let left = session.change().filter(|change| change.form == "automatic-reset");
    view! {
        <section class="card automatic-reset" aria-labelledby="automatic-reset">
            <h2 id="automatic-reset">{word(AlarmWord::AutomaticReset)}</h2>
            <p class="dim">{word(AlarmWord::AutomaticResetHint)}</p>
            {answered(async move {
                shown.arrive().await;
                move || shown.view(move |on| view! { <State on datacenter set /> }.into_any())
            })}
            <div role="status">
                {move || match (outcome.get(), left.clone()) {
                    (Some(Err(failure)), _) => Some(refused(&failure)),
                    (None, Some(change)) => change.outcome.err().map(|why| refused(&why)),
                    _ => None,
                }}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn State(
    on: bool,
    datacenter: DatacenterId,
    set: ServerAction<SetAutomaticReset>,
) -> impl IntoView {
    let session = SessionHandle::use_here();
    let may = session.may(Role::Administrator, datacenter);
    let (state, button) = if on {
        (AlarmWord::AutomaticResetOn, AlarmWord::SwitchOff)
    } else {
        (AlarmWord::AutomaticResetOff, AlarmWord::SwitchOn)
    };
    view! {
        <p data-automatic-reset=on.to_string()><strong>{word(state)}</strong></p>
        {may.then(|| view! {
            <PostForm action=set>
                <input type="hidden" name="datacenter" value=datacenter.to_string() />
                <input type="hidden" name="on" value=(!on).to_string() />
                <button type="submit">{word(button)}</button>
            </PostForm>
        })}
    }
    .into_any()
}
