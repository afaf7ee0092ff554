//! Words for configurations, policies and exceptions.

use trustboard_model::boot::Topic;
use trustboard_model::configuration::ConfigurationState;

use crate::text::Trust;

pub(super) fn trust(key: Trust) -> &'static str {
    match key {
        Trust::Heading => "Vertrauen",
        Trust::ConfigurationTab => "Konfigurationen",
        Trust::Configurations => "Freigegebene Konfigurationen",
        Trust::ConfigurationsIntro => {
            "Was Hosts gestartet haben dürfen. Ein Host besteht, wenn er mit irgendeiner übereinstimmt, die für seinen Cluster freigegeben ist; ohne eine solche werden Identität, Quote, Protokoll und Secure Boot trotzdem geprüft."
        }
        Trust::CurrentOnes => "In Gebrauch und Entwürfe",
        Trust::AllOnes => "Alle",
        Trust::StateColumn => "Zustand",
        Trust::SourceColumn => "Herkunft",
        Trust::Clusters => "Cluster",
        Trust::LastMatched => "Zuletzt übereingestimmt",
        Trust::FromHost => "erfasst von",
        Trust::FromFile => "importiert aus",
        Trust::NoConfigurations => "Es gibt noch keine freigegebene Konfiguration.",
        Trust::NoSuchConfigurations => "In diesem Zustand gibt es keine.",
        Trust::BeginCapture => {
            "Öffnen Sie einen Host, der bestanden hat und so eingerichtet ist, wie er sein soll, und erfassen Sie, was er gestartet hat."
        }
        Trust::BeginReview => {
            "Sehen Sie den Entwurf Ereignis für Ereignis durch und geben Sie ihn frei. Ab dann werden die Hosts seiner Cluster mit ihm verglichen."
        }
        Trust::BeginImport => {
            "Oder importieren Sie unten das Ereignisprotokoll einer Referenzmaschine."
        }
        Trust::Import => "Aus einem Ereignisprotokoll importieren",
        Trust::ImportHint => {
            "Das binäre Protokoll einer Referenzmaschine, wie der Kernel es in /sys/kernel/security/tpm0/binary_bios_measurements zeigt. Daraus wird ein Entwurf, der durchzusehen ist."
        }
        Trust::LogFile => "Datei mit dem Ereignisprotokoll",
        Trust::ImportButton => "Als Entwurf importieren",
        Trust::NameExample => "Debian 12.8, Kernel 6.1.0-27",
        Trust::Notes => "Notizen",
        Trust::CreatedBy => "Angelegt von",
        Trust::Approvals => "Freigegeben von",
        Trust::NoApprovals => "noch niemandem",
        Trust::EndedBy => "Außer Gebrauch durch",
        Trust::HostsMatching => "Hosts, die jetzt übereinstimmen",
        Trust::LogDigest => "Ereignisprotokoll (SHA-256)",
        Trust::DraftHint => {
            "Auf einem Entwurf beruht noch nichts. Sehen Sie unten die Ereignisse durch: Lassen Sie Register weg, die nichts über Vertrauen sagen, markieren Sie Ereignisse, die sich von Host zu Host unterscheiden, und geben Sie ihn dann frei."
        }
        Trust::Approve => "Freigeben",
        Trust::ApproveSecond => "Zweite Freigabe erteilen",
        Trust::Discard => "Entwurf verwerfen",
        Trust::Retire => "Außer Gebrauch nehmen",
        Trust::SecondNeeded => {
            "Eine Richtlinie seiner Cluster verlangt zwei Personen: Nach Ihrer Freigabe wartet er auf die einer anderen."
        }
        Trust::SomebodyElse => {
            "Sie haben die erste Freigabe erteilt. Die zweite muss von jemand anderem kommen."
        }
        Trust::OlderVersions => "Ältere freigegebene Versionen",
        Trust::OlderSuperseded => "werden abgelöst",
        Trust::OlderKept => "bleiben freigegeben",
        Trust::ImpactHeading => "Was sich dadurch ändern würde",
        Trust::ImpactCut => "Es würden sich mehr Hosts ändern, als hier stehen.",
        Trust::NoDifferences => "Es wurde dasselbe gemessen.",
        Trust::Measured => "Was gemessen wurde, Ereignis für Ereignis",
        Trust::MeasuredHint => {
            "Ein Host stimmt überein, wenn jedes Register diesen Wert hat, oder wenn seine Ereignisse in dieser Reihenfolge diese sind, abgesehen von denen, die abweichen dürfen."
        }
        Trust::OtherRegisters => "Weggelassene Register",
        Trust::RegisterCounts => "Dieses Register zählt",
        Trust::RegisterValue => "Wert nach dem letzten Ereignis:",
        Trust::SaveDraft => "Entwurf speichern",
        Trust::EventColumn => "Ereignis",
        Trust::TopicColumn => "Worum es geht",
        Trust::WordsColumn => "Was das Protokoll sagt",
        Trust::DigestColumn => "Digest",
        Trust::VariesColumn => "Darf abweichen",
        Trust::Varies => "darf abweichen",
        Trust::Versions => "Versionen",
        Trust::VersionColumn => "Version",
        Trust::Booted => "Was gestartet wurde",
        Trust::BootedHint => {
            "Aus dem Ereignisprotokoll, das die bestätigten Register erklärt, in der Reihenfolge des Starts."
        }
        Trust::NothingBooted => {
            "Dazu lässt sich nichts sagen: Es gibt kein Ereignisprotokoll, das die bestätigten Register erklärt."
        }
        Trust::Untrusted => "nicht vertrauenswürdig",
        Trust::UntrustedMeaning => {
            "Diese Worte stehen im Protokoll neben einem Digest, der sie nicht abdeckt. Wer das Protokoll schreiben konnte, konnte auch sie schreiben."
        }
        Trust::NoWords => "ohne Worte im Protokoll",
        Trust::NotEvaluated => "nicht ausgewertet",
        Trust::ApprovedConfiguration => "Freigegebene Konfiguration",
        Trust::Matches => "Dieser Host stimmt überein mit",
        Trust::MatchesNone => "Dieser Host stimmt mit keiner freigegebenen Konfiguration überein.",
        Trust::Closest => "Am nächsten kommt",
        Trust::NothingCompared => {
            "Nicht verglichen: Für diesen Cluster ist keine Konfiguration freigegeben, oder es ist nichts bewiesen, was sich vergleichen ließe."
        }
        Trust::NotComparedYet => "Dieser Host wurde noch nicht geprüft.",
        Trust::Changed => "geändert",
        Trust::Added => "hinzugekommen: die Konfiguration hat es nicht",
        Trust::Missing => "fehlt: die Konfiguration hat es hier",
        Trust::ValueDiffers => "anderer Wert",
        Trust::ValueMeaning => "Kein Protokoll sagt, welche Ereignisse diesen Wert ergeben.",
        Trust::NowReads => "ist jetzt",
        Trust::AcceptChange => "Diese Änderung annehmen",
        Trust::AcceptChangeHint => {
            "Legt von der nächstliegenden Konfiguration eine neue Version an, mit dem, was dieser Host gestartet hat, und gibt sie frei. Tun Sie das nur, wenn Sie wissen, wer die Änderung gemacht hat und warum: Ab dann darf jeder Host ihrer Cluster dies starten."
        }
        Trust::Capture => "Als Konfiguration erfassen",
        Trust::CaptureHint => {
            "Legt einen Entwurf aus dem an, was dieser Host gestartet hat. Mit dem Namen einer vorhandenen Konfiguration wird er deren nächste Version. Bis zur Freigabe beruht nichts auf ihm."
        }
        Trust::OwnClusterHint => "Ohne Auswahl gilt er für den Cluster dieses Hosts.",
        Trust::Evidence => "Nachweis herunterladen",
        Trust::Exception => "Ausnahme",
        Trust::Exceptions => "Ausnahmen",
        Trust::NoExceptions => "Für keinen Host dieses Clusters ist eine Ausnahme in Kraft.",
        Trust::GrantedBy => "gewährt von",
        Trust::Until => "bis",
        Trust::GrantedByColumn => "Gewährt von",
        Trust::UntilColumn => "Bis",
        Trust::Grant => "Ausnahme gewähren",
        Trust::GrantHint => {
            "Dieser Host darf bei dieser Prüfung auf genau diese Weise durchfallen, bis die Ausnahme endet. Alles andere, was gefunden wird, lässt ihn wieder durchfallen."
        }
        Trust::Days => "Für wie viele Tage",
        Trust::CoversColumn => "Deckt genau ab",
        Trust::UsedColumn => "Vom letzten Ergebnis gebraucht",
        Trust::Revoke => "Jetzt beenden",
        Trust::Policy => "Richtlinie dieses Clusters",
        Trust::Policies => "Richtlinien",
        Trust::PoliciesIntro => {
            "Jeder Cluster hat seine Richtlinie: welche Prüfungen er verlangt, wie streng, und wie oft Hosts geprüft werden."
        }
        Trust::Profiles => "Profile",
        Trust::ProfilesHint => {
            "Ein Profil füllt das Formular unten aus. Gespeichert wird erst, wenn Sie es durchgesehen haben."
        }
        Trust::LinuxServerMeaning => {
            "Linux server: Secure Boot und ein bekanntes TPM, über jede Schnittstelle; ein Host ohne TPM 2.0 zeigt „Entfällt“."
        }
        Trust::VsphereMeaning => {
            "vSphere-like: was vCenter von einem Host mit TPM 2.0 verlangt. Nur TIS/FIFO, und ein Host ohne TPM 2.0 fällt durch."
        }
        Trust::PolicySettings => "Hosts und Prüfung",
        Trust::Interval => "Sekunden zwischen Prüfungen",
        Trust::MaxAge => "Sekunden, bis ein Ergebnis veraltet",
        Trust::RequireTpm => "Ein Host ohne TPM 2.0 fällt durch",
        Trust::TwoApprovals => "Eine Konfiguration freizugeben braucht zwei Personen",
        Trust::Interfaces => "Akzeptierte TPM-Schnittstellen",
        Trust::MinimumOs => "Mindestversion je Betriebssystem",
        Trust::MinimumAgent => "Mindestversion des Agenten",
        Trust::MandatoryPcrs => "PCRs, die in SHA-256 oder stärker bestätigt sein müssen",
        Trust::PolicyChecks => "Prüfungen",
        Trust::PolicyChecksHint => {
            "Wie ein Fehlschlag jeder Prüfung gewertet wird. Was weniger streng gewertet wird als vorgegeben, braucht eine Begründung."
        }
        Trust::Locked => "immer",
        Trust::LockedMeaning => {
            "Auf dieser Prüfung beruht jedes andere Ergebnis: Keine Richtlinie lockert sie und keine Ausnahme deckt sie ab."
        }
        Trust::Default => "Vorgabe",
        Trust::WhyRelaxed => "Warum weniger streng",
        Trust::NoneChosen => "keine",
        Trust::ReviewPolicy => "Änderung durchsehen",
        Trust::SettingColumn => "Einstellung",
        Trust::FromColumn => "Jetzt",
        Trust::ToColumn => "Dann",
        Trust::WhyColumn => "Warum",
        Trust::NothingToSave => {
            "Das ist die Richtlinie, die in Kraft ist; es gibt nichts zu speichern."
        }
        Trust::SavePolicy => "Richtlinie speichern",
        Trust::EditAgain => "Noch etwas ändern",
    }
}

pub(super) fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Firmware => "Firmware",
        Topic::FirmwareConfiguration => "Firmware-Einstellungen",
        Topic::Driver => "Treiber oder Option-ROM",
        Topic::SecureBootVariable => "Secure-Boot-Variable",
        Topic::Revocations => "Sperrliste (dbx)",
        Topic::Authority => "Signierende Stelle",
        Topic::BootOption => "Startoption",
        Topic::PartitionTable => "Partitionstabelle",
        Topic::BootLoader => "Bootloader",
        Topic::Sbat => "SBAT-Stufe",
        Topic::Mok => "Schlüssel des Eigentümers (MOK)",
        Topic::LoaderCommand => "Befehl des Bootloaders",
        Topic::Kernel => "Kernel",
        Topic::KernelCommandLine => "Kernel-Befehlszeile",
        Topic::Initrd => "Anfangsdateisystem (initrd)",
        Topic::UkiSection => "Abschnitt des Unified Kernel Image",
        Topic::Phase => "Phase des Starts",
        Topic::Files => "Vom Kernel gemessene Dateien (IMA)",
        Topic::Other => "Anderes",
    }
}

pub(super) fn configuration_state(state: ConfigurationState) -> &'static str {
    match state {
        ConfigurationState::Draft => "Entwurf",
        ConfigurationState::AwaitingSecond => "Wartet auf zweite Freigabe",
        ConfigurationState::Approved => "Freigegeben",
        ConfigurationState::Superseded => "Abgelöst",
        ConfigurationState::Retired => "Außer Gebrauch",
    }
}
