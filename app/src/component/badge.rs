//! What the Attestation and Alarm columns show: a sign and a word.

use leptos::prelude::*;
use trustboard_model::alarm::Condition;
use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::view::AlarmView;

use super::mark::{Sign, SignMark};
use super::{access_phrase, language, say, tell};
use crate::text::{self, AccessPhrase, Phrase, Ui};

/// Passed, Failed, Unknown or N/A, with Stale beside it when it no longer says much about now.
#[component]
pub(crate) fn AttestationBadge(attestation: Attestation, freshness: Freshness) -> impl IntoView {
    let language = language();
    let sign = Sign::of(attestation);
    let stale = (freshness == Freshness::Stale)
        .then(|| view! { <span class="stale">{text::freshness(language, freshness)}</span> });
    view! {
        <span class=format!("badge {}", sign.tone())>
            <SignMark sign />
            {text::attestation(language, attestation)}
        </span>
        {stale}
    }
}

/// The alarm: its colour in a word, its occurrence or condition, and who is on it.
#[component]
pub(crate) fn AlarmBadge(alarm: AlarmView) -> impl IntoView {
    let language = language();
    let colour = text::alarm_colour(language, &alarm);
    let AlarmView::Red { occurrence, condition, acknowledged, reset_asked, .. } = alarm else {
        return view! { <span class="alarm green">{colour}</span> }.into_any();
    };
    let cleared = matches!(condition, Condition::Cleared { .. });
    let beside = if cleared {
        text::condition(language, condition).to_owned()
    } else {
        tell(&Phrase::Occurrence { number: occurrence })
    };
    let below = match acknowledged {
        _ if let Some(asked) = &reset_asked => {
            let said = AccessPhrase::ResetAskedBy { name: &asked.by, reason: &asked.reason };
            access_phrase(said)
        }
        Some(ack) => tell(&Phrase::AcknowledgedBy { name: &ack.by, comment: &ack.comment }),
        None if cleared => say(Ui::ReadyToReset).to_owned(),
        None => say(Ui::NobodyOnIt).to_owned(),
    };
    let whole = below.clone();
    view! {
        <span class=if cleared { "alarm cleared" } else { "alarm red" }>
            <b>{colour}</b>
            " · "
            {beside}
        </span>
        <small class="clip" title=whole>{below}</small>
    }
    .into_any()
}
