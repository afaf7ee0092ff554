//! What the Attestation and Alarm columns show: a sign and a word.

use leptos::prelude::*;
use trustboard_model::alarm::Condition;
use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::view::AlarmView;

use super::mark::{Sign, SignMark};
use super::{language, say, tell};
use crate::text::{self, Phrase, Ui};

/// Passed, Failed, Unknown or N/A, with Stale beside it when it no longer says much about now.
#[component]
pub(crate) fn AttestationBadge(
    #[prop(into)] attestation: Signal<Attestation>,
    #[prop(into)] freshness: Signal<Freshness>,
) -> impl IntoView {
    let language = language();
    let sign = Signal::derive(move || Sign::of(attestation.get()));
    view! {
        <span class=move || format!("badge {}", sign.get().tone())>
            <SignMark sign=sign />
            {move || text::attestation(language, attestation.get())}
        </span>
        {move || {
            (freshness.get() == Freshness::Stale)
                .then(|| view! { <span class="stale">{text::freshness(language, Freshness::Stale)}</span> })
        }}
    }
}

/// The alarm: its colour in a word, its condition now, and who is on it.
#[component]
pub(crate) fn AlarmBadge(#[prop(into)] alarm: Signal<AlarmView>) -> impl IntoView {
    let language = language();
    let show = move || {
        let alarm = alarm.get();
        let colour = text::alarm_colour(language, &alarm);
        match alarm {
            AlarmView::Green => view! { <span class="alarm green">{colour}</span> }.into_any(),
            AlarmView::Red { occurrence, condition, acknowledged, .. } => {
                let cleared = matches!(condition, Condition::Cleared { .. });
                let number = tell(&Phrase::Occurrence { number: occurrence });
                let below = match acknowledged {
                    Some(ack) => {
                        tell(&Phrase::AcknowledgedBy { name: &ack.by, comment: &ack.comment })
                    }
                    None if cleared => say(Ui::ReadyToReset).to_owned(),
                    None => say(Ui::NobodyOnIt).to_owned(),
                };
                let tone = if cleared { "alarm cleared" } else { "alarm red" };
                view! {
                    <span class=tone>
                        <b>{colour}</b>
                        " · "
                        {if cleared {
                            text::condition(language, condition).to_owned()
                        } else {
                            number
                        }}
                    </span>
                    <small class="clip" title=below.clone()>{below.clone()}</small>
                }
                .into_any()
            }
        }
    };
    view! { {show} }
}
