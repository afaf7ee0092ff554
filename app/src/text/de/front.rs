//! Was jede Seite umgibt.

use crate::text::front::{FrontText, FrontWord};

pub(super) fn front(text: FrontText) -> &'static str {
    match text {
        FrontText::Word(key) => word(key),
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
    }
}
