//! Causes before hosts: why hosts fail, how many for the same reason and in the same way, where,
//! since when; one press from the hosts themselves.

use leptos::prelude::*;
use trustboard_model::digest::Sha256;
use trustboard_model::event::EventSeq;
use trustboard_model::host::Attestation;
use trustboard_model::host_query::{Fingerprint, HostQuery, Test};
use trustboard_model::reason::ReasonCode;
use trustboard_model::role::Role;
use trustboard_model::view::{Cause, CauseDifference, Group, Scope, SecurityFilter, Selection};

use super::short::Short;
use crate::bulk::BulkButtons;
use crate::cause;
use crate::component::{Relative, Sign, SignMark, history, language, recount, say, tell};
use crate::frame::SessionHandle;
use crate::security::state;
use crate::text::{self, HistoryPhrase, HistoryWord, Phrase, Ui};

/// The list, the most frequent cause first.
#[component]
pub(super) fn Causes(
    causes: Vec<Cause>,
    scope: Scope,
    /// The last event that the page knows of.
    seen: Signal<EventSeq>,
) -> impl IntoView {
    if causes.is_empty() {
        return view! {
            <p class="quiet"><SignMark sign=Sign::Good />" "{history(HistoryWord::AttentionNone)}</p>
        }
        .into_any();
    }
    let items = causes.into_iter().map(|cause| view! { <CauseView cause scope seen /> });
    view! { <ol class="cause-list">{items.collect_view()}</ol> }.into_any()
}

/// Just the hosts of a group: what is counted, listed, selected and acted on is the same.
fn query(reason: ReasonCode, fingerprint: Option<Sha256>) -> HostQuery {
    let query = HostQuery::of(Test::Attestation(Attestation::Failed))
        .and(Test::FirstReason(reason.code().to_owned()));
    match fingerprint {
        Some(fingerprint) => query.and(Test::Difference(Fingerprint::short(fingerprint))),
        None => query,
    }
}

/// The way to what differs, and to what can be done about it.
fn decide(fingerprint: Sha256) -> impl IntoView {
    let href = cause::address(&Fingerprint::short(fingerprint));
    view! { <a class="button" data-decide="" href=href>{cause::open()}</a> }
}

/// The table with the hosts of a group.
fn table(scope: Scope, query: HostQuery) -> String {
    let filter = SecurityFilter { query, ..SecurityFilter::ALL };
    state::address(&state::path_of(scope), &filter, None)
}

#[component]
fn CauseView(cause: Cause, scope: Scope, seen: Signal<EventSeq>) -> impl IntoView {
    let Cause { reason, group, differences, distinct } = cause;
    // One difference is the whole group, and finds exactly its hosts.
    let only = (distinct == 1).then(|| differences.first()?.fingerprint).flatten();
    let chosen = query(reason, only);
    let href = table(scope, chosen.clone());
    let selection = Signal::derive(move || {
        let (query, seen) = (chosen.clone(), seen.get());
        Some(Selection::Matching { scope, query, seen })
    });
    let may_act = SessionHandle::use_here().may_somewhere(Role::Operator);
    let alone =
        group.hosts > 1 && usize::try_from(group.hosts).ok() == usize::try_from(distinct).ok();
    let ways = if distinct == 1 {
        differences
            .into_iter()
            .next()
            .and_then(|difference| difference.short)
            .map(|short| view! { <Short short /> }.into_any())
    } else if alone {
        Some(view! { <p class="dim">{history(HistoryWord::EachDiffers)}</p> }.into_any())
    } else {
        let count = text::number(language(), distinct.into());
        let items = differences
            .into_iter()
            .map(|difference| view! { <DifferenceView reason difference scope /> });
        Some(
            view! {
                <p class="dim">{recount(&HistoryPhrase::Ways { count })}</p>
                <ul class="ways">{items.collect_view()}</ul>
            }
            .into_any(),
        )
    };
    view! {
        <li class="cause-group" data-reason=reason.code()>
            <h3>
                <a href=href>
                    <SignMark sign=Sign::Bad />
                    <span class="number">{tell(&Phrase::Hosts { count: group.hosts })}</span>
                    <span>{text::reason_title(language(), reason)}</span>
                </a>
            </h3>
            <Where group scope />
            {ways}
            <div class="cause-acts">
                {only.map(decide)}
                {may_act.then(|| view! { <More selection /> })}
            </div>
        </li>
    }
    .into_any()
}

/// What can be done to all of its hosts at once: behind a fold, since what differs is to be seen
/// first.
#[component]
fn More(selection: Signal<Option<Selection>>) -> impl IntoView {
    view! {
        <details class="fold">
            <summary class="button quiet">{format!("{}…", say(Ui::Actions))}</summary>
            <BulkButtons selection />
        </details>
    }
}

#[component]
fn DifferenceView(reason: ReasonCode, difference: CauseDifference, scope: Scope) -> impl IntoView {
    let CauseDifference { fingerprint, group, short } = difference;
    let hosts = tell(&Phrase::Hosts { count: group.hosts });
    let hosts = match fingerprint {
        Some(fingerprint) => {
            let href = table(scope, query(reason, Some(fingerprint)));
            view! { <a href=href data-difference=fingerprint.to_string()>{hosts}</a> }.into_any()
        }
        None => view! {
            <b>{hosts}</b>" "<span class="dim">{history(HistoryWord::NotToldApart)}</span>
        }
        .into_any(),
    };
    view! {
        <li>
            {hosts}
            <Where group scope />
            {short.map(|short| view! { <Short short /> })}
            {fingerprint.map(|fingerprint| view! { <p class="cause-acts">{decide(fingerprint)}</p> })}
        </li>
    }
    .into_any()
}

/// `Berlin (12), Paris (3) · 12 min ago`; the clusters within one datacenter.
#[component]
fn Where(group: Group, scope: Scope) -> impl IntoView {
    let Group { since, datacenters, clusters, .. } = group;
    let places = match scope {
        Scope::Everything => datacenters
            .into_iter()
            .map(|(place, hosts)| {
                let count = text::number(language(), hosts.into());
                let href = format!("/datacenters/{}", place.id);
                view! { <li><a href=href><bdi>{place.name}</bdi></a>" "<span class="dim">{count}</span></li> }
                    .into_any()
            })
            .collect_view(),
        Scope::Datacenter(_) => clusters
            .into_iter()
            .map(|name| view! { <li><bdi>{name}</bdi></li> }.into_any())
            .collect_view(),
    };
    view! {
        <ul class="where">
            {places}
            <li><Relative at=since /></li>
        </ul>
    }
}
