//! The Security portlet: the verdict, the alarm, why, and what can be done.

use leptos::prelude::*;
use trustboard_model::alarm::Condition;
use trustboard_model::appraisal::Report;
use trustboard_model::check::{Outcome, Strictness};
use trustboard_model::reason::Reason;
use trustboard_model::view::{AlarmView, HostPage, HostRow, Message};

use crate::action::Actions;
use crate::component::{AttestationBadge, Moment, Relative, language, say, tell};
use crate::security::ReasonView;
use crate::text::{self, Phrase, Ui};

/// The portlet.
#[component]
pub(super) fn Portlet(page: RwSignal<HostPage>, row: Signal<HostRow>) -> impl IntoView {
    view! {
        <section class="card portlet" id="security">
            <h2>{say(Ui::SecurityPortlet)}</h2>
            <div class="portlet-grid">
                {move || view! { <State row=row.get() /> }}
                <Actions row />
            </div>
            {move || page.with(reasons)}
        </section>
    }
}

/// Verdict, alarm, and what is known of when and how.
#[component]
fn State(row: HostRow) -> impl IntoView {
    let language = language();
    let verified = match row.last_verified {
        Some(at) => view! { <Relative at /> }.into_any(),
        None => say(Ui::NeverShort).into_any(),
    };
    let tpm = row.tpm_version.unwrap_or_else(|| say(Ui::NoTpmShort).to_owned());
    let facts = [
        (Ui::LastVerifiedColumn, Some(verified)),
        (Ui::SinceLabel, row.since.map(|at| view! { <Moment at /> }.into_any())),
        (Ui::LastPassedLabel, row.last_passed.map(|at| view! { <Moment at /> }.into_any())),
        (Ui::Presence, Some(text::presence(language, row.presence).into_any())),
        (Ui::TpmVersion, Some(tpm.into_any())),
        (Ui::SecureBoot, Some(text::secure_boot(language, row.secure_boot).into_any())),
    ];
    let facts = facts.into_iter().filter_map(|(word, value)| {
        value.map(|value| view! { <div><dt>{say(word)}</dt><dd>{value}</dd></div> })
    });
    let facts = facts.collect_view();
    view! {
        <div class="state">
            <div class="verdict">
                <AttestationBadge attestation=row.attestation freshness=row.freshness />
                {row.verifying.then(|| view! { <span class="verifying">{say(Ui::Verifying)}</span> })}
                {row.maintenance.then(|| view! { <span class="token">{say(Ui::Maintenance)}</span> })}
            </div>
            <AlarmState alarm=row.alarm />
            <dl class="facts">{facts}</dl>
        </div>
    }
}

/// The alarm in full: colour, occurrence, condition now, and who is on it until when.
#[component]
fn AlarmState(alarm: AlarmView) -> impl IntoView {
    let language = language();
    let colour = text::alarm_colour(language, &alarm);
    match alarm {
        AlarmView::Green => view! {
            <p class="alarm-state green"><b>{format!("{}: {colour}", say(Ui::Alarm))}</b></p>
        }
        .into_any(),
        AlarmView::Red { occurrence, raised_at, condition, acknowledged } => {
            let cleared = matches!(condition, Condition::Cleared { .. });
            let class = if cleared { "alarm-state cleared" } else { "alarm-state red" };
            let who = acknowledged.map(|ack| {
                let by = tell(&Phrase::AcknowledgedBy { name: &ack.by, comment: &ack.comment });
                view! {
                    <p class="acknowledged">
                        <bdi>{by}</bdi>" "
                        <Moment at=ack.at />
                        {ack.until.map(|until| {
                            let at = text::moment(language, until);
                            view! { " "<span>{tell(&Phrase::AcknowledgedUntil { at: &at })}</span> }
                        })}
                    </p>
                }
            });
            view! {
                <div class=class>
                    <p>
                        <b>{format!("{}: {colour}", say(Ui::Alarm))}</b>
                        " · "
                        {tell(&Phrase::Occurrence { number: occurrence })}
                        " · "
                        <span>{text::condition(language, condition)}</span>
                    </p>
                    <p><Moment at=raised_at /></p>
                    {match who {
                        Some(who) => who.into_any(),
                        None => view! { <p>{say(Ui::NobodyOnIt)}</p> }.into_any(),
                    }}
                </div>
            }
            .into_any()
        }
    }
}

/// Every failed check: expected, found, cause, remedy. Warnings below; or what else there is to say.
fn reasons(page: &HostPage) -> impl IntoView + use<> {
    let (failed, warned) = match (&page.report, &page.row.message) {
        (Some(report), _) => failures(report),
        (None, Message::Reasons { reasons }) => (reasons.clone(), Vec::new()),
        (None, _) => (Vec::new(), Vec::new()),
    };
    let other = match &page.row.message {
        Message::Reasons { .. } | Message::Warnings { .. } => None,
        other => text::message(language(), other),
    };
    let said = other.map(|said| {
        view! { <p class="said"><b>{said.title}</b>" "{said.sentence}</p> }
    });
    let list = |title: Ui, class: &'static str, reasons: Vec<Reason>| {
        (!reasons.is_empty()).then(|| {
            let reasons = reasons.into_iter().map(|reason| view! { <ReasonView reason /> });
            view! {
                <div class=class>
                    <h3 class="section">{say(title)}</h3>
                    {reasons.collect_view()}
                </div>
            }
        })
    };
    (
        said,
        list(Ui::FailedChecks, "reasons", failed),
        list(Ui::WarningChecks, "reasons warnings", warned),
    )
}

/// Reasons that fail the host, and those that only warn, the most telling first.
fn failures(report: &Report) -> (Vec<Reason>, Vec<Reason>) {
    let of = |strictness: Strictness| {
        let mut reasons: Vec<Reason> = report
            .checks
            .iter()
            .filter(|result| result.strictness == strictness)
            .filter_map(|result| match &result.outcome {
                Outcome::Failed(reason) => Some(reason.clone()),
                _ => None,
            })
            .collect();
        reasons.sort_by_key(|reason| reason.code);
        reasons
    };
    (of(Strictness::Fail), of(Strictness::Warn))
}
