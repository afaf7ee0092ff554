//! One host of the table, and below it what was found when it is open.

use leptos::prelude::*;
use trustboard_model::alarm::Condition;
use trustboard_model::appraisal::SecureBoot;
use trustboard_model::host::{Freshness, Presence};
use trustboard_model::id::HostId;
use trustboard_model::view::{AlarmView, HostRow, Message, SecurityFilter};

use super::detail::Detail;
use super::state;
use super::table::{LiveRow, Table};
use crate::component::{AlarmBadge, AttestationBadge, Relative, language, say, tell};
use crate::text::{self, MakerWord, Phrase, Ui};

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
    let changes = live.changes;
    // Two names for one animation: the other one starts it again.
    let flash = move || match changes.get() {
        0 => None,
        n => Some(if n.is_multiple_of(2) { "even" } else { "odd" }),
    };
    // One closure for all cells: what did not change stays in the page, with the focus.
    let cells = move || {
        let open = is_open.get();
        let href =
            filter.with(|filter| state::address(&path.get(), filter, (!open).then_some(host)));
        view! { <Cells row=row.get() open href /> }
    };
    view! {
        <tr
            data-row=host.to_string()
            data-host=host.to_string()
            data-flash=flash
            aria-rowindex=move || table.row_index(host).to_string()
            class:open=is_open
        >
            {cells}
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

#[component]
fn Cells(row: HostRow, open: bool, href: String) -> impl IntoView {
    let verified = match row.last_verified {
        Some(at) => view! { <Relative at /> }.into_any(),
        None => say(Ui::NeverShort).into_any(),
    };
    let stale = row.freshness == Freshness::Stale;
    let verifying =
        row.verifying.then(|| view! { <small class="verifying">{say(Ui::Verifying)}</small> });
    let secure_boot = match row.secure_boot {
        SecureBoot::On => "on",
        SecureBoot::Off => "off",
        SecureBoot::Unsupported | SecureBoot::Unknown => "dim",
    };
    let maintenance = row.maintenance.then(|| {
        view! { <span class="maintenance">" · "{say(Ui::Maintenance)}</span> }
    });
    let excepted = (row.exceptions > 0).then(|| {
        let words = tell(&Phrase::ExceptionsInForce { count: row.exceptions });
        view! { <small class="excepted-row">{words}</small> }
    });
    let by_operator = row.ek_by_operator.then(|| {
        let word = |key: MakerWord| text::maker_word(language(), key);
        view! {
            <small class="excepted-row" title=word(MakerWord::EkByOperatorHint)>
                {word(MakerWord::EkByOperator)}
            </small>
        }
    });
    let message = message(&row);
    let presence = presence(&row);
    view! {
        <th scope="row" class="name">
            <a
                class="row-name"
                href=href
                data-noscroll=""
                aria-expanded=if open { "true" } else { "false" }
            >
                <span class="chevron" aria-hidden="true"></span>
                <bdi>{row.name}</bdi>
            </a>
            <small>
                <bdi>{row.cluster.name}</bdi>
                {maintenance}
            </small>
        </th>
        <td class="attestation" data-label=say(Ui::Attestation)>
            <AttestationBadge attestation=row.attestation freshness=row.freshness />
        </td>
        <td class="alarm" data-label=say(Ui::Alarm)>
            <AlarmBadge alarm=row.alarm />
        </td>
        <td class="verified" data-label=say(Ui::LastVerifiedColumn)>
            <span class=if stale { "late" } else { "" }>{verified}</span>
            {verifying}
        </td>
        <td class="tpm" data-label=say(Ui::TpmVersion)>
            {row.tpm_version.unwrap_or_else(|| say(Ui::NoTpmShort).to_owned())}
        </td>
        <td class="secure-boot" data-label=say(Ui::SecureBoot)>
            <span class=secure_boot>{text::secure_boot(language(), row.secure_boot)}</span>
        </td>
        <td class="message" data-label=say(Ui::MessageColumn)>
            <div>
                <b>{message.0}</b>
                " "
                <span>{message.1}</span>
            </div>
            {excepted}
            {by_operator}
            {presence}
        </td>
    }
}

/// The message's title and sentence. A host that passed has nothing to say, but its alarm may wait
/// for a person.
fn message(row: &HostRow) -> (&'static str, String) {
    if let Some(said) = text::message(language(), &row.message) {
        return (said.title, said.sentence);
    }
    match row.alarm {
        AlarmView::Red { condition: Condition::Cleared { at }, .. } => {
            ("", tell(&Phrase::ResetCleared { at: &text::moment(language(), at) }))
        }
        _ => ("", String::new()),
    }
}

/// The connection is worth a word when the message is about something else.
fn presence(row: &HostRow) -> Option<impl IntoView + use<>> {
    let said = matches!(row.message, Message::NotResponding { .. } | Message::Disconnected { .. });
    let word = text::presence(language(), row.presence);
    (row.presence != Presence::Connected && !said)
        .then(|| view! { <small class="presence">{word}</small> })
}
