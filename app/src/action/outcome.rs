//! What became of an action, beside its form.

use leptos::prelude::*;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::CommandDone;

use crate::component::{in_words, say};
use crate::failure::Failure;
use crate::text::Ui;

/// Done, nothing to do, or refused and why.
#[component]
pub(crate) fn OutcomeView(outcome: Result<CommandDone, Failure>) -> impl IntoView {
    match outcome {
        Ok(CommandDone { changed: true, .. }) => {
            view! { <p class="outcome done">{say(Ui::CommandDone)}</p> }.into_any()
        }
        Ok(CommandDone { changed: false, .. }) => {
            view! { <p class="outcome">{say(Ui::CommandNothing)}</p> }.into_any()
        }
        Err(failure) => {
            let stale = matches!(failure, Failure::Refused(Refusal::Stale { .. }));
            view! {
                <p class="outcome refused" role="alert">
                    {in_words(&failure)}
                    {stale.then(|| view! { " "{say(Ui::StaleHint)} })}
                </p>
            }
            .into_any()
        }
    }
}
