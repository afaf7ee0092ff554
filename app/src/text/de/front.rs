//! Was jede Seite umgibt.

use crate::text::front::{Deed, FrontText, FrontWord};

pub(super) fn front(text: FrontText) -> &'static str {
    match text {
        FrontText::Word(key) => word(key),
        FrontText::Deed(deed) => match deed {
            Deed::Acknowledged => "{who} hat den Alarm von {what} bestätigt",
            Deed::Reset => "{who} hat den Alarm von {what} auf Grün zurückgesetzt",
            Deed::Verifying => "{who} lässt {what} prüfen",
            Deed::Presence => "{who} hat {what} getrennt oder verbunden",
            Deed::Identity => "{who} hat die hinterlegte Identität von {what} geändert",
            Deed::MaintenanceEntered => "{who} hat {what} in den Wartungsmodus versetzt",
            Deed::MaintenanceLeft => "{who} hat die Wartung von {what} beendet",
            Deed::ExceptionGranted => "{who} hat eine Ausnahme für {what} erteilt",
            Deed::ExceptionEnded => "{who} hat eine Ausnahme für {what} widerrufen",
            Deed::Moved => "{who} hat {what} in einen anderen Cluster verschoben",
        },
        FrontText::Hosts => "{count} Hosts",
        FrontText::OfflineSince => {
            "Keine Verbindung seit {at}. Was Sie sehen, kann veraltet sein; es wird neu gelesen, sobald der Server antwortet."
        }
    }
}

fn word(key: FrontWord) -> &'static str {
    match key {
        FrontWord::KeySearch => "Auf dieser Seite suchen",
        FrontWord::KeyFind => "Host, Cluster oder Rechenzentrum finden",
        FrontWord::KeyHelp => "Diese Tastenkürzel zeigen",
        FrontWord::KeyOverview => "Übersicht",
        FrontWord::KeyDatacenters => "Rechenzentrum wählen",
        FrontWord::KeySecurity => "Alle Hosts",
        FrontWord::KeyAlarms => "Alarme",
        FrontWord::KeyConfigurations => "Freigegebene Konfigurationen",
        FrontWord::KeyPolicies => "Richtlinien",
        FrontWord::KeyDown => "Nächste Zeile",
        FrontWord::KeyUp => "Vorige Zeile",
        FrontWord::KeyOpen => "Zeile öffnen oder schließen",
        FrontWord::KeySelect => "Zeile auswählen",
        FrontWord::KeySelectTo => "Bis zu dieser Zeile auswählen",
        FrontWord::KeyAcknowledge => "Bestätigen",
        FrontWord::KeyReset => "Auf Grün zurücksetzen",
        FrontWord::KeyVerify => "Jetzt prüfen",
        FrontWord::KeyTakeChanges => "Wartende Änderungen übernehmen",
        FrontWord::KeyEscape => "Schließen oder das Feld verlassen",
        FrontWord::Keys => "Tastenkürzel",
        FrontWord::KeysGo => "Gehe zu",
        FrontWord::KeysHere => "Auf dieser Seite",
        FrontWord::KeysEverywhere => "Überall",
        FrontWord::KeysThen => "dann",
        FrontWord::KeysAreOff => "Tastenkürzel sind ausgeschaltet. Nur Strg K und Esc wirken noch.",
        FrontWord::KeysSwitchOff => "Tastenkürzel ausschalten",
        FrontWord::KeysSwitchOn => "Tastenkürzel einschalten",
        FrontWord::Close => "Schließen",
        FrontWord::Display => "Darstellung",
        FrontWord::Density => "Zeilenhöhe",
        FrontWord::Comfortable => "Bequem",
        FrontWord::Compact => "Kompakt",
        FrontWord::News => "Was andere tun",
        FrontWord::Dismiss => "Ausblenden",
        FrontWord::Offline => "Offline",
        FrontWord::Find => "Finden",
        FrontWord::FindHint => "Host, Cluster oder Rechenzentrum",
        FrontWord::FindNothing => "Nichts heißt so.",
        FrontWord::FindMore => "Es gibt noch mehr: Tippen Sie weiter.",
        FrontWord::FindFailed => {
            "Die Suche hat den Server nicht erreicht. Versuchen Sie es noch einmal."
        }
    }
}
