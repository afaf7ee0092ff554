//! Phrases with numbers and names.

use crate::text::Phrase;

pub(super) fn phrase(phrase: &Phrase<'_>) -> &'static str {
    match phrase {
        Phrase::Hosts { count: 1 } => "1 host",
        Phrase::Hosts { .. } => "{count} hosts",
        Phrase::HostsMatch { count: 1 } => "1 host matches",
        Phrase::HostsMatch { .. } => "{count} hosts match",
        Phrase::HostsMatchOf { .. } => "{count} of {all} hosts match",
        Phrase::RowsOf { .. } => "{first} to {last} of {all}",
        Phrase::PageOf { .. } => "Page {page} of {pages}",
        Phrase::ChangesWaiting { count: 1 } => "One change of the order waits: show it",
        Phrase::ChangesWaiting { .. } => "{count} changes of the order wait: show them",
        Phrase::Selected { .. } => "{count} selected",
        Phrase::MoreReasons { count: 1 } => "One more reason.",
        Phrase::MoreReasons { .. } => "{count} more reasons.",
        Phrase::Occurrence { .. } => "occurrence {number}",
        Phrase::AcknowledgedBy { .. } => "acknowledged by {name}[: “{comment}”]",
        Phrase::AcknowledgedUntil { .. } => "until {at}",
        Phrase::Since { .. } => "since {at}",
        Phrase::LastVerified { .. } => "last verified {ago}",
        Phrase::LastPassed { .. } => "last passed {at}",
        Phrase::SecondsAgo { count: 0 } => "now",
        Phrase::SecondsAgo { .. } => "{count} s ago",
        Phrase::MinutesAgo { .. } => "{count} min ago",
        Phrase::HoursAgo { .. } => "{count} h ago",
        Phrase::DaysAgo { count: 1 } => "1 day ago",
        Phrase::DaysAgo { .. } => "{count} days ago",
        Phrase::InMinutes { count: 0 } => "in a moment",
        Phrase::InMinutes { .. } => "in {count} min",
        Phrase::InHours { .. } => "in {count} h",
        Phrase::InDays { count: 1 } => "in 1 day",
        Phrase::InDays { .. } => "in {count} days",
        Phrase::SpanCount { count: 1 } => "once",
        Phrase::SpanCount { .. } => "{count} times",
        Phrase::ChecksPassed { .. } => "{passed} of {all} checks passed",
        Phrase::EventsExtended { count: 1 } => "1 event",
        Phrase::EventsExtended { .. } => "{count} events",
        Phrase::SignedInAs { .. } => "{name}, {role}",
        Phrase::WithKey { .. } => "{operator} with the key {key}",
        Phrase::ActionOn { .. } => "{action}: {host}",
        Phrase::NoSuchHost { .. } => "There is no host {host}.",
        Phrase::AtMostCharacters { .. } => "At most {count} characters.",
        Phrase::ResetStillHolds { .. } => {
            "The condition still holds: {reason}. The reset turns the alarm green now; the next failed verification turns it red again as a new occurrence. Attestation stays Failed."
        }
        Phrase::ResetCleared { .. } => {
            "The condition has cleared; the host passed at {at}. The reset turns the alarm green."
        }
        Phrase::Stale { .. } => "{count} stale",
        Phrase::InClusters { .. } => "in {names}",
        Phrase::ByPolicy { .. } => "Policy {policy}; verifier {verifier}",
        Phrase::HostChanged { .. } => "{host}: attestation is now {attestation}",
        Phrase::Version { .. } => "version {version}",
        Phrase::NameVersion { .. } => "{name}, version {version}",
        Phrase::ComparedWith { .. } => "Compared with {name}, version {version}",
        Phrase::PcrEvent { .. } => "PCR {pcr}, event {event}",
        Phrase::InBank { .. } => "Digests in {bank}.",
        Phrase::EventVaries { .. } => "Event {event} may vary",
        Phrase::DifferencesCount { count: 1 } => "1 difference",
        Phrase::DifferencesCount { .. } => "{count} differences",
        Phrase::DifferencesFirst { .. } => "These are the first {count}.",
        Phrase::WouldTurnRed { count: 1 } => "1 host would turn to Failed",
        Phrase::WouldTurnRed { .. } => "{count} hosts would turn to Failed",
        Phrase::WouldTurnGreen { count: 1 } => "1 host would turn to Passed",
        Phrase::WouldTurnGreen { .. } => "{count} hosts would turn to Passed",
        Phrase::WithoutEvidence { count: 1 } => {
            "Of 1 host nothing is known: it has no stored evidence."
        }
        Phrase::WithoutEvidence { .. } => {
            "Of {count} hosts nothing is known: they have no stored evidence."
        }
        Phrase::NotLookedAt { count: 1 } => "1 host was not looked at: there was no time.",
        Phrase::NotLookedAt { .. } => "{count} hosts were not looked at: there was no time.",
        Phrase::NothingChanges { count: 1 } => "The host that it concerns would read the same.",
        Phrase::NothingChanges { .. } => {
            "None of the {count} hosts that it concerns would read anything else."
        }
        Phrase::MoreHosts { count: 1 } => "1 more host",
        Phrase::MoreHosts { .. } => "{count} more hosts",
        Phrase::Reappraised { count: 1 } => "The stored evidence of 1 host is appraised again.",
        Phrase::Reappraised { .. } => "The stored evidence of {count} hosts is appraised again.",
        Phrase::TurnedRed { count: 1 } => "1 host turned to Failed.",
        Phrase::TurnedRed { .. } => "{count} hosts turned to Failed.",
        Phrase::TurnedGreen { count: 1 } => "1 host turned to Passed.",
        Phrase::TurnedGreen { .. } => "{count} hosts turned to Passed.",
        Phrase::NowDraft { .. } => "{name} is a draft. Review it, then approve it.",
        Phrase::NowAwaiting { .. } => "{name} awaits a second approval by somebody else.",
        Phrase::NowApproved { .. } => "{name} is approved.",
        Phrase::NowRetired { .. } => "{name} is out of use.",
        Phrase::PolicyOf { .. } => "Policy of {cluster}",
        Phrase::InForce { .. } => "In force: {name}, version {version}.",
        Phrase::Seconds { .. } => "{count} s",
        Phrase::Item { .. } => "item {item}",
        Phrase::ExceptionsInForce { count: 1 } => "1 exception in force",
        Phrase::ExceptionsInForce { .. } => "{count} exceptions in force",
        Phrase::TakenOtherwise { count: 1 } => "1 taken otherwise than by default",
        Phrase::TakenOtherwise { .. } => "{count} taken otherwise than by default",
    }
}
