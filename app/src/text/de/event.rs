//! Was geschehen ist, und die Schritte der Aufträge.

use trustboard_model::event::EventKind;
use trustboard_model::job::{Because, JobState, StepKind, Trigger};

pub(super) fn event(event: &EventKind) -> &'static str {
    match event {
        EventKind::DatacenterCreated { .. } => "Hat das Rechenzentrum {name} angelegt.",
        EventKind::ClusterCreated { .. } => "Hat den Cluster {name} angelegt.",
        EventKind::DatacenterRenamed { .. } => "Hat das Rechenzentrum {from} in {to} umbenannt.",
        EventKind::DatacenterDeleted { .. } => "Hat das Rechenzentrum {name} gelöscht.",
        EventKind::ClusterRenamed { .. } => "Hat den Cluster {from} in {to} umbenannt.",
        EventKind::ClusterMoved { .. } => {
            "Hat den Cluster {name} vom Rechenzentrum {from} nach {to} verschoben; Hosts darin: {hosts}."
        }
        EventKind::ClusterDeleted { .. } => "Hat den Cluster {name} gelöscht.",
        EventKind::TokenCreated { .. } => "Hat das Registrierungstoken {token} angelegt.",
        EventKind::ViewShared { .. } => {
            "Hat die Ansicht „{name}“ für alle freigegeben[: {filter}]."
        }
        EventKind::ViewUnshared { .. } => "Gibt die Ansicht „{name}“ nicht mehr frei.",
        EventKind::TokenRevoked { .. } => "Hat das Registrierungstoken {token} widerrufen.",
        EventKind::OperatorCreated { .. } => {
            "Hat den Operator {name} mit der Rolle {role} angelegt."
        }
        EventKind::OperatorChanged { .. } => {
            "Hat Rolle oder Passwort von {name} geändert; die Rolle ist jetzt {role}."
        }
        EventKind::SetupCodeCreated => {
            "Hat einen Einrichtungscode für den ersten Administrator erstellt."
        }
        EventKind::SignInLinkMade { .. } => {
            "Hat einen Link erstellt, der {name} einmal anmeldet, bis {until}."
        }
        EventKind::PasswordChanged { .. } => "{name} hat das eigene Passwort geändert.",
        EventKind::PasswordReset { .. } => {
            "Hat das Passwort von {name} entfernt und die Sitzungen beendet."
        }
        EventKind::OperatorDisabled { .. } => {
            "Hat {name} gesperrt und die Sitzungen beendet: {reason}."
        }
        EventKind::OperatorEnabled { .. } => "Hat {name} wieder zugelassen.",
        EventKind::SessionsEnded { .. } => "Hat Sitzungen von {name} beendet: {count}.",
        EventKind::KeyCreated { .. } => {
            "Hat den API-Schlüssel {key} von {name} mit der Rolle {role}[ in {datacenters}] erstellt, gültig bis {until}."
        }
        EventKind::KeyRevoked { .. } => "Hat den API-Schlüssel {key} von {name} widerrufen.",
        EventKind::SettingsChanged { .. } => {
            "Zwei Personen für Freigaben: {approvals}; zwei Personen für das Zurücksetzen: {resets}."
        }
        EventKind::ResetAsked { .. } => {
            "Hat darum gebeten, den Alarm zurückzusetzen (Auftreten {occurrence}); eine zweite Person muss bestätigen: {reason}."
        }
        EventKind::ResetDeclined { .. } => {
            "Hat das Zurücksetzen abgelehnt, um das {asked} gebeten hatte (Auftreten {occurrence}): {reason}."
        }
        EventKind::ResetLapsed { .. } => {
            "Das Zurücksetzen, um das {asked} gebeten hatte (Auftreten {occurrence}), ist hinfällig: Der Zustand hat sich geändert."
        }
        EventKind::SignedIn { .. } => "{name} hat sich angemeldet.",
        EventKind::SignedOut { .. } => "{name} hat sich abgemeldet.",
        EventKind::SignInRefused { .. } => "Eine Anmeldung als {name} wurde abgelehnt.",
        EventKind::HostEnrolled { tpm: true, .. } => {
            "Der Host hat sich als {name} registriert, mit TPM 2.0."
        }
        EventKind::HostEnrolled { tpm: false, .. } => {
            "Der Host hat sich als {name} registriert, ohne TPM 2.0."
        }
        EventKind::HostMoved { .. } => {
            "Hat den Host {name} aus dem Cluster {from} nach {to} verschoben; ab jetzt gilt dessen Richtlinie."
        }
        EventKind::HostRemoved { .. } => {
            "Hat den Host {name} entfernt[: {reason}]. Sein Verlauf bleibt erhalten."
        }
        EventKind::IdentityChanged { from, to, .. } if from == to => {
            "Der hinterlegte Endorsement Key wurde freigegeben[: {ek}…][; {reason}]."
        }
        EventKind::IdentityChanged { .. } => {
            "Die hinterlegte Identität hat sich von „{from}“ zu „{to}“ geändert[; Endorsement Key {ek}…][: {reason}]."
        }
        EventKind::PresenceChanged { .. } => {
            "Die Verbindung hat sich von „{from}“ zu „{to}“ geändert[: {reason}]."
        }
        EventKind::Appraised { .. } => {
            "Die Attestierung [hat sich von „{from}“ zu „{to}“ geändert|lautet „{to}“], Secure Boot: {secure_boot}[. {reasons}]."
        }
        EventKind::VerificationFailed { .. } => {
            "Eine Prüfung konnte nicht abgeschlossen werden[: {problem}]. Das letzte Ergebnis gilt weiter."
        }
        EventKind::AlarmRaised { .. } => {
            "Der Alarm wurde ausgelöst, Auftreten {occurrence}[: {reasons}]."
        }
        EventKind::AlarmConditionCleared { .. } => {
            "Die Ursache des Alarms ist behoben (Auftreten {occurrence}). Der Alarm bleibt rot, bis ihn jemand zurücksetzt."
        }
        EventKind::AlarmConditionChanged { .. } => {
            "Die Ursache des Alarms besteht wieder oder ist nicht bekannt (Auftreten {occurrence})."
        }
        EventKind::AlarmAcknowledged { .. } => {
            "Hat den Alarm bestätigt, Auftreten {occurrence}[, bis {until}][: {comment}]."
        }
        EventKind::AlarmReset { condition_held: false, .. } => {
            "Hat den Alarm auf Grün zurückgesetzt, Auftreten {occurrence}[ ({reasons})][; erbeten von {asked}][: {reason}]."
        }
        EventKind::AlarmReset { condition_held: true, .. } => {
            "Hat den Alarm auf Grün zurückgesetzt, obwohl seine Ursache noch bestand, Auftreten {occurrence}[ ({reasons})][; erbeten von {asked}][: {reason}]."
        }
        EventKind::MaintenanceEntered { .. } => {
            "Hat den Host in den Wartungsmodus versetzt[: {reason}]."
        }
        EventKind::MaintenanceLeft => "Hat den Wartungsmodus beendet.",
        EventKind::JobStarted { .. } => "Hat den Prüfauftrag {job} gestartet.",
        EventKind::BulkStarted { .. } => {
            "„{action}“ auf {hosts} Hosts gestartet[, auf die {query} zutrifft][: {reason}]."
        }
        EventKind::BulkEnded { cancelled: false, .. } => {
            "Der Sammelauftrag ist beendet: {changed} geändert, {unchanged} waren schon so, {failed} nicht ausgeführt."
        }
        EventKind::BulkEnded { cancelled: true, .. } => {
            "Der Sammelauftrag wurde abgebrochen: {changed} geändert, {unchanged} waren schon so, {failed} nicht ausgeführt."
        }
        EventKind::AutomaticResetChanged { on: true, .. } => {
            "Alarme von {name} setzen sich jetzt zurück, wenn ein Host besteht."
        }
        EventKind::AutomaticResetChanged { on: false, .. } => {
            "Alarme von {name} setzt jetzt nur noch jemand von Hand zurück."
        }
        EventKind::ConfigurationCaptured { .. } => {
            "Hat die Konfiguration {configuration} vom Host {host} übernommen."
        }
        EventKind::ConfigurationImported { .. } => {
            "Hat die Konfiguration {configuration}[ aus der Datei {file}] importiert."
        }
        EventKind::ConfigurationEdited { .. } => {
            "Hat die Konfiguration {configuration} bearbeitet."
        }
        EventKind::ConfigurationApproved { complete: true, .. } => {
            "Hat die Konfiguration {configuration} freigegeben; Hosts dürfen sie jetzt booten."
        }
        EventKind::ConfigurationApproved { complete: false, .. } => {
            "Hat die Konfiguration {configuration} freigegeben; eine zweite Person muss sie noch freigeben."
        }
        EventKind::ConfigurationSuperseded { .. } => {
            "Die Konfiguration {configuration} wurde durch Version {version} abgelöst."
        }
        EventKind::ConfigurationRetired { .. } => {
            "Hat die Konfiguration {configuration} zurückgezogen[: {reason}]."
        }
        EventKind::ChangeAccepted { .. } => {
            "Hat das, was der Host gebootet hat, als Konfiguration {configuration} akzeptiert[: {reason}]."
        }
        EventKind::PolicyChanged { .. } => {
            "Hat die Richtlinie des Clusters {cluster} von Version {from} auf {to} geändert[: {changes}]."
        }
        EventKind::ExceptionGranted { .. } => {
            "Hat eine Ausnahme für „{check}“ bis {until} gewährt[: {reason}]."
        }
        EventKind::ExceptionEnded { reason: Some(_), .. } => {
            "Hat die Ausnahme für „{check}“ beendet[: {reason}]."
        }
        EventKind::ExceptionEnded { reason: None, .. } => {
            "Die Ausnahme für „{check}“ ist abgelaufen."
        }
        EventKind::MakersImported { .. } => {
            "Hat Zertifikate von TPM-Herstellern aus {file} importiert: {trusted} als veröffentlichte Wurzeln vertraut, {awaiting} warten auf Bestätigung, {follows} Zwischenzertifikate, {lists} Sperrlisten, {known} schon bekannt, {refused} abgelehnt."
        }
        EventKind::MakerTrustChanged { .. } => {
            "Das Herstellerzertifikat „{subject}“ ({fingerprint}) wechselte von „{from}“ zu „{to}“[: {note}]."
        }
        EventKind::BackupMade { .. } => {
            "Hat eine Sicherung von {bytes} mit {events} Ereignissen erstellt."
        }
        EventKind::BackupRestored { .. } => {
            "Hat die Sicherung {file} mit {events} Ereignissen wiederhergestellt. Was nach dieser Sicherung geschah, steht nicht in dieser Aufzeichnung."
        }
        EventKind::PastForgotten { .. } => {
            "{evidence} Nachweise von vor {evidence_before} und {conclusions} Ergebnisse von vor {conclusions_before} wurden entfernt: Ihre Aufbewahrungsfrist ist abgelaufen."
        }
        EventKind::MakerRemoved { .. } => {
            "Hat das Herstellerzertifikat oder die Sperrliste „{subject}“ ({fingerprint}) entfernt[: {reason}]."
        }
        EventKind::ChainVerified { .. } => {
            "Hat die Ereigniskette geprüft: {events} Ereignisse sind unversehrt, der letzte Hash ist {head}."
        }
        EventKind::ChainBroken { .. } => {
            "Hat die Ereigniskette geprüft: Sie ist bei Ereignis {first} unterbrochen[: {problem}]."
        }
    }
}

pub(super) fn step(step: StepKind) -> &'static str {
    match step {
        StepKind::Queued => "Eingereiht",
        StepKind::SessionFound => "Die Sitzung des Hosts wurde gefunden",
        StepKind::SessionMissing => "Der Host hat keine Sitzung",
        StepKind::IdentityAsked => "Der Host wurde nach seinen Schlüsseln gefragt",
        StepKind::IdentityCompared => "Die Schlüssel wurden mit den hinterlegten verglichen",
        StepKind::CredentialSent => "Das TPM wurde aufgefordert, seine Schlüssel nachzuweisen",
        StepKind::IdentityProven => "Das TPM hat seine Identität nachgewiesen",
        StepKind::ChallengeSent => "Challenge gesendet",
        StepKind::EvidenceReceived => "Nachweis eingetroffen",
        StepKind::AgentRefused => "Der Agent hat geantwortet, dass er nicht kann",
        StepKind::Appraised => "Der Nachweis wurde bewertet",
        StepKind::Recorded => "Das Ergebnis wurde festgehalten",
        StepKind::AlarmReset => "Der Alarm wurde wie gewünscht auf Grün zurückgesetzt",
        StepKind::AlarmKept => "Der Alarm blieb, weil der Host nicht bestanden hat",
        StepKind::Problem => "Etwas ging schief",
    }
}

pub(super) fn trigger(trigger: &Trigger) -> &'static str {
    match trigger {
        Trigger::Scheduled => "Nach Zeitplan",
        Trigger::Boot => "Der Host hat sich nach einem Start verbunden",
        Trigger::Reconnect => "Der Host hat sich wieder verbunden",
        Trigger::Reappraised { because } => match because {
            Because::Policy => "Gespeicherter Nachweis, weil die Richtlinie geändert wurde",
            Because::Configurations => {
                "Gespeicherter Nachweis, weil sich die freigegebenen Konfigurationen geändert haben"
            }
            Because::Exceptions => "Gespeicherter Nachweis, weil eine Ausnahme begann oder endete",
            Because::Revocations => {
                "Gespeicherte Belege, weil sich die offizielle Liste der Widerrufe geändert hat"
            }
            Because::Makers => {
                "Gespeicherter Nachweis, weil sich die Zertifikate der Hersteller geändert haben"
            }
            Because::Cluster => {
                "Gespeicherter Nachweis, weil der Host in einen anderen Cluster verschoben wurde"
            }
            Because::Identity => "Gespeicherter Nachweis, weil der Endorsement Key bestätigt wurde",
        },
        Trigger::Operator { then_reset: None, .. } => "Jetzt prüfen, durch {name}",
        Trigger::Operator { then_reset: Some(_), .. } => {
            "Prüfen, bei Erfolg zurücksetzen, durch {name}"
        }
    }
}

pub(super) fn job_state(state: &JobState) -> &'static str {
    match state {
        JobState::Queued => "Eingereiht",
        JobState::Running => "Läuft",
        JobState::Done => "Fertig",
        JobState::Failed { .. } => "Nicht abgeschlossen[: {problem}]",
    }
}
