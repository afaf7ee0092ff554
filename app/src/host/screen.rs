//! The screen: reads the host, keeps it live, and lays out the sections of each tab.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use trustboard_model::id::HostId;
use trustboard_model::job::{Job, JobState};
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{EventLogPage, HostPage, HostRow, Impact, LiveHint, LogFilter};

use super::api::{PastAsked, PastView, read_event_log, read_past};
use super::booted::{self, Booted};
use super::checks::Checks;
use super::comparison::{Accepting, ApprovedConfiguration};
use super::event_log::{self, EventLogCard};
use super::exports::Exports;
use super::facts::Facts;
use super::identity::Identity;
use super::jobs::{Jobs, RunningJobs};
use super::past::{self, Past};
use super::pcrs::Pcrs;
use super::portlet::Portlet;
use super::tabs::{HostTabs, Tab};
use crate::api;
use crate::blank::{FailureView, Loading};
use crate::component::{ChangeOutcome, Clock, Loaded, PaperFoot, Sign, SignMark, answered, say};
use crate::failure::Failure;
use crate::frame::{Heading, SessionHandle, TreeReload};
use crate::inventory::{OpenHost, OpenHostHandle};
use crate::live::{self, LiveState, News, Start};
use crate::policy::Exceptions;
use crate::text::Ui;

/// How long hints are gathered before the host is read again.
const GATHER: Duration = Duration::from_millis(150);
/// How long it may take until a host says that it was verified with the same result, if very many were.
const VERIFIED: Duration = Duration::from_secs(10);

/// `/hosts/:id`.
#[component]
pub(crate) fn HostSummary() -> impl IntoView {
    view! { <HostScreen tab=Tab::Summary /> }
}

/// `/hosts/:id/attestation`.
#[component]
pub(crate) fn HostAttestation() -> impl IntoView {
    view! { <HostScreen tab=Tab::Attestation /> }
}

/// `/hosts/:id/history`.
#[component]
pub(crate) fn HostHistory() -> impl IntoView {
    view! { <HostScreen tab=Tab::History /> }
}

/// `/hosts/:id/logs`.
#[component]
pub(crate) fn HostLogs() -> impl IntoView {
    view! { <HostScreen tab=Tab::Logs /> }
}

/// What single tabs read beside the host.
#[derive(Clone, Copy)]
struct Beside {
    accepting: Memo<Option<Accepting>>,
    impact: Loaded<Option<Impact>>,
    past_asked: Memo<PastAsked>,
    past: Loaded<Option<PastView>>,
    log_asked: Memo<LogFilter>,
    log: Loaded<Option<EventLogPage>>,
}

impl Beside {
    fn of(tab: Tab, host: Memo<Result<HostId, Failure>>) -> Self {
        let accepting = Accepting::use_here();
        let impact = Loaded::of(Resource::new(
            move || (accepting.get(), host.get()),
            |(accepting, host)| Accepting::impact(accepting, host),
        ));
        let past_asked = past::asked();
        let past = Loaded::of(Resource::new(
            move || (tab == Tab::History).then(|| (host.get(), past_asked.get())),
            |asked| async move {
                let Some((host, asked)) = asked else { return Ok(None) };
                read_past(host?, asked).await.map(Some)
            },
        ));
        let log_asked = event_log::asked();
        let log = Loaded::of(Resource::new(
            move || (tab == Tab::Attestation).then(|| (host.get(), log_asked.get())),
            |asked| async move {
                let Some((host, filter)) = asked else { return Ok(None) };
                read_event_log(host?, filter).await
            },
        ));
        Self { accepting, impact, past_asked, past, log_asked, log }
    }

    async fn arrive(self) {
        self.impact.arrive().await;
        self.past.arrive().await;
        self.log.arrive().await;
    }

    fn read_again(self, tab: Tab) {
        match tab {
            Tab::History => self.past.read_again(),
            Tab::Attestation => self.log.read_again(),
            Tab::Summary | Tab::Logs => {}
        }
    }
}

/// A tab of the host page.
#[component]
fn HostScreen(tab: Tab) -> impl IntoView {
    let params = use_params_map();
    let host = Memo::new(move |_| {
        let id = params.with(|params| params.get("host").unwrap_or_default());
        id.parse::<HostId>().map_err(|_| Failure::from(Refusal::not_found("host")))
    });
    let answer =
        Resource::new(move || host.get(), |host| async move { api::read_host(host?).await });
    let beside = Beside::of(tab, host);
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
    keep_live(answer, page, move || beside.read_again(tab));
    let loaded =
        Signal::derive(move || page.with(Option::is_some) || failure.with(Option::is_some));
    view! {
        <Loading loaded />
            {answered(async move {
                show(answer.await);
                beside.arrive().await;
                view! {
                    {move || failure.get().map(|why| view! {
                        <FailureView why retry=move || answer.refetch() />
                    })}
                    {move || page.get().map(|page| view! { <HostView page tab beside /> })}
                }
            })}
    }
    .into_any()
}

/// Reads the host again whenever something about it changed.
fn keep_live(
    answer: Resource<Result<HostPage, Failure>>,
    page: RwSignal<Option<RwSignal<HostPage>>>,
    then: impl Fn() + Copy + Send + Sync + 'static,
) {
    let Some(state) = use_context::<LiveState>() else { return };
    let tree = use_context::<TreeReload>();
    let read = move || {
        answer.refetch();
        then();
    };
    let soon = live::gathered(GATHER, read);
    let sometime = live::gathered(VERIFIED, read);
    let news = News::use_here();
    let viewer = StoredValue::new(SessionHandle::use_here().viewer().map(|viewer| viewer.name));
    let about = Memo::new(move |_| {
        page.get().map(|page| page.with_untracked(|p| (p.row.id, p.row.datacenter.id, p.seq)))
    });
    Effect::new(move |_| {
        let Some((id, datacenter, after)) = about.get() else { return };
        let hear = move |hint: LiveHint| match hint {
            LiveHint::Host { host, .. } if host == id => {
                news.hear(viewer.get_value().as_deref(), &hint);
                soon();
                if let Some(tree) = tree {
                    tree.reload();
                }
            }
            LiveHint::Verified { host, .. } | LiveHint::Job { host, .. } if host == id => soon(),
            // This one is perhaps among them.
            LiveHint::VerifiedMany { datacenters, .. } if datacenters.contains(&datacenter) => {
                sometime();
            }
            LiveHint::Bulk { .. } | LiveHint::Inventory | LiveHint::Reload => soon(),
            _ => {}
        };
        live::listen(state, Start { datacenter: Some(datacenter), after }, hear);
    });
}

/// One tab.
#[component]
fn HostView(page: RwSignal<HostPage>, tab: Tab, beside: Beside) -> impl IntoView {
    let row = Memo::new(move |_| page.with(|page| page.row.clone()));
    let row: Signal<HostRow> = row.into();
    let title = Memo::new(move |_| row.with(|row| row.name.clone()));
    let sign = Memo::new(move |_| row.with(|row| Sign::of(row.attestation)));
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
    let host = row.with_untracked(|row| row.id);
    view! {
        <Heading title parents>
            {move || view! { <SignMark sign=sign.get() /> }}
        </Heading>
        <HostTabs host tab />
        <ChangeOutcome />
        <div class="host">
            {match tab {
                Tab::Summary => view! { <Summary page row beside /> }.into_any(),
                Tab::Attestation => view! { <Attestation page beside /> }.into_any(),
                Tab::History => {
                    view! { <Past past=beside.past asked=beside.past_asked /> }.into_any()
                }
                Tab::Logs => {
                    let jobs = Memo::new(move |_| page.with(|page| page.jobs.clone()));
                    view! { <Jobs jobs /> }.into_any()
                }
            }}
        </div>
        <PaperFoot />
    }
    .into_any()
}

/// What an operator decides upon.
#[component]
fn Summary(page: RwSignal<HostPage>, row: Signal<HostRow>, beside: Beside) -> impl IntoView {
    let datacenter = row.with_untracked(|row| row.datacenter.id);
    let may_decide = SessionHandle::use_here().may(Role::Approver, datacenter);
    let booted = Memo::new(move |_| page.with(|page| booted::Shown::of(page.report.as_ref())));
    let running = Memo::new(move |_| {
        page.with(|page| {
            let runs = |job: &&Job| matches!(job.state, JobState::Queued | JobState::Running);
            page.jobs.iter().filter(runs).cloned().collect::<Vec<_>>()
        })
    });
    let runs = Memo::new(move |_| running.with(|jobs| !jobs.is_empty()));
    view! {
        <Portlet page row />
        {move || runs.get().then(|| view! {
            <RunningJobs jobs=running />
        })}
        <ApprovedConfiguration page accepting=beside.accepting impact=beside.impact />
        {move || view! { <Booted shown=booted.get() /> }}
        {move || page.with(|page| {
            let clock = page.report.as_ref().and_then(|report| report.clock);
            view! {
                {(!page.exceptions.is_empty()).then(|| view! {
                    <Exceptions exceptions=page.exceptions.clone() may_act=may_decide />
                })}
                <div class="pair">
                    <Identity
                        identity=page.identity.clone()
                        clock
                        by_operator=page.row.ek_by_operator
                    />
                    <Facts facts=page.facts.clone() />
                </div>
            }
        })}
    }
    .into_any()
}

/// What the latest appraisal is made of.
#[component]
fn Attestation(page: RwSignal<HostPage>, beside: Beside) -> impl IntoView {
    view! {
        {move || page.with(|page| {
            let pcrs = page.report.as_ref().map(|report| report.pcrs.clone()).unwrap_or_default();
            view! {
                <Checks report=page.report.clone() cluster=page.row.cluster.id />
                <Pcrs rows=pcrs />
            }
        })}
        <EventLogCard log=beside.log asked=beside.log_asked />
        <section class="card"><Exports page /></section>
    }
    .into_any()
}
