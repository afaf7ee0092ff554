//! Wörter der Oberfläche.

use crate::text::Ui;

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
pub(super) fn ui(key: Ui) -> &'static str {
    match key {
        Ui::ProductName => "Trustboard",
        Ui::SkipToContent => "Zum Inhalt springen",
        Ui::Inventory => "Inventar",
        Ui::AllDatacenters => "Alle Rechenzentren",
        Ui::Datacenter => "Rechenzentrum",
        Ui::Cluster => "Cluster",
        Ui::Host => "Host",
        Ui::Hosts => "Hosts",
        Ui::Monitor => "Überwachen",
        Ui::Security => "Sicherheit",
        Ui::Summary => "Übersicht",
        Ui::OpenMenu => "Inventar öffnen",
        Ui::CloseMenu => "Inventar schließen",
        Ui::ThemeDark => "Dunkel",
        Ui::ThemeLight => "Hell",
        Ui::ThemeSystem => "Wie das System",
        Ui::Theme => "Farben",
        Ui::Language => "Sprache",
        Ui::LanguageChoice => "Sprache",
        Ui::Close => "Schließen",
        Ui::Cancel => "Abbrechen",
        Ui::Back => "Zurück",
        Ui::Copy => "Kopieren",
        Ui::Copied => "Kopiert",
        Ui::ShowMore => "Mehr zeigen",
        Ui::ShowLess => "Weniger zeigen",
        Ui::Search => "Suchen",
        Ui::SearchHint => "Host, Cluster oder Grund suchen",
        Ui::SignIn => "Anmelden",
        Ui::SignOut => "Abmelden",
        Ui::OperatorName => "Name",
        Ui::Password => "Passwort",
        Ui::SignInIntro => {
            "Melden Sie sich an, um zu sehen, welche Hosts gestartet haben, was freigegeben ist."
        }
        Ui::SignInLinkNeedsScripts => "Ein Anmeldelink braucht Skripte.",
        Ui::SignInWithPassword => "Mit Passwort anmelden",
        Ui::SignInLinkUsed => {
            "Dieser Anmeldelink wurde schon benutzt oder ist abgelaufen. Lassen Sie sich einen neuen geben, oder melden Sie sich mit Ihrem Passwort an."
        }
        Ui::SessionExpired => {
            "Ihre Sitzung ist beendet. Melden Sie sich wieder an; es ging nichts verloren."
        }
        Ui::LiveConnected => "Live",
        Ui::LiveConnecting => "Wird verbunden",
        Ui::LiveLost => {
            "Nicht live: Die Verbindung ist abgerissen und wird neu aufgebaut. Was Sie sehen, kann älter sein, als es aussieht."
        }
        Ui::LiveReconnecting => "Wird neu verbunden",
        Ui::LiveOff => "Nicht live: Laden Sie die Seite neu, um Änderungen zu sehen.",
        Ui::LiveNone => "Nicht live",
        Ui::Name => "Name",
        Ui::Attestation => "Attestierung",
        Ui::Alarm => "Alarm",
        Ui::LastVerifiedColumn => "Zuletzt geprüft",
        Ui::TpmVersion => "TPM-Version",
        Ui::SecureBoot => "Secure Boot",
        Ui::MessageColumn => "Meldung",
        Ui::SelectRow => "Diesen Host auswählen",
        Ui::SelectAll => "Alle Hosts dieser Seite auswählen",
        Ui::SortAscending => "aufsteigend sortiert",
        Ui::SortDescending => "absteigend sortiert",
        Ui::SortBy => "Sortieren nach",
        Ui::Verifying => "Wird geprüft",
        Ui::NobodyOnIt => "niemand kümmert sich",
        Ui::ReadyToReset => "kann zurückgesetzt werden",
        Ui::Maintenance => "Im Wartungsmodus",
        Ui::NoTpmShort => "keines",
        Ui::NeverShort => "nie",
        Ui::Filter => "Filtern",
        Ui::FilterAny => "Alle",
        Ui::FilterReason => "Grund",
        Ui::FilterRedOnly => "Nur rote Alarme",
        Ui::FilterClear => "Filter aufheben",
        Ui::PreviousPage => "Vorige Seite",
        Ui::NextPage => "Nächste Seite",
        Ui::Pages => "Seiten",
        Ui::Causes => "Was nicht stimmt",
        Ui::RedAlarms => "rote Alarme",
        Ui::CausesNone => "Bei keinem Host schlägt die Attestierung fehl",
        Ui::NoDatacenters => "Es gibt noch kein Rechenzentrum.",
        Ui::NoDatacentersHint => {
            "Ein Administrator legt ein Rechenzentrum und einen Cluster an, erstellt ein Registrierungstoken für den Cluster und registriert damit den ersten Host."
        }
        Ui::NoHosts => "Hier gibt es noch keinen Host.",
        Ui::NoHostsHint => {
            "Erstellen Sie ein Registrierungstoken für einen Cluster dieses Rechenzentrums und führen Sie damit auf dem Host trustboard-agent enroll aus. Der Host erscheint hier von selbst."
        }
        Ui::NoMatch => "Kein Host passt zu diesem Filter.",
        Ui::NoMatchHint => "Die Hosts sind da; der Filter blendet alle aus.",
        Ui::NotConnected => "Keine Verbindung zum Server.",
        Ui::NotConnectedHint => {
            "Was zuvor zu sehen war, kann überholt sein. Die Seite versucht es von selbst wieder."
        }
        Ui::LoadFailed => "Diese Seite konnte nicht geladen werden.",
        Ui::LoadFailedHint => {
            "Versuchen Sie es noch einmal. Bleibt es dabei, suchen Sie im Protokoll des Servers nach der Nummer unten."
        }
        Ui::TryAgain => "Noch einmal versuchen",
        Ui::Loading => "Wird geladen",
        Ui::NotFoundTitle => "Unter dieser Adresse gibt es nichts.",
        Ui::NotFoundHint => {
            "Vielleicht wurde es entfernt, oder in der Adresse ist ein Fehler. Beginnen Sie beim Inventar."
        }
        Ui::ForbiddenTitle => "Ihre Rolle darf das nicht sehen.",
        Ui::SecurityPortlet => "Sicherheit",
        Ui::FailedChecks => "Fehlgeschlagene Prüfpunkte",
        Ui::WarningChecks => "Warnungen",
        Ui::AllChecks => "Alle Prüfpunkte",
        Ui::CheckColumn => "Prüfpunkt",
        Ui::OutcomeColumn => "Ergebnis",
        Ui::DetailColumn => "Was zu sehen war",
        Ui::StrictnessColumn => "Richtlinie",
        Ui::WhatWasFound => "Was gefunden wurde",
        Ui::WhatToDo => "Was zu tun ist",
        Ui::Where => "Wo",
        Ui::Expected => "Erwartet",
        Ui::Found => "Gefunden",
        Ui::SinceLabel => "Seit",
        Ui::LastPassedLabel => "Zuletzt bestanden",
        Ui::OpenHost => "Host öffnen: Prüfpunkte, PCRs, Aufträge, Verlauf",
        Ui::LikelyCause => "Wahrscheinliche Ursache",
        Ui::WhereToLook => "Wo Sie nachsehen können",
        Ui::NoReport => "Dieser Host wurde noch nicht geprüft; es gibt also nichts zu zeigen.",
        Ui::NothingFailed => "Kein Prüfpunkt ist fehlgeschlagen.",
        Ui::PcrTable => "PCR-Werte",
        Ui::PcrBank => "Bank",
        Ui::PcrIndex => "PCR",
        Ui::PcrPurpose => "Verwendung",
        Ui::PcrQuoted => "Vom TPM bestätigt",
        Ui::PcrReplayed => "Vom Protokoll erklärt",
        Ui::PcrEvents => "Ereignisse",
        Ui::PcrStateColumn => "Zustand",
        Ui::NoPcrs => "Es gibt keine PCR-Werte, weil kein Quote dieses Hosts bestätigt wurde.",
        Ui::Identity => "Identität",
        Ui::IdentityEk => "Endorsement Key (SHA-256)",
        Ui::IdentityAk => "Attestation Key (SHA-256)",
        Ui::IdentityPresentedEk => "Endorsement Key, mit dem der Host geantwortet hat",
        Ui::IdentitySince => "Hinterlegt seit",
        Ui::Facts => "Angaben des Hosts",
        Ui::FactsHint => {
            "Vom Host signiert und dennoch nur Behauptungen: Beweiskraft haben allein die PCRs und das nachgerechnete Protokoll."
        }
        Ui::Hostname => "Hostname",
        Ui::MachineId => "Maschinen-ID",
        Ui::BootId => "Start-ID",
        Ui::OperatingSystem => "Betriebssystem",
        Ui::Kernel => "Kernel",
        Ui::AgentVersion => "Version des Agenten",
        Ui::TpmMaker => "TPM-Hersteller",
        Ui::TpmModel => "TPM-Modell",
        Ui::TpmFirmware => "TPM-Firmware",
        Ui::TpmInterfaceLabel => "TPM-Schnittstelle",
        Ui::ActiveBanks => "Aktive PCR-Bänke",
        Ui::SecureBootVariable => "Secure-Boot-Variable",
        Ui::TpmProblem => "Problem mit dem TPM",
        Ui::LogAbsent => "Warum es kein Ereignisprotokoll gibt",
        Ui::NotKnown => "nicht bekannt",
        Ui::Yes => "ja",
        Ui::No => "nein",
        Ui::ClockResets => "TPM-Resets",
        Ui::ClockRestarts => "Restarts seit dem letzten Reset",
        Ui::Counters => "Zähler des TPM",
        Ui::Jobs => "Prüfaufträge",
        Ui::JobsHint => "Jeder Schritt jeder Prüfung, der älteste zuerst.",
        Ui::NoJobs => "Für diesen Host wurde noch keine Prüfung gestartet.",
        Ui::JobStartedColumn => "Gestartet",
        Ui::JobDuration => "Dauer",
        Ui::JobSteps => "Schritte",
        Ui::History => "Verlauf",
        Ui::NoHistory => "Für diesen Host wurde noch nichts festgehalten.",
        Ui::Appraisals => "Bewertungen",
        Ui::AppraisalsHint => {
            "Gleiche Bewertungen in Folge stehen in einer Zeile mit ihrer Anzahl."
        }
        Ui::FirstSeen => "Erste",
        Ui::LastSeen => "Letzte",
        Ui::CountColumn => "Anzahl",
        Ui::WhenColumn => "Wann",
        Ui::WhoColumn => "Wer",
        Ui::WhatColumn => "Was",
        Ui::Presence => "Verbindung",
        Ui::ActorServer => "Trustboard",
        Ui::ActorHost => "Der Host",
        Ui::ActorConsole => "Befehlszeile",
        Ui::Actions => "Aktionen",
        Ui::VerifyNowHint => "Fordert den Host jetzt heraus und zeigt das Ergebnis hier.",
        Ui::VerifyThenResetHint => {
            "Prüft den Host jetzt und setzt den Alarm auf Grün zurück, wenn er besteht; sonst bleibt der Alarm rot."
        }
        Ui::AcknowledgeHint => {
            "Sagt, dass sich jemand kümmert. Der Alarm bleibt rot; mit einem neuen Auftreten entfällt die Bestätigung."
        }
        Ui::AcknowledgeComment => "Kommentar",
        Ui::AcknowledgeExpiry => "Gilt für",
        Ui::ExpiryNone => "Kein Ablauf",
        Ui::ExpiryOneHour => "1 Stunde",
        Ui::ExpiryFourHours => "4 Stunden",
        Ui::ExpiryOneDay => "1 Tag",
        Ui::ExpiryOneWeek => "1 Woche",
        Ui::ResetHint => {
            "Macht den Alarm grün. Der Host wird dadurch nicht geprüft, und die Spalte Attestierung ändert sich nicht."
        }
        Ui::ResetUnknown => {
            "Ob die Ursache noch besteht, ist nicht bekannt: Die letzte Prüfung blieb ohne Ergebnis. Der Alarm wird jetzt grün und wieder rot, sobald eine Prüfung fehlschlägt."
        }
        Ui::ResetReason => "Grund für das Zurücksetzen",
        Ui::ResetReasonHint => "Der Grund bleibt mit Ihrem Namen im Verlauf stehen.",
        Ui::ResetAnyway => "Zurücksetzen, obwohl die Ursache noch besteht",
        Ui::ReasonField => "Grund",
        Ui::ReasonRequired => "Bitte geben Sie einen Grund an; er bleibt im Verlauf stehen.",
        Ui::CommentRequired => "Bitte sagen Sie in wenigen Worten, wer was tut.",
        Ui::MaintenanceHint => {
            "Kennzeichnet, dass an dem Host gearbeitet wird. Er wird weiter geprüft, und sein Alarm wird weiter ausgelöst."
        }
        Ui::LeaveMaintenanceHint => "Beendet den Wartungsmodus.",
        Ui::DisconnectHint => "Beendet die Prüfung dieses Hosts, bis ihn jemand wieder verbindet.",
        Ui::ConnectHint => {
            "Nimmt den Host wieder auf und prüft ihn. Ist keine Identität hinterlegt, wird eine neue von seinem TPM übernommen."
        }
        Ui::AcceptIdentityHint => {
            "Hinterlegt die Schlüssel, die der Host jetzt hat, mit Ihrer Freigabe. Tun Sie das nur, wenn Sie wissen, dass sein Board oder TPM getauscht wurde oder dass dieses TPM kein Zertifikat seines Herstellers hat."
        }
        Ui::CommandDone => "Erledigt.",
        Ui::CommandNothing => "Es war schon so; nichts wurde geändert.",
        Ui::CommandSent => "Gesendet",
        Ui::StaleTitle => "Der Host hat sich geändert, seit diese Seite geladen wurde.",
        Ui::StaleHint => {
            "Nichts wurde getan. Sehen Sie sich den neuen Zustand an und entscheiden Sie dann neu."
        }
        Ui::ViewerHint => "Sie können alles ansehen; zum Handeln ist die Rolle Operator nötig.",
        Ui::SelectionActs => "Mit den ausgewählten Hosts",
        Ui::NoScript => {
            "Die Seite funktioniert ohne Skripte; laden Sie sie neu, um Änderungen zu sehen."
        }
    }
}
