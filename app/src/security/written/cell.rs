//! What a column says of a host.

use leptos::prelude::*;
use trustboard_model::alarm::Condition;
use trustboard_model::appraisal::SecureBoot;
use trustboard_model::host::{Freshness, Presence};
use trustboard_model::time::Timestamp;
use trustboard_model::view::{AlarmView, Column, HostRow, Message};

use crate::component::{AlarmBadge, AttestationBadge, Relative, language, say, table_word, tell};
use crate::text::{self, MakerWord, Phrase, TableWord, Ui};

/// The cell of a column; that of the name is the row's head.
pub(super) fn cell(column: Column, row: &HostRow) -> AnyView {
    let said = match column {
        Column::Datacenter => name(&row.datacenter.name),
        Column::Cluster => name(&row.cluster.name),
        Column::Attestation => {
            view! { <AttestationBadge attestation=row.attestation freshness=row.freshness /> }
                .into_any()
        }
        Column::Alarm => view! { <AlarmBadge alarm=row.alarm.clone() /> }.into_any(),
        Column::LastVerified => last_verified(row),
        Column::AttestedBy => attested_by(row),
        Column::Tpm => row
            .tpm_version
            .clone()
            .map_or_else(|| say(Ui::NoTpmShort).into_any(), IntoAny::into_any),
        Column::SecureBoot => secure_boot(row.secure_boot),
        Column::Message => message_cell(row),
        Column::Presence => text::presence(language(), row.presence).into_any(),
        Column::Since => moment(row.since),
        Column::LastPassed => moment(row.last_passed),
        Column::Configuration => configuration(row),
        Column::Identity => text::identity(language(), row.identity).into_any(),
        Column::Maintenance if row.maintenance => table_word(TableWord::Yes).into_any(),
        Column::Name | Column::Maintenance => ().into_any(),
        Column::Os => claimed(row.more.os.as_ref()),
        Column::Kernel => claimed(row.more.kernel.as_ref()),
        Column::Agent => claimed(row.more.agent.as_ref()),
        Column::TpmMaker => claimed(row.more.tpm_maker.as_ref()),
        Column::Firmware => claimed(row.more.firmware.as_ref()),
    };
    let label = text::column(language(), column);
    view! { <td class=column.code() data-label=label>{said}</td> }.into_any()
}

fn name(name: &str) -> AnyView {
    view! { <bdi>{name.to_owned()}</bdi> }.into_any()
}

/// What a host says of itself, which nothing proves.
fn claimed(value: Option<&String>) -> AnyView {
    match value {
        Some(value) => {
            let value = value.clone();
            view! { <span title=table_word(TableWord::Claimed)><bdi>{value}</bdi></span> }
                .into_any()
        }
        None => view! { <span class="dim">{say(Ui::NotKnown)}</span> }.into_any(),
    }
}

fn moment(at: Option<Timestamp>) -> AnyView {
    match at {
        Some(at) => view! { <Relative at /> }.into_any(),
        None => say(Ui::NeverShort).into_any(),
    }
}

fn last_verified(row: &HostRow) -> AnyView {
    let late = row.freshness == Freshness::Stale;
    let verifying =
        row.verifying.then(|| view! { <small class="verifying">{say(Ui::Verifying)}</small> });
    view! {
        <span class=if late { "late" } else { "" }>{moment(row.last_verified)}</span>
        {verifying}
    }
    .into_any()
}

fn attested_by(row: &HostRow) -> AnyView {
    row.more.attested_by.as_ref().map_or_else(
        || view! { <span class="dim">"–"</span> }.into_any(),
        |by| {
            let (policy, verifier) = (by.policy.clone(), by.verifier.clone());
            view! { <bdi>{policy}</bdi><small>"Trustboard "{verifier}</small> }.into_any()
        },
    )
}

fn configuration(row: &HostRow) -> AnyView {
    row.more.configuration.as_ref().map_or_else(
        || view! { <span class="dim">"–"</span> }.into_any(),
        |configuration| {
            let (name, version) = (&configuration.name, configuration.version);
            let said = tell(&Phrase::NameVersion { name, version });
            view! { <bdi>{said}</bdi> }.into_any()
        },
    )
}

fn secure_boot(secure_boot: SecureBoot) -> AnyView {
    let class = match secure_boot {
        SecureBoot::On => "on",
        SecureBoot::Off => "off",
        SecureBoot::Unsupported | SecureBoot::Unknown => "dim",
    };
    view! { <span class=class>{text::secure_boot(language(), secure_boot)}</span> }.into_any()
}

fn message_cell(row: &HostRow) -> AnyView {
    let message = message(row);
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
    view! {
        <div>
            <b>{message.0}</b>
            " "
            <span>{message.1}</span>
        </div>
        {excepted}
        {by_operator}
        {presence(row)}
    }
    .into_any()
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
