//! One reason in full.

use leptos::prelude::*;
use trustboard_model::reason::Reason;

use crate::component::{language, say};
use crate::text::{self, Ui};

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
