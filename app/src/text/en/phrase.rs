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
        Phrase::SpanCount { count: 1 } => "once",
        Phrase::SpanCount { .. } => "{count} times",
        Phrase::ChecksPassed { .. } => "{passed} of {all} checks passed",
        Phrase::EventsExtended { count: 1 } => "1 event",
        Phrase::EventsExtended { .. } => "{count} events",
        Phrase::SignedInAs { .. } => "{name}, {role}",
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
    }
}
