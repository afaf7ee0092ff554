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
        Phrase::InMinutes { count: 0 } => "gleich",
        Phrase::InMinutes { .. } => "in {count} min",
        Phrase::InHours { .. } => "in {count} h",
        Phrase::InDays { count: 1 } => "in 1 Tag",
        Phrase::InDays { .. } => "in {count} Tagen",
        Phrase::SpanCount { count: 1 } => "einmal",
        Phrase::SpanCount { .. } => "{count}-mal",
        Phrase::ChecksPassed { .. } => "{passed} von {all} Prüfpunkten bestanden",
        Phrase::EventsExtended { count: 1 } => "1 Ereignis",
        Phrase::EventsExtended { .. } => "{count} Ereignisse",
        Phrase::SignedInAs { .. } => "{name}, {role}",
        Phrase::WithKey { .. } => "{operator} mit dem Schlüssel {key}",
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
        Phrase::Version { .. } => "Version {version}",
        Phrase::NameVersion { .. } => "{name}, Version {version}",
        Phrase::ComparedWith { .. } => "Verglichen mit {name}, Version {version}",
        Phrase::PcrEvent { .. } => "PCR {pcr}, Ereignis {event}",
        Phrase::InBank { .. } => "Digests der Bank {bank}.",
        Phrase::EventVaries { .. } => "Ereignis {event} darf abweichen",
        Phrase::DifferencesCount { count: 1 } => "1 Unterschied",
        Phrase::DifferencesCount { .. } => "{count} Unterschiede",
        Phrase::DifferencesFirst { .. } => "Das sind die ersten {count}.",
        Phrase::WouldTurnRed { count: 1 } => "1 Host würde auf „Fehlgeschlagen“ wechseln",
        Phrase::WouldTurnRed { .. } => "{count} Hosts würden auf „Fehlgeschlagen“ wechseln",
        Phrase::WouldTurnGreen { count: 1 } => "1 Host würde auf „Bestanden“ wechseln",
        Phrase::WouldTurnGreen { .. } => "{count} Hosts würden auf „Bestanden“ wechseln",
        Phrase::WithoutEvidence { count: 1 } => {
            "Von 1 Host ist nichts bekannt: Er hat keinen gespeicherten Nachweis."
        }
        Phrase::WithoutEvidence { .. } => {
            "Von {count} Hosts ist nichts bekannt: Sie haben keinen gespeicherten Nachweis."
        }
        Phrase::NotLookedAt { count: 1 } => {
            "1 Host wurde nicht betrachtet: Die Zeit reichte nicht."
        }
        Phrase::NotLookedAt { .. } => {
            "{count} Hosts wurden nicht betrachtet: Die Zeit reichte nicht."
        }
        Phrase::NothingChanges { count: 1 } => "Der betroffene Host würde dasselbe zeigen.",
        Phrase::NothingChanges { .. } => {
            "Keiner der {count} betroffenen Hosts würde etwas anderes zeigen."
        }
        Phrase::MoreHosts { count: 1 } => "1 weiterer Host",
        Phrase::MoreHosts { .. } => "{count} weitere Hosts",
        Phrase::Reappraised { count: 1 } => {
            "Der gespeicherte Nachweis von 1 Host wird neu bewertet."
        }
        Phrase::Reappraised { .. } => {
            "Die gespeicherten Nachweise von {count} Hosts werden neu bewertet."
        }
        Phrase::TurnedRed { count: 1 } => "1 Host hat auf „Fehlgeschlagen“ gewechselt.",
        Phrase::TurnedRed { .. } => "{count} Hosts haben auf „Fehlgeschlagen“ gewechselt.",
        Phrase::TurnedGreen { count: 1 } => "1 Host hat auf „Bestanden“ gewechselt.",
        Phrase::TurnedGreen { .. } => "{count} Hosts haben auf „Bestanden“ gewechselt.",
        Phrase::NowDraft { .. } => {
            "{name} ist ein Entwurf. Sehen Sie ihn durch und geben Sie ihn dann frei."
        }
        Phrase::NowAwaiting { .. } => "{name} wartet auf die zweite Freigabe durch jemand anderen.",
        Phrase::NowApproved { .. } => "{name} ist freigegeben.",
        Phrase::NowRetired { .. } => "{name} ist außer Gebrauch.",
        Phrase::PolicyOf { .. } => "Richtlinie von {cluster}",
        Phrase::InForce { .. } => "In Kraft: {name}, Version {version}.",
        Phrase::Seconds { .. } => "{count} s",
        Phrase::Item { .. } => "Punkt {item}",
        Phrase::ExceptionsInForce { count: 1 } => "1 Ausnahme in Kraft",
        Phrase::ExceptionsInForce { .. } => "{count} Ausnahmen in Kraft",
        Phrase::TakenOtherwise { count: 1 } => "1 anders gewertet als vorgegeben",
        Phrase::TakenOtherwise { .. } => "{count} anders gewertet als vorgegeben",
    }
}
