//! One host of the table, and below it what was found when it is open.

use leptos::prelude::*;
use trustboard_model::appraisal::SecureBoot;
use trustboard_model::host::{Freshness, Presence};
use trustboard_model::id::HostId;
use trustboard_model::view::{HostRow, Message, SecurityFilter};

use super::detail::Detail;
use super::state;
use super::table::{LiveRow, Table, needs_person};
use crate::component::{AlarmBadge, AttestationBadge, Relative, language, say};
use crate::text::{self, Ui};

/// The row, and the open one below it.
#[component]
pub(super) fn TableRow(
    table: Table,
    live: LiveRow,
    filter: Signal<SecurityFilter>,
    path: Signal<String>,
    open: Signal<Option<HostId>>,
) -> impl IntoView {
    let host = live.host;
    let row: Signal<HostRow> = live.row.into();
    let is_open = Memo::new(move |_| open.get() == Some(host));
    let href = move || {
        let other = (!is_open.get()).then_some(host);
        filter.with(|filter| state::address(&path.get(), filter, other))
    };
    let changes = live.changes;
    // Two names for one animation: the other one starts it again.
    let flash = move || match changes.get() {
        0 => None,
        n => Some(if n.is_multiple_of(2) { "even" } else { "odd" }),
    };
    let name = move || row.with(|row| row.name.clone());
    view! {
        <tr
            data-host=host.to_string()
            data-flash=flash
            aria-rowindex=move || table.row_index(host).to_string()
            class:open=is_open
            class:needs-person=move || row.with(needs_person)
        >
            <th scope="row" class="name">
                <a
                    class="row-name"
                    href=href
                    data-noscroll=""
                    aria-expanded=move || is_open.get().to_string()
                >
                    <span class="chevron" aria-hidden="true"></span>
                    <bdi>{name}</bdi>
                </a>
                <small>
                    <bdi>{move || row.with(|row| row.cluster.name.clone())}</bdi>
                    {move || row.with(|row| row.maintenance).then(|| view! {
                        " · "<span class="maintenance">{say(Ui::Maintenance)}</span>
                    })}
                </small>
            </th>
            <td class="attestation" data-label=say(Ui::Attestation)>
                <AttestationBadge
                    attestation=Signal::derive(move || row.with(|row| row.attestation))
                    freshness=Signal::derive(move || row.with(|row| row.freshness))
                />
            </td>
            <td class="alarm" data-label=say(Ui::Alarm)>
                <AlarmBadge alarm=Signal::derive(move || row.with(|row| row.alarm.clone())) />
            </td>
            <td class="verified" data-label=say(Ui::LastVerifiedColumn)>
                <LastVerified row />
            </td>
            <td class="tpm" data-label=say(Ui::TpmVersion)>
                {move || row.with(tpm)}
            </td>
            <td class="secure-boot" data-label=say(Ui::SecureBoot)>
                <SecureBootCell row />
            </td>
            <td class="message" data-label=say(Ui::MessageColumn)>
                <MessageCell row />
            </td>
        </tr>
        <Show when=move || is_open.get()>
            <tr class="detail">
                <td colspan="7">
                    <Detail row />
                </td>
            </tr>
        </Show>
    }
    .into_any()
}

/// When, and whether it happens right now.
#[component]
fn LastVerified(row: Signal<HostRow>) -> impl IntoView {
    let at = Memo::new(move |_| row.with(|row| row.last_verified));
    let stale = move || row.with(|row| row.freshness == Freshness::Stale);
    let verifying = Memo::new(move |_| row.with(|row| row.verifying));
    view! {
        <span class:late=stale>
            {move || match at.get() {
                Some(at) => view! { <Relative at=at /> }.into_any(),
                None => say(Ui::NeverShort).into_any(),
            }}
        </span>
        {move || verifying.get().then(|| view! { <small class="verifying">{say(Ui::Verifying)}</small> })}
    }
}

fn tpm(row: &HostRow) -> String {
    row.tpm_version.clone().unwrap_or_else(|| say(Ui::NoTpmShort).to_owned())
}

/// On, Off, and what is not proven, in words.
#[component]
fn SecureBootCell(row: Signal<HostRow>) -> impl IntoView {
    let language = language();
    let state = Memo::new(move |_| row.with(|row| row.secure_boot));
    let class = move || match state.get() {
        SecureBoot::On => "on",
        SecureBoot::Off => "off",
        SecureBoot::Unsupported | SecureBoot::Unknown => "dim",
    };
    view! { <span class=class>{move || text::secure_boot(language, state.get())}</span> }
}

/// The message: a title and a sentence. With no connection, that comes second.
#[component]
fn MessageCell(row: Signal<HostRow>) -> impl IntoView {
    let language = language();
    let message = Memo::new(move |_| row.with(|row| row.message.clone()));
    let presence = Memo::new(move |_| row.with(|row| row.presence));
    let apart = move || {
        // The connection is worth a word when the message is about something else.
        let said =
            matches!(message.get(), Message::NotResponding { .. } | Message::Disconnected { .. });
        let presence = presence.get();
        (presence != Presence::Connected && !said)
            .then(|| view! { <small class="presence">{text::presence(language, presence)}</small> })
    };
    view! {
        <div>
            {move || {
                text::message(language, &message.get())
                    .map(|said| view! { <b>{said.title}</b>" "<span>{said.sentence}</span> })
            }}
        </div>
        {apart}
    }
}
