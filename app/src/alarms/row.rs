//! One red alarm.

use leptos::prelude::*;
use trustboard_model::alarm::{Acknowledgement, Condition};
use trustboard_model::view::{AlarmRow, AlarmView, Scope, Seen, Selection};

use super::state::{Alarms, LiveAlarm};
use super::{phrase, word};
use crate::action::Kind;
use crate::bulk::{BulkHandle, address};
use crate::component::{Relative, Sign, SignMark, Until, language, say, tell};
use crate::keyboard::Key;
use crate::text::{self, AlarmPhrase, AlarmWord, Phrase, Ui};

/// The row. Its cells follow the news; its box stays.
#[component]
pub(super) fn Row(alarms: Alarms, live: LiveAlarm, may_act: Memo<bool>) -> impl IntoView {
    let host = live.host;
    let row = live.row;
    let name = row.with_untracked(|row| row.host.name.clone());
    let value = {
        let row = row.clone();
        move || row.with(|row| format!("{host}.{}", row.host.revision))
    };
    let everywhere = Memo::new(move |_| alarms.page.with(|page| page.scope == Scope::Everything));
    let tick = move |event: leptos::ev::MouseEvent| {
        let on = event_target_checked(&event);
        alarms.tick(host, on, event.shift_key());
    };
    view! {
        <tr data-row=host.to_string() data-alarm=host.to_string()>
            <td class="tick">
                <Show when=move || may_act.get()>
                    <input
                        type="checkbox"
                        name="host"
                        value=value.clone()
                        prop:checked=move || alarms.ticked.with(|ticked| ticked.contains(&host))
                        on:click=tick
                        data-key=Key::Select.strokes()
                        aria-label=phrase(&AlarmPhrase::SelectHost { host: &name })
                    />
                </Show>
            </td>
            {move || {
                let row = row.get();
                view! { <Cells row everywhere=everywhere.get() may_act=may_act.get() /> }
            }}
        </tr>
    }
    .into_any()
}

#[component]
fn Cells(row: AlarmRow, everywhere: bool, may_act: bool) -> impl IntoView {
    let AlarmRow { host, reasons } = row;
    let AlarmView::Red { occurrence, raised_at, condition, acknowledged, .. } = host.alarm.clone()
    else {
        // It was reset: it goes with the next order.
        return view! {
            <th scope="row"><a class="row-name" href=format!("/hosts/{}", host.id)><bdi>{host.name}</bdi></a></th>
            <td colspan="6">{text::alarm_colour(language(), &host.alarm)}</td>
        }
        .into_any();
    };
    let title = reasons.first().map(|code| text::reason_title(language(), *code));
    let others = u32::try_from(reasons.len().saturating_sub(1)).unwrap_or(u32::MAX);
    // What the host's row says now, if that is something else.
    let short = text::message(language(), &host.message).map(|message| message.title);
    let short = short.filter(|short| Some(*short) != title);
    view! {
        <th scope="row">
            <a class="row-name" data-row-focus="" href=format!("/hosts/{}", host.id)><bdi>{host.name}</bdi></a>
            <small>
                {everywhere.then(|| view! { <bdi>{host.datacenter.name}</bdi>" · " })}
                <bdi>{host.cluster.name}</bdi>
                {host.maintenance.then(|| view! { <span class="maintenance">" · "{say(Ui::Maintenance)}</span> })}
            </small>
        </th>
        <td class="why">
            {title}
            {(others > 0).then(|| view! { " " <span class="dim">{tell(&Phrase::MoreReasons { count: others })}</span> })}
            {short.map(|short| view! { <small class="clip">{short}</small> })}
        </td>
        <td class="age" data-label=word(AlarmWord::Age)><Relative at=raised_at /></td>
        <td class="number" data-label=word(AlarmWord::Occurrence)>{occurrence}</td>
        <td class="condition-now"><ConditionMark condition /></td>
        <td class="on-it"><OnIt acknowledged /></td>
        <td class="row-acts">
            {may_act.then(|| view! { <Acts host=host.id revision=host.revision /> })}
        </td>
    }
    .into_any()
}

/// Whether the condition holds: a mark and a word.
#[component]
fn ConditionMark(condition: Condition) -> impl IntoView {
    let sign = match condition {
        Condition::Holds => Sign::Bad,
        Condition::Cleared { .. } => Sign::Good,
        Condition::Unknown => Sign::Unknown,
    };
    view! {
        <span class="condition-mark" data-condition=key_of(condition)>
            <SignMark sign />
            {text::condition_now(language(), condition)}
        </span>
        {match condition {
            Condition::Cleared { at } => Some(view! { <small><Relative at /></small> }),
            Condition::Holds | Condition::Unknown => None,
        }}
    }
    .into_any()
}

const fn key_of(condition: Condition) -> &'static str {
    match condition {
        Condition::Holds => "holds",
        Condition::Cleared { .. } => "cleared",
        Condition::Unknown => "unknown",
    }
}

#[component]
fn OnIt(acknowledged: Option<Acknowledgement>) -> impl IntoView {
    match acknowledged {
        None => view! { <span class="nobody">{say(Ui::NobodyOnIt)}</span> }.into_any(),
        Some(Acknowledgement { by, at, comment, until }) => view! {
            <bdi>{by}</bdi>
            " "
            <small><Relative at /></small>
            <q class="comment"><bdi>{comment}</bdi></q>
            {until.map(|at| view! { <small>{word(AlarmWord::OnItUntil)} " " <Until at /></small> })}
        }
        .into_any(),
    }
}

/// The two actions of a single row.
#[component]
fn Acts(host: trustboard_model::id::HostId, revision: u64) -> impl IntoView {
    let handle = BulkHandle::use_here();
    let selection = Selection::Hosts { hosts: vec![Seen { host, revision }] };
    [(Kind::Acknowledge, Key::Acknowledge), (Kind::Reset, Key::Reset)]
        .map(|(kind, key)| {
            let chosen = selection.clone();
            let ask = move |event: leptos::ev::MouseEvent| {
                if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
                    event.prevent_default();
                    handle.ask(chosen.clone(), kind);
                }
            };
            view! {
                <a class="button quiet" href=address(&selection, kind) data-key=key.strokes() on:click=ask>
                    {text::action(language(), &kind.with(String::new(), None))}
                </a>
            }
        })
        .collect_view()
}
