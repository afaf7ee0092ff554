//! Events in words, the newest first.

use leptos::prelude::*;
use trustboard_model::view::{EventLine, Scope};

use super::word;
use crate::component::{Moment, language, say};
use crate::text::{self, AlarmWord, Ui};

/// The table.
#[component]
pub(super) fn List(events: Vec<EventLine>, scope: Scope) -> impl IntoView {
    let everywhere = scope == Scope::Everything;
    let row = move |line: EventLine| {
        let EventLine { seq, at, actor, kind, host, datacenter } = line;
        let gone = || word(AlarmWord::Gone);
        let host = host.map(|host| {
            if host.name.is_empty() {
                view! { <span class="dim">{gone()}</span> }.into_any()
            } else {
                view! { <a href=format!("/hosts/{}", host.id)><bdi>{host.name}</bdi></a> }
                    .into_any()
            }
        });
        let place = everywhere
            .then_some(datacenter)
            .flatten()
            .map(|place| if place.name.is_empty() { gone().to_owned() } else { place.name });
        view! {
            <tr data-row=seq.0.to_string() data-event=kind.code()>
                <td class="event-when"><Moment at /></td>
                <td class="event-what">{text::event(language(), &kind)}</td>
                <td class="event-where">
                    {host}
                    {place.map(|place| view! { <small><bdi>{place}</bdi></small> })}
                </td>
                <td class="event-who"><bdi>{text::actor(language(), &actor)}</bdi></td>
            </tr>
        }
    };
    view! {
        <div class="table-region" role="region" aria-label=word(AlarmWord::EventsOnly) tabindex="0">
            <table id="events" class="events">
                <thead>
                    <tr>
                        <th scope="col">{say(Ui::WhenColumn)}</th>
                        <th scope="col">{say(Ui::WhatColumn)}</th>
                        <th scope="col">{say(Ui::Name)}</th>
                        <th scope="col">{say(Ui::WhoColumn)}</th>
                    </tr>
                </thead>
                <tbody>{events.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
