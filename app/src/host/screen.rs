//! The screen: reads the host, keeps it live, and lays out its sections.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{HostPage, HostRow, Impact, LiveHint};

use super::booted::{self, Booted};
use super::checks::Checks;
use super::comparison::{Accepting, ApprovedConfiguration};
use super::facts::Facts;
use super::history::History;
use super::identity::Identity;
use super::jobs::Jobs;
use super::pcrs::Pcrs;
use super::portlet::Portlet;
use crate::api;
use crate::blank::{FailureView, Loading};
use crate::component::{ChangeOutcome, Clock, Loaded, Sign, SignMark, answered, say, trust};
use crate::failure::Failure;
use crate::frame::{Heading, SessionHandle, TreeReload};
use crate::inventory::{OpenHost, OpenHostHandle};
use crate::live::{self, LiveState, Start};
use crate::policy::Exceptions;
use crate::text::{Trust, Ui};

/// How long hints are gathered before the host is read again.
const GATHER: Duration = Duration::from_millis(150);

/// The host page.
#[component]
pub(crate) fn HostScreen() -> impl IntoView {
    let params = use_params_map();
    let host = Memo::new(move |_| {
        let id = params.with(|params| params.get("host").unwrap_or_default());
        id.parse::<HostId>().map_err(|_| Failure::from(Refusal::not_found("host")))
    });
    let answer =
        Resource::new(move || host.get(), |host| async move { api::read_host(host?).await });
    let accepting = Accepting::use_here();
    let impact = Loaded::of(Resource::new(
        move || (accepting.get(), host.get()),
        |(accepting, host)| Accepting::impact(accepting, host),
    ));
    let clock = Clock::use_here();
    let page = RwSignal::new(None::<RwSignal<HostPage>>);
    let failure = RwSignal::new(None::<Failure>);
    let owner = Owner::current().unwrap_or_default();
    let show = move |answer: Result<HostPage, Failure>| match answer {
        Ok(fresh) => {
            clock.hear(fresh.now);
            failure.set(None);
            match page.get_untracked() {
                // The same host: what is open and typed stays.
                Some(shown) if shown.with_untracked(|old| old.row.id == fresh.row.id) => {
                    if shown.with_untracked(|old| *old != fresh) {
                        shown.set(fresh);
                    }
                }
                _ => page.set(Some(owner.with(|| RwSignal::new(fresh)))),
            }
        }
        Err(why) => failure.set(Some(why)),
    };
    Effect::new({
        let show = show.clone();
        move |_| {
            if let Some(answer) = answer.get() {
                show(answer);
            }
        }
    });
    keep_live(answer, page);
    let loaded =
        Signal::derive(move || page.with(Option::is_some) || failure.with(Option::is_some));
    view! {
        <Loading loaded />
            {answered(async move {
                show(answer.await);
                impact.arrive().await;
                view! {
                    {move || failure.get().map(|why| view! {
                        <FailureView why retry=move || answer.refetch() />
                    })}
                    {move || page.get().map(|page| view! { <HostView page accepting impact /> })}
                }
            })}
    }
    .into_any()
}

/// Reads the host again whenever something about it changed.
fn keep_live(
    answer: Resource<Result<HostPage, Failure>>,
    page: RwSignal<Option<RwSignal<HostPage>>>,
) {
    let Some(state) = use_context::<LiveState>() else { return };
    let tree = use_context::<TreeReload>();
    let gathering = StoredValue::new(false);
    let soon = move || {
        if gathering.try_get_value() != Some(false) {
            return;
        }
        gathering.set_value(true);
        set_timeout(
            move || {
                if gathering.try_set_value(false).is_none() {
                    answer.refetch();
                }
            },
            GATHER,
        );
    };
    let about = Memo::new(move |_| {
        page.get().map(|page| page.with_untracked(|p| (p.row.id, p.row.datacenter.id, p.seq)))
    });
    Effect::new(move |_| {
        let Some((id, datacenter, after)) = about.get() else { return };
        let hear = move |hint: LiveHint| match hint {
            LiveHint::Host { host, .. } if host == id => {
                soon();
                if let Some(tree) = tree {
                    tree.reload();
                }
            }
            LiveHint::Verified { host, .. } | LiveHint::Job { host, .. } if host == id => soon(),
            LiveHint::Bulk { .. } | LiveHint::Inventory | LiveHint::Reload => soon(),
            _ => {}
        };
        live::listen(state, Start { datacenter: Some(datacenter), after }, hear);
    });
}

/// Everything about one host.
#[component]
fn HostView(
    page: RwSignal<HostPage>,
    accepting: Memo<Option<Accepting>>,
    impact: Loaded<Option<Impact>>,
) -> impl IntoView {
    let row = Memo::new(move |_| page.with(|page| page.row.clone()));
    let row: Signal<HostRow> = row.into();
    let title = Memo::new(move |_| row.with(|row| row.name.clone()));
    let sign = Memo::new(move |_| row.with(|row| Sign::of(row.attestation)));
    let datacenter = row.with_untracked(|row| row.datacenter.id);
    let may_decide = SessionHandle::use_here().may(Role::Approver, datacenter);
    let booted = Memo::new(move |_| page.with(|page| booted::Shown::of(page.report.as_ref())));
    if let Some(OpenHostHandle(open)) = use_context() {
        // The tree stands before this page in the document, so it learns of the host afterwards.
        Effect::new(move |_| {
            open.set(Some(row.with(|row| OpenHost {
                id: row.id,
                name: row.name.clone(),
                cluster: row.cluster.id,
                sign: Sign::of(row.attestation),
            })));
        });
        on_cleanup(move || open.set(None));
    }
    let parents = row.with_untracked(|row| {
        let datacenter = format!("/datacenters/{}/security", row.datacenter.id);
        let cluster = format!("{datacenter}?cluster={}", row.cluster.id);
        vec![
            (say(Ui::AllDatacenters).to_owned(), "/".to_owned()),
            (row.datacenter.name.clone(), datacenter),
            (row.cluster.name.clone(), cluster),
        ]
    });
    view! {
        <Heading title parents>
            {move || view! { <SignMark sign=sign.get() /> }}
        </Heading>
        <nav class="tabs" aria-label=say(Ui::Host)>
            <a href="#security" rel="external">{say(Ui::SecurityPortlet)}</a>
            <a href="#configuration" rel="external">{trust(Trust::ApprovedConfiguration)}</a>
            <a href="#booted" rel="external">{trust(Trust::Booted)}</a>
            <a href="#checks" rel="external">{say(Ui::AllChecks)}</a>
            <a href="#pcrs" rel="external">{say(Ui::PcrTable)}</a>
            <a href="#identity" rel="external">{say(Ui::Identity)}</a>
            <a href="#jobs" rel="external">{say(Ui::Jobs)}</a>
            <a href="#history" rel="external">{say(Ui::History)}</a>
        </nav>
        <ChangeOutcome />
        <div class="host">
            <Portlet page row />
            <ApprovedConfiguration page accepting impact />
            {move || view! { <Booted shown=booted.get() /> }}
            {move || page.with(|page| sections(page, may_decide))}
            <Jobs jobs=Memo::new(move |_| page.with(|page| page.jobs.clone())) />
            {move || {
                let (spans, events) = page.with(|page| (page.spans.clone(), page.events.clone()));
                view! { <History spans events /> }
            }}
        </div>
    }
    .into_any()
}

/// What the latest appraisal and the host itself say.
fn sections(page: &HostPage, may_decide: bool) -> impl IntoView + use<> {
    let pcrs = page.report.as_ref().map(|report| report.pcrs.clone()).unwrap_or_default();
    let clock = page.report.as_ref().and_then(|report| report.clock);
    view! {
        {(!page.exceptions.is_empty()).then(|| view! {
            <Exceptions exceptions=page.exceptions.clone() may_act=may_decide />
        })}
        <Checks report=page.report.clone() cluster=page.row.cluster.id />
        <Pcrs rows=pcrs />
        <div class="pair">
            <Identity identity=page.identity.clone() clock by_operator=page.row.ek_by_operator />
            <Facts facts=page.facts.clone() />
        </div>
    }
}
