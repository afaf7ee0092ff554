//! Events in words: the history and the audit.

use trustboard_model::configuration::ConfigurationRef;
use trustboard_model::digest::Sha256;
use trustboard_model::event::{Actor, EventKind};
use trustboard_model::maker::ImportCounts;
use trustboard_model::reason::ReasonCode;
use trustboard_model::rights::RoleIn;
use trustboard_model::role::Role;
use trustboard_model::view::HostAction;

use super::fact::fact;
use super::phrase::phrase;
use super::reason::reason_title;
use super::{Language, Phrase, Ui, format, makers, template, ui, words};

/// Who did it: an operator's name, or what the server and the host are called.
pub fn actor(language: Language, actor: &Actor) -> String {
    match actor {
        Actor::Server => ui(language, Ui::ActorServer).to_owned(),
        Actor::Host => ui(language, Ui::ActorHost).to_owned(),
        Actor::Operator(name) => name.clone(),
        Actor::Key { operator, key } => phrase(language, &Phrase::WithKey { operator, key }),
        Actor::Console(name) => format!("{name} ({})", ui(language, Ui::ActorConsole)),
    }
}

/// What happened, in one sentence. Who did it stands beside it, see [`actor`].
pub fn event(language: Language, event: &EventKind) -> String {
    let template = language.catalogue().event(event);
    template::text(template, values(language, event).as_slice())
}

/// `Viewer, Approver (Berlin)`: the role everywhere, and those in single datacenters.
pub fn roles(language: Language, everywhere: Option<Role>, datacenters: &[RoleIn]) -> String {
    let everywhere = everywhere.map(|role| words::role(language, role).to_owned());
    let single = datacenters.iter();
    let single = single.map(|one| format!("{} ({})", words::role(language, one.role), one.name));
    let all: Vec<_> = everywhere.into_iter().chain(single).collect();
    if all.is_empty() { "–".to_owned() } else { all.join(", ") }
}

#[expect(clippy::match_same_arms, reason = "one line a kind, in the order of the enum")]
fn values(language: Language, event: &EventKind) -> Vec<(&'static str, String)> {
    let some = |values: &[(&'static str, &str)]| format::optional(values);
    match event {
        EventKind::DatacenterCreated { name, .. }
        | EventKind::ClusterCreated { name, .. }
        | EventKind::PasswordChanged { name }
        | EventKind::PasswordReset { name }
        | EventKind::OperatorEnabled { name }
        | EventKind::SignedIn { name }
        | EventKind::SignedOut { name }
        | EventKind::SignInRefused { name }
        | EventKind::HostEnrolled { name, .. }
        | EventKind::ViewUnshared { name, .. } => vec![("name", name.clone())],
        EventKind::ViewShared { name, filter, .. } => some(&[("name", name), ("filter", filter)]),
        EventKind::DatacenterRenamed { from, to, .. }
        | EventKind::ClusterRenamed { from, to, .. } => {
            vec![("from", from.clone()), ("to", to.clone())]
        }
        EventKind::DatacenterDeleted { name, .. } | EventKind::ClusterDeleted { name, .. } => {
            vec![("name", name.clone())]
        }
        EventKind::ClusterMoved { name, from_name, to_name, hosts, .. } => vec![
            ("name", name.clone()),
            ("from", from_name.clone()),
            ("to", to_name.clone()),
            ("hosts", format::number(language, (*hosts).into())),
        ],
        EventKind::HostMoved { name, from_name, to_name, .. } => {
            vec![("name", name.clone()), ("from", from_name.clone()), ("to", to_name.clone())]
        }
        EventKind::HostRemoved { name, reason } => some(&[("name", name), ("reason", reason)]),
        EventKind::TokenCreated { id, .. } | EventKind::TokenRevoked { id } => {
            vec![("token", id.to_string())]
        }
        EventKind::OperatorCreated { name, role, datacenters }
        | EventKind::OperatorChanged { name, role, datacenters } => {
            vec![("name", name.clone()), ("role", roles(language, *role, datacenters))]
        }
        EventKind::SignInLinkMade { name, expires_at } => {
            vec![("name", name.clone()), ("until", format::moment(language, *expires_at))]
        }
        EventKind::OperatorDisabled { name, reason } => {
            vec![("name", name.clone()), ("reason", reason.clone())]
        }
        EventKind::SessionsEnded { name, count } => {
            vec![("name", name.clone()), ("count", count.to_string())]
        }
        EventKind::KeyCreated { name, key, role, datacenters, expires_at } => some(&[
            ("name", name),
            ("key", key),
            ("role", words::role(language, *role)),
            ("datacenters", &datacenters.as_deref().unwrap_or_default().join(", ")),
            ("until", &format::moment(language, *expires_at)),
        ]),
        EventKind::KeyRevoked { name, key } => {
            vec![("name", name.clone()), ("key", key.clone())]
        }
        EventKind::SettingsChanged { two_person_approvals, two_person_resets } => {
            let word = |on: bool| ui(language, if on { Ui::Yes } else { Ui::No }).to_owned();
            vec![("approvals", word(*two_person_approvals)), ("resets", word(*two_person_resets))]
        }
        EventKind::ResetAsked { occurrence, reason } => {
            vec![("occurrence", occurrence.to_string()), ("reason", reason.clone())]
        }
        EventKind::ResetDeclined { occurrence, asked_by, reason } => vec![
            ("occurrence", occurrence.to_string()),
            ("asked", asked_by.clone()),
            ("reason", reason.clone()),
        ],
        EventKind::ResetLapsed { occurrence, asked_by } => {
            vec![("occurrence", occurrence.to_string()), ("asked", asked_by.clone())]
        }
        EventKind::IdentityChanged { from, to, ek, reason } => {
            let ek = ek.map(|ek| ek.to_string()).unwrap_or_default();
            some(&[
                ("from", words::identity(language, *from)),
                ("to", words::identity(language, *to)),
                // The first 16 digits are what people compare by eye.
                ("ek", ek.get(..16).unwrap_or_default()),
                ("reason", reason.as_deref().unwrap_or_default()),
            ])
        }
        EventKind::PresenceChanged { from, to, reason } => some(&[
            ("from", words::presence(language, *from)),
            ("to", words::presence(language, *to)),
            // The server says why a session ended; an operator, why they ended it.
            ("reason", &fact(language, reason.as_deref().unwrap_or_default())),
        ]),
        EventKind::Appraised { from, to, secure_boot, reasons, .. } => some(&[
            ("from", from.map(|from| words::attestation(language, from)).unwrap_or_default()),
            ("to", words::attestation(language, *to)),
            ("secure_boot", words::secure_boot(language, *secure_boot)),
            ("reasons", &titles(language, reasons)),
        ]),
        EventKind::VerificationFailed { problem, .. } => some(&[("problem", problem)]),
        EventKind::AlarmRaised { occurrence, reasons } => some(&[
            ("occurrence", &occurrence.to_string()),
            ("reasons", &titles(language, reasons)),
        ]),
        EventKind::AlarmConditionCleared { occurrence }
        | EventKind::AlarmConditionChanged { occurrence } => {
            vec![("occurrence", occurrence.to_string())]
        }
        EventKind::AlarmAcknowledged { occurrence, comment, until } => some(&[
            ("occurrence", &occurrence.to_string()),
            ("comment", comment),
            ("until", &until.map(|until| format::moment(language, until)).unwrap_or_default()),
        ]),
        EventKind::AlarmReset { occurrence, reason, reasons, asked_by, .. } => some(&[
            ("asked", asked_by.as_deref().unwrap_or_default()),
            ("occurrence", &occurrence.to_string()),
            // The server's own words, if the datacenter resets alarms by itself.
            ("reason", &fact(language, reason)),
            ("reasons", &titles(language, reasons)),
        ]),
        EventKind::MaintenanceEntered { reason } => some(&[("reason", reason)]),
        EventKind::MaintenanceLeft | EventKind::SetupCodeCreated => Vec::new(),
        EventKind::BulkStarted { action, hosts, query, .. } => some(&[
            ("action", words::action(language, action).trim_end_matches('…').trim_end()),
            ("hosts", &format::number(language, u64::from(*hosts))),
            ("query", &query.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("reason", said_of(action)),
        ]),
        EventKind::BulkEnded { changed, unchanged, failed, .. } => some(&[
            ("changed", &format::number(language, u64::from(*changed))),
            ("unchanged", &format::number(language, u64::from(*unchanged))),
            ("failed", &format::number(language, u64::from(*failed))),
        ]),
        EventKind::AutomaticResetChanged { name, .. } => vec![("name", name.clone())],
        EventKind::JobStarted { job } => vec![("job", job.to_string())],
        EventKind::ConfigurationCaptured { configuration, host, .. } => {
            some(&[("configuration", &named(configuration)), ("host", host)])
        }
        EventKind::ConfigurationImported { configuration, file, .. } => {
            some(&[("configuration", &named(configuration)), ("file", file)])
        }
        EventKind::ConfigurationEdited { configuration, .. }
        | EventKind::ConfigurationApproved { configuration, .. } => {
            vec![("configuration", named(configuration))]
        }
        EventKind::ConfigurationSuperseded { configuration, version } => {
            vec![("configuration", named(configuration)), ("version", version.to_string())]
        }
        EventKind::ConfigurationRetired { configuration, reason }
        | EventKind::ChangeAccepted { configuration, reason } => {
            some(&[("configuration", &named(configuration)), ("reason", reason)])
        }
        EventKind::PolicyChanged { name, from, to, changes, .. } => some(&[
            ("cluster", name),
            ("from", &from.to_string()),
            ("to", &to.to_string()),
            ("changes", &changes.join("; ")),
        ]),
        EventKind::ExceptionGranted { code, reason, expires_at, .. } => some(&[
            ("check", reason_title(language, *code)),
            ("until", &format::moment(language, *expires_at)),
            ("reason", reason),
        ]),
        EventKind::ExceptionEnded { code, reason, .. } => some(&[
            ("check", reason_title(language, *code)),
            ("reason", reason.as_deref().unwrap_or_default()),
        ]),
        EventKind::MakersImported { file, counts, .. } => {
            let ImportCounts { trusted, awaiting, follows, lists, known, refused } = *counts;
            let number = |count: u32| format::number(language, count.into());
            vec![
                ("file", file.clone()),
                ("trusted", number(trusted)),
                ("awaiting", number(awaiting)),
                ("follows", number(follows)),
                ("lists", number(lists)),
                ("known", number(known)),
                ("refused", number(refused)),
            ]
        }
        EventKind::BackupMade { bytes, events } => vec![
            ("bytes", super::size(language, *bytes)),
            ("events", format::number(language, *events)),
        ],
        EventKind::BackupRestored { file, events } => {
            vec![("file", file.clone()), ("events", format::number(language, *events))]
        }
        EventKind::ChainVerified { events, head } => {
            vec![("events", format::number(language, *events)), ("head", head.to_string())]
        }
        EventKind::ChainBroken { first, problem } => {
            some(&[("first", &first.0.to_string()), ("problem", &fact(language, problem))])
        }
        EventKind::MakerTrustChanged { fingerprint, subject, from, to, note } => some(&[
            ("subject", subject),
            ("fingerprint", &short(fingerprint)),
            ("from", makers::maker_trust(language, *from)),
            ("to", makers::maker_trust(language, *to)),
            ("note", note.as_deref().unwrap_or_default()),
        ]),
        EventKind::PastForgotten { evidence, evidence_before, conclusions, conclusions_before } => {
            vec![
                ("evidence", format::number(language, *evidence)),
                ("evidence_before", format::moment(language, *evidence_before)),
                ("conclusions", format::number(language, *conclusions)),
                ("conclusions_before", format::moment(language, *conclusions_before)),
            ]
        }
        EventKind::MakerRemoved { fingerprint, subject, reason } => {
            some(&[("subject", subject), ("fingerprint", &short(fingerprint)), ("reason", reason)])
        }
    }
}

/// The comment or reason of an action.
fn said_of(action: &HostAction) -> &str {
    match action {
        HostAction::Acknowledge { comment: said, .. }
        | HostAction::VerifyThenReset { reason: said }
        | HostAction::Reset { reason: said }
        | HostAction::DeclineReset { reason: said }
        | HostAction::EnterMaintenance { reason: said }
        | HostAction::Disconnect { reason: said }
        | HostAction::AcceptIdentity { reason: said } => said,
        HostAction::VerifyNow
        | HostAction::ConfirmReset
        | HostAction::LeaveMaintenance
        | HostAction::Connect => "",
    }
}

/// A configuration as people name it.
fn named(configuration: &ConfigurationRef) -> String {
    format!("{} v{}", configuration.name, configuration.version)
}

/// The beginning of a fingerprint, as tables show it.
fn short(fingerprint: &Sha256) -> String {
    let mut text = fingerprint.to_string();
    text.truncate(16);
    text + "…"
}

/// The reasons' titles in a row.
fn titles(language: Language, reasons: &[ReasonCode]) -> String {
    let titles: Vec<_> = reasons.iter().map(|code| reason_title(language, *code)).collect();
    titles.join("; ")
}
