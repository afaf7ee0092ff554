//! The overview, the past of hosts, and the report.

use crate::text::history::{HistorySentence, HistoryText, HistoryWord};

pub(super) fn history(text: HistoryText) -> &'static str {
    match text {
        HistoryText::Word(key) => word(key),
        HistoryText::Phrase(sentence) => phrase(sentence),
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: HistoryWord) -> &'static str {
    match key {
        HistoryWord::Attention => "Was jemanden braucht",
        HistoryWord::AttentionNone => "Kein Host ist fehlgeschlagen. Niemand wird gebraucht.",
        HistoryWord::Changes => "Letzte 24 Stunden",
        HistoryWord::NewlyFailed => "Neu fehlgeschlagen",
        HistoryWord::Recovered => "Wieder bestanden",
        HistoryWord::Enrolled => "Angemeldet",
        HistoryWord::AlarmsRaised => "Alarme ausgelöst",
        HistoryWord::AlarmsReset => "Alarme zurückgesetzt",
        HistoryWord::Trend => "Hosts im Zeitverlauf",
        HistoryWord::TrendHint => {
            "Veraltete Hosts werden nicht gezeichnet: Ein Host, der nicht mehr geprüft wird, behält seinen letzten Stand. Die schattierte Fläche zeigt, wie viele höchstens zugleich fehlgeschlagen waren."
        }
        HistoryWord::TrendRange => "Wie weit zurück",
        HistoryWord::TrendNumbers => "Zahlen anzeigen",
        HistoryWord::Time => "Zeitpunkt",
        HistoryWord::MostFailed => "Höchstens zugleich fehlgeschlagen",
        HistoryWord::Now => "jetzt",
        HistoryWord::Hours6 => "6 Stunden",
        HistoryWord::Hours24 => "24 Stunden",
        HistoryWord::Days7 => "7 Tage",
        HistoryWord::Days30 => "30 Tage",
        HistoryWord::Days90 => "90 Tage",
        HistoryWord::Everything => "Seit der Anmeldung",
        HistoryWord::EachDiffers => "Jeder weicht auf eigene Weise ab.",
        HistoryWord::NotToldApart => {
            "Noch nicht unterschieden: Die nächste Prüfung zeigt, worin sie abweichen."
        }
        HistoryWord::Report => "Konformitätsbericht",
        HistoryWord::AttestationTab => "Attestierung",
        HistoryWord::LogsTab => "Protokolle",
        HistoryWord::RunningJobs => "Laufende Aufträge",
        HistoryWord::EventLog => "Ereignisprotokoll",
        HistoryWord::EventLogHint => {
            "Was die letzte Bewertung nachgerechnet hat. Wörter, die kein Hashwert abdeckt, sind gekennzeichnet; sie kann jeder geschrieben haben."
        }
        HistoryWord::EventLogNone => "Zur letzten Bewertung ist kein Ereignisprotokoll aufbewahrt.",
        HistoryWord::EventLogEmpty => "Kein Ereignis passt.",
        HistoryWord::Register => "Register",
        HistoryWord::AllRegisters => "Alle",
        HistoryWord::DifferingOnly => "Nur abweichende",
        HistoryWord::Show => "Anzeigen",
        HistoryWord::Number => "Nr.",
        HistoryWord::EventType => "Typ",
        HistoryWord::About => "Betrifft",
        HistoryWord::Said => "Was es sagt",
        HistoryWord::Digest => "Hashwert",
        HistoryWord::Differs => "Weicht vom Freigegebenen ab",
        HistoryWord::Timeline => "Zeitachse",
        HistoryWord::TimelineHint => "Jeder Abschnitt öffnet den Moment, in dem er begann.",
        HistoryWord::ZoomIn => "Näher",
        HistoryWord::ZoomOut => "Weiter",
        HistoryWord::Earlier => "Früher",
        HistoryWord::Later => "Später",
        HistoryWord::LaneAttestation => "Attestierung",
        HistoryWord::LaneAlarms => "Alarme",
        HistoryWord::LaneBoots => "Neustarts",
        HistoryWord::LaneIdentity => "Identität",
        HistoryWord::LaneStandards => "Richtlinie und Freigaben",
        HistoryWord::Boots => "Neustarts",
        HistoryWord::BootsHint => {
            "Am Rücksetzzähler des TPM erkannt, den ein Host nicht zurückdrehen kann."
        }
        HistoryWord::BootsNone => "Kein Neustart in dieser Zeit.",
        HistoryWord::Gaps => "Nicht geprüft",
        HistoryWord::GapsNone => "So oft geprüft, wie es die Richtlinie verlangt.",
        HistoryWord::SpansNone => "In dieser Zeit liegt kein Ergebnis.",
        HistoryWord::OpenMoment => "Einen Moment öffnen",
        HistoryWord::OpenMomentHint => {
            "Was galt für diesen Host damals, und was belegt es? In UTC."
        }
        HistoryWord::MomentField => "Datum und Uhrzeit (UTC)",
        HistoryWord::OpenBeginning => "Öffnen",
        HistoryWord::Moment => "Dieser Moment",
        HistoryWord::MomentInvalid => "Das ist kein Zeitpunkt in der Vergangenheit.",
        HistoryWord::NotEnrolled => "Der Host war noch nicht angemeldet.",
        HistoryWord::NotVerifiedYet => {
            "Der Host war angemeldet, aber noch nicht geprüft: Über ihn war nichts bekannt."
        }
        HistoryWord::NotKept => {
            "Es ist zu lange her: Ergebnisse von damals werden nicht mehr aufbewahrt."
        }
        HistoryWord::VerifiedRegularly => {
            "Der Host wurde geprüft, und nie seltener, als seine Richtlinie erlaubt."
        }
        HistoryWord::PolicyThen => "Geltende Richtlinie",
        HistoryWord::ConfigurationThen => "Konfiguration, der er entsprach",
        HistoryWord::ApprovedByThen => "Freigegeben von",
        HistoryWord::ReasonsThen => "Warum",
        HistoryWord::EvidenceBefore => "Letzter Nachweis davor",
        HistoryWord::EvidenceAfter => "Nächster Nachweis danach",
        HistoryWord::EvidenceNone => "keiner aufbewahrt",
        HistoryWord::DownloadEvidence => "Herunterladen",
        HistoryWord::CheckHint => {
            "Eine Datei ohne diesen Server prüfen: trustboard inspect evidence DATEI"
        }
        HistoryWord::SameBoot => {
            "Beide stammen vom selben Systemstart: Der Rücksetzzähler des TPM ist derselbe."
        }
        HistoryWord::OtherBoot => {
            "Dazwischen wurde der Host neu gestartet: Der Rücksetzzähler des TPM ist ein anderer."
        }
        HistoryWord::ExportJson => "Als JSON exportieren",
        HistoryWord::ExportCsv => "Als CSV exportieren",
        HistoryWord::ReportTitle => "Konformitätsbericht",
        HistoryWord::ReportPrint => {
            "Drucken Sie diese Seite mit Ihrem Browser oder speichern Sie sie als PDF."
        }
        HistoryWord::ReportCounts => "Anzahlen",
        HistoryWord::ReportPolicies => "Geltende Richtlinien",
        HistoryWord::ReportHosts => "Hosts",
        HistoryWord::ReportExceptions => "Ausnahmen",
        HistoryWord::ReportExceptionsNone => "Keine Ausnahme gilt.",
        HistoryWord::ReportAlarms => "Offene Alarme",
        HistoryWord::ReportAlarmsNone => "Kein Alarm ist offen.",
        HistoryWord::ReportChain => "Prüfprotokoll",
        HistoryWord::ReportChainHint => {
            "Der Hashwert deckt alle Ereignisse davor ab. Vergleichen Sie ihn mit dem einer anderen Kopie, oder führen Sie aus: trustboard audit verify"
        }
        HistoryWord::NextPart => "Nächster Teil",
        HistoryWord::Configuration => "Konfiguration",
        HistoryWord::Granted => "Gewährt",
        HistoryWord::Ends => "Endet",
    }
}

fn phrase(sentence: HistorySentence) -> &'static str {
    match sentence {
        HistorySentence::More => "{count} mehr als vor 24 Stunden",
        HistorySentence::Fewer => "{count} weniger als vor 24 Stunden",
        HistorySentence::Ways => "{count} verschiedene Abweichungen; die häufigsten:",
        HistorySentence::MoreDifferences => "und {count} weitere",
        HistorySentence::QuietClusters => "Cluster, in denen niemand gebraucht wird: {count}",
        HistorySentence::TrendSaid => {
            "Von {start} bis jetzt. Fehlgeschlagen: damals {failed_then}, jetzt {failed}, höchstens {most} zugleich. Bestanden: damals {passed_then}, jetzt {passed}."
        }
        HistorySentence::LaneNow => "jetzt {now}, höchstens {most}",
        HistorySentence::SpanSaid => "{attestation} von {start} bis {until}",
        HistorySentence::StretchSaid => {
            "Von {start} bis {until}: {spans} Abschnitte, {boots} Neustarts, {alarms} Alarmereignisse. Die Listen darunter sagen dasselbe."
        }
        HistorySentence::GapBetween => "Nicht geprüft zwischen {start} und {until}.",
        HistorySentence::GapSince => "Nicht geprüft seit {start}.",
        HistorySentence::GapsSince => {
            "Wie weit Prüfungen auseinanderlagen, ist erst seit {start} aufgezeichnet."
        }
        HistorySentence::VerifiedTimes => {
            "{count} Prüfungen von {start} bis {until} kamen zum selben Ergebnis."
        }
        HistorySentence::FirstVerified => "Die erste Prüfung war am {at}.",
        HistorySentence::NameVersion => "[{name}, Version {version}|Version {version}]",
        HistorySentence::ByAt => "{name}, {at}",
        HistorySentence::Resets => "Rücksetzzähler {count}",
        HistorySentence::BootBetween => "zwischen {start} und {until}; Rücksetzzähler {count}",
        HistorySentence::BootFirst => "zuerst gesehen {until}; Rücksetzzähler {count}",
        HistorySentence::KeptFor => {
            "Ergebnisse werden {conclusions} Tage aufbewahrt, Nachweise {evidence} Tage, der neueste jedes Hosts immer."
        }
        HistorySentence::EvidenceGone => {
            "Nachweise von damals werden seit {at} nicht mehr aufbewahrt."
        }
        HistorySentence::MomentTitle => "Was für diesen Host galt: {at}",
        HistorySentence::EventsMatch => "{count} Ereignisse",
        HistorySentence::GeneratedBy => "Erstellt {at} von {name}",
        HistorySentence::Part => "Teil {part} von {parts}",
        HistorySentence::LastEvent => "Letztes Ereignis: {number}",
    }
}
