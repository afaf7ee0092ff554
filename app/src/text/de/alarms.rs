//! Alarme, Aktionen auf viele Hosts, Aufträge und Ereignisse.

use crate::text::alarms::{AlarmPhrase, AlarmText, AlarmWord};

pub(super) fn alarm(text: AlarmText<'_>) -> &'static str {
    match text {
        AlarmText::Word(key) => word(key),
        AlarmText::Phrase(said) => phrase(said),
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: AlarmWord) -> &'static str {
    match key {
        AlarmWord::BulkTitle => "Aktion auf viele Hosts",
        AlarmWord::BulkAction => "Aktion",
        AlarmWord::BulkPreview => "Was geschehen wird",
        AlarmWord::BulkWhere => "Wo",
        AlarmWord::BulkExamples => "Zum Beispiel",
        AlarmWord::BulkNothing => {
            "Kein Host würde sich ändern. Wählen Sie eine andere Aktion oder andere Hosts."
        }
        AlarmWord::BulkReasonHolds => {
            "Geben Sie an, warum zurückgesetzt wird, obwohl die Ursache noch da ist. Es steht im Prüfprotokoll."
        }
        AlarmWord::BulkNothingChosen => {
            "Es sind keine Hosts gewählt. Wählen Sie sie zuerst in einer Tabelle aus."
        }
        AlarmWord::Close => "Schließen",
        AlarmWord::BulkJob => "Sammelauftrag",
        AlarmWord::BulkRunning => "Läuft",
        AlarmWord::BulkCancelled => "Abgebrochen",
        AlarmWord::BulkDone => "Fertig",
        AlarmWord::BulkGoesOn => {
            "Der Auftrag läuft auch ohne diese Seite weiter. Sie finden ihn unter „Aufträge & Ereignisse“ wieder."
        }
        AlarmWord::BulkCancel => "Auftrag abbrechen",
        AlarmWord::BulkCancelHint => "Was getan ist, bleibt getan.",
        AlarmWord::BulkOpen => "Auftrag öffnen",
        AlarmWord::Changed => "Geändert",
        AlarmWord::Unchanged => "War schon so",
        AlarmWord::Failed => "Nicht ausgeführt",
        AlarmWord::Waiting => "Wartend",
        AlarmWord::NotDone => "Nicht mehr bearbeitet",
        AlarmWord::Failures => "Auf diesen Hosts nicht ausgeführt",
        AlarmWord::RetryFailed => "Diese erneut versuchen …",
        AlarmWord::MoreFailures => "Weitere",
        AlarmWord::StartedBy => "Gestartet von",
        AlarmWord::StartedAt => "Gestartet",
        AlarmWord::EndedAt => "Beendet",
        AlarmWord::ChosenBy => "Hosts, auf die zutrifft",
        AlarmWord::Progress => "Fortschritt",
        AlarmWord::Alarms => "Alarme",
        AlarmWord::AlarmsIntro => {
            "Alle roten Alarme, die Sie sehen dürfen: zuerst die, um die sich niemand kümmert, die ältesten zuerst."
        }
        AlarmWord::RedAlarms => "Rot",
        AlarmWord::Unacknowledged => "Niemand kümmert sich",
        AlarmWord::Acknowledged => "Bestätigt",
        AlarmWord::Holds => "Bedingung besteht",
        AlarmWord::Cleared => "Bedingung behoben",
        AlarmWord::ConditionUnknown => "Bedingung nicht bekannt",
        AlarmWord::Age => "Rot seit",
        AlarmWord::RaisedAt => "Rot seit (Zeitpunkt)",
        AlarmWord::Occurrence => "Auftreten",
        AlarmWord::Reason => "Grund",
        AlarmWord::ConditionNow => "Bedingung jetzt",
        AlarmWord::OnIt => "Wer sich kümmert",
        AlarmWord::Place => "Rechenzentrum und Cluster",
        AlarmWord::CausesOfAlarms => "Nach Ursache",
        AlarmWord::NoAlarms => "Kein Alarm ist rot.",
        AlarmWord::NoAlarmsEver => "Bisher wurde kein Alarm zurückgesetzt.",
        AlarmWord::NoMatch => "Kein roter Alarm entspricht dem Filter.",
        AlarmWord::FilterLabel => "Alarme filtern",
        AlarmWord::FilterHint => "reason:secure-boot alarm:unacknowledged cluster:db*",
        AlarmWord::Apply => "Filtern",
        AlarmWord::ShowAll => "Alle anzeigen",
        AlarmWord::SelectRow => "Auswählen",
        AlarmWord::SelectPage => "Alle auf dieser Seite auswählen",
        AlarmWord::SelectionActs => "Aktionen auf die ausgewählten Alarme",
        AlarmWord::ClearSelection => "Auswahl aufheben",
        AlarmWord::Export => "Export",
        AlarmWord::Events => "Aufträge & Ereignisse",
        AlarmWord::EventsOnly => "Ereignisse",
        AlarmWord::EventKind => "Art",
        AlarmWord::AllKinds => "Alle Arten",
        AlarmWord::EventHost => "Host enthält",
        AlarmWord::EventActor => "Wer",
        AlarmWord::Older => "Ältere",
        AlarmWord::Newest => "Neueste",
        AlarmWord::NoEvents => "Hier ist noch nichts geschehen.",
        AlarmWord::NoEventsMatch => "Kein Ereignis entspricht dem Filter.",
        AlarmWord::VerificationJobs => "Verifikationen",
        AlarmWord::NoJobs => {
            "Keine Verifikation wurde von einem Operator, einem Start oder einer Verbindung ausgelöst."
        }
        AlarmWord::BulkJobs => "Sammelaufträge",
        AlarmWord::NoBulkJobs => "Bisher keine.",
        AlarmWord::State => "Zustand",
        AlarmWord::Gone => "nicht mehr vorhanden",
        AlarmWord::AutomaticReset => "Automatisches Zurücksetzen",
        AlarmWord::AutomaticResetHint => {
            "Üblicherweise bleibt ein roter Alarm rot, bis ihn jemand zurücksetzt, damit er nicht übersehen wird. Mit automatischem Zurücksetzen setzt ihn eine bestandene Verifikation zurück; das Prüfprotokoll vermerkt es."
        }
        AlarmWord::AutomaticResetOn => "Ein: Alarme setzen sich zurück, wenn der Host besteht.",
        AlarmWord::AutomaticResetOff => "Aus: Jeder Alarm wird von jemandem zurückgesetzt.",
        AlarmWord::SwitchOn => "Einschalten",
        AlarmWord::SwitchOff => "Ausschalten",
        AlarmWord::GroupAlarms => "Alarme",
        AlarmWord::GroupAttestation => "Attestierung",
        AlarmWord::GroupHosts => "Hosts",
        AlarmWord::GroupJobs => "Aufträge",
        AlarmWord::GroupStandards => "Woran Hosts gemessen werden",
        AlarmWord::GroupInventory => "Bestand",
        AlarmWord::OnItUntil => "bis",
        AlarmWord::UntilDay => "oder bis zum Ende dieses Tages (UTC)",
        AlarmWord::ReasonCode => "Code des Grundes",
        AlarmWord::ClearedAt => "Behoben am",
        AlarmWord::Comment => "Kommentar",
        AlarmWord::OnItUntilColumn => "Bestätigt bis",
    }
}

fn phrase(said: &AlarmPhrase<'_>) -> &'static str {
    match said {
        AlarmPhrase::Changing { count: 1 } => "{count} Host ändert sich",
        AlarmPhrase::Changing { .. } => "{count} Hosts ändern sich",
        AlarmPhrase::AlreadySo { count: 1 } => "{count} ist schon so",
        AlarmPhrase::AlreadySo { .. } => "{count} sind schon so",
        AlarmPhrase::Stale { count: 1 } => {
            "{count} hat sich geändert, seit Sie hinsahen, und bleibt unberührt"
        }
        AlarmPhrase::Stale { .. } => {
            "{count} haben sich geändert, seit Sie hinsahen, und bleiben unberührt"
        }
        AlarmPhrase::Forbidden { .. } => "Auf {count} dürfen Sie nicht einwirken",
        AlarmPhrase::Impossible { count: 1 } => "{count} ist getrennt oder nicht mehr da",
        AlarmPhrase::Impossible { .. } => "{count} sind getrennt oder nicht mehr da",
        AlarmPhrase::ConditionHolds { count: 1 } => {
            "Bei {count} davon besteht die Bedingung noch: Zurücksetzen behebt nichts, und die nächste fehlgeschlagene Verifikation färbt ihn wieder rot."
        }
        AlarmPhrase::ConditionHolds { .. } => {
            "Bei {count} davon besteht die Bedingung noch: Zurücksetzen behebt nichts, und die nächste fehlgeschlagene Verifikation färbt sie wieder rot."
        }
        AlarmPhrase::Confirm { count: 1, .. } => "{action}: {count} Host",
        AlarmPhrase::Confirm { .. } => "{action}: {count} Hosts",
        AlarmPhrase::DoneOf { .. } => "{done} von {all}",
        AlarmPhrase::JobTitle { .. } => "{action} auf vielen Hosts",
        AlarmPhrase::JobRuns { .. } => "{action}: {done} von {all}",
        AlarmPhrase::JobEnded { failed: 0, .. } => "{action}, beendet: {changed} erledigt",
        AlarmPhrase::JobEnded { .. } => "{action}, beendet: {changed} erledigt, {failed} nicht",
        AlarmPhrase::LastReset { .. } => "Der letzte, von {host}, wurde zurückgesetzt von {by}:",
        AlarmPhrase::AlarmsMatch { count: 1 } => "{count} roter Alarm",
        AlarmPhrase::AlarmsMatch { .. } => "{count} rote Alarme",
        AlarmPhrase::AllMatching { count: 1 } => "Den {count} Treffer wählen",
        AlarmPhrase::AllMatching { .. } => "Alle {count} Treffer wählen",
        AlarmPhrase::AllThatMatch { count: 1 } => "Der {count} Treffer:",
        AlarmPhrase::AllThatMatch { .. } => "Alle {count} Treffer:",
        AlarmPhrase::Chosen { .. } => "{count} gewählt",
        AlarmPhrase::SelectHost { .. } => "{host} auswählen",
        AlarmPhrase::NewEvents { count: 1 } => "{count} neues Ereignis: anzeigen",
        AlarmPhrase::NewEvents { .. } => "{count} neue Ereignisse: anzeigen",
        AlarmPhrase::OnItBy { .. } => "{name}",
    }
}
