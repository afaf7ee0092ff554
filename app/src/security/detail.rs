//! The open row: what was found, what to do, and the actions.

use leptos::prelude::*;
use trustboard_model::host::Attestation;
use trustboard_model::reason::Reason;
use trustboard_model::view::{HostRow, Message};

use crate::action::Actions;
use crate::component::{Moment, language, say};
use crate::text::{self, Ui};

/// What the row says in full. It follows the row as it changes; the forms stay as they are.
#[component]
pub(super) fn Detail(row: Signal<HostRow>) -> impl IntoView {
    let host = row.with_untracked(|row| row.id);
    let message = Memo::new(move |_| row.with(|row| row.message.clone()));
    let since = Memo::new(move |_| {
        row.with(|row| (row.since, row.last_passed, row.attestation == Attestation::Failed))
    });
    view! {
        <div class="detail-grid">
            <div class="findings">
                {move || view! { <Findings message=message.get() /> }}
                <dl class="since">
                    {move || {
                        let (since, passed, failed) = since.get();
                        let passed = match passed {
                            Some(at) => Some(view! { <Moment at /> }.into_any()),
                            None => failed.then(|| say(Ui::NeverShort).into_any()),
                        };
                        (
                            since.map(|at| view! {
                                <div><dt>{say(Ui::SinceLabel)}</dt><dd><Moment at /></dd></div>
                            }),
                            passed.map(|passed| view! {
                                <div><dt>{say(Ui::LastPassedLabel)}</dt><dd>{passed}</dd></div>
                            }),
                        )
                    }}
                </dl>
            </div>
            <div class="acts">
                <Actions row short=true />
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

/// One reason: where, expected, found, the likely cause and the remedy.
#[component]
pub(crate) fn ReasonView(reason: Reason) -> impl IntoView {
    let said = text::reason(language(), &reason);
    let fact = |label: Ui, value: Option<String>, class: &'static str| {
        value.map(|value| {
            let value = text::fact(language(), &value).into_owned();
            view! { <div class=class><dt>{say(label)}</dt><dd><bdi>{value}</bdi></dd></div> }
        })
    };
    view! {
        <section class="reason" data-reason=reason.code.code()>
            <div class="what">
                <h3>{said.title}</h3>
                <p>{said.sentence}</p>
                <dl class="facts">
                    {fact(Ui::Where, reason.place, "where")}
                    {fact(Ui::Expected, reason.expected, "expected")}
                    {fact(Ui::Found, reason.found, "found")}
                </dl>
                <p class="dim">
                    <b>{say(Ui::LikelyCause)}</b>" "{said.cause}
                </p>
            </div>
            <div class="remedy">
                <h4>{say(Ui::WhatToDo)}</h4>
                <ol>{said.remedy.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
                <p class="dim">
                    <b>{say(Ui::WhereToLook)}</b>" "{said.look}
                </p>
            </div>
        </section>
    }
    .into_any()
}
