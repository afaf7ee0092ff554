//! Die Tabelle der Hosts.

use trustboard_model::host_query::QueryProblem;
use trustboard_model::view::Column;

use crate::text::table::{TablePhrase, TableText, TableWord};

pub(super) fn table(text: TableText<'_>) -> &'static str {
    match text {
        TableText::Word(key) => word(key),
        TableText::Phrase(said) => phrase(said),
        TableText::Column(column) => head(column),
        TableText::Field(name) => field(name),
        TableText::Problem(why) => problem(why),
    }
}

fn word(key: TableWord) -> &'static str {
    match key {
        TableWord::AllHosts => "Alle Hosts",
        TableWord::Tabs => "Seiten des Rechenzentrums",
        TableWord::MonitorTabs => "Überwachung",
        TableWord::Alarms => "Alarme",
        TableWord::JobsAndEvents => "Aufträge und Ereignisse",
        TableWord::Configuration => "Konfiguration",
        TableWord::Query => "Hosts filtern",
        TableWord::QueryHint => "Filtern nach Wörtern oder Feldern wie attestation:failed",
        TableWord::QueryHelp => {
            "Beim Tippen erscheinen Vorschläge. Die Pfeiltasten wählen einen, Tab oder Eingabe übernimmt ihn, Escape schließt sie."
        }
        TableWord::Suggestions => "Vorschläge",
        TableWord::QueryWrong => "Dieser Filter ergibt keinen Sinn",
        TableWord::QueryWrongHint => {
            "Es werden keine Hosts gezeigt, weil es nicht die gewünschten wären. Berichtigen Sie den Filter oder heben Sie ihn auf."
        }
        TableWord::QueryBefore => "Die Tabelle zeigt noch den Filter davor.",
        TableWord::Chips => "Häufige Filter",
        TableWord::Columns => "Spalten",
        TableWord::ColumnsHint => "Ihre Auswahl gilt überall, wo Sie sich anmelden.",
        TableWord::ColumnsUsual => "Übliche Spalten",
        TableWord::Apply => "Übernehmen",
        TableWord::Views => "Ansichten",
        TableWord::ViewsNone => "Es wurde noch keine Ansicht gespeichert.",
        TableWord::ViewSave => "Das Gezeigte als Ansicht speichern",
        TableWord::ViewName => "Name der Ansicht",
        TableWord::ViewShared => "Alle dürfen sie verwenden",
        TableWord::ViewFirst => "Zuerst zeigen, wenn ich eine Tabelle öffne",
        TableWord::ViewIsFirst => "wird zuerst gezeigt",
        TableWord::ViewReplace => "Durch das Gezeigte ersetzen",
        TableWord::ViewDelete => "Löschen",
        TableWord::ViewUnfirst => "Nicht mehr zuerst zeigen",
        TableWord::ViewEverything => "Alles",
        TableWord::Save => "Speichern",
        TableWord::Export => "Exportieren",
        TableWord::ExportCsv => "Als CSV für Tabellenprogramme",
        TableWord::ExportJson => "Als JSON-Zeilen für Programme",
        TableWord::Selection => "Auswahl",
        TableWord::SelectPage => "Alle Hosts dieser Seite auswählen",
        TableWord::SelectionClear => "Auswahl aufheben",
        TableWord::SelectionFull => {
            "Einzeln lassen sich höchstens 1.000 Hosts auswählen. Filtern Sie nach dem, was sie gemeinsam haben, und wählen Sie alle passenden aus."
        }
        TableWord::SelectionGo => "Auf die ausgewählten Hosts anwenden",
        TableWord::FirstPage => "Erste",
        TableWord::LastPage => "Letzte",
        TableWord::Yes => "Ja",
        TableWord::Claimed => "Angabe des Hosts",
    }
}

fn phrase(said: &TablePhrase<'_>) -> &'static str {
    match said {
        TablePhrase::MoveEarlier { .. } => "„{column}“ nach vorn",
        TablePhrase::MoveLater { .. } => "„{column}“ nach hinten",
        TablePhrase::WidthOf { .. } => "Breite von „{column}“",
        TablePhrase::SharedBy { .. } => "von {name}",
        TablePhrase::SelectHost { .. } => "{name} auswählen",
        TablePhrase::SelectMatching { count: 1 } => "Den einen passenden auswählen",
        TablePhrase::SelectMatching { .. } => "Alle {count} passenden auswählen",
        TablePhrase::MatchingSelected { count: 1 } => "Der eine passende ist ausgewählt",
        TablePhrase::MatchingSelected { .. } => "Alle {count} passenden sind ausgewählt",
        TablePhrase::SelectedElsewhere { .. } => {
            "{count} ausgewählt, davon {elsewhere} auf anderen Seiten"
        }
        TablePhrase::SuggestionsCount { count: 0 } => "Keine Vorschläge",
        TablePhrase::SuggestionsCount { count: 1 } => "Ein Vorschlag",
        TablePhrase::SuggestionsCount { .. } => "{count} Vorschläge",
        TablePhrase::ViewSaved { .. } => "Die Ansicht „{name}“ ist gespeichert.",
    }
}

fn head(column: Column) -> &'static str {
    match column {
        Column::Name => "Name",
        Column::Datacenter => "Rechenzentrum",
        Column::Cluster => "Cluster",
        Column::Attestation => "Attestierung",
        Column::Alarm => "Alarm",
        Column::LastVerified => "Zuletzt geprüft",
        Column::AttestedBy => "Attestiert durch",
        Column::Tpm => "TPM-Version",
        Column::SecureBoot => "Secure Boot",
        Column::Message => "Meldung",
        Column::Presence => "Verbindung",
        Column::Since => "Seit",
        Column::LastPassed => "Zuletzt bestanden",
        Column::Configuration => "Konfiguration",
        Column::Identity => "Identität",
        Column::Maintenance => "Wartung",
        Column::Os => "Betriebssystem",
        Column::Kernel => "Kernel",
        Column::Agent => "Agent",
        Column::TpmMaker => "TPM-Hersteller",
        Column::Firmware => "TPM-Firmware",
    }
}

fn field(name: &str) -> &'static str {
    match name {
        "name" => "Name des Hosts, * für beliebigen Text",
        "cluster" => "Name des Clusters",
        "datacenter" => "Name des Rechenzentrums",
        "attestation" => "was die Prüfung ergab",
        "reason" => "warum sie fehlschlug, auch eine Familie von Gründen",
        "first-reason" => "der aussagekräftigste Grund oder eine Gruppe von Gründen",
        "cause" => "wofür ein roter Alarm ausgelöst wurde, oder die Ziffern seines Unterschieds",
        "difference" => "derselbe Unterschied zum Freigegebenen",
        "alarm" => "der Alarm und wer sich darum kümmert",
        "presence" => "ob der Agent verbunden ist",
        "secure-boot" => "Secure Boot, wie der TPM es belegt",
        "tpm" => "Version des TPM",
        "is" => "veraltet, in Wartung, wird geprüft …",
        "last" => "wie lange die Prüfung her ist",
        "since" => "wie lange es schon so ist",
        _ => "",
    }
}

fn problem(why: &QueryProblem) -> &'static str {
    match why {
        QueryProblem::TooLong => "Der Filter darf höchstens {count} Zeichen haben.",
        QueryProblem::TooManyTerms => "Der Filter darf höchstens {count} Bedingungen haben.",
        QueryProblem::TooManyValues => "„{term}“ darf höchstens {count} Werte haben.",
        QueryProblem::NoValue => "„{term}“ fehlt ein Wert.",
        QueryProblem::NotOneOf { .. } => "„{term}“ ergibt keinen Sinn. Möglich sind {possible}.",
        QueryProblem::NoReason => "„{term}“: Es gibt keinen Grund mit diesem Code.",
        QueryProblem::NoAge { .. } => {
            "„{term}“ ist kein Alter. Schreiben Sie {field}:>10m für länger her, {field}:<2h für kürzer (s, m, h, d)."
        }
        QueryProblem::NoFingerprint => "„{term}“ braucht 8 bis 64 hexadezimale Ziffern.",
    }
}
