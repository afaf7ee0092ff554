//! Zustände in ein, zwei Wörtern.

use trustboard_model::alarm::Condition;
use trustboard_model::appraisal::{PcrState, SecureBoot};
use trustboard_model::check::{Outcome, Strictness};
use trustboard_model::facts::TpmInterface;
use trustboard_model::host::{Attestation, Freshness, IdentityState, Presence};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::role::Role;
use trustboard_model::view::{HostAction, Mark};

use crate::text::words::Word;

#[expect(clippy::match_same_arms, reason = "one word for two states; other languages inflect")]
pub(super) fn word(word: Word<'_>) -> &'static str {
    match word {
        Word::Attestation(Attestation::Passed) => "Bestanden",
        Word::Attestation(Attestation::Failed) => "Fehlgeschlagen",
        Word::Attestation(Attestation::Unknown) => "Unbekannt",
        Word::Attestation(Attestation::NotApplicable) => "Entfällt",
        Word::Freshness(Freshness::Never) => "Nie geprüft",
        Word::Freshness(Freshness::Fresh) => "Aktuell",
        Word::Freshness(Freshness::Stale) => "Veraltet",
        Word::Presence(Presence::Connected) => "Verbunden",
        Word::Presence(Presence::NotResponding) => "Antwortet nicht",
        Word::Presence(Presence::Disconnected) => "Getrennt",
        Word::Identity(IdentityState::None) => "Keine hinterlegt",
        Word::Identity(IdentityState::Pending) => "Ausstehend",
        Word::Identity(IdentityState::Enrolled) => "Hinterlegt",
        Word::Identity(IdentityState::Mismatched) => "Abweichend",
        Word::SecureBoot(SecureBoot::On) => "Ein",
        Word::SecureBoot(SecureBoot::Off) => "Aus",
        Word::SecureBoot(SecureBoot::Unsupported) => "Nicht unterstützt",
        Word::SecureBoot(SecureBoot::Unknown) => "Unbekannt",
        Word::Outcome(Outcome::Passed(_)) => "Bestanden",
        Word::Outcome(Outcome::Failed(_)) => "Fehlgeschlagen",
        Word::Outcome(Outcome::NotEvaluated(_)) => "Nicht geprüft",
        Word::Outcome(Outcome::NotApplicable(_)) => "Nicht anwendbar",
        Word::Strictness(Strictness::Fail) => "Lässt den Host fehlschlagen",
        Word::Strictness(Strictness::Warn) => "Warnt",
        Word::Strictness(Strictness::Ignore) => "Wird nur festgehalten",
        Word::PcrState(PcrState::Explained) => "Durch das Protokoll erklärt",
        Word::PcrState(PcrState::Mismatch) => "Passt nicht zum Protokoll",
        Word::PcrState(PcrState::Reset) => "Anfangswert, keine Ereignisse",
        Word::PcrState(PcrState::NotEvaluated) => "Nicht geprüft: vom Betriebssystem erweitert",
        Word::PcrState(PcrState::Unexplained) => "Erweitert, aber kein Protokoll sagt wodurch",
        Word::Green => "Grün",
        Word::Red => "Rot",
        Word::Condition(Condition::Holds) => "Ursache jetzt: besteht weiter",
        Word::Condition(Condition::Cleared { .. }) => "Ursache jetzt: behoben",
        Word::Condition(Condition::Unknown) => "Ursache jetzt: nicht bekannt",
        Word::Role(Role::Viewer) => "Betrachter",
        Word::Role(Role::Operator) => "Operator",
        Word::Role(Role::Approver) => "Freigebender",
        Word::Role(Role::Administrator) => "Administrator",
        Word::Mark(Mark::Empty) => "Keine Hosts",
        Word::Mark(Mark::Good) => "Alle Hosts haben bestanden",
        Word::Mark(Mark::Unknown) => "Etwas ist unbekannt, veraltet oder ohne TPM",
        Word::Mark(Mark::Warning) => "Ein roter Alarm wartet darauf, zurückgesetzt zu werden",
        Word::Mark(Mark::Bad) => "Ein Host ist fehlgeschlagen",
        Word::Action(HostAction::VerifyNow) => "Jetzt prüfen",
        Word::Action(HostAction::VerifyThenReset { .. }) => "Prüfen, bei Erfolg zurücksetzen",
        Word::Action(HostAction::Acknowledge { .. }) => "Bestätigen…",
        Word::Action(HostAction::Reset { .. }) => "Auf Grün zurücksetzen…",
        Word::Action(HostAction::ConfirmReset) => "Zurücksetzen bestätigen",
        Word::Action(HostAction::DeclineReset { .. }) => "Zurücksetzen ablehnen…",
        Word::Action(HostAction::EnterMaintenance { .. }) => "In den Wartungsmodus versetzen…",
        Word::Action(HostAction::LeaveMaintenance) => "Wartungsmodus beenden",
        Word::Action(HostAction::Disconnect { .. }) => "Trennen…",
        Word::Action(HostAction::Connect) => "Verbinden",
        Word::Action(HostAction::AcceptIdentity { .. }) => "Neue Identität übernehmen…",
        Word::TpmInterface(TpmInterface::Tis) => "TIS/FIFO",
        Word::TpmInterface(TpmInterface::Crb) => "CRB",
        Word::TpmInterface(TpmInterface::Unknown) => "nicht bekannt",
    }
}

pub(super) fn pcr_purpose(pcr: PcrIndex) -> &'static str {
    match u8::from(pcr) {
        0 => "Firmware-Code",
        1 => "Firmware-Konfiguration",
        2 => "Option-ROM-Code",
        3 => "Option-ROM-Konfiguration",
        4 => "Bootloader-Code",
        5 => "Bootloader-Konfiguration, Partitionstabelle",
        6 => "Hersteller der Plattform",
        7 => "Secure-Boot-Richtlinie",
        8 => "Bootloader-Befehle, Kernel-Befehlszeile",
        9 => "Vom Bootloader gelesene Dateien, initrd",
        10 => "Vom Betriebssystem ausgeführte Dateien (IMA)",
        11 => "Unified Kernel Image",
        12 => "Kernel-Befehlszeile und Zugangsdaten (systemd)",
        13 => "Systemerweiterungen",
        14 => "Machine Owner Keys (shim)",
        15 => "Identität des Systems",
        16 => "Fehlersuche",
        17..=22 => "Dynamic Root of Trust",
        _ => "Anwendungen",
    }
}

pub(super) fn role_meaning(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Sieht alles, ändert nichts.",
        Role::Operator => "Arbeitet mit Hosts und Alarmen; erfasst und bearbeitet Konfigurationen.",
        Role::Approver => {
            "Entscheidet außerdem, woran Hosts gemessen werden: freigegebene Konfigurationen, Richtlinien, Ausnahmen, TPM-Hersteller, ein anderer EK."
        }
        Role::Administrator => {
            "Verwaltet außerdem Inventar, Registrierungstoken, Operatoren und die Einstellungen des Servers."
        }
    }
}
