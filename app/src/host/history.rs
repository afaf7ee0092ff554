//! The history: runs of identical appraisals, and every event with who and when.

use leptos::prelude::*;
use trustboard_model::event::Actor;
use trustboard_model::id::HostId;
use trustboard_model::view::{EventRow, Span};

use super::timeline::moment_address;
use crate::component::{Moment, Sign, SignMark, history as word, language, say, tell};
use crate::text::{self, HistoryWord, Phrase, Ui};

/// Both lists.
#[component]
pub(super) fn History(host: HostId, spans: Vec<Span>, events: Vec<EventRow>) -> impl IntoView {
    let events = if events.is_empty() {
        view! { <p class="dim">{say(Ui::NoHistory)}</p> }.into_any()
    } else {
        view! { <Events events /> }.into_any()
    };
    let spans = (!spans.is_empty()).then(|| view! { <Spans host spans /> });
    view! {
        <section class="card" id="history">
            <h2>{say(Ui::History)}</h2>
            {events}
            {spans}
        </section>
    }
}

#[component]
fn Events(events: Vec<EventRow>) -> impl IntoView {
    let language = language();
    let rows = events.into_iter().map(|row| {
        let by_person =
            matches!(row.actor, Actor::Operator(_) | Actor::Key { .. } | Actor::Console(_));
        view! {
            <tr data-event=row.kind.code() class:by-person=by_person>
                <td><Moment at=row.at /></td>
                <td><bdi>{text::actor(language, &row.actor)}</bdi></td>
                <td><bdi>{text::event(language, &row.kind)}</bdi></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = [Ui::WhenColumn, Ui::WhoColumn, Ui::WhatColumn];
    view! {
        <div class="table-region" role="region" aria-label=say(Ui::History) tabindex="0">
            <table class="events">
                <thead>
                    <tr>{columns.map(|word| view! { <th scope="col">{say(word)}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Spans(host: HostId, spans: Vec<Span>) -> impl IntoView {
    let language = language();
    let rows = spans.into_iter().map(|span| {
        let sign = Sign::of(span.attestation);
        let reasons = span.reasons.iter().map(|code| text::reason_title(language, *code));
        let reasons = reasons.collect::<Vec<_>>().join("; ");
        view! {
            <tr>
                <td><SignMark sign />" "{text::attestation(language, span.attestation)}</td>
                <td>
                    <Moment at=span.first_seen />" "
                    <a href=moment_address(host, span.first_seen)>
                        {word(HistoryWord::OpenBeginning)}
                    </a>
                </td>
                <td><Moment at=span.last_seen /></td>
                <td class="number">{tell(&Phrase::SpanCount { count: span.count })}</td>
                <td>{reasons}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns =
        [Ui::Attestation, Ui::FirstSeen, Ui::LastSeen, Ui::CountColumn, Ui::MessageColumn];
    view! {
        <h3 class="section">{say(Ui::Appraisals)}</h3>
        <p class="dim">{say(Ui::AppraisalsHint)}</p>
        <div class="table-region" role="region" aria-label=say(Ui::Appraisals) tabindex="0">
            <table class="spans">
                <thead>
                    <tr>{columns.map(|word| view! { <th scope="col">{say(word)}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
