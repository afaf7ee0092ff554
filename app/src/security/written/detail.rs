//! The open row: what was found, what to do, and the actions.

use leptos::prelude::*;
use trustboard_model::host::Attestation;
use trustboard_model::view::{HostRow, Message};

use crate::action::Actions;
use crate::component::{Moment, language, say};
use crate::security::ReasonView;
use crate::text::{self, Ui};

/// What the row says in full.
#[component]
pub(super) fn Detail(row: HostRow) -> impl IntoView {
    let host = row.id;
    let moment = |at| view! { <Moment at /> }.into_any();
    let never = (row.attestation == Attestation::Failed).then(|| say(Ui::NeverShort).into_any());
    let line = |word, said: AnyView| view! { <div><dt>{say(word)}</dt><dd>{said}</dd></div> };
    let since = row.since.map(|at| line(Ui::SinceLabel, moment(at)));
    let passed = row.last_passed.map(moment).or(never);
    let passed = passed.map(|said| line(Ui::LastPassedLabel, said));
    let message = row.message.clone();
    view! {
        <div class="detail-grid">
            <div class="findings">
                <Findings message />
                <dl class="since">{since}{passed}</dl>
            </div>
            <div class="acts">
                <Actions row=Signal::stored(row) short=true />
                <a class="button quiet" href=format!("/hosts/{host}")>
                    {say(Ui::OpenHost)}
                </a>
            </div>
        </div>
    }
    .into_any()
}

/// Every reason with its remedy, or what else there is to say.
#[component]
fn Findings(message: Message) -> impl IntoView {
    let language = language();
    match message {
        Message::Reasons { reasons } | Message::Warnings { reasons } => reasons
            .into_iter()
            .map(|reason| view! { <ReasonView reason /> })
            .collect_view()
            .into_any(),
        Message::Nothing => view! { <p class="dim">{say(Ui::NothingFailed)}</p> }.into_any(),
        other => text::message(language, &other)
            .map(|said| {
                view! { <section class="reason"><h3>{said.title}</h3><p>{said.sentence}</p></section> }
            })
            .into_any(),
    }
}
