//! What a column says of a host as plain text, for exports: people's words, and programs' values.

use serde_json::{Value, json};
use trustboard_model::time::Timestamp;
use trustboard_model::view::{AlarmView, Column, HostRow, Message};

use crate::text::{self, Language, Phrase, TableWord};

/// The cell in people's words. Times are in UTC, as every reader of the file understands them.
pub fn cell(language: Language, column: Column, row: &HostRow) -> String {
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let more = &row.more;
    match column {
        Column::Name => row.name.clone(),
        Column::Datacenter => row.datacenter.name.clone(),
        Column::Cluster => row.cluster.name.clone(),
        Column::Attestation => text::attestation(language, row.attestation).to_owned(),
        Column::Alarm => alarm(language, &row.alarm),
        Column::LastVerified => time(row.last_verified),
        Column::AttestedBy => more.attested_by.as_ref().map_or_else(String::new, |by| {
            let (policy, verifier) = (&by.policy, &by.verifier);
            text::phrase(language, &Phrase::ByPolicy { policy, verifier })
        }),
        Column::Tpm => row.tpm_version.clone().unwrap_or_default(),
        Column::SecureBoot => text::secure_boot(language, row.secure_boot).to_owned(),
        Column::Message => message(language, &row.message),
        Column::Presence => text::presence(language, row.presence).to_owned(),
        Column::Since => time(row.since),
        Column::LastPassed => time(row.last_passed),
        Column::Configuration => more.configuration.as_ref().map_or_else(String::new, |one| {
            let (name, version) = (&one.name, one.version);
            text::phrase(language, &Phrase::NameVersion { name, version })
        }),
        Column::Identity => text::identity(language, row.identity).to_owned(),
        Column::Maintenance if row.maintenance => {
            text::table_word(language, TableWord::Yes).to_owned()
        }
        Column::Maintenance => String::new(),
        Column::Os => more.os.clone().unwrap_or_default(),
        Column::Kernel => more.kernel.clone().unwrap_or_default(),
        Column::Agent => more.agent.clone().unwrap_or_default(),
        Column::TpmMaker => more.tpm_maker.clone().unwrap_or_default(),
        Column::Firmware => more.firmware.clone().unwrap_or_default(),
    }
}

fn alarm(language: Language, alarm: &AlarmView) -> String {
    let colour = text::alarm_colour(language, alarm);
    match alarm {
        AlarmView::Green => colour.to_owned(),
        AlarmView::Red { occurrence, condition, acknowledged, .. } => {
            let number = *occurrence;
            let mut said = vec![
                colour.to_owned(),
                text::phrase(language, &Phrase::Occurrence { number }),
                text::condition(language, *condition).to_owned(),
            ];
            said.extend(acknowledged.as_ref().map(|ack| {
                let (name, comment) = (&ack.by, &ack.comment);
                text::phrase(language, &Phrase::AcknowledgedBy { name, comment })
            }));
            said.join(" · ")
        }
    }
}

/// Every reason, as the open row has them.
fn message(language: Language, message: &Message) -> String {
    match message {
        Message::Reasons { reasons } | Message::Warnings { reasons } => {
            let said = reasons.iter().map(|reason| {
                let said = text::reason(language, reason);
                format!("{}. {}", said.title, said.sentence)
            });
            said.collect::<Vec<_>>().join("\n")
        }
        other => text::message(language, other)
            .map(|said| format!("{}. {}", said.title, said.sentence))
            .unwrap_or_default(),
    }
}

/// The value for programs: stable codes, times as in the API; null for what is not known.
pub fn value(column: Column, row: &HostRow) -> Value {
    let more = &row.more;
    match column {
        Column::Name => json!(row.name),
        Column::Datacenter => json!(row.datacenter),
        Column::Cluster => json!(row.cluster),
        Column::Attestation => json!(row.attestation),
        Column::Alarm => json!(row.alarm),
        Column::LastVerified => json!(row.last_verified),
        Column::AttestedBy => json!(more.attested_by),
        Column::Tpm => json!(row.tpm_version),
        Column::SecureBoot => json!(row.secure_boot),
        Column::Message => json!(row.message),
        Column::Presence => json!(row.presence),
        Column::Since => json!(row.since),
        Column::LastPassed => json!(row.last_passed),
        Column::Configuration => json!(more.configuration),
        Column::Identity => json!(row.identity),
        Column::Maintenance => json!(row.maintenance),
        Column::Os => json!(more.os),
        Column::Kernel => json!(more.kernel),
        Column::Agent => json!(more.agent),
        Column::TpmMaker => json!(more.tpm_maker),
        Column::Firmware => json!(more.firmware),
    }
}
