//! What became of an action, beside its form.

use leptos::prelude::*;
use trustboard_model::view::CommandDone;

use crate::component::{access, refused, say};
use crate::failure::Failure;
use crate::text::{AccessWord, Ui};

/// Done, nothing to do, or refused and why.
#[component]
pub(crate) fn OutcomeView(outcome: Result<CommandDone, Failure>) -> impl IntoView {
    match outcome {
        Ok(CommandDone { awaits_second: true, .. }) => {
            view! { <p class="outcome done">{access(AccessWord::AwaitsSecond)}</p> }.into_any()
        }
        Ok(CommandDone { changed: true, .. }) => {
            view! { <p class="outcome done">{say(Ui::CommandDone)}</p> }.into_any()
        }
        Ok(CommandDone { changed: false, .. }) => {
            view! { <p class="outcome">{say(Ui::CommandNothing)}</p> }.into_any()
        }
        Err(failure) => refused(&failure),
    }
}
