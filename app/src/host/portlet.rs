//! The Security portlet: the verdict, the alarm, why, and what can be done.

use leptos::prelude::*;
use trustboard_model::alarm::{Condition, ResetAsked};
use trustboard_model::view::{AlarmView, HostPage, HostRow};

use super::exports::Exports;
use super::reasons::Reasons;
use crate::action::Actions;
use crate::component::{AttestationBadge, Moment, Relative, access_phrase, language, say, tell};
use crate::text::{self, AccessPhrase, Phrase, Ui};

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
            <Reasons page />
            <Exports page />
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
        AlarmView::Red { occurrence, raised_at, condition, acknowledged, reset_asked } => {
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
                    {reset_asked.map(|asked| view! { <ResetWish asked /> })}
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

/// Who asked for a reset that a second person must confirm, and why.
#[component]
fn ResetWish(asked: ResetAsked) -> impl IntoView {
    let said = AccessPhrase::ResetAskedBy { name: &asked.by, reason: &asked.reason };
    view! {
        <p class="reset-asked">
            <bdi>{access_phrase(said)}</bdi>" "
            <Moment at=asked.at />
        </p>
    }
}
