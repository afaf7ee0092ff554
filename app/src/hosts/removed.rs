//! A host that was removed: who removed it, when and why, and its history.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use trustboard_model::host::Freshness;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{EventRow, RemovedHost, Span};

use super::api::read_removed;
use crate::component::{AttestationBadge, Clock, Loaded, Moment, admin, language, say, tell};
use crate::failure::Failure;
use crate::frame::{Heading, SessionHandle, follow};
use crate::text::{self, AdminWord, Phrase, Ui};

/// The screen.
#[component]
pub(crate) fn RemovedHostScreen() -> impl IntoView {
    let params = use_params_map();
    let host = Memo::new(move |_| {
        let id = params.with(|params| params.get("host").unwrap_or_default());
        id.parse::<HostId>().map_err(|_| Failure::from(Refusal::not_found("host")))
    });
    let answer = Resource::new(move || host.get(), |host| async move { read_removed(host?).await });
    let page = Loaded::of(answer);
    follow(|| ());
    page.whole(move |page| view! { <Shown page /> }.into_any())
}

#[component]
fn Shown(page: RemovedHost) -> impl IntoView {
    Clock::use_here().hear(page.now);
    let language = language();
    let RemovedHost {
        host,
        cluster,
        datacenter,
        removed_at,
        removed_by,
        reason,
        ek,
        spans,
        events,
        ..
    } = page;
    let session = SessionHandle::use_here();
    let parents = vec![
        (say(Ui::AllDatacenters).to_owned(), "/".to_owned()),
        (datacenter.name, format!("/datacenters/{}/hosts", datacenter.id)),
    ];
    let fact = |word: &'static str, value: AnyView| {
        view! { <div><dt>{word}</dt><dd>{value}</dd></div> }
    };
    let by = text::actor(language, &removed_by);
    let ek = ek.map(|ek| {
        fact(admin(AdminWord::RemovedEk), view! { <code>{ek.to_string()}</code> }.into_any())
    });
    let audit = session.may(Role::Administrator, datacenter.id).then(|| {
        let href = format!("/administration/audit?host={}&datacenter={}", host.id, datacenter.id);
        view! { <a class="button" href=href>{admin(AdminWord::AuditTitle)}</a> }
    });
    view! {
        <Heading title=host.name.clone() parents>""</Heading>
        <section class="card" id="removed" role="note">
            <h2>{admin(AdminWord::RemovedTitle)}</h2>
            <p>{admin(AdminWord::RemovedHint)}</p>
            <dl class="facts">
                {fact(admin(AdminWord::RemovedAt), view! { <Moment at=removed_at /> }.into_any())}
                {fact(admin(AdminWord::RemovedBy), view! { <bdi>{by}</bdi> }.into_any())}
                {fact(admin(AdminWord::Reason), view! { <bdi>{reason}</bdi> }.into_any())}
                {fact(say(Ui::Cluster), view! { <bdi>{cluster}</bdi> }.into_any())}
                {ek}
            </dl>
            <div class="buttons">{audit}</div>
        </section>
        <Spans spans />
        <Events events />
    }
    .into_any()
}

#[component]
fn Spans(spans: Vec<Span>) -> impl IntoView {
    let language = language();
    let items = spans.into_iter().map(|span| {
        let reasons: Vec<_> =
            span.reasons.iter().map(|code| text::reason_title(language, *code)).collect();
        view! {
            <li>
                <AttestationBadge attestation=span.attestation freshness=Freshness::Fresh />
                " "<Moment at=span.first_seen />" – "<Moment at=span.last_seen />
                " "<span class="dim">{tell(&Phrase::SpanCount { count: span.count })}</span>
                {(!reasons.is_empty()).then(|| view! { <p>{reasons.join("; ")}</p> })}
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    let none = items.is_empty();
    view! {
        <section class="card" id="spans">
            <h2>{admin(AdminWord::RemovedSpans)}</h2>
            {none.then(|| view! { <p class="dim">{say(Ui::NeverShort)}</p> })}
            <ul class="spans">{items}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Events(events: Vec<EventRow>) -> impl IntoView {
    let language = language();
    let items = events.into_iter().map(|event| {
        view! {
            <li>
                <Moment at=event.at />" · "<bdi>{text::actor(language, &event.actor)}</bdi>
                <p><bdi>{text::event(language, &event.kind)}</bdi></p>
            </li>
        }
    });
    view! {
        <section class="card" id="events">
            <h2>{admin(AdminWord::RemovedEvents)}</h2>
            <ul class="events">{items.collect_view()}</ul>
        </section>
    }
    .into_any()
}
