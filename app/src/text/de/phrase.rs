//! Wendungen mit Zahlen und Namen.

use crate::text::Phrase;

pub(super) fn phrase(phrase: &Phrase<'_>) -> &'static str {
    match phrase {
        Phrase::Hosts { count: 1 } => "1 Host",
        Phrase::Hosts { .. } => "{count} Hosts",
        Phrase::HostsMatch { count: 1 } => "1 Host passt",
        Phrase::HostsMatch { .. } => "{count} Hosts passen",
        Phrase::HostsMatchOf { .. } => "{count} von {all} Hosts passen",
        Phrase::RowsOf { .. } => "{first} bis {last} von {all}",
        Phrase::PageOf { .. } => "Seite {page} von {pages}",
        Phrase::ChangesWaiting { count: 1 } => "Eine Änderung der Reihenfolge wartet: anzeigen",
        Phrase::ChangesWaiting { .. } => "{count} Änderungen der Reihenfolge warten: anzeigen",
        Phrase::Selected { .. } => "{count} ausgewählt",
        Phrase::MoreReasons { count: 1 } => "Ein weiterer Grund.",
        Phrase::MoreReasons { .. } => "{count} weitere Gründe.",
        Phrase::Occurrence { .. } => "Auftreten {number}",
        Phrase::AcknowledgedBy { .. } => "bestätigt von {name}[: „{comment}“]",
        Phrase::AcknowledgedUntil { .. } => "bis {at}",
        Phrase::Since { .. } => "seit {at}",
        Phrase::LastVerified { .. } => "zuletzt geprüft {ago}",
        Phrase::LastPassed { .. } => "zuletzt bestanden {at}",
        Phrase::SecondsAgo { count: 0 } => "jetzt",
        Phrase::SecondsAgo { .. } => "vor {count} s",
        Phrase::MinutesAgo { .. } => "vor {count} min",
        Phrase::HoursAgo { .. } => "vor {count} h",
        Phrase::DaysAgo { count: 1 } => "vor 1 Tag",
        Phrase::DaysAgo { .. } => "vor {count} Tagen",
        Phrase::SpanCount { count: 1 } => "einmal",
        Phrase::SpanCount { .. } => "{count}-mal",
        Phrase::ChecksPassed { .. } => "{passed} von {all} Prüfpunkten bestanden",
        Phrase::EventsExtended { count: 1 } => "1 Ereignis",
        Phrase::EventsExtended { .. } => "{count} Ereignisse",
        Phrase::SignedInAs { .. } => "{name}, {role}",
        Phrase::ActionOn { .. } => "{action}: {host}",
        Phrase::NoSuchHost { .. } => "Es gibt keinen Host {host}.",
        Phrase::AtMostCharacters { .. } => "Höchstens {count} Zeichen.",
        Phrase::ResetStillHolds { .. } => {
            "Die Ursache besteht weiter: {reason}. Das Zurücksetzen macht den Alarm jetzt grün; die nächste fehlgeschlagene Prüfung macht ihn als neues Auftreten wieder rot. Unter Attestierung bleibt „Fehlgeschlagen“ stehen."
        }
        Phrase::ResetCleared { .. } => {
            "Die Ursache ist behoben; der Host hat am {at} bestanden. Das Zurücksetzen macht den Alarm grün."
        }
        Phrase::Stale { .. } => "{count} veraltet",
        Phrase::InClusters { .. } => "in {names}",
        Phrase::ByPolicy { .. } => "Richtlinie {policy}; Prüfer {verifier}",
        Phrase::HostChanged { .. } => "{host}: Attestierung jetzt {attestation}",
    }
}
