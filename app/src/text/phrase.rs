//! Phrases of the interface that carry a number or a name.

use super::{Language, format, template};

/// A phrase with what it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are about")]
pub enum Phrase<'a> {
    /// How many hosts: `12 hosts`.
    Hosts { count: u32 },
    /// How many hosts match the filter.
    HostsMatch { count: u32 },
    /// How many of all hosts match the filter.
    HostsMatchOf { count: u32, all: u32 },
    /// Which rows this page shows.
    RowsOf { first: u32, last: u32, all: u32 },
    /// Which page this is.
    PageOf { page: u32, pages: u32 },
    /// How many rows would come, go or move once they may.
    ChangesWaiting { count: u32 },
    /// How many rows are selected.
    Selected { count: u32 },
    /// How many further reasons a row has.
    MoreReasons { count: u32 },
    /// The alarm's occurrence.
    Occurrence { number: u32 },
    /// Who acknowledged, and what they said.
    AcknowledgedBy { name: &'a str, comment: &'a str },
    /// Until when an acknowledgement holds.
    AcknowledgedUntil { at: &'a str },
    /// Since when.
    Since { at: &'a str },
    /// When a page or row was verified last.
    LastVerified { ago: &'a str },
    /// When a host last passed.
    LastPassed { at: &'a str },
    /// Seconds ago; zero is now.
    SecondsAgo { count: u32 },
    /// Minutes ago.
    MinutesAgo { count: u32 },
    /// Hours ago.
    HoursAgo { count: u32 },
    /// Days ago.
    DaysAgo { count: u32 },
    /// Minutes to come; zero is less than one.
    InMinutes { count: u32 },
    /// Hours to come.
    InHours { count: u32 },
    /// Days to come.
    InDays { count: u32 },
    /// A run of identical appraisals.
    SpanCount { count: u64 },
    /// How many checks passed, of all that were made.
    ChecksPassed { passed: u32, all: u32 },
    /// How many events extended a register.
    EventsExtended { count: u32 },
    /// Who is signed in, and with which role.
    SignedInAs { name: &'a str, role: &'a str },
    /// A program that acts for an operator.
    WithKey { operator: &'a str, key: &'a str },
    /// An action's dialog: its button and its host.
    ActionOn { action: &'a str, host: &'a str },
    /// The heading of a host that is not there, or another thing.
    NoSuchHost { host: &'a str },
    /// The limit of a text field.
    AtMostCharacters { count: u32 },
    /// What `Reset to green` says while the condition still holds.
    ResetStillHolds { reason: &'a str },
    /// What `Reset to green` says when the condition has cleared.
    ResetCleared { at: &'a str },
    /// How many hosts in a datacenter were verified within the policy's time.
    Stale { count: u32 },
    /// Which clusters a cause is seen in.
    InClusters { names: &'a str },
    /// The policy that an appraisal was made with.
    ByPolicy { policy: &'a str, verifier: &'a str },
    /// A change that arrived by itself, for screen readers.
    HostChanged { host: &'a str, attestation: &'a str },
    /// A version.
    Version { version: u32 },
    /// A configuration.
    NameVersion { name: &'a str, version: u32 },
    /// Heading of the differences.
    ComparedWith { name: &'a str, version: u32 },
    /// Where an event stands.
    PcrEvent { pcr: u8, event: u32 },
    /// The bank of all digests.
    InBank { bank: &'a str },
    /// The box of an event.
    EventVaries { event: u32 },
    /// How many differences there are.
    DifferencesCount { count: u32 },
    /// When not all are shown.
    DifferencesFirst { count: u32 },
    /// Of a preview.
    WouldTurnRed { count: u64 },
    /// Of a preview.
    WouldTurnGreen { count: u64 },
    /// Of a preview.
    WithoutEvidence { count: u64 },
    /// Of a preview.
    NotLookedAt { count: u64 },
    /// Of a preview.
    NothingChanges { count: u64 },
    /// Folds the rest of a list.
    MoreHosts { count: u64 },
    /// After a change.
    Reappraised { count: u64 },
    /// After a change.
    TurnedRed { count: u64 },
    /// After a change.
    TurnedGreen { count: u64 },
    /// After a change.
    NowDraft { name: &'a str },
    /// After a change.
    NowAwaiting { name: &'a str },
    /// After a change.
    NowApproved { name: &'a str },
    /// After a change.
    NowRetired { name: &'a str },
    /// Heading.
    PolicyOf { cluster: &'a str },
    /// Which policy is in force.
    InForce { name: &'a str, version: u32 },
    /// A duration.
    Seconds { count: u32 },
    /// The items of the check list that a check implements.
    Item { item: &'a str },
    /// Of a row.
    ExceptionsInForce { count: u32 },
    /// Of a group of checks.
    TakenOtherwise { count: u32 },
}

/// The phrase in words.
pub fn phrase(language: Language, said: &Phrase<'_>) -> String {
    let template = language.catalogue().phrase(said);
    let count = |count: u32| format::number(language, count.into());
    let values: Vec<(&str, String)> = match *said {
        Phrase::Hosts { count: hosts } | Phrase::HostsMatch { count: hosts } => {
            vec![("count", count(hosts))]
        }
        Phrase::HostsMatchOf { count: hosts, all } => {
            vec![("count", count(hosts)), ("all", count(all))]
        }
        Phrase::RowsOf { first, last, all } => {
            vec![("first", count(first)), ("last", count(last)), ("all", count(all))]
        }
        Phrase::PageOf { page, pages } => vec![("page", count(page)), ("pages", count(pages))],
        Phrase::Occurrence { number } => vec![("number", number.to_string())],
        Phrase::AcknowledgedBy { name, comment } => {
            format::optional(&[("name", name), ("comment", comment)])
        }
        Phrase::AcknowledgedUntil { at }
        | Phrase::Since { at }
        | Phrase::LastPassed { at }
        | Phrase::ResetCleared { at } => vec![("at", at.to_owned())],
        Phrase::LastVerified { ago } => vec![("ago", ago.to_owned())],
        Phrase::Selected { count: n }
        | Phrase::ChangesWaiting { count: n }
        | Phrase::MoreReasons { count: n }
        | Phrase::SecondsAgo { count: n }
        | Phrase::MinutesAgo { count: n }
        | Phrase::HoursAgo { count: n }
        | Phrase::DaysAgo { count: n }
        | Phrase::InMinutes { count: n }
        | Phrase::InHours { count: n }
        | Phrase::InDays { count: n }
        | Phrase::EventsExtended { count: n }
        | Phrase::AtMostCharacters { count: n }
        | Phrase::Stale { count: n }
        | Phrase::DifferencesCount { count: n }
        | Phrase::DifferencesFirst { count: n }
        | Phrase::Seconds { count: n }
        | Phrase::ExceptionsInForce { count: n }
        | Phrase::TakenOtherwise { count: n } => vec![("count", count(n))],
        Phrase::ChecksPassed { passed, all } => {
            vec![("passed", count(passed)), ("all", count(all))]
        }
        Phrase::SignedInAs { name, role } => {
            vec![("name", name.to_owned()), ("role", role.to_owned())]
        }
        Phrase::WithKey { operator, key } => {
            vec![("operator", operator.to_owned()), ("key", key.to_owned())]
        }
        Phrase::ActionOn { action, host } => {
            vec![("action", action.trim_end_matches('…').to_owned()), ("host", host.to_owned())]
        }
        Phrase::NoSuchHost { host } => vec![("host", host.to_owned())],
        Phrase::ResetStillHolds { reason } => vec![("reason", reason.to_owned())],
        Phrase::InClusters { names } => vec![("names", names.to_owned())],
        Phrase::ByPolicy { policy, verifier } => {
            vec![("policy", policy.to_owned()), ("verifier", verifier.to_owned())]
        }
        Phrase::HostChanged { host, attestation } => {
            vec![("host", host.to_owned()), ("attestation", attestation.to_owned())]
        }
        Phrase::Version { version } => vec![("version", version.to_string())],
        Phrase::NameVersion { name, version }
        | Phrase::ComparedWith { name, version }
        | Phrase::InForce { name, version } => {
            vec![("name", name.to_owned()), ("version", version.to_string())]
        }
        Phrase::PcrEvent { pcr, event } => {
            vec![("pcr", pcr.to_string()), ("event", event.to_string())]
        }
        Phrase::InBank { bank } => vec![("bank", bank.to_owned())],
        Phrase::EventVaries { event } => vec![("event", event.to_string())],
        Phrase::WouldTurnRed { count: n }
        | Phrase::WouldTurnGreen { count: n }
        | Phrase::WithoutEvidence { count: n }
        | Phrase::NotLookedAt { count: n }
        | Phrase::NothingChanges { count: n }
        | Phrase::MoreHosts { count: n }
        | Phrase::Reappraised { count: n }
        | Phrase::TurnedRed { count: n }
        | Phrase::TurnedGreen { count: n }
        | Phrase::SpanCount { count: n } => vec![("count", format::number(language, n))],
        Phrase::NowDraft { name }
        | Phrase::NowAwaiting { name }
        | Phrase::NowApproved { name }
        | Phrase::NowRetired { name } => vec![("name", name.to_owned())],
        Phrase::PolicyOf { cluster } => vec![("cluster", cluster.to_owned())],
        Phrase::Item { item } => vec![("item", item.to_owned())],
    };
    template::text(template, values.as_slice())
}
