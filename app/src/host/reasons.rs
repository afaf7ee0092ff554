//! Why the host failed: every failed check with its cause and remedy, warnings below, and those
//! that fall under an exception.

use leptos::prelude::*;
use trustboard_model::appraisal::Report;
use trustboard_model::check::{CheckResult, Outcome, Strictness};
use trustboard_model::reason::Reason;
use trustboard_model::role::Role;
use trustboard_model::view::{HostPage, Message};

use super::exception::{ExceptedView, GrantForm};
use crate::component::{language, say, trust};
use crate::frame::SessionHandle;
use crate::security::ReasonView;
use crate::text::{self, Trust, Ui};

/// What the list is made of. It is written anew only when this changes, so that what is typed
/// into a form stays.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    failed: Vec<CheckResult>,
    /// Of a page without a report.
    only_reasons: Vec<Reason>,
    message: Message,
}

impl Shown {
    fn of(page: &HostPage) -> Self {
        let (failed, only_reasons) = match (&page.report, &page.row.message) {
            (Some(report), _) => (failures(report), Vec::new()),
            (None, Message::Reasons { reasons }) => (Vec::new(), reasons.clone()),
            (None, _) => (Vec::new(), Vec::new()),
        };
        Self { failed, only_reasons, message: page.row.message.clone() }
    }
}

/// Failed checks, the most telling first.
fn failures(report: &Report) -> Vec<CheckResult> {
    let refused = |result: &CheckResult| match &result.outcome {
        Outcome::Failed(reason) => Some(reason.code),
        _ => None,
    };
    let mut failed: Vec<_> =
        report.checks.iter().filter(|result| refused(result).is_some()).cloned().collect();
    failed.sort_by_key(refused);
    failed
}

/// The list; or what else there is to say.
#[component]
pub(super) fn Reasons(page: RwSignal<HostPage>) -> impl IntoView {
    let shown = Memo::new(move |_| page.with(Shown::of));
    let (host, datacenter) = page.with_untracked(|page| (page.row.id, page.row.datacenter.id));
    let revision = Memo::new(move |_| page.with(|page| page.row.revision));
    let may_decide = SessionHandle::use_here().may(Role::Approver, datacenter);
    let one = move |result: CheckResult| {
        let Outcome::Failed(reason) = result.outcome else { return ().into_any() };
        let grants = may_decide && result.exception.is_none() && !result.check.is_core();
        let grants = grants && result.strictness == Strictness::Fail;
        view! {
            <ReasonView reason=reason.clone() />
            {result.exception.map(|excepted| view! { <ExceptedView excepted /> })}
            {grants.then(|| view! { <GrantForm host revision reason /> })}
        }
        .into_any()
    };
    let list = move |title: &'static str, class: &'static str, results: Vec<CheckResult>| {
        (!results.is_empty()).then(|| {
            let reasons = results.into_iter().map(one);
            view! {
                <div class=class>
                    <h3 class="section">{title}</h3>
                    {reasons.collect_view()}
                </div>
            }
        })
    };
    move || {
        let Shown { failed, only_reasons, message } = shown.get();
        let (excepted, failed): (Vec<_>, Vec<_>) =
            failed.into_iter().partition(|result| result.exception.is_some());
        let of = |strictness| {
            failed.iter().filter(move |result| result.strictness == strictness).cloned().collect()
        };
        let without_report = (!only_reasons.is_empty()).then(|| {
            let reasons = only_reasons.into_iter().map(|reason| view! { <ReasonView reason /> });
            view! {
                <div class="reasons">
                    <h3 class="section">{say(Ui::FailedChecks)}</h3>
                    {reasons.collect_view()}
                </div>
            }
        });
        view! {
            {said(&message)}
            {without_report}
            {list(say(Ui::FailedChecks), "reasons", of(Strictness::Fail))}
            {list(say(Ui::WarningChecks), "reasons warnings", of(Strictness::Warn))}
            {list(trust(Trust::Exceptions), "reasons warnings excepted-checks", excepted)}
        }
    }
}

/// What the row says beside reasons.
fn said(message: &Message) -> Option<impl IntoView + use<>> {
    let other = match message {
        Message::Reasons { .. } | Message::Warnings { .. } => None,
        other => text::message(language(), other),
    };
    other.map(|said| {
        view! { <p class="said"><b>{said.title}</b>" "{said.sentence}</p> }
    })
}
