//! Verwaltung: Einrichtung, Registrierung, Inventar, Audit-Protokoll, Zustand.

use crate::text::admin::{AdminPhrase, AdminText, AdminWord};
use crate::text::fact::Pattern;

/// What the server refuses here, and what is wrong with a chain of events.
pub(super) const PROBLEMS: &[Pattern] = &[
    ("there is a datacenter named {} already", "es gibt bereits ein Rechenzentrum namens {}"),
    (
        "there is a cluster named {} in this datacenter already",
        "in diesem Rechenzentrum gibt es bereits einen Cluster namens {}",
    ),
    ("there is a cluster named {} in {} already", "es gibt bereits einen Cluster namens {} in {}"),
    (
        "there is a host of this name in the cluster {} already",
        "im Cluster {} gibt es bereits einen Host dieses Namens",
    ),
    ("somebody was faster: it is called {} by now", "jemand war schneller: es heißt inzwischen {}"),
    ("somebody was faster: it is in {} by now", "jemand war schneller: es ist inzwischen in {}"),
    (
        "there are clusters in this datacenter; move or delete them first",
        "in diesem Rechenzentrum sind Cluster; verschieben oder löschen Sie sie zuerst",
    ),
    (
        "there are hosts in this cluster; move or remove them first",
        "in diesem Cluster sind Hosts; verschieben oder entfernen Sie sie zuerst",
    ),
    ("expected 1 to {} printable characters", "erwartet werden 1 bis {} druckbare Zeichen"),
    ("expected 1 to {} characters", "erwartet werden 1 bis {} Zeichen"),
    ("expected 1 to {} hosts", "erwartet werden 1 bis {} Hosts"),
    ("expected 1 to {} seconds", "erwartet werden 1 bis {} Sekunden"),
    ("there is no such column", "es gibt keine solche Spalte"),
    ("there is no such kind of event", "es gibt keine solche Art von Ereignis"),
    (
        "expected a day or a moment in UTC: {}",
        "erwartet wird ein Tag oder ein Zeitpunkt in UTC: {}",
    ),
    ("missing; the next one found is {}", "es fehlt; das nächste gefundene ist {}"),
    ("missing; the chain ends with {}", "es fehlt; die Kette endet mit {}"),
    (
        "does not have the hash of its content and the event before",
        "es hat nicht den Hash seines Inhalts und des Ereignisses davor",
    ),
    ("its content cannot be read", "sein Inhalt ist nicht lesbar"),
    (
        "its column {} is not what its content says",
        "seine Spalte {} ist nicht, was sein Inhalt sagt",
    ),
    ("event {} stands before the first", "Ereignis {} steht vor dem ersten"),
    ("not the end of the chain on record", "es ist nicht das festgehaltene Ende der Kette"),
];

const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];

pub(super) fn admin(text: AdminText<'_>) -> Option<&'static str> {
    match text {
        AdminText::Word(key) => Some(word(key)),
        AdminText::Phrase(phrase) => Some(template(phrase)),
        AdminText::Kind(code) => kind(code),
        AdminText::Unit(index) => UNITS.get(index).copied(),
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: AdminWord) -> &'static str {
    match key {
        AdminWord::AdministrationHeading => "Verwaltung",
        AdminWord::SetupTitle => "Diesen Server einrichten",
        AdminWord::SetupIntro => {
            "Noch kann sich niemand anmelden. Wer die Konsole des Servers lesen kann, legt den ersten Administrator an."
        }
        AdminWord::SetupCode => "Einrichtungscode",
        AdminWord::SetupCodeHint => {
            "Der Server hat ihn beim Start ausgegeben; trustboard setup-code gibt einen neuen aus."
        }
        AdminWord::SetupName => "Ihr Name",
        AdminWord::SetupNameHint => "Buchstaben, Ziffern und . _ @ -",
        AdminWord::SetupPassword => "Passwort",
        AdminWord::SetupPasswordHint => {
            "Mindestens 10 Zeichen. Ein paar Wörter sind besser als ein Rätsel."
        }
        AdminWord::SetupAgain => "Passwort wiederholen",
        AdminWord::SetupButton => "Administrator anlegen",
        AdminWord::SetupCodeBad => {
            "Dieser Einrichtungscode ist falsch, verbraucht oder abgelaufen. Auf dem Server gibt trustboard setup-code einen neuen aus."
        }
        AdminWord::SetupPasswordBad => {
            "Das Passwort braucht mindestens 10 Zeichen und höchstens 1.024 Byte."
        }
        AdminWord::SetupAgainBad => "Die beiden Passwörter stimmen nicht überein.",
        AdminWord::SetupNameBad => {
            "Der Name darf nur Buchstaben, Ziffern und . _ @ - enthalten, höchstens 64."
        }
        AdminWord::SetupClaimed => {
            "Jemand war schneller: Dieser Server hat bereits einen Administrator. Melden Sie sich an."
        }
        AdminWord::StartTitle => "Erste Schritte",
        AdminWord::StartIntro => {
            "Vom leeren Server bis zum ersten grünen Host. Sie können diese Seite jederzeit verlassen und wiederfinden."
        }
        AdminWord::StartNext => "Weiter mit dem nächsten Schritt",
        AdminWord::StartFinished => "Ihr erster Host ist grün",
        AdminWord::StartFinishedHint => {
            "Ab jetzt wird er regelmäßig geprüft. Weitere Hosts registrieren Sie unten oder auf der Seite jedes Clusters."
        }
        AdminWord::StepAdministrator => "Ersten Administrator anlegen",
        AdminWord::StepDatacenter => "Ein Rechenzentrum anlegen",
        AdminWord::StepDatacenterHint => {
            "Ein Ort mit Hosts: ein Standort, ein Raum, ein Anbieter. Für jedes wird festgelegt, wer was sehen und tun darf."
        }
        AdminWord::StepCluster => "Einen Cluster anlegen und seine Richtlinie wählen",
        AdminWord::StepClusterHint => {
            "Die Hosts eines Clusters werden an einer Richtlinie gemessen und dürfen starten, was für ihn freigegeben ist."
        }
        AdminWord::StepHost => "Den ersten Host registrieren",
        AdminWord::StepHostHint => {
            "Installieren Sie den Agenten auf dem Host, erstellen Sie ein Token und führen Sie den einen Befehl aus, der hier erscheint. Der Host taucht unten von selbst auf."
        }
        AdminWord::StepGreen => "Sehen, dass er grün wird",
        AdminWord::StepDone => "erledigt",
        AdminWord::StepOpen => "offen",
        AdminWord::EnrolLink => "Hosts registrieren",
        AdminWord::NewTokenTitle => "Neuer Registrierungsbefehl",
        AdminWord::TokenUses => "Hosts",
        AdminWord::TokenExpiry => "Gültig für",
        AdminWord::OneHour => "1 Stunde",
        AdminWord::OneDay => "1 Tag",
        AdminWord::OneWeek => "7 Tage",
        AdminWord::OneMonth => "30 Tage",
        AdminWord::MakeToken => "Befehl erstellen",
        AdminWord::AnotherToken => "Einen weiteren erstellen",
        AdminWord::Command => "Registrierungsbefehl",
        AdminWord::CommandHint => {
            "Führen Sie dies auf jedem Host aus, mit dem Recht, sudo zu benutzen:"
        }
        AdminWord::Copy => "Kopieren",
        AdminWord::Copied => "Kopiert.",
        AdminWord::ShownOnce => {
            "Er wird nur dieses eine Mal gezeigt und enthält ein Geheimnis: Behandeln Sie ihn wie ein Passwort."
        }
        AdminWord::ArrivalsTitle => "Angekommene Hosts",
        AdminWord::WaitingForHosts => "Warten auf den ersten Host. Er erscheint hier von selbst.",
        AdminWord::NoTpm => "kein TPM 2.0",
        AdminWord::ArrivalFailed => {
            "Er ist registriert, hat aber nicht bestanden. Wenn richtig ist, was er gestartet hat, geben Sie es auf seiner Seite frei."
        }
        AdminWord::ArrivalNoTpm => {
            "Ohne TPM 2.0 lässt sich nichts beweisen. Schalten Sie es in der Firmware ein, oder lassen Sie den Host, wie er ist."
        }
        AdminWord::ArrivalUnknown => {
            "Er wird gerade geprüft, oder sein Agent läuft noch nicht: systemctl status trustboard-agent sagt, warum."
        }
        AdminWord::ToTheHost => "Zum Host",
        AdminWord::TokensTitle => "Registrierungstoken",
        AdminWord::TokensHint => {
            "Ein Token lässt Hosts in diesen Cluster, bis es verbraucht, abgelaufen oder widerrufen ist. Hosts, die sich damit registriert haben, bleiben."
        }
        AdminWord::NoTokens => "Es gibt noch kein Token.",
        AdminWord::TokenMade => "Erstellt",
        AdminWord::TokenState => "Zustand",
        AdminWord::TokenUsesLeft => "Übrig",
        AdminWord::TokenUntil => "Gültig bis",
        AdminWord::TokenAction => "Aktion",
        AdminWord::TokenGood => "Gültig",
        AdminWord::TokenUsedUp => "Verbraucht",
        AdminWord::TokenExpired => "Abgelaufen",
        AdminWord::TokenRevoked => "Widerrufen",
        AdminWord::RevokeToken => "Widerrufen",
        AdminWord::TokenRevokedNow => {
            "Das Token wurde widerrufen. Hosts, die sich damit registriert haben, bleiben."
        }
        AdminWord::NewDatacenterTitle => "Neues Rechenzentrum",
        AdminWord::CreateDatacenter => "Rechenzentrum anlegen",
        AdminWord::NewClusterTitle => "Neuer Cluster",
        AdminWord::CreateCluster => "Cluster anlegen",
        AdminWord::ChoosePolicy => "Richtlinie für den Anfang",
        AdminWord::ChoosePolicyHint => {
            "Jede Prüfung lässt sich später auf der Seite der Richtlinie ändern."
        }
        AdminWord::NoClusters => "In diesem Rechenzentrum gibt es keinen Cluster",
        AdminWord::NothingApproved => "keine: Was Hosts starten, wird nicht verglichen",
        AdminWord::ThisDatacenter => "Dieses Rechenzentrum",
        AdminWord::Rename => "Umbenennen",
        AdminWord::NewName => "Neuer Name",
        AdminWord::MoveCluster => "Cluster verschieben",
        AdminWord::ToDatacenter => "In das Rechenzentrum",
        AdminWord::Delete => "Löschen",
        AdminWord::DeleteCluster => "Cluster löschen",
        AdminWord::DeleteClusterHint => {
            "Seine Richtlinie und seine Registrierungstoken gehen mit ihm. Was das Audit über ihn sagt, bleibt."
        }
        AdminWord::ClusterNotEmpty => {
            "In diesem Cluster sind Hosts. Verschieben oder entfernen Sie sie zuerst."
        }
        AdminWord::DeleteDatacenter => "Rechenzentrum löschen",
        AdminWord::DeleteDatacenterHint => {
            "Die Rollen, die jemand darin hat, gehen mit ihm. Was das Audit über es sagt, bleibt."
        }
        AdminWord::DatacenterNotEmpty => {
            "In diesem Rechenzentrum sind Cluster. Verschieben oder löschen Sie sie zuerst."
        }
        AdminWord::Os => "Betriebssystem",
        AdminWord::Kernel => "Kernel",
        AdminWord::Tpm => "TPM",
        AdminWord::Interface => "Schnittstelle",
        AdminWord::Agent => "Agent",
        AdminWord::Identity => "Identität",
        AdminWord::Presence => "Verbindung",
        AdminWord::Enrolled => "Registriert",
        AdminWord::NotSaid => "keine Angabe",
        AdminWord::ChooseHint => "für die auf dieser Seite angekreuzten Hosts",
        AdminWord::ChooseAll => "Alle Hosts auf dieser Seite",
        AdminWord::MoveHosts => "Verschieben",
        AdminWord::RemoveHosts => "Entfernen",
        AdminWord::NothingChosen => {
            "Kein Host ist angekreuzt. Kreuzen Sie in der Tabelle welche an und versuchen Sie es erneut."
        }
        AdminWord::MovingHosts => {
            "Im anderen Cluster gelten dessen Richtlinie und was dort freigegeben ist: für die gespeicherten Nachweise sofort, ohne die Hosts zu fragen. In einem anderen Rechenzentrum sehen sie andere Personen."
        }
        AdminWord::ToCluster => "In den Cluster",
        AdminWord::ShowImpact => "Zeigen, was sich ändert",
        AdminWord::RemovingHosts => {
            "Sie verlassen das Inventar sofort, und ihre Agenten werden abgewiesen. Ihr Verlauf bleibt erhalten und lesbar. Dasselbe TPM darf sich mit einem neuen Token wieder registrieren."
        }
        AdminWord::Reason => "Grund",
        AdminWord::PageBefore => "Vorige Seite",
        AdminWord::PageAfter => "Nächste Seite",
        AdminWord::PagesLabel => "Seiten",
        AdminWord::Removed => "entfernt",
        AdminWord::RemovedTitle => "Dieser Host wurde entfernt",
        AdminWord::RemovedHint => {
            "Er ist nicht mehr im Inventar und wird nicht geprüft. Was über ihn bekannt ist, bleibt hier."
        }
        AdminWord::RemovedAt => "Entfernt",
        AdminWord::RemovedBy => "Von",
        AdminWord::RemovedEk => "Endorsement Key (SHA-256)",
        AdminWord::RemovedSpans => "Attestierung bis dahin",
        AdminWord::RemovedEvents => "Letzte Ereignisse",
        AdminWord::AuditTitle => "Audit-Protokoll",
        AdminWord::AuditIntro => {
            "Alles, was geändert wurde, von wem und wann. Jedes Ereignis trägt den Hash des vorigen: Nichts kann unbemerkt geändert, entfernt oder dazwischengeschoben werden."
        }
        AdminWord::Number => "Nummer",
        AdminWord::When => "Wann",
        AdminWord::Who => "Wer",
        AdminWord::Kind => "Art",
        AdminWord::What => "Was",
        AdminWord::Where => "Wo",
        AdminWord::Hash => "Hash",
        AdminWord::Datacenter => "Rechenzentrum",
        AdminWord::HostColumn => "Host",
        AdminWord::AnyKind => "alle Arten",
        AdminWord::AnyDatacenter => "überall",
        AdminWord::From => "Von (UTC)",
        AdminWord::Until => "Bis (UTC)",
        AdminWord::OneHostOnly => "nur ein Host",
        AdminWord::OnlyThisHost => "nur dieser Host",
        AdminWord::ExportCsv => "Als CSV exportieren",
        AdminWord::ExportJson => "Als JSON-Zeilen exportieren",
        AdminWord::ExportHint => "alle passenden Ereignisse, nicht nur diese Seite",
        AdminWord::Newest => "Zu den neuesten",
        AdminWord::Older => "Ältere",
        AdminWord::NoEvents => "Kein Ereignis passt",
        AdminWord::NoEventsHint => {
            "Schränken Sie weniger ein, oder wählen Sie eine andere Zeit. Namen werden im Ganzen verglichen."
        }
        AdminWord::ChainTitle => "Die Ereigniskette",
        AdminWord::ChainIntro => {
            "Beim Prüfen wird jeder Hash neu berechnet, vom ersten Ereignis bis zum letzten."
        }
        AdminWord::ChainNever => "Sie wurde noch nicht geprüft.",
        AdminWord::VerifyChain => "Kette prüfen",
        AdminWord::ChainStarted => {
            "Die Prüfung läuft. Ihr Ergebnis erscheint hier und steht im Protokoll."
        }
        AdminWord::ChainHead => "Letzter Hash:",
        AdminWord::ChainHeadHint => {
            "Bewahren Sie ihn anderswo auf: Er beweist später, dass nichts davor umgeschrieben wurde."
        }
        AdminWord::ChainBrokenHint => {
            "Jemand hat die Datenbank am Server vorbei geändert, oder der Datenträger versagt. Sichern Sie eine Kopie, prüfen Sie, wer darauf schreiben kann, und vergleichen Sie mit einer Sicherung."
        }
        AdminWord::HealthTitle => "Zustand des Servers",
        AdminWord::HealthIntro => {
            "Wie es diesem Server geht, jetzt gemessen, und was zu tun ist, wo das nicht gut ist."
        }
        AdminWord::Version => "Version",
        AdminWord::UpSince => "in Betrieb seit",
        AdminWord::Database => "Datenbank",
        AdminWord::WriteAheadLog => "Write-Ahead-Log",
        AdminWord::NoLog => "keines",
        AdminWord::LogRemedy => {
            "Es sollte in die Datenbank übernommen werden. Suchen Sie eine Sicherung oder ein anderes Programm, das die Datenbank offen hält; ein Neustart des Servers übernimmt es."
        }
        AdminWord::LastBackup => "Letzte Sicherung",
        AdminWord::BackupUnknown => "unbekannt",
        AdminWord::BackupRemedy => {
            "Der Server weiß von keiner. Sichern Sie die Datenbank und agent-tls.pem regelmäßig, und proben Sie eine Wiederherstellung."
        }
        AdminWord::Disk => "Datenträger",
        AdminWord::DiskUnknown => "das System sagt es nicht",
        AdminWord::DiskRemedy => {
            "Schaffen Sie Platz. Ist der Datenträger voll, geht nichts Bestätigtes verloren, aber nichts Neues wird festgehalten."
        }
        AdminWord::Jobs => "Prüfaufträge",
        AdminWord::OldestJob => "Der älteste wartet seit",
        AdminWord::JobsRemedy => {
            "Prüfungen warten länger, als sie dauern. Sehen Sie nach dem Prozessor, nach der Einstellung verifications und nach den letzten Fehlern."
        }
        AdminWord::Rate => "Prüfungen in der letzten Stunde",
        AdminWord::RateRemedy => {
            "Agenten sind verbunden, aber nichts wurde geprüft. Sehen Sie nach den letzten Fehlern, und starten Sie den Server neu, wenn es keine gibt."
        }
        AdminWord::AgentSessions => "Verbundene Agenten",
        AdminWord::Streams => "Live-Verbindungen von Browsern",
        AdminWord::StreamsRemedy => {
            "Schließen Sie Tabs, die niemand ansieht: Weitere Browser wären nicht mehr live."
        }
        AdminWord::Replicas => "Server",
        AdminWord::OnlyReplica => "einer, dieser",
        AdminWord::BrowserCertificate => "Zertifikat für Browser",
        AdminWord::AgentCertificate => "Zertifikat für Agenten",
        AdminWord::ValidUntil => "gültig bis",
        AdminWord::CertificateUnreadable => "bis wann es gilt, ist nicht lesbar",
        AdminWord::CertificateRemedy => {
            "Ersetzen Sie die Dateien, die tls_certificate und tls_key nennen, und starten Sie den Server neu."
        }
        AdminWord::LatestErrors => "Letzte Fehler im Log",
        AdminWord::NoErrors => "keine seit dem Start",
        AdminWord::ErrorsRemedy => {
            "Das Log hat, was vor und nach jedem stand. Was immer wieder geschieht, ist einen Blick wert."
        }
    }
}

fn template(phrase: &AdminPhrase<'_>) -> &'static str {
    match phrase {
        AdminPhrase::EnrolIn { .. } => "Hosts in {cluster} registrieren",
        AdminPhrase::NewClusterIn { .. } => "Einen Cluster in {datacenter} anlegen",
        AdminPhrase::TokenGood { .. } => "Gültig für {uses} Host(s), bis",
        AdminPhrase::UsesLeft { .. } => "{left}[ von {of}]",
        AdminPhrase::GoodTokens { .. } => "{count} derzeit gültig",
        AdminPhrase::MovingCluster { .. } => {
            "Seine Hosts gehen mit ({hosts}). Wer nur in {from} eine Rolle hat, sieht sie nicht mehr; wer im anderen Rechenzentrum eine hat, sieht sie dann. Woran die Hosts gemessen werden, bleibt."
        }
        AdminPhrase::MoveCount { .. } => "{count} Host(s) in einen anderen Cluster verschieben",
        AdminPhrase::RemoveCount { .. } => "{count} Host(s) entfernen",
        AdminPhrase::TypeToConfirm { .. } => "Zur Bestätigung {text} eingeben",
        AdminPhrase::ChooseHost { .. } => "{host} auswählen",
        AdminPhrase::HostsArranged { .. } => "Betroffene Hosts: {count}.",
        AdminPhrase::HostLeft { .. } => "{host} blieb, wie er ist: {why}",
        AdminPhrase::ChainRuns { .. } => {
            "{verified} von {of} Ereignissen geprüft, gestartet von {by}"
        }
        AdminPhrase::ChainWhole { .. } => {
            "Die Kette ist unversehrt: {events} Ereignisse, in ihrer Reihenfolge, unverändert."
        }
        AdminPhrase::ChainBroken { .. } => {
            "Die Kette ist unterbrochen. Das erste Ereignis, das nicht mehr ist, was festgehalten wurde, ist Nummer {number}:"
        }
        AdminPhrase::JobsNow { .. } => {
            "{queued} warten, {running} laufen; neu zu beurteilende gespeicherte Nachweise: {again}"
        }
        AdminPhrase::StreamsNow { .. } => "{count} von höchstens {most}",
        AdminPhrase::ReturningNow { .. } => {
            "Seit dem Ende ihres Servers nicht zurück: {count}; auf sie wird gewartet bis"
        }
        AdminPhrase::RateNow { .. } => "{count} in {minutes} Min.",
        AdminPhrase::DiskNow { .. } => "{free} frei von {total}",
    }
}

fn kind(code: &str) -> Option<&'static str> {
    Some(match code {
        "datacenter-created" => "Rechenzentrum angelegt",
        "cluster-created" => "Cluster angelegt",
        "datacenter-renamed" => "Rechenzentrum umbenannt",
        "datacenter-deleted" => "Rechenzentrum gelöscht",
        "cluster-renamed" => "Cluster umbenannt",
        "cluster-moved" => "Cluster verschoben",
        "cluster-deleted" => "Cluster gelöscht",
        "token-created" => "Registrierungstoken angelegt",
        "token-revoked" => "Registrierungstoken widerrufen",
        "operator-created" => "Operator angelegt",
        "operator-changed" => "Operator geändert",
        "setup-code-created" => "Einrichtungscode erstellt",
        "signed-in" => "Angemeldet",
        "signed-out" => "Abgemeldet",
        "sign-in-refused" => "Anmeldung abgelehnt",
        "host-enrolled" => "Host registriert",
        "host-moved" => "Host verschoben",
        "host-removed" => "Host entfernt",
        "identity-changed" => "Identität geändert",
        "presence-changed" => "Verbindung geändert",
        "appraised" => "Attestierung geändert",
        "verification-failed" => "Prüfung nicht abgeschlossen",
        "alarm-raised" => "Alarm ausgelöst",
        "alarm-condition-cleared" => "Alarmbedingung entfallen",
        "alarm-condition-changed" => "Alarmbedingung geändert",
        "alarm-acknowledged" => "Alarm quittiert",
        "alarm-reset" => "Alarm zurückgesetzt",
        "maintenance-entered" => "Wartung begonnen",
        "maintenance-left" => "Wartung beendet",
        "job-started" => "Prüfung gestartet",
        "configuration-captured" => "Konfiguration erfasst",
        "configuration-imported" => "Konfiguration importiert",
        "configuration-edited" => "Konfiguration bearbeitet",
        "configuration-approved" => "Konfiguration freigegeben",
        "configuration-superseded" => "Konfiguration abgelöst",
        "configuration-retired" => "Konfiguration zurückgezogen",
        "change-accepted" => "Änderung übernommen",
        "policy-changed" => "Richtlinie geändert",
        "exception-granted" => "Ausnahme erteilt",
        "exception-ended" => "Ausnahme beendet",
        "makers-imported" => "TPM-Hersteller importiert",
        "maker-trust-changed" => "Vertrauen in TPM-Hersteller geändert",
        "maker-removed" => "TPM-Hersteller entfernt",
        "chain-verified" => "Kette geprüft",
        "backup-made" => "Sicherung erstellt",
        "backup-restored" => "Sicherung wiederhergestellt",
        "chain-broken" => "Kette unterbrochen gefunden",
        "sign-in-link-made" => "Anmeldelink erstellt",
        "password-changed" => "Passwort geändert",
        "password-reset" => "Passwort zurückgesetzt",
        "operator-disabled" => "Operator deaktiviert",
        "operator-enabled" => "Operator aktiviert",
        "sessions-ended" => "Sitzungen beendet",
        "key-created" => "API-Schlüssel angelegt",
        "key-revoked" => "API-Schlüssel widerrufen",
        "settings-changed" => "Einstellungen geändert",
        "reset-asked" => "Zweite Person um Zurücksetzen gebeten",
        "reset-declined" => "Zurücksetzen abgelehnt",
        "reset-lapsed" => "Bitte um Zurücksetzen verfallen",
        "bulk-started" => "Aktion auf viele Hosts gestartet",
        "bulk-ended" => "Aktion auf viele Hosts beendet",
        "automatic-reset-changed" => "Automatisches Zurücksetzen geändert",
        "view-shared" => "Ansicht geteilt",
        "view-unshared" => "Ansicht nicht mehr geteilt",
        "past-forgotten" => "Vergangenes gelöscht",
        _ => return None,
    })
}
