//! What the Alarm column shows.

use leptos::prelude::*;
use trustboard_model::alarm::Condition;
use trustboard_model::view::AlarmView;

use super::{access_phrase, language, say, tell};
use crate::text::{self, AccessPhrase, Phrase, Ui};

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
